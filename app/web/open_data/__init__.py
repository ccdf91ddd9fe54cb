"""What anybody may read without a key, in open formats."""
