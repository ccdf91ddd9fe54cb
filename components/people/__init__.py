"""Provide widgets for people, devices, access tokens and somebody's own page."""
