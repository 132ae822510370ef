"""A foreign export -> canonical frames: read.py reads files, READERS in readers.py lists the formats, one file each.

To add a source: one module with `sniff` and `read`, one line in READERS. Nothing here imports a reader until a file asks.
"""
