"""Frames in, pictures out: plain dicts for Plotly or for a small drawing of our own; no sentence is written here."""
