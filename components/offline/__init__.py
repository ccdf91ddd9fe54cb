"""Word what phones of staff show without a network."""
