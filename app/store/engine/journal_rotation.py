"""Move from one journal to the next, and react when the disk refuses writes."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from app.store.engine.data_folder import file_path, numbered
from app.store.engine.disk import Disk
from app.store.engine.journal import Journal
from app.store.engine.loader import Loaded
from app.store.protocol import ReadOnly

log = logging.getLogger(__name__)

Refused = Callable[[str | None], None]
"""Called with the reason why nothing can be written, or with None when it can again."""


class JournalRotation:
    """The current journal. Not thread-safe: writers take turns.

    Once a write or sync has failed, `refused` holds the reason, and nothing is written before `try_again` succeeds.
    """

    def __init__(self, folder: Path, found: Loaded, disk: Disk) -> None:
        self.refused: str | None = None
        self._folder = folder
        self._disk = disk
        self._listeners: list[Refused] = []
        self._journal = self._last(found)

    @property
    def size(self) -> int:
        """The bytes in the current journal."""
        return self._journal.size

    def append(self, payloads: list[bytes]) -> None:
        """Append a record for each payload, durable when this returns. Raise ReadOnly if the disk refuses."""
        self.require_writable()
        try:
            self._journal.append(payloads)
        except OSError as error:
            self._refuse(error)
            raise ReadOnly(f'nothing can be kept now: {self.refused}') from error
        except BaseException as error:
            self._refuse(error)  # Ctrl+C, for example: half a record may be in the file
            raise

    def begin_next_journal(self) -> int:
        """Begin a new journal and return its number. Raise ReadOnly if the disk refuses."""
        self.require_writable()
        try:
            self._begin_next()
        except OSError as error:
            self._refuse(error)  # the new journal may exist: then nothing may be added to the old one
            raise ReadOnly(f'nothing can be kept now: {self.refused}') from error
        return self._journal.number

    def try_again(self) -> bool:
        """Return True if the disk takes writes again.

        Cut the old journal after its last successful write, and begin a new one.
        """
        try:
            self._journal.cut_tail()
            self._begin_next()
        except OSError:
            return False
        log.warning('the disk takes writes again')
        self._set_refused(None)
        return True

    def remove_before(self, number: int) -> None:
        """Remove journals and snapshots that a later snapshot has replaced."""
        found = (numbered(self._folder, 'snapshot'), numbered(self._folder, 'journal'))
        old = [path for files in found for at, path in files.items() if at < number]
        for path in old:
            self._disk.remove(path)
        if old:
            self._disk.sync_folder(self._folder)

    def require_writable(self) -> None:
        """Raise ReadOnly while the disk refuses writes."""
        if self.refused is not None:
            raise ReadOnly(f'nothing can be kept now: {self.refused}')

    def follow(self, listener: Refused) -> Callable[[], None]:
        """Call `listener` with `refused` whenever that changes, in any thread. Return a function that ends it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def close(self) -> None:
        """Close the file."""
        self._journal.close()

    def _last(self, found: Loaded) -> Journal:
        number = max(found.number, 1)
        path = file_path(self._folder, 'journal', number)
        if found.torn:
            log.warning(
                '%s ends in a write that nobody was promised: %d bytes cut off behind byte %d',
                path,
                found.torn,
                found.size,
            )
        if found.size:
            return Journal.resume(path, number, found.size, self._disk)
        self._disk.remove(path)
        return Journal.begin(self._folder, number, self._disk)

    def _begin_next(self) -> None:
        number = self._journal.number + 1
        self._disk.remove(file_path(self._folder, 'journal', number))  # an earlier attempt may have left it
        fresh = Journal.begin(self._folder, number, self._disk)
        self._journal.close()
        self._journal = fresh

    def _refuse(self, error: BaseException) -> None:
        log.error('the store is read-only until the disk takes writes again: %r', error)
        self._set_refused((isinstance(error, OSError) and error.strerror) or repr(error))

    def _set_refused(self, reason: str | None) -> None:
        self.refused = reason
        for listener in tuple(self._listeners):
            listener(reason)
