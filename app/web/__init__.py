"""Everything about HTTP that is not a page: the API, open data, sessions, caches, headers and limits."""
