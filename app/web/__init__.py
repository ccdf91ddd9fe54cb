"""HTTP that is no screen: the API, open data, the session, headers and limits."""
