"""Measure the store beside stock TinyDB and SQLite, and the pages beside bare servers: `python -m bench`."""
