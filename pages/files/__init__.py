"""Routes that answer with a file: SVG, PDF, JSON, CSV, image, manifest, feed."""
