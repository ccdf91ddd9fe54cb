"""The parts that all routes share: middleware, sessions, caches, uploads, error answers."""
