"""Alembic's entry: it runs on the connection, and inside the transaction, that care_metrics.reviews.migrate hands over."""

from alembic import context

from care_metrics.reviews import review_tables as _review_tables  # noqa: F401  (adds its tables to METADATA)
from care_metrics.reviews.tables import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA, render_as_batch=True)
context.run_migrations()
