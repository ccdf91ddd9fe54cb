"""Provide widgets for sites, their assets and their stickers."""
