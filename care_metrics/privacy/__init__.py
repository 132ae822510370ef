"""Personal data: out of every text at ingest, and every trace of a customer out of the tables on request."""
