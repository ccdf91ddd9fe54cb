"""TinyDB's storage on a journal: a write costs what it changes, and a crash loses nothing that was saved."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from tinydb.storages import Storage

from app.store.engine.change_format import Change, written
from app.store.engine.data_folder import lock_folder, make_folder, numbered, sweep_up
from app.store.engine.disk import DISK, Disk
from app.store.engine.journal_rotation import JournalRotation
from app.store.engine.loader import load
from app.store.engine.maintenance import Maintenance
from app.store.engine.memory_tables import MemoryTables, Rows
from app.store.engine.photo_files import PhotoFiles
from app.store.engine.snapshots import write_snapshot
from app.store.protocol import ReadOnly, Unreadable
from app.store.tinydb.row_views import RowsView, difference

log = logging.getLogger(__name__)


class Pace(NamedTuple):
    """The pace of maintenance, in seconds and bytes.

    Erased documents leave the disk within `erase_within` and the time that a snapshot takes. A journal is compacted
    when it is larger than `journal_size` and the snapshot before it, so that each byte is rewritten about once.
    """

    erase_within: float = 20
    journal_size: int = 16 * 2**20
    try_again_every: float = 1


LINE = 60
"""The bytes that a document takes in a snapshot besides itself and its id, with some to spare."""

PACE = Pace()


class JournalStorage(Storage):
    """Documents in memory, each batch of changes in a journal, and a snapshot from time to time.

    `TinyDB(folder, storage=JournalStorage)` works with TinyDB's own tables; with JournalTable, a write costs no more
    than it changes. It is thread-safe, which TinyDB's tables are not. Raise InUse, Unreadable or Damaged if the folder
    can't be opened.

    After a failed write or sync it is read-only: every write raises ReadOnly until the disk accepts one, which is tried
    every `Pace.try_again_every` seconds. What was saved before stays.
    """

    def __init__(self, path: Path | str, *, disk: Disk = DISK, pace: Pace = PACE) -> None:
        self.folder = Path(path)
        self.guard = threading.RLock()
        """Hold this to change what is in memory, or to read several things that belong together."""
        self.photos = PhotoFiles(self.folder / 'photos', disk)
        self.tables = MemoryTables(self._note_change)
        self._disk, self._pace = disk, pace
        self._maintenance = Maintenance()
        self._turn = threading.Lock()
        self._compacting = threading.Lock()
        self._has_erased = False
        self._put_off = 0.0
        self._journals: JournalRotation
        self._lock_file: int | None = None
        try:
            self._open()
        except OSError as error:
            self._release_lock()
            raise Unreadable(f'{self.folder} can not be opened: {error.strerror or error}') from error
        except BaseException:
            self._release_lock()
            raise

    @property
    def refused(self) -> str | None:
        """The reason why nothing can be written now; None while it can."""
        return self._journals.refused

    def read(self) -> dict[str, dict[str, Any]] | None:
        """Return the tables, whose documents are decoded on access. Return None if there has never been one."""
        with self.guard:
            views = {name: RowsView(self.tables.rows(name)) for name in self.tables.names()}
        return views or None  # type: ignore[return-value]  # TinyDB asks for no more than a mapping

    def write(self, data: Mapping[str, Mapping[Any, Any]]) -> None:
        """Make the tables these. The differences are written as one batch."""
        self.commit(difference(self.tables, data))

    def commit(self, *batches: Iterable[Change]) -> None:
        """Save these batches, each all or nothing, with one sync. They are durable when this returns.

        Raise ReadOnly if the disk refuses.
        """
        changes = [batch for batch in map(tuple, batches) if batch]
        if changes:
            self.commit_written([(batch, written(batch)) for batch in changes])

    def commit_written(self, batches: Iterable[tuple[Iterable[Change], bytes]]) -> None:
        """Save batches that come with their payload, as `commit` does."""
        batches = tuple(batches)
        with self._turn:
            try:
                self._journals.append([payload for _, payload in batches])
            finally:
                self._plan()
            with self.guard:
                for changes, _ in batches:
                    self.tables.apply(changes)
        self._plan()

    def require_writable(self) -> None:
        """Raise ReadOnly while the disk refuses writes."""
        self._journals.require_writable()

    def follow_state(self, listener: Callable[[str | None], None]) -> Callable[[], None]:
        """Call `listener` with `refused` whenever that changes, in any thread. Return a function that ends it."""
        return self._journals.follow(listener)

    def compact(self) -> None:
        """Write a snapshot and remove the files that it replaces, while others read and write.

        Raise ReadOnly if the disk refuses.
        """
        with self._compacting:
            try:
                self._snapshot_size = self._compact()
                self._put_off = 0.0
            except (OSError, ReadOnly) as error:
                self._has_erased = True  # erased documents may still be on the disk
                self._put_off = self._pace.erase_within
                self._plan()
                raise ReadOnly(f'no snapshot can be written now: {error}') from error

    def close(self) -> None:
        """Finish what is under way, remove erased documents from the disk, and close the files.

        A second call does nothing.
        """
        if self._lock_file is None:
            return
        self._maintenance.close()
        try:
            if self._has_erased and self.refused is None:
                self.compact()
        except ReadOnly:
            log.exception('erased documents are still on the disk; they are removed when the store is opened again')
        finally:
            self._journals.close()
            self._release_lock()

    def _open(self) -> None:
        make_folder(self.folder, self._disk)
        self._lock_file = lock_folder(self.folder)
        sweep_up(self.folder, self._disk)
        found = load(self.folder, self.tables)
        self._snapshot_size = found.snapshot_size
        self._journals = JournalRotation(self.folder, found, self._disk)
        self._journals.remove_before(max(numbered(self.folder, 'snapshot'), default=0))
        if self.photos.names() - self.photos.referenced():
            self._maintenance.within(self._pace.erase_within, self._sweep_photos)
        self._plan()

    def _compact(self) -> int:
        self._require_room()
        number, frozen = self._freeze()
        snapshot = write_snapshot(self.folder, number, frozen, self._disk, _yield_interpreter)
        self._journals.remove_before(number)
        self.photos.sweep(self.guard)
        return snapshot.stat().st_size

    def _require_room(self) -> None:
        """Raise ReadOnly if a snapshot doesn't fit: it would take the savers' last bytes before it fails."""
        needed, room = self.tables.size + LINE * self.tables.count(), self._disk.room(self.folder)
        if room < needed:
            raise ReadOnly(f'it takes some {needed} bytes, and {room} are free')

    def _freeze(self) -> tuple[int, dict[str, Rows]]:
        with self._turn:
            try:
                number = self._journals.begin_next_journal()
            finally:
                self._plan()
            self._has_erased = False
            with self.guard:
                return number, self.tables.frozen()

    def _try_again(self) -> None:
        with self._turn:
            if not self._journals.try_again():
                self._plan()
                return
        self._maintenance.within(0, self.compact)  # after a failed sync, write what is in memory to the disk again

    def _note_change(self, table: str, old: bytes | None, row: bytes | None) -> None:
        self._has_erased |= row is None
        self.photos.note(table, old, row)

    def _plan(self) -> None:
        """Schedule the maintenance that is due."""
        if self.refused is not None:
            self._maintenance.within(self._pace.try_again_every, self._try_again)
        elif self._journals.size > max(self._pace.journal_size, self._snapshot_size):
            self._maintenance.within(self._put_off, self.compact)
        elif self._has_erased:
            self._maintenance.within(self._pace.erase_within, self.compact)
        elif self.photos.wait_to_be_swept:
            self._maintenance.within(self._pace.erase_within, self._sweep_photos)

    def _sweep_photos(self) -> None:
        with self._compacting:
            self.photos.sweep(self.guard)

    def _release_lock(self) -> None:
        if self._lock_file is not None:
            os.close(self._lock_file)
        self._lock_file = None


def _yield_interpreter() -> None:
    """Let a saver's thread have the interpreter now, instead of after its switch interval of 5 ms."""
    time.sleep(0)
