"""The Store protocol on TinyDB: one table a kind of document, one write a batch."""

from __future__ import annotations

import asyncio
import fcntl
import logging
import os
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import reduce
from operator import and_
from pathlib import Path
from typing import Any, cast

from tinydb import TinyDB, where
from tinydb.queries import QueryInstance
from tinydb.table import Table

from app.domain.document import Document
from app.store.atomic import AtomicStorage, Tables
from app.store.base import D, Field, InUse, Listener, Outdated, Page

log = logging.getLogger(__name__)


class _TextIdTable(Table):
    """A table whose document ids are text."""

    document_id_class = cast(Any, str)  # TinyDB annotates the class of numbers, and takes any


class _Database(TinyDB):
    table_class = _TextIdTable


class TinyStore:
    """Documents in `folder`/haren.json, held in memory for reading.

    Reads see the last batch that is on the disk. Batches are written one after the other, each in a worker thread, so
    that the event loop never waits for the disk.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._lock_file = _claim(folder / 'lock')
        try:
            self._db = _Database(folder / 'haren.json', storage=AtomicStorage)
        except BaseException:
            os.close(self._lock_file)
            raise
        self._turn = asyncio.Lock()
        self._listeners: list[Listener] = []

    async def get(self, kind: type[D], id: str) -> D | None:
        """See Store."""
        found = self._db.table(kind.kept_in).get(doc_id=cast(Any, id))
        return kind.model_validate(found) if found is not None else None

    async def find(
        self, kind: type[D], *, limit: int | None = None, before: str | None = None, **where: Field | Collection[Field]
    ) -> Page[D]:
        """See Store."""
        _require_declared(kind, where)
        rows = self._rows(kind, where)
        rows.sort(key=lambda row: _place(kind, row), reverse=True)
        if before is not None:
            rows = [row for row in rows if _place(kind, row) < before]
        shown = rows if limit is None else rows[:limit]
        older = _place(kind, shown[-1]) if len(shown) < len(rows) and shown else None
        return Page([kind.model_validate(row) for row in shown], older)

    async def count(self, kind: type[D], by: str) -> dict[Field, int]:
        """See Store."""
        _require_declared(kind, (by,))
        return dict(Counter(row[by] for row in self._db.table(kind.kept_in).all()))

    async def save(self, *documents: Document) -> None:
        """See Store."""
        await self._in_turn(lambda tables: _with(tables, documents))
        self._tell(documents)

    async def erase(self, *documents: Document) -> None:
        """See Store."""
        await self._in_turn(lambda tables: _without(tables, documents))

    def follow(self, listener: Listener) -> Callable[[], None]:
        """See Store."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    async def close(self) -> None:
        """See Store."""
        async with self._turn:
            self._db.close()
            os.close(self._lock_file)

    def _rows(self, kind: type[Document], fields: Mapping[str, Field | Collection[Field]]) -> list[Mapping[str, Any]]:
        table = self._db.table(kind.kept_in)
        return list(table.search(_query(fields)) if fields else table.all())

    async def _in_turn(self, change: Callable[[Tables], Tables]) -> None:
        # Shielded: a request that is cancelled while its batch is being written must not hand its turn on before the
        # write has ended, or the next batch would start from tables that lack this one.
        await asyncio.shield(asyncio.ensure_future(self._write(change)))

    async def _write(self, change: Callable[[Tables], Tables]) -> None:
        async with self._turn:
            changed = change(self._db.storage.read() or {})
            await asyncio.to_thread(self._db.storage.write, changed)
            for name in changed:
                self._db.table(name).clear_cache()

    def _tell(self, documents: Sequence[Document]) -> None:
        for listener in tuple(self._listeners):
            try:
                listener(documents)
            except Exception:
                log.exception('a listener failed on a batch that is kept')


def _claim(path: Path) -> int:
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(handle)
        raise InUse(f'another Haren has {path.parent} open; stop it first') from error
    return handle


def _with(tables: Tables, documents: Iterable[Document]) -> Tables:
    changed = dict(tables)
    for document in documents:
        name = document.kept_in
        if changed.get(name) is tables.get(name):
            changed[name] = dict(tables.get(name, {}))
        kept = changed[name].get(document.id)
        if (kept['revision'] if kept else 0) != document.revision:
            raise Outdated(f'{name}/{document.id} is not at revision {document.revision}')
        changed[name][document.id] = document.model_dump(mode='json') | {'revision': document.revision + 1}
    return changed


def _without(tables: Tables, documents: Iterable[Document]) -> Tables:
    gone = {(document.kept_in, document.id) for document in documents}
    return {name: {id: row for id, row in rows.items() if (name, id) not in gone} for name, rows in tables.items()}


def _query(fields: Mapping[str, Field | Collection[Field]]) -> QueryInstance:
    matches = (_matches(name, value) for name, value in fields.items())
    return reduce(and_, matches)


def _matches(name: str, value: Field | Collection[Field]) -> QueryInstance:
    if value is None or isinstance(value, str):
        return cast(QueryInstance, where(name) == value)
    return where(name).one_of(sorted(value, key=str))


def _place(kind: type[Document], row: Mapping[str, Any]) -> str:
    """Where a row stands in time, with its id to part equals: the cursor, too."""
    return f'{row[kind.newest_by]}|{row["id"]}'


def _require_declared(kind: type[Document], names: Iterable[str]) -> None:
    for name in names:
        if name not in kind.found_by:
            raise ValueError(f'{kind.__name__} is not found by {name!r}; declare it in found_by')
