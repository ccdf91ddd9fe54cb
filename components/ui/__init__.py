"""Widgets that know no feature and no screen."""
