"""Let TinyDB use the engine as its storage, and make a `Store` of it."""
