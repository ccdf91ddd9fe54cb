"""Widgets about staff: people, devices, access tokens, and one's own page."""
