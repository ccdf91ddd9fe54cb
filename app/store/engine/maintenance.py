"""Background work of the store: compaction, photo clean-up, and trying a refused disk again."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from app.store.protocol import StoreError

log = logging.getLogger(__name__)


class Maintenance:
    """A thread that runs one task at a time when it is due. It starts with the first task.

    `now` is a clock in seconds that never goes back.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._due: dict[Callable[[], None], float] = {}
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._closed = False

    def within(self, seconds: float, task: Callable[[], None]) -> None:
        """Run this task in at most so many seconds. A task that is due earlier stays so."""
        with self._changed:
            due = self._now() + seconds
            if self._closed or self._due.get(task, due + 1) <= due:
                return
            self._due[task] = due
            self._changed.notify()
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name='haren-maintenance', daemon=True)
                self._thread.start()

    def has(self, task: Callable[[], None]) -> bool:
        """Return True if this task is waiting."""
        with self._changed:
            return task in self._due

    def close(self) -> None:
        """Finish the running task and start no other."""
        with self._changed:
            self._closed = True
            self._due.clear()
            self._changed.notify()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        while (task := self._next()) is not None:
            try:
                task()
            except StoreError as error:
                log.warning('maintenance of the store is postponed: %s', error)
            except Exception:
                log.exception('maintenance of the store failed; it is tried again when it is next due')

    def _next(self) -> Callable[[], None] | None:
        with self._changed:
            while not self._closed:
                task = min(self._due, key=lambda task: self._due[task], default=None)
                wait = None if task is None else self._due[task] - self._now()
                if task is not None and wait is not None and wait <= 0:
                    del self._due[task]
                    return task
                self._changed.wait(wait)
            return None
