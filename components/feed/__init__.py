"""Provide the live feed and the list of open cases."""
