"""Everything under /api/v1, one router a feature."""
