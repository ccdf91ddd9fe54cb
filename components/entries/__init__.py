"""Widgets of the log: the entry form, an entry, its thread."""
