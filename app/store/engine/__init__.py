"""Keep documents in files: journal, snapshots and tables in memory, without TinyDB and without any type of document."""
