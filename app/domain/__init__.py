"""What Haren knows: the words of the municipality and their rules, without clock, input or output."""
