"""Disks that fail, and one that forgets everything that was not synced when the power goes.

kill -9 loses nothing that the system has been handed, so it can't distinguish a store that syncs from one that doesn't.
This disk can: beside the real files it keeps what would be left of them.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

from app.store.engine.disk import Disk
from app.store.engine.record_format import SECTOR


class PowerCut(BaseException):
    """The power is gone: nothing after this happens."""


@dataclass(eq=False)
class Inode:
    """A file, independent of its names: its content, and the part of it that is on the disk for certain."""

    content: bytes = b''
    synced: bytes = b''

    def survives_as(self, chance: random.Random) -> bytes:
        """Return what a power cut may leave: what was synced, and of the rest any sectors, up to any length."""
        certain = len(self.synced)
        if not self.content.startswith(self.synced):  # cut, and the cut not synced
            return chance.choice([self.content, self.synced])
        end = chance.randint(certain, len(self.content))
        left = bytearray(self.content[:end])
        for start in range(certain - certain % SECTOR, end, SECTOR):
            if chance.random() < 0.3:
                left[max(start, certain) : start + SECTOR] = bytes(min(start + SECTOR, end) - max(start, certain))
        return bytes(left)


Renaming = dict[Path, Inode | None]
"""The names that one step changes at once; None for a name that is removed."""


class PowerLoss(Disk):
    """A disk whose power goes at step `lasts`, and with it every name and byte that wasn't synced."""

    def __init__(self, lasts: int | None = None) -> None:
        self.lasts = lasts
        self.steps = 0
        self._names: dict[Path, Inode] = {}
        self._durable: dict[Path, Inode] = {}
        self._undone: list[Renaming] = []
        self._open: dict[int, Inode] = {}

    def create(self, path: Path) -> int:
        self._step()
        file = super().create(path)
        self._open[file] = inode = Inode()
        self._rename({path: inode})
        return file

    def reopen(self, path: Path) -> int:
        file = super().reopen(path)
        self._open[file] = self._names.setdefault(path, Inode(path.read_bytes(), path.read_bytes()))
        self._durable.setdefault(path, self._names[path])
        return file

    def write(self, file: int, content: bytes) -> None:
        self._open[file].content += content
        self._step()
        super().write(file, content)

    def sync(self, file: int) -> None:
        self._step()
        self._open[file].synced = self._open[file].content

    def cut(self, file: int, size: int) -> None:
        self._step()
        super().cut(file, size)
        self._open[file].content = self._open[file].content[:size]

    def close(self, file: int) -> None:
        super().close(file)
        del self._open[file]

    def replace(self, source: Path, target: Path) -> None:
        self._step()
        super().replace(source, target)
        self._rename({target: self._names[source], source: None})

    def remove(self, path: Path) -> None:
        if path in self._names:
            self._step()
            self._rename({path: None})
        super().remove(path)

    def sync_folder(self, folder: Path) -> None:
        self._step()
        for renaming in [renaming for renaming in self._undone if _is_in(folder, renaming)]:
            _apply(self._durable, renaming)
            self._undone.remove(renaming)

    def leave_behind(self, folder: Path, chance: random.Random) -> None:
        """Fill an empty folder with what may be left. Any of the names changed since the last sync may be there."""
        folder.mkdir()
        left = dict(self._durable)
        for renaming in self._undone:
            if chance.random() < 0.5:
                _apply(left, renaming)
        for path, inode in left.items():
            (folder / path.name).write_bytes(inode.survives_as(chance))

    def _step(self) -> None:
        self.steps += 1
        if self.lasts is not None and self.steps > self.lasts:
            raise PowerCut

    def _rename(self, renaming: Renaming) -> None:
        _apply(self._names, renaming)
        self._undone.append(renaming)


class SyncsNothing(PowerLoss):
    """A control: it claims to sync, and doesn't."""

    def sync(self, file: int) -> None:
        self._step()


class ForgetsFolders(PowerLoss):
    """A control: it syncs files, but not their names."""

    def sync_folder(self, folder: Path) -> None:
        self._step()


class Failing(Disk):
    """A disk that fails at step `first` and at the steps after it, `times` times."""

    def __init__(self, first: int, times: int) -> None:
        self.first, self.times = first, times
        self.steps = 0

    def create(self, path: Path) -> int:
        self._step()
        return super().create(path)

    def write(self, file: int, content: bytes) -> None:
        try:
            self._step()
        except OSError:
            super().write(file, content[: len(content) // 2])
            raise
        super().write(file, content)

    def sync(self, file: int) -> None:
        self._step()  # and nothing else: the power stays on

    def cut(self, file: int, size: int) -> None:
        self._step()
        super().cut(file, size)

    def replace(self, source: Path, target: Path) -> None:
        self._step()
        super().replace(source, target)

    def remove(self, path: Path) -> None:
        self._step()
        super().remove(path)

    def sync_folder(self, folder: Path) -> None:
        self._step()

    def _step(self) -> None:
        self.steps += 1
        if self.first <= self.steps < self.first + self.times:
            raise OSError(5, 'Input/output error')


def _is_in(folder: Path, renaming: Renaming) -> bool:
    return all(path.parent == folder for path in renaming)


def _apply(names: dict[Path, Inode], renaming: Renaming) -> None:
    for path, inode in renaming.items():
        if inode is None:
            names.pop(path, None)
        else:
            names[path] = inode
