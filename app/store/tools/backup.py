"""Back up and restore a data folder.

A backup is a tar file with one snapshot and the photos that its documents name. Unpacked, it is a data folder.
"""

from __future__ import annotations

import os
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from io import BytesIO
from pathlib import Path
from typing import IO, NamedTuple

from app.domain.photo_names import photo_name
from app.store.engine.data_folder import TEMPORARY, file_path, first_line, holds_data, lock_folder, make_folder
from app.store.engine.disk import DISK, Disk
from app.store.engine.loader import StoreFile, load, load_files, open_files
from app.store.engine.memory_tables import MemoryTables
from app.store.engine.photo_files import PhotoFiles
from app.store.engine.snapshots import snapshot_content
from app.store.protocol import Damaged, Occupied, ReadOnly, Unreadable
from app.store.tools.repair import replace_all

TRIES = 5
"""Attempts to read a folder that is in use, until no file is half written or removed meanwhile."""

_SNAPSHOT = file_path(Path(), 'snapshot', 1).name
_JOURNAL = file_path(Path(), 'journal', 1).name
_CONTENTS = 'photos.txt'
"""The member that lists the photos after it: tarfile takes a damaged header of a member for the end of the archive."""

_NOT_WHOLE = 'is not a whole backup'


class BackupResult(NamedTuple):
    """The content of a backup that was written or restored.

    `missing` are photos that documents name and that were not whole.
    """

    documents: int
    photos: int
    missing: tuple[str, ...] = ()

    def lines(self) -> list[str]:
        """Return the outcome in words."""
        return [
            f'{self.documents} documents and {self.photos} photos, opened and compared.',
            *(f'Missing: photo {name}' for name in self.missing),
        ]


class _Opened(NamedTuple):
    tables: MemoryTables
    photos: frozenset[str]


def backup(folder: Path, file: Path, disk: Disk = DISK) -> BackupResult:
    """Write all documents and photos into `file`. It is consistent even if Haren is running.

    An older backup of that name is replaced once the new one has been opened and compared. Raise Damaged if the folder
    is, and ReadOnly if the file can't be written.
    """
    for tries_left in reversed(range(TRIES)):
        try:
            return _back_up(folder, file, disk)
        except Damaged:
            if not tries_left:
                raise
        except OSError as error:
            if not tries_left:
                raise ReadOnly(f'{file} can not be written: {error}') from error
    raise AssertionError('the last try returns or raises')


def restore(file: Path, folder: Path, *, replace: bool = False, disk: Disk = DISK) -> BackupResult:
    """Restore a backup into `folder` and verify it.

    Raise Occupied if the folder holds data and `replace` is False, InUse if Haren is running there, and Unreadable if
    the file isn't a whole backup. Nothing has been changed then.
    """
    backed_up = _open(file)
    make_folder(folder, disk)
    lock = lock_folder(folder)
    try:
        if not replace and holds_data(folder):
            raise Occupied(f'{folder} holds data already; nothing was changed')
        _put_back(file, folder, backed_up, disk)
    except OSError as error:
        raise ReadOnly(f'{folder} can not be written: {error}; restore it again') from error
    finally:
        os.close(lock)
    return BackupResult(backed_up.tables.count(), len(backed_up.photos))


def _back_up(folder: Path, file: Path, disk: Disk) -> BackupResult:
    tables, photos = _read_folder(folder)
    names = sorted((photos.referenced() & photos.names()) - photos.damaged())
    part = file.with_name(file.name + TEMPORARY)
    disk.remove(part)
    try:
        _write(part, tables, photos, names, disk)
        _require_same(part, tables, frozenset(names))
        disk.replace(part, file)
    finally:
        disk.remove(part)
    disk.sync_folder(file.parent)
    return BackupResult(tables.count(), len(names), tuple(sorted(photos.referenced() - set(names))))


def _read_folder(folder: Path) -> tuple[MemoryTables, PhotoFiles]:
    photos = PhotoFiles(folder / 'photos', DISK)
    tables = MemoryTables(photos.note)
    with ExitStack() as stack:
        files = open_files(folder, stack)
        if not files:
            raise Unreadable(f'{folder} holds no data of Haren’s')
        load_files(folder, files, tables)
    return tables, photos


def _write(part: Path, tables: MemoryTables, photos: PhotoFiles, names: list[str], disk: Disk) -> None:
    with part.open('xb') as target:
        os.chmod(part, 0o600)
        with (
            tarfile.open(fileobj=target, mode='w', encoding='utf-8') as tar,
            tempfile.TemporaryFile(dir=part.parent) as snapshot,
        ):
            snapshot.writelines(snapshot_content(1, tables.frozen()))
            _add(tar, _SNAPSHOT, snapshot)
            _add(tar, _JOURNAL, BytesIO(first_line('journal', 1)))
            _add(tar, _CONTENTS, BytesIO('\n'.join(names).encode()))
            for name in names:
                with (photos.folder / name).open('rb') as photo:
                    _add(tar, f'photos/{name}', photo)
        target.flush()
        disk.sync(target.fileno())


def _add(tar: tarfile.TarFile, name: str, content: IO[bytes]) -> None:
    member = tarfile.TarInfo(name)
    member.size = content.seek(0, os.SEEK_END)
    member.mode = 0o600
    content.seek(0)
    tar.addfile(member, content)


def _open(file: Path) -> _Opened:
    """Read a backup, with every byte of it checked."""
    try:
        with tarfile.open(file) as tar:
            snapshot = StoreFile('snapshot', 1, file / _SNAPSHOT, _member(tar, _SNAPSHOT))
            journal = StoreFile('journal', 1, file / _JOURNAL, _member(tar, _JOURNAL))
            tables = MemoryTables()
            load_files(file, [snapshot, journal], tables)
            return _Opened(tables, frozenset(_whole_photos(file, tar)))
    except (tarfile.TarError, KeyError, EOFError, OSError) as error:
        cause = getattr(error, 'strerror', None) or str(error).partition('\n')[0].rstrip(':')
        raise Unreadable(f'{file} {_NOT_WHOLE}: {cause}') from error


def _member(tar: tarfile.TarFile, name: str) -> BytesIO:
    content = tar.extractfile(name)
    if content is None:
        raise KeyError(f'{name} is no file')
    return BytesIO(content.read())


def _photos(tar: tarfile.TarFile) -> Iterator[tuple[str, bytes]]:
    for name in _member(tar, _CONTENTS).read().decode().split():
        yield name, _member(tar, f'photos/{name}').read()


def _whole_photos(file: Path, tar: tarfile.TarFile) -> Iterator[str]:
    for name, content in _photos(tar):
        if photo_name(content) != name:
            raise Unreadable(f'{file} {_NOT_WHOLE}: photo {name} is not as it was written')
        yield name


def _require_same(file: Path, tables: MemoryTables, photos: frozenset[str]) -> None:
    opened = _open(file)
    if opened.tables.frozen() != tables.frozen() or opened.photos != photos:
        raise Unreadable(f'{file} does not hold what was written to it; nothing was replaced')


def _put_back(file: Path, folder: Path, backed_up: _Opened, disk: Disk) -> None:
    photos = PhotoFiles(folder / 'photos', disk)
    with tarfile.open(file) as tar:
        for _, content in _photos(tar):
            photos.write(content)
    replace_all(folder, backed_up.tables, disk)
    for name in photos.names() - backed_up.photos:
        disk.remove(photos.folder / name)
    found = MemoryTables()
    load(folder, found)
    if found.frozen() != backed_up.tables.frozen() or photos.damaged() or photos.names() != backed_up.photos:
        raise Unreadable(f'{folder} does not hold what was restored; check the disk')
