"""Open data: anybody may read it without a token, in open formats."""
