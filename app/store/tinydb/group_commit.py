"""Group commit: batches that wait at the same time share one sync, off the event loop."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from queue import Empty, SimpleQueue

from app.domain.document import Document
from app.store.engine.change_format import Change
from app.store.protocol import ReadOnly
from app.store.tinydb.journal_storage import JournalStorage

log = logging.getLogger(__name__)

Key = tuple[str, str]
"""A table and an id in it."""

Tell = Callable[[Sequence[Document]], None]

QUIET = 3
"""Turns of the event loop without a new batch, after which no other is expected."""

LONGEST_WAIT = 0.005
"""The most seconds that a batch waits for others."""


class Batch:
    """Changes on their way to the disk, and the callers that wait for them."""

    def __init__(
        self, keys: Iterable[Key], changes: Sequence[Change], payload: bytes, news: Sequence[Document]
    ) -> None:
        self.keys = tuple(dict.fromkeys(keys))
        self.changes = changes
        self.payload = payload
        self.news = news
        self.loop = asyncio.get_running_loop()
        self.kept = self.loop.create_future()
        self.waiters: list[asyncio.Future[None]] = []
        self.failure: Exception | None = None


class GroupCommit:
    """Take batches on any event loop, and save them in order in a thread of its own.

    A batch may not touch documents of an earlier one that is still under way; `ahead` names that one. So a
    decision about stored documents is always based on what is on the disk.
    """

    def __init__(self, storage: JournalStorage, notify_listeners: Tell) -> None:
        self._storage = storage
        self._notify_listeners = notify_listeners
        self._queue: SimpleQueue[Sequence[Batch] | None] = SimpleQueue()
        self._gathering: list[Batch] = []
        self._turns_left = 0
        self._is_crowded = False
        self._closed = False
        self._under_way: dict[Key, Batch] = {}
        self._thread = threading.Thread(target=self._run, name='haren-commits', daemon=True)
        self._thread.start()

    def submit(self, batch: Batch) -> asyncio.Future[None]:
        """Queue a batch. The future is done once it is on the disk, or fails with ReadOnly.

        The batch is saved even if the caller is cancelled. Call this while holding the storage's guard.
        """
        if self._closed:
            raise RuntimeError('the store is closed')
        self._under_way.update(dict.fromkeys(batch.keys, batch))
        self._gathering.append(batch)
        self._turns_left = QUIET
        if not self._is_crowded:
            self._hand_over()
        elif len(self._gathering) == 1:
            batch.loop.call_soon(self._gather, batch.loop, batch.loop.time() + LONGEST_WAIT)
        return batch.kept

    def ahead(self, keys: Iterable[Key]) -> asyncio.Future[None] | None:
        """Return a future to wait for before these documents may be changed, or None.

        Call this while holding the storage's guard.
        """
        if self._gathering and self._gathering[0].loop is not asyncio.get_running_loop():
            self._hand_over()  # those batches came from a loop that has ended
        for key in keys:
            if (batch := self._under_way.get(key)) is not None:
                turn = asyncio.get_running_loop().create_future()
                batch.waiters.append(turn)
                return turn
        return None

    def close(self) -> None:
        """Save the queued batches, then end the thread."""
        with self._storage.guard:
            self._closed = True
            self._hand_over()
            self._queue.put(None)
        self._thread.join()

    def _gather(self, loop: asyncio.AbstractEventLoop, end: float) -> None:
        """Hand the batches over once the loop has nothing else to do.

        The thread then has the interpreter to itself. With the loop at work it would wait for it after each write and
        each sync, 5 ms at a time, and save small groups.
        """
        with self._storage.guard:
            self._turns_left -= 1
            if self._turns_left > 0 and loop.time() < end:
                loop.call_soon(self._gather, loop, end)
            else:
                self._hand_over()

    def _hand_over(self) -> None:
        if self._gathering:
            self._queue.put(self._gathering)
            self._gathering = []

    def _run(self) -> None:
        ending = False
        while not ending:
            handed = self._next_group()
            ending = None in handed
            group = [batch for batches in handed for batch in batches or ()]
            self._is_crowded = len(group) > 1
            self._keep(group)
            self._notify_callers(group)

    def _next_group(self) -> list[Sequence[Batch] | None]:
        handed = [self._queue.get()]
        with suppress(Empty):
            while True:
                handed.append(self._queue.get_nowait())
        return handed

    def _keep(self, batches: list[Batch]) -> None:
        try:
            self._storage.commit_written([(batch.changes, batch.payload) for batch in batches])
        except Exception as failure:
            if not isinstance(failure, ReadOnly):
                log.exception('a batch could not be saved')
            for batch in batches:
                batch.failure = failure
        with self._storage.guard:
            for batch in batches:
                for key in batch.keys:
                    self._under_way.pop(key, None)

    def _notify_callers(self, batches: list[Batch]) -> None:
        loops = {batch.loop: None for batch in batches}
        for loop in loops:
            call_on(loop, self._conclude, [batch for batch in batches if batch.loop is loop])
        for waiter in (waiter for batch in batches for waiter in batch.waiters):
            call_on(waiter.get_loop(), _finish, waiter)

    def _conclude(self, batches: list[Batch]) -> None:
        for batch in batches:
            _finish(batch.kept, batch.failure)
            if batch.failure is None:
                self._notify_listeners(batch.news)


def _finish(future: asyncio.Future[None], failure: Exception | None = None) -> None:
    if future.done():
        return  # the caller was cancelled
    if failure is None:
        future.set_result(None)
    else:
        future.set_exception(failure)


def call_on(loop: asyncio.AbstractEventLoop, callback: Callable[..., None], *arguments: object) -> None:
    """Call back on an event loop from any thread."""
    with suppress(RuntimeError):  # the loop has ended, and its callers with it
        loop.call_soon_threadsafe(callback, *arguments)
