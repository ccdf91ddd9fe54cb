"""Provide widgets that depend on no feature and no screen."""
