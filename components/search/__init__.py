"""Provide the search on the staff screens."""
