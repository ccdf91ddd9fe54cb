"""What every HTTP answer shares: middleware, sessions, caches, uploads."""
