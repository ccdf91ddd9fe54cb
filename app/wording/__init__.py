"""Turn events and states into sentences for people, without any UI library."""
