"""Provide the widgets of the log: the entry form, an entry and its thread."""
