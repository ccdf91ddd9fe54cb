"""TinyDB's table on the journal storage: a write costs what it changes, and not what the table holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any, cast

from tinydb import TinyDB
from tinydb.queries import QueryLike
from tinydb.storages import Storage
from tinydb.table import Document, Table

from app.store.engine.change_format import MAKE, Change
from app.store.tinydb.journal_storage import JournalStorage
from app.store.tinydb.row_views import RowsView, TableDraft


class JournalTable(Table):
    """A TinyDB table whose changes are durable when the call returns.

    On another storage, or behind a middleware, it works like TinyDB's own.
    """

    def search(self, cond: QueryLike) -> list[Document]:
        """Return matching documents. Each is the caller's own copy: changing it doesn't affect later searches."""
        return deepcopy(super().search(cond))

    def _read_table(self) -> dict[str, Mapping[Any, Any]]:
        if not isinstance(self._storage, JournalStorage):
            return super()._read_table()
        return cast(dict[str, Mapping[Any, Any]], RowsView(self._storage.tables.rows(self.name)))

    def _update_table(self, updater: Callable[[dict[int, Mapping[Any, Any]]], None]) -> None:
        storage = self._storage
        if not isinstance(storage, JournalStorage):
            super()._update_table(updater)
            return
        draft = TableDraft(storage.tables.rows(self.name), self.document_id_class)
        updater(cast(dict[int, Mapping[Any, Any]], draft))
        made = [] if storage.tables.has(self.name) else [Change(MAKE, self.name)]
        storage.commit([*made, *draft.changes(self.name)])
        self.clear_cache()


class JournalDB(TinyDB):
    """A TinyDB in a folder: `JournalDB(folder)`."""

    table_class = JournalTable
    default_storage_class: type[Storage] = JournalStorage  # type: ignore[assignment]  # TinyDB annotates none
