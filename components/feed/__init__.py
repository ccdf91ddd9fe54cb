"""The live feed and the list of open cases."""
