"""The names in a data folder, its lock, and the first line of each of its files."""

from __future__ import annotations

import fcntl
import os
import re
from pathlib import Path
from typing import Literal
from zlib import crc32

from app.store.engine.disk import Disk
from app.store.protocol import Damaged, InUse, Unreadable

FileKind = Literal['journal', 'snapshot']

FORMAT = 1
"""Grows when an older Haren could misread what a newer one writes."""

TEMPORARY = '.part'
"""How the names of files end that aren't finished. Whoever opens the folder next sweeps them away."""

_NAME = re.compile(r'(journal|snapshot)-(\d{8})')
_FIRST_LINE = re.compile(rb'haren-(journal|snapshot)-(\d{4})-(\d{8})-')
_SUM_LENGTH = 9


def claim(folder: Path) -> int:
    """The folder's lock, held until it is closed; InUse where another process has it."""
    file = os.open(folder / 'lock', os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(file)
        raise InUse(f'another Haren has {folder} open; stop it first') from error
    return file


def make_folder(folder: Path, disk: Disk) -> None:
    """See that there is such a folder, and that a power cut leaves it there."""
    if not folder.exists():
        make_folder(folder.parent, disk)
        folder.mkdir(exist_ok=True)
        disk.sync_folder(folder.parent)


def sweep_up(folder: Path, disk: Disk) -> None:
    """Remove the unfinished files that a crash has left."""
    for leftover in (*folder.glob(f'snapshot-*{TEMPORARY}'), *folder.glob(f'photos/sha256-*{TEMPORARY}')):
        disk.remove(leftover)


def file_path(folder: Path, kind: FileKind, number: int) -> Path:
    """Where the file of this kind and number is."""
    return folder / f'{kind}-{number:08}'


def numbered(folder: Path, kind: FileKind) -> dict[int, Path]:
    """The folder's files of a kind by number, in order."""
    names = (_NAME.fullmatch(path.name) for path in (folder.iterdir() if folder.is_dir() else ()))
    numbers = sorted(int(name[2]) for name in names if name and name[1] == kind)
    return {number: file_path(folder, kind, number) for number in numbers}


def holds_data(folder: Path) -> bool:
    """Whether there is a store in this folder already."""
    return bool(numbered(folder, 'journal') or numbered(folder, 'snapshot'))


def first_line(kind: FileKind, number: int) -> bytes:
    """What a file begins with: its kind, format and number, and their CRC-32.

    Newer formats keep this line's form, so that older ones can tell what they can't read.
    """
    front = f'haren-{kind}-{FORMAT:04}-{number:08}-'.encode()
    return b'%b%08x\n' % (front, crc32(front))


def is_unfinished(content: bytes, kind: FileKind, number: int) -> bool:
    """Whether a crash came before the first line was whole: nothing was ever kept in this file."""
    line = first_line(kind, number)
    return (len(content) < len(line) and line.startswith(content)) or not content.strip(b'\0')


def records_start(content: bytes, path: Path, kind: FileKind, number: int) -> int:
    """The offset behind the first line; Damaged or, for a newer format, Unreadable."""
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
