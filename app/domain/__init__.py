"""Documents and rules of the municipality, without clock, input or output."""
