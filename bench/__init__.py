"""What the store can do, beside stock TinyDB and SQLite, on this machine: `python -m bench`."""
