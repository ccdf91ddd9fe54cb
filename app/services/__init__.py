"""Run the use cases of Haren, one module a noun.

A use case loads documents, lets the domain decide, and saves the result together with the Event that records it.
"""
