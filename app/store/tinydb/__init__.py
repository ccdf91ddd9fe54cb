"""Use the engine as TinyDB's storage, and build a `Store` on it."""
