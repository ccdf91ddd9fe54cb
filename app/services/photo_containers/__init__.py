"""Write the file of a photo anew with nothing but what its pixels need, before a decoder sees it.

Decoders refuse sound pixels because of a comment that is too long, a checksum that is wrong or an end that is missing.
What is left out can neither stop nor attack them.
"""
