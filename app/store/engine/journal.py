"""A journal: a file that every change is appended to."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from app.store.engine.data_folder import file_path, first_line
from app.store.engine.disk import Disk
from app.store.engine.record_format import framed


class Journal:
    """A journal file, open for appending. `size` is the number of bytes that are known to be on the disk.

    Once `append` has raised, the bytes behind `size` are unknown, and nothing may be appended any more. Cut them off
    and continue in a new file: after a failed sync, the system may regard pages as written that never reached the disk.
    """

    def __init__(self, path: Path, number: int, file: int, size: int, disk: Disk) -> None:
        self.path = path
        self.number = number
        self.size = size
        self._file = file
        self._disk = disk

    @classmethod
    def begin(cls, folder: Path, number: int, disk: Disk) -> Journal:
        """Create a journal. Its name and first line are on the disk when this returns."""
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
        """Open an existing journal without the bytes behind `size`."""
        journal = cls(path, number, disk.reopen(path), size, disk)
        try:
            journal.cut_tail()
        except BaseException:
            journal.close()
            raise
        return journal

    def append(self, payloads: Iterable[bytes]) -> None:
        """Append a record for each payload. They are on the disk when this returns, with one sync for all."""
        self._add(b''.join(framed(payload, self.size) for payload in payloads))

    def cut_tail(self) -> None:
        """Remove the bytes of writes that never succeeded."""
        self._disk.cut(self._file, self.size)
        self._disk.sync(self._file)

    def close(self) -> None:
        """Close the file. A second call does nothing."""
        if self._file >= 0:
            self._disk.close(self._file)
        self._file = -1

    def _add(self, content: bytes) -> None:
        self._disk.write(self._file, content)
        self._disk.sync(self._file)
        self.size += len(content)
