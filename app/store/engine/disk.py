"""The operations of a disk that the store uses, in one place, so that tests can use a failing disk."""

from __future__ import annotations

import os
from pathlib import Path


class Disk:
    """The real disk. Every method raises OSError if the disk refuses."""

    def create(self, path: Path) -> int:
        """Create a file that can only be appended to. Raise FileExistsError if it exists."""
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | os.O_CLOEXEC, 0o600)

    def reopen(self, path: Path) -> int:
        """Open an existing file to append to."""
        return os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CLOEXEC)

    def write(self, file: int, content: bytes) -> None:
        """Write all of it. A disk that fills up writes a part and reports that at the next call."""
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(file, rest) :]

    def sync(self, file: int) -> None:
        """Return once everything written to the file would survive a power cut."""
        os.fdatasync(file)

    def cut(self, file: int, size: int) -> None:
        """Cut the file to `size` bytes."""
        os.ftruncate(file, size)

    def close(self, file: int) -> None:
        """Close a file."""
        os.close(file)

    def replace(self, source: Path, target: Path) -> None:
        """Rename a file, over an existing one."""
        os.replace(source, target)

    def remove(self, path: Path) -> None:
        """Remove a file if it exists."""
        path.unlink(missing_ok=True)

    def room(self, folder: Path) -> int:
        """Return the free bytes where the folder is."""
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
