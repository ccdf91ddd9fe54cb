"""Provide widgets for held reports."""
