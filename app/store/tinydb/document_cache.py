"""Parse rows into documents, and cache some, so that the same row isn't parsed twice."""

from __future__ import annotations

from app.domain.document import Document
from app.store.protocol import D

ROOM = 16_384
"""The most documents in the cache: those that are read again and again, such as the assets behind the stickers.

The open cases of a busy day fit in besides: once the cache is full it is emptied, and all of them are parsed again. A
case takes 1.9 kB in memory, so the cache takes some 30 MB at most.
"""


class DocumentCache:
    """Parse rows into documents, and cache some. As documents are frozen, one can be handed to many readers.

    A document is cached for as long as its row is the very object that it was parsed from, or saved as.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], tuple[bytes, Document]] = {}

    def read(self, kind: type[D], id: str, row: bytes) -> D:
        """Return the document in this row."""
        known = self._known.get((kind.kept_in, id))
        if known is not None and known[0] is row and isinstance(known[1], kind):
            return known[1]
        document = kind.model_validate_json(row)
        if len(self._known) >= ROOM:
            self._known.clear()
        self._known[kind.kept_in, id] = row, document
        return document

    def replace(self, document: Document, row: bytes) -> None:
        """Cache a document that was saved in place of a cached one: its next reader needn't parse the row."""
        key = document.kept_in, document.id
        if key in self._known:
            self._known[key] = row, document

    def forget(self, document: Document) -> None:
        """Remove an erased document from the cache."""
        self._known.pop((document.kept_in, document.id), None)
