"""Build the index of words in the background, and keep it up with every change."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import suppress
from typing import NamedTuple

from app.domain.document import Document
from app.domain.people import Team
from app.domain.searching import SearchText
from app.services.context import Context
from app.services.pagination import all_pages
from app.services.search_changes import ERASED, Place, SearchChanges
from app.services.search_parts import AT_ONCE, Found, SearchParts
from app.services.search_texts import KINDS, SearchTexts, keys_of
from app.store.search_index import SearchIndex

log = logging.getLogger(__name__)

NEVER = float('inf')


class Pace(NamedTuple):
    """The seconds that the upkeep takes its time for.

    Changes that come within `gather` are indexed together. While there is an index, a new one rests for `rest` between
    two portions. It is built `apart` after the last at the earliest. Words that were taken back are in memory for
    `forget` at most, and then for as long as it takes to build a new index without them.
    """

    gather: float = 0.05
    rest: float = 0.005
    apart: float = 60.0
    forget: float = 600.0


PACE = Pace()


class SearchUpkeep:
    """The index of words, as complete as it is by now."""

    def __init__(self, context: Context, parts: SearchParts, pace: Pace = PACE) -> None:
        self._store, self._texts = context.store, SearchTexts(context, parts)
        self._new_index, self._pace = context.new_search_index, pace
        self._index: SearchIndex | None = None
        self._growing: SearchIndex | None = None
        self._changes = SearchChanges()
        self._is_wrong = True
        self._built_at = self._forgets_since = -NEVER
        self._task: asyncio.Task[None] | None = None
        self._stop_following: Callable[[], None] = lambda: None
        self._wake, self._idle = asyncio.Event(), asyncio.Event()

    @property
    def index(self) -> SearchIndex | None:
        """The index that answers now, or None in the first moment."""
        return self._index or self._growing

    @property
    def is_complete(self) -> bool:
        """Return True once all documents have been indexed."""
        return self._index is not None

    def start(self) -> None:
        """Begin to build the index, unless that has begun already."""
        if self._task is None:
            self._stop_following = self._store.follow(self._on_saved)
            self._task = asyncio.create_task(self._run())

    def rebuild(self) -> None:
        """Build the index anew, because something is wrong with it."""
        self._is_wrong = True
        self._wake.set()

    async def settled(self) -> None:
        """Wait until all changes up to now are indexed."""
        self.start()
        await self._idle.wait()

    async def close(self) -> None:
        """Stop, and free the memory."""
        self._stop_following()
        self._stop_following = lambda: None
        if self._task:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
        if self._index:
            await self._index.close()
        self._task = self._index = None

    def _on_saved(self, batch: Sequence[Document]) -> None:
        self._changes.note(batch)
        if self._changes:
            self._idle.clear()
            self._wake.set()

    async def _run(self) -> None:
        while True:
            try:
                await self._catch_up()
            except Exception:
                log.exception('the index of words could not be kept up; building it anew in %s s', self._pace.apart)
                self._is_wrong, self._built_at = True, _now()
            due = self._due_in()
            if not self._changes and due > 0:
                self._idle.set()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), None if due == NEVER else max(due, 0))
            self._wake.clear()
            await asyncio.sleep(self._pace.gather)

    async def _catch_up(self) -> None:
        if self._changes.has_erasure:
            self._changes.has_erasure = False
            self._changes.has_renaming |= await self._count() != self._changes.expected
        await self._index_changes()
        if self._due_in() <= 0:
            await self._build()

    def _due_in(self) -> float:
        """Return the seconds until a new index has to be built."""
        due = self._forgets_since + self._pace.forget if self._forgets_since > -NEVER else NEVER
        if self._is_wrong or self._changes.has_renaming:
            due = min(due, self._built_at + self._pace.apart)
        return due - _now()

    async def _build(self) -> None:
        self._is_wrong, self._built_at = False, _now()
        self._changes.begin(await self._count())
        self._growing = fresh = self._new_index()
        putting = asyncio.create_task(fresh.put(()))
        try:
            async for texts in self._all_texts():
                await putting
                putting = asyncio.create_task(fresh.put(texts))
                await self._index_changes()
                await asyncio.sleep(self._pace.rest if self._index else 0)
            await putting
        except BaseException:
            self._growing = None
            putting.cancel()
            await asyncio.gather(putting, return_exceptions=True)
            await fresh.close()
            raise
        old, self._index, self._growing = self._index, fresh, None
        self._built_at, self._forgets_since = _now(), -NEVER
        if old:
            await old.close()

    async def _all_texts(self) -> AsyncIterator[list[SearchText]]:
        for team in (await self._store.find(Team)).documents:
            self._changes.learn(team)
        for kind in KINDS:
            async for documents in all_pages(self._store, kind, AT_ONCE):
                yield await self._learned(documents)

    async def _learned(self, documents: Sequence[Found]) -> list[SearchText]:
        for document in documents:
            self._changes.learn(document)
        return [text for document in documents if (text := await self._texts.text(document))]

    async def _index_changes(self) -> None:
        changed = self._changes.take()
        for start in range(0, len(changed), AT_ONCE):
            await self._index_again(changed[start : start + AT_ONCE])
            await asyncio.sleep(0)

    async def _index_again(self, places: Sequence[Place]) -> None:
        found = [document for kind, id in places if (document := await self._store.get(kind, id))]
        texts = [text for document in found if (text := await self._texts.text(document))]
        known = {text.key for text in texts}
        gone = [key for kind, id in places for key in keys_of(kind, id) if key not in known]
        for index in filter(None, (self._index, self._growing)):
            await index.put(texts)
            await index.remove(gone)
            if index is self._index and index.forgotten and self._forgets_since == -NEVER:
                self._forgets_since = _now()

    async def _count(self) -> int:
        """Return the number of documents that can be erased."""
        counts = [await self._store.count(kind, field) for kind, field in ERASED.items()]
        return sum(sum(count.values()) for count in counts)


def _now() -> float:
    return asyncio.get_running_loop().time()
