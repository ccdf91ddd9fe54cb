"""Render public pages with Jinja."""
