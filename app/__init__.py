"""Haren, the city's ears: what it knows, keeps and does, and the HTTP around it."""
