"""The tables in memory: each document as the bytes that are on the disk.

Bytes rather than dicts: they take a third of the memory, the garbage collector doesn't walk them, and nobody can change
one by accident.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Protocol

from app.domain.document import Document
from app.store.engine.change_format import CLEAR, DROP, MAKE, PUT, REMOVE, Change

Rows = Mapping[str, bytes]

NO_ROWS: Rows = MappingProxyType({})


class Watcher(Protocol):
    """A callback for each document that changes in a table. `row` is None if it is removed.

    `document` is what `row` was encoded from, if that is known.
    """

    def __call__(self, id: str, old: bytes | None, row: bytes | None, document: Document | None, /) -> None: ...


WhenChanged = Callable[[str, bytes | None, bytes | None], None]
"""A callback for each document that changes: its table, its old row and its new one."""


class MemoryTables:
    """Documents by table and id. Not thread-safe: the owner guards it."""

    def __init__(self, when_changed: WhenChanged = lambda _, __, ___: None) -> None:
        self._rows: dict[str, dict[str, bytes]] = {}
        self._watchers: dict[str, list[Watcher]] = {}
        self._when_changed = when_changed
        self.size = 0
        """The bytes of the documents and their ids."""

    def names(self) -> tuple[str, ...]:
        """Return the names of the tables, empty ones too."""
        return tuple(self._rows)

    def has(self, table: str) -> bool:
        """Return True if there is such a table, even an empty one."""
        return table in self._rows

    def rows(self, table: str) -> Rows:
        """Return the current documents of a table; none if there is no such table."""
        return self._rows.get(table, NO_ROWS)

    def frozen(self) -> dict[str, Rows]:
        """Return a copy of all documents as they are now."""
        return {table: rows.copy() for table, rows in self._rows.items()}

    def count(self) -> int:
        """Return the number of documents in all tables."""
        return sum(map(len, self._rows.values()))

    def watch(self, table: str, watcher: Watcher) -> None:
        """Call `watcher` with each change in a table."""
        self._watchers.setdefault(table, []).append(watcher)

    def apply(self, changes: Iterable[Change]) -> None:
        """Apply the changes."""
        for what, table, id, row, document in changes:
            if what == PUT:
                self._put(table, id, row, document)
            elif what == REMOVE:
                self._remove(table, id)
            else:
                self._change_table(what, table)

    def _put(self, table: str, id: str, row: bytes, document: Document | None) -> None:
        rows = self._rows.get(table)
        if rows is None:
            rows = self._rows[table] = {}
        old = rows.get(id)
        rows[id] = row
        self.size += len(row) + len(id) if old is None else len(row) - len(old)
        self._when_changed(table, old, row)
        for watcher in self._watchers.get(table, ()):
            watcher(id, old, row, document)

    def _remove(self, table: str, id: str) -> None:
        old = self._rows.get(table, {}).pop(id, None)
        if old is None:
            return
        self.size -= len(old) + len(id)
        self._when_changed(table, old, None)
        for watcher in self._watchers.get(table, ()):
            watcher(id, old, None, None)

    def _change_table(self, what: bytes, table: str) -> None:
        if what in (CLEAR, DROP):
            for id in tuple(self.rows(table)):
                self._remove(table, id)
        if what in (CLEAR, MAKE):
            self._rows.setdefault(table, {})
        if what == DROP:
            self._rows.pop(table, None)
