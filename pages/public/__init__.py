"""Plain HTML pages: they need no account, no script and no socket."""
