"""Widgets of the obstacle diary."""
