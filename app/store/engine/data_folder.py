"""The names in a data folder, its lock, and the first line of each file."""

from __future__ import annotations

import errno
import fcntl
import os
import stat
from pathlib import Path
from typing import Literal
from zlib import crc32

from app.domain.bounded_pattern import BoundedPattern
from app.store.engine.disk import Disk
from app.store.protocol import Damaged, InUse, Unreadable

FileKind = Literal['journal', 'snapshot']

FORMAT = 1
"""The version of the format. Raise it when an older Haren could misread what a newer one writes."""

PRIVATE = 0o700
"""The mode of a data folder: what is in it concerns nobody else on the machine."""

TEMPORARY = '.part'
"""The ending of unfinished files' names. They are removed when the folder is next opened."""

_NAME = BoundedPattern(r'(journal|snapshot)-(\d{8})', longest=17)
_FIRST_LINE = BoundedPattern(rb'haren-(journal|snapshot)-(\d{4})-(\d{8})-', longest=29)
_SUM_LENGTH = 9


def lock_folder(folder: Path) -> int:
    """Return the folder's lock, which is held until it is closed. Raise InUse if another process has it."""
    file = os.open(folder / 'lock', os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(file)
        raise InUse(f'another Haren has {folder} open; stop it first') from error
    return file


def make_folder(folder: Path, disk: Disk) -> None:
    """Make sure that the folder exists, still does after a power cut, and is closed to other users of the machine.

    Raise NotADirectoryError if it is something else.
    """
    if not folder.exists():
        _make_parents(folder, disk)
        folder.mkdir(PRIVATE, exist_ok=True)
        disk.sync_folder(folder.parent)
    if not folder.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))
    close_to_others(folder)


def close_to_others(folder: Path) -> None:
    """Let only its owner into the folder, whatever the umask was.

    A folder of another user stays as it is, and so does one that many share, such as /tmp.
    """
    found = folder.stat()
    is_shared = found.st_uid != os.geteuid() or found.st_mode & stat.S_ISVTX
    if stat.S_IMODE(found.st_mode) != PRIVATE and not is_shared:
        folder.chmod(PRIVATE)


def _make_parents(folder: Path, disk: Disk) -> None:
    for parent in reversed(folder.parents):
        if not parent.exists():
            parent.mkdir(exist_ok=True)
            disk.sync_folder(parent.parent)


def sweep_up(folder: Path, disk: Disk) -> None:
    """Remove the unfinished files that a crash has left."""
    for leftover in (*folder.glob(f'snapshot-*{TEMPORARY}'), *folder.glob(f'photos/sha256-*{TEMPORARY}')):
        disk.remove(leftover)


def file_path(folder: Path, kind: FileKind, number: int) -> Path:
    """Return the path of the file of this kind and number."""
    return folder / f'{kind}-{number:08}'


def numbered(folder: Path, kind: FileKind) -> dict[int, Path]:
    """Return the folder's files of a kind by number, in order."""
    names = (_NAME.fullmatch(path.name) for path in (folder.iterdir() if folder.is_dir() else ()))
    numbers = sorted(int(name[2]) for name in names if name and name[1] == kind)
    return {number: file_path(folder, kind, number) for number in numbers}


def holds_data(folder: Path) -> bool:
    """Return True if the folder already holds a store."""
    return bool(numbered(folder, 'journal') or numbered(folder, 'snapshot'))


def first_line(kind: FileKind, number: int) -> bytes:
    """Return the first line of a file: its kind, format and number, and their CRC-32.

    Newer formats must keep the form of this line, so that older versions can recognise them.
    """
    front = f'haren-{kind}-{FORMAT:04}-{number:08}-'.encode()
    return b'%b%08x\n' % (front, crc32(front))


def is_unfinished(content: bytes, kind: FileKind, number: int) -> bool:
    """Return True if a crash came before the first line was complete. Then nothing was ever saved in this file."""
    line = first_line(kind, number)
    return (len(content) < len(line) and line.startswith(content)) or not content.strip(b'\0')


def records_start(content: bytes, path: Path, kind: FileKind, number: int) -> int:
    """Return the offset behind the first line. Raise Damaged, or Unreadable for a newer format."""
    found = _FIRST_LINE.match(content)
    end = found.end() + _SUM_LENGTH if found else 0
    if found is None or content[found.end() : end] != b'%08x\n' % crc32(found[0]):
        raise Damaged(path, 0, 'the first line is not one of Haren’s')
    if int(found[2]) > FORMAT:
        raise Unreadable(
            f'{path} has format {int(found[2])}, and this Haren reads up to {FORMAT}; '
            'start the newer Haren that wrote it'
        )
    if found[1].decode() != kind or int(found[3]) != number:
        raise Damaged(path, 0, 'the first line names another file')
    return end
