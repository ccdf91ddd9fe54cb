"""Check, repair, back up and convert a data folder, for administrators."""
