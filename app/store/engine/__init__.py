"""Keep documents in files: journals, snapshots and tables in memory. It knows neither TinyDB nor any one document type.

From the disk up: `disk`, `data_folder` and `record_format` are about bytes, and `change_format` about their meaning.
`journal`, `journal_rotation` and `snapshots` write them, and `loader` reads them back into `memory_tables`. `index`
finds documents in the tables.
"""
