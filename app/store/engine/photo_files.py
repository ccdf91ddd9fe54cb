"""Photos in files that are named by their content. Each is on the disk before a document names it."""

from __future__ import annotations

import asyncio
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from app.domain.photo_names import photo_name
from app.store.engine.data_folder import TEMPORARY, make_folder
from app.store.engine.disk import Disk
from app.store.engine.photo_references import PHOTO_NAME, photos_named_in
from app.store.protocol import ReadOnly

UNNAMED_FOR = 3600
"""Seconds that a photo may wait for a document to name it. An upload whose report never came is removed after that."""

LEFT_FREE = 128 * 2**20
"""The bytes of the disk that photos leave free, so that reports can still be saved when there is no room for photos."""


class PhotoFiles:
    """A folder of photos, and how many documents name each.

    A document names a photo by having its name in any field. `sweep` removes photos that no document names any longer.
    `now` is the time in seconds since 1970.
    """

    def __init__(self, folder: Path, disk: Disk, now: Callable[[], float] = time.time) -> None:
        self.folder = folder
        self._disk = disk
        self._now = now
        self._referenced: Counter[str] = Counter()
        self._dropped: set[str] = set()
        self._turn = threading.Lock()

    async def keep(self, content: bytes) -> str:
        """Store a photo and return its name, which a document can use from now on. It is on the disk when this returns.

        Raise ReadOnly if the disk refuses, or if less than LEFT_FREE would remain.
        """
        return await asyncio.to_thread(self._keep, content)

    async def has_room(self) -> bool:
        """Return True if more of the disk is free than photos must leave free."""
        try:
            return await asyncio.to_thread(self._disk.room, self.folder.parent) > LEFT_FREE
        except OSError:
            return False

    async def read(self, name: str) -> bytes | None:
        """Return a photo's content, or None if there is no such photo."""
        path = self.path(name)
        return await asyncio.to_thread(_content, path) if path is not None else None

    def path(self, name: str) -> Path | None:
        """Return the path of a photo, or None if this isn't a photo's name."""
        return self.folder / name if PHOTO_NAME.fullmatch(name) else None

    def names(self) -> set[str]:
        """Return the photos in the folder, named by documents or not."""
        return {path.name for path in self.folder.glob('sha256-*') if self.path(path.name)}

    def referenced(self) -> set[str]:
        """Return the photos that documents name."""
        return set(self._referenced)

    def missing(self) -> set[str]:
        """Return the photos that documents name and that aren't in the folder."""
        return self._referenced.keys() - self.names()

    def damaged(self) -> set[str]:
        """Return the photos whose content doesn't match their name."""
        return {name for name in self.names() if photo_name((self.folder / name).read_bytes()) != name}

    def write(self, content: bytes) -> str:
        """Store a photo like `keep`, but on this thread and down to the last byte of the disk. A restore uses it."""
        name = photo_name(content)
        with self._turn:
            self._dropped.discard(name)
            try:
                self._write(self.folder / name, content)
            except OSError as error:
                raise ReadOnly(f'the photo can not be kept now: {error}') from error
        return name

    def note(self, table: str, old: bytes | None, row: bytes | None) -> None:
        """Record that a document of this table was `old` (None: it is new) and is `row` now (None: it is removed)."""
        for name in photos_named_in(table, row):
            self._referenced[name] += 1
        for name in photos_named_in(table, old):
            self._referenced[name] -= 1
            if not self._referenced[name]:
                del self._referenced[name]
                self._dropped.add(name)

    @property
    def wait_to_be_swept(self) -> bool:
        """True if there is a photo that no document names any longer."""
        return bool(self._dropped)

    def sweep(self, guard: AbstractContextManager[object]) -> None:
        """Remove photos that no document names any longer, and those that waited too long to be named.

        `guard` is held only briefly for each photo, while it must be certain that no document begins to name it.
        """
        dropped = set(self._dropped)
        over = {name for name in self.names() if name in dropped or self._age(name) > UNNAMED_FOR}
        for name in over - self._referenced.keys():
            with self._turn, guard:
                if name not in self._referenced and (name in self._dropped or name not in dropped):
                    self._disk.remove(self.folder / name)
        if over:
            self._disk.sync_folder(self.folder)
        self._dropped -= dropped

    def _keep(self, content: bytes) -> str:
        try:
            room = self._disk.room(self.folder.parent)
        except OSError as error:
            raise ReadOnly(f'the photo can not be kept now: {error}') from error
        if room - len(content) < LEFT_FREE:
            raise ReadOnly(f'only {room} bytes are free: no more photos can be stored')
        return self.write(content)

    def _age(self, name: str) -> float:
        return self._now() - (self.folder / name).stat().st_mtime

    def _write(self, path: Path, content: bytes) -> None:
        make_folder(self.folder, self._disk)
        part = path.with_name(path.name + TEMPORARY)
        self._disk.remove(part)
        try:
            self._write_part(part, content)
            self._disk.replace(part, path)
        except BaseException:
            self._disk.remove(part)
            raise
        self._disk.sync_folder(self.folder)

    def _write_part(self, part: Path, content: bytes) -> None:
        file = self._disk.create(part)
        try:
            self._disk.write(file, content)
            self._disk.sync(file)
        finally:
            self._disk.close(file)


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:  # it may be removed between look-up and reading
        return None
