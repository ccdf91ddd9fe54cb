"""The pages and screens, one module each: `public`, `staff`, and `files` for addresses that answer with a file."""
