"""What people say and write in the demo: phrases of our own as data, and the grammar that joins them."""
