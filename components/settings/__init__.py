"""Widgets of the municipality's settings."""
