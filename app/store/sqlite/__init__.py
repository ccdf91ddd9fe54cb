"""Provide the index of words on SQLite."""
