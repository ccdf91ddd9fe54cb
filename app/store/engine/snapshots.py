"""Snapshots: all documents of one moment in one file, so that older journals can be removed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from pathlib import Path

from app.store.engine.change_format import MAKE, PUT, Change, closing, written
from app.store.engine.data_folder import TEMPORARY, file_path, first_line
from app.store.engine.disk import Disk
from app.store.engine.memory_tables import Rows
from app.store.engine.record_format import framed

CHUNK = 256
"""Documents in a record: few enough that building one doesn't hold the interpreter for long."""

SYNC_EVERY = 2 * 2**20
"""Bytes between syncs. Frequent syncs keep the savers' own syncs from waiting behind one big one."""


def write_snapshot(
    folder: Path, number: int, tables: Mapping[str, Rows], disk: Disk, pause: Callable[[], None] = lambda: None
) -> Path:
    """Write all documents into snapshot `number`. It is complete and on the disk when it appears under its name.

    `pause` is called between chunks.
    """
    target = file_path(folder, 'snapshot', number)
    part = target.with_name(target.name + TEMPORARY)
    disk.remove(part)
    try:
        _write_all(part, snapshot_content(number, tables), disk, pause)
        disk.replace(part, target)
    except BaseException:
        disk.remove(part)
        raise
    disk.sync_folder(folder)
    return target


def snapshot_content(number: int, tables: Mapping[str, Rows]) -> Iterator[bytes]:
    """Yield the content of a snapshot file, piece by piece."""
    yield first_line('snapshot', number)
    for table, rows in tables.items():
        yield framed(written([Change(MAKE, table)]), 0)
        documents = iter(rows.items())
        while chunk := list(islice(documents, CHUNK)):
            yield framed(written(Change(PUT, table, id, row) for id, row in chunk), 0)
    yield framed(closing(sum(map(len, tables.values()))), 0)


def _write_all(path: Path, content: Iterator[bytes], disk: Disk, pause: Callable[[], None]) -> None:
    file = disk.create(path)
    unsynced = 0
    try:
        for piece in content:
            disk.write(file, piece)
            unsynced += len(piece)
            if unsynced > SYNC_EVERY:
                disk.sync(file)
                unsynced = 0
            pause()
        disk.sync(file)
    finally:
        disk.close(file)
