"""Rows made into documents, the same ones not twice."""

from __future__ import annotations

from app.domain.document import Document
from app.store.protocol import D

ROOM = 16_384
"""Documents that are remembered: what many ask for in a row, such as the things behind the stickers.

The open cases of a busy day fit in besides, since whatever doesn't fit has all of them read anew. A case takes 1.9 kB
in memory, so that it's some 30 MB at the most.
"""


class DocumentCache:
    """Makes documents of rows, and remembers some: frozen as they are, one can be given to many.

    A document is remembered for as long as its row is the very one that it was made from.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], tuple[bytes, Document]] = {}

    def read(self, kind: type[D], id: str, row: bytes) -> D:
        """The document in this row."""
        known = self._known.get((kind.kept_in, id))
        if known is not None and known[0] is row and isinstance(known[1], kind):
            return known[1]
        document = kind.model_validate_json(row)
        if len(self._known) >= ROOM:
            self._known.clear()
        self._known[kind.kept_in, id] = row, document
        return document

    def forget(self, document: Document) -> None:
        """Keep nothing of a document that is erased."""
        self._known.pop((document.kept_in, document.id), None)
