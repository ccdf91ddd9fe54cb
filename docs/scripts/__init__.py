"""Draw the pictures that the repository ships."""
