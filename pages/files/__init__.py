"""Addresses that answer with a file: SVG, PDF, ZIP, image, manifest, feed."""
