"""Views of a table for TinyDB: mappings that decode documents on access, and record changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, MutableMapping
from typing import Any

from app.store.engine.change_format import CLEAR, DROP, MAKE, PUT, REMOVE, Change, decode, encode
from app.store.engine.memory_tables import MemoryTables, Rows


class RowsView(Mapping[str, Any]):
    """A table's documents by their ids as text. It can be iterated while the table changes."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def __getitem__(self, id: str) -> Any:
        return decode(self._rows[id])

    def __contains__(self, id: object) -> bool:
        return id in self._rows

    def __iter__(self) -> Iterator[str]:
        return iter(tuple(self._rows))

    def __len__(self) -> int:
        return len(self._rows)

    def items(self) -> Any:
        """Return the documents with their ids as they are now, decoded one by one."""
        return ((id, decode(row)) for id, row in tuple(self._rows.items()))

    def shows(self, rows: Rows) -> bool:
        """Return True if this is a view of exactly these rows."""
        return self._rows is rows


class TableDraft(MutableMapping[Any, Any]):
    """A table that TinyDB's updaters can change freely. `changes` returns the difference."""

    def __init__(self, rows: Rows, id_class: Callable[[str], Any]) -> None:
        self._rows = rows
        self._id_class = id_class
        self._seen: dict[str, Any] = {}
        self._gone: dict[str, None] = {}
        self._cleared = False

    def __getitem__(self, id: Any) -> Any:
        key = str(id)
        if key not in self._seen:
            if not self._is_kept(key):
                raise KeyError(id)
            self._seen[key] = decode(self._rows[key])
        return self._seen[key]

    def __setitem__(self, id: Any, document: Any) -> None:
        self._seen[str(id)] = document

    def __delitem__(self, id: Any) -> None:
        key = str(id)
        if key not in self:
            raise KeyError(id)
        self._seen.pop(key, None)
        if self._is_kept(key):
            self._gone[key] = None

    def __contains__(self, id: object) -> bool:
        key = str(id)
        return key in self._seen or self._is_kept(key)

    def __iter__(self) -> Iterator[Any]:
        kept = (key for key in tuple(self._rows) if self._is_kept(key))
        new = (key for key in tuple(self._seen) if not self._is_kept(key))
        return (self._id_class(key) for keys in (kept, new) for key in keys)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def clear(self) -> None:
        """Remove all documents."""
        self._seen.clear()
        self._gone.clear()
        self._cleared = True

    def changes(self, table: str) -> Iterator[Change]:
        """Yield the changes. Raise TypeError for a document that JSON can't hold."""
        if self._cleared:
            yield Change(CLEAR, table)
        for id in self._gone:
            yield Change(REMOVE, table, id)
        for id, document in self._seen.items():
            row = encode(document)
            if not (self._is_kept(id) and _is_same(self._rows[id], row)):
                yield Change(PUT, table, id, row)

    def _is_kept(self, key: str) -> bool:
        return not self._cleared and key in self._rows and key not in self._gone


def difference(tables: MemoryTables, data: Mapping[str, Mapping[Any, Any]]) -> Iterator[Change]:
    """Yield the changes that turn the tables into `data`."""
    for name in tables.names():
        if name not in data:
            yield Change(DROP, name)
    for name, documents in data.items():
        if name not in tables.names():
            yield Change(MAKE, name)
        rows = tables.rows(name)
        if not (isinstance(documents, RowsView) and documents.shows(rows)):
            yield from _difference(name, rows, documents)


def _difference(table: str, rows: Rows, documents: Mapping[Any, Any]) -> Iterator[Change]:
    wanted = {str(id): encode(document) for id, document in documents.items()}
    for id in rows:
        if id not in wanted:
            yield Change(REMOVE, table, id)
    for id, row in wanted.items():
        if id not in rows or not _is_same(rows[id], row):
            yield Change(PUT, table, id, row)


def _is_same(kept: bytes, row: bytes) -> bool:
    # Compare the encoded forms, since 1, 1.0 and True are equal in Python.
    return kept == row or encode(decode(kept)) == row
