"""Provide the widgets of the obstacle diary."""
