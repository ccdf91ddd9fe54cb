"""Widgets for reports that wait to be looked at."""
