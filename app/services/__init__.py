"""What people do with Haren, one module a noun.

A use case loads, asks the domain, and saves with the Event that tells of it.
"""
