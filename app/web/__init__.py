"""Serve what is not a page: the API, open data, sessions, caches, headers and limits."""
