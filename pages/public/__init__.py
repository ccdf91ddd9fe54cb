"""Pages without a socket that anybody can open."""
