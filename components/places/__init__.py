"""Widgets about sites, their things and their stickers."""
