"""Turn events and states into sentences for people. Knows no UI library."""
