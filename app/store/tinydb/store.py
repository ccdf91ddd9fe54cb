"""The Store protocol on TinyDB's journal storage: one table for each kind of document, one record for each batch.

`JournalDB(folder)` opens the same data as a TinyDB, to look at it while Haren is stopped.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import islice
from pathlib import Path

from app.domain.document import Document
from app.store.engine.change_format import PUT, REMOVE, Change, written
from app.store.engine.disk import DISK, Disk
from app.store.engine.index import Index, id_at
from app.store.engine.photo_files import PhotoFiles
from app.store.protocol import D, Field, Listener, Outdated, Page, State, StateListener
from app.store.tinydb.document_cache import DocumentCache
from app.store.tinydb.group_commit import Batch, GroupCommit, Key, call_on
from app.store.tinydb.journal_storage import PACE, JournalStorage, Pace

log = logging.getLogger(__name__)


class TinyStore:
    """Documents in `folder`, held in memory for reading.

    Reads see the last batch that is on the disk. Batches that wait at the same time share one sync in a thread of the
    store's own, so that the event loop never waits for the disk. The store serves one event loop after another.
    """

    def __init__(self, folder: Path, *, disk: Disk = DISK, pace: Pace = PACE) -> None:
        self._storage = JournalStorage(folder, disk=disk, pace=pace)
        self._indices: dict[type[Document], Index] = {}
        self._listeners: list[Listener] = []
        self._documents = DocumentCache()
        try:
            for kind in Document.kinds():  # index them now, so that the first reader needn't wait
                self._index(kind)
        except BaseException:
            self._storage.close()
            raise
        self._commits = GroupCommit(self._storage, self._notify_listeners)

    @property
    def photos(self) -> PhotoFiles:
        """The photos that documents name."""
        return self._storage.photos

    @property
    def state(self) -> State:
        """The current state: whether the store can be written to."""
        return State(self._storage.refused)

    def follow_state(self, listener: StateListener) -> Callable[[], None]:
        """Call `listener` on this event loop with each new state. Return a function that ends it."""
        loop = asyncio.get_running_loop()
        return self._storage.follow_state(lambda refused: call_on(loop, listener, State(refused)))

    async def get(self, kind: type[D], id: str) -> D | None:
        """See Store."""
        row = self._storage.tables.rows(kind.kept_in).get(id)
        return self._documents.read(kind, id, row) if row is not None else None

    async def find(
        self,
        kind: type[D],
        /,
        *,
        limit: int | None = None,
        before: str | None = None,
        **where: Field | Collection[Field],
    ) -> Page[D]:
        """See Store."""
        _require_declared(kind, where)
        with self._storage.guard:
            rows = self._storage.tables.rows(kind.kept_in)
            places = list(islice(self._index(kind).find(where, before), None if limit is None else limit + 1))
            found = [(id, rows[id]) for id in map(id_at, places[:limit])]
        older = places[limit - 1] if limit and len(places) > limit else None
        return Page([self._documents.read(kind, id, row) for id, row in found], older)

    async def count(self, kind: type[D], by: str) -> dict[Field, int]:
        """See Store."""
        _require_declared(kind, (by,))
        with self._storage.guard:
            return self._index(kind).counts(by)

    async def save(self, *documents: Document) -> None:
        """See Store."""
        changes = [_put(document) for document in documents]
        await self._commit(changes, lambda: self._require_newest(documents), documents)
        for change in changes:
            # A later batch may have changed or erased the document meanwhile.
            if change.document and self._storage.tables.rows(change.table).get(change.id) is change.row:
                self._documents.replace(change.document, change.row)

    async def erase(self, *documents: Document) -> None:
        """See Store. Within a minute, none of their bytes is left on the disk."""
        await self._commit([Change(REMOVE, document.kept_in, document.id) for document in documents])
        for document in documents:
            self._documents.forget(document)

    def follow(self, listener: Listener) -> Callable[[], None]:
        """See Store."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def compact(self) -> None:
        """Write a snapshot on this thread; it also happens by itself. Raise ReadOnly if the disk refuses."""
        self._storage.compact()

    async def close(self) -> None:
        """See Store."""
        await asyncio.to_thread(self._commits.close)
        await asyncio.to_thread(self._storage.close)

    async def _commit(
        self, changes: Sequence[Change], decide: Callable[[], None] = lambda: None, news: Sequence[Document] = ()
    ) -> None:
        if not changes:
            return
        self._storage.require_writable()
        keys: list[Key] = [(change.table, change.id) for change in changes]
        payload = written(changes)
        while True:
            with self._storage.guard:
                turn = self._commits.ahead(keys)
                if turn is None:
                    decide()
                    kept = self._commits.submit(Batch(keys, changes, payload, news))
                    break
            await turn
        await kept

    def _require_newest(self, documents: Iterable[Document]) -> None:
        expected: dict[Key, int] = {}
        for document in documents:
            key = (document.kept_in, document.id)
            if expected.get(key, self._revision(document)) != document.revision:
                raise Outdated(f'{document.kept_in}/{document.id} is not at revision {document.revision}')
            expected[key] = document.revision + 1

    def _revision(self, document: Document) -> int:
        """Return the stored revision. Usually the caller has just read the document, so it is in the cache."""
        row = self._storage.tables.rows(document.kept_in).get(document.id)
        return self._documents.read(type(document), document.id, row).revision if row is not None else 0

    def _index(self, kind: type[Document]) -> Index:
        index = self._indices.get(kind)
        if index is None:
            index = self._indices[kind] = Index(kind, self._storage.tables.rows(kind.kept_in))
            self._storage.tables.watch(kind.kept_in, index)
        return index

    def _notify_listeners(self, documents: Sequence[Document]) -> None:
        for listener in tuple(self._listeners):
            try:
                listener(documents)
            except Exception:
                log.exception('a listener failed on a batch that is saved')


def _put(document: Document) -> Change:
    kept = document.model_copy(update={'revision': document.revision + 1})
    return Change(PUT, document.kept_in, document.id, kept.__pydantic_serializer__.to_json(kept), kept)


def _require_declared(kind: type[Document], names: Iterable[str]) -> None:
    for name in names:
        if name not in kind.found_by:
            raise ValueError(f'{kind.__name__} is not found by {name!r}; declare it in found_by')
