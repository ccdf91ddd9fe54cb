"""Check, repair, back up and convert a data folder that no server holds."""
