"""Haren: its domain, store and services, and the web application around them."""
