"""The few things that the store asks of a disk, in one place, so that tests can put a failing one there."""

from __future__ import annotations

import os
from pathlib import Path


class Disk:
    """The real disk. Everything raises OSError where the disk refuses."""

    def create(self, path: Path) -> int:
        """A new file that is only ever added to; FileExistsError where there is one."""
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | os.O_CLOEXEC, 0o600)

    def reopen(self, path: Path) -> int:
        """A file that is there, to add to."""
        return os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CLOEXEC)

    def write(self, file: int, content: bytes) -> None:
        """Add all of it: a disk that fills up takes a part and says so at the next call."""
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(file, rest) :]

    def sync(self, file: int) -> None:
        """Return once everything written to the file would survive a power cut."""
        os.fdatasync(file)

    def cut(self, file: int, size: int) -> None:
        """Forget what lies behind `size` bytes."""
        os.ftruncate(file, size)

    def close(self, file: int) -> None:
        """Let go of a file."""
        os.close(file)

    def replace(self, source: Path, target: Path) -> None:
        """Rename, over what was there."""
        os.replace(source, target)

    def remove(self, path: Path) -> None:
        """Remove a file; none there is fine."""
        path.unlink(missing_ok=True)

    def room(self, folder: Path) -> int:
        """Bytes that are free where the folder is."""
        found = os.statvfs(folder)
        return found.f_bavail * found.f_frsize

    def sync_folder(self, folder: Path) -> None:
        """Return once new, renamed and removed names would survive a power cut."""
        file = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.fsync(file)
        finally:
            os.close(file)


DISK = Disk()
