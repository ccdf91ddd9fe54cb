"""What Haren keeps: the Store protocol, and TinyDB behind it."""
