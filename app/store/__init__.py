"""The Store protocol, and its implementation with TinyDB on top of a journal.

`protocol` is all that services know. `engine` keeps the documents in files, `tinydb` makes a Store of it, and `tools`
are for administrators. `catalogue_files` reads the lists in data/catalogue.
"""
