"""What Haren keeps: the Store protocol, and TinyDB behind it, with a journal of ours beneath.

From the disk up: `disk`, `files` and `records` are bytes; `changes` what they mean; `journal`, `journals` and
`snapshots` write them and `loading` reads them back into `tables`; `storage` and `table` are TinyDB's extension points;
`index`, `commits` and `tiny` are the Store. `survey`, `repair`, `backup` and `exchange` look after a folder.
"""
