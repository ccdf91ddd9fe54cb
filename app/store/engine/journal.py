"""The file that every change is added to."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from app.store.engine.data_folder import file_path, first_line
from app.store.engine.disk import Disk
from app.store.engine.record_format import framed


class Journal:
    """One journal file, open for adding to. `size` is how many bytes of it are known to be on the disk.

    Once `append` has raised, what lies behind `size` is anybody's guess: nothing may be added any more. Cut it off, and
    go on in a new file: after a failed sync the system may call pages clean that never reached the disk.
    """

    def __init__(self, path: Path, number: int, file: int, size: int, disk: Disk) -> None:
        self.path = path
        self.number = number
        self.size = size
        self._file = file
        self._disk = disk

    @classmethod
    def begin(cls, folder: Path, number: int, disk: Disk) -> Journal:
        """A new journal, whose name and first line are on the disk."""
        path = file_path(folder, 'journal', number)
        journal = cls(path, number, disk.create(path), 0, disk)
        try:
            journal._add(first_line('journal', number))
            disk.sync_folder(folder)
        except BaseException:
            journal.close()
            raise
        return journal

    @classmethod
    def resume(cls, path: Path, number: int, size: int, disk: Disk) -> Journal:
        """A journal that is there, without what lies behind `size`."""
        journal = cls(path, number, disk.reopen(path), size, disk)
        try:
            journal.cut_tail()
        except BaseException:
            journal.close()
            raise
        return journal

    def append(self, payloads: Iterable[bytes]) -> None:
        """Add a record for each; on the disk when it returns, all with one sync."""
        self._add(b''.join(framed(payload, self.size) for payload in payloads))

    def cut_tail(self) -> None:
        """Remove what was never promised to anybody."""
        self._disk.cut(self._file, self.size)
        self._disk.sync(self._file)

    def close(self) -> None:
        """Let go of the file. A second time does nothing."""
        if self._file >= 0:
            self._disk.close(self._file)
        self._file = -1

    def _add(self, content: bytes) -> None:
        self._disk.write(self._file, content)
        self._disk.sync(self._file)
        self.size += len(content)
