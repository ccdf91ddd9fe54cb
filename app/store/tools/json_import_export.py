"""Import and export the `db.json` of stock TinyDB's JSONStorage."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from app.domain.document import Document
from app.store.engine.change_format import encode
from app.store.engine.data_folder import TEMPORARY, holds_data
from app.store.engine.disk import DISK, Disk
from app.store.engine.loader import load
from app.store.engine.memory_tables import MemoryTables
from app.store.protocol import Occupied, Unreadable
from app.store.tinydb.journal_storage import JournalStorage
from app.store.tinydb.row_views import difference


def import_json(storage: JournalStorage, path: Path) -> int:
    """Import all tables of a stock `db.json`, or none. Return the number of documents.

    Raise Occupied if the store holds tables already, and Unreadable if the file isn't such a one.
    """
    if storage.tables.names():
        raise Occupied(f'{storage.folder} holds data already; import {path} into an empty folder')
    storage.commit(difference(storage.tables, _read(path)))
    return storage.tables.count()


def export_json(folder: Path, path: Path, disk: Disk = DISK) -> int:
    """Write a data folder's documents as a stock `db.json`. Return their number. The folder may be in use.

    Raise Unreadable if there is no data.
    """
    if not holds_data(folder):
        raise Unreadable(f'{folder} holds no data of Haren’s')
    tables = MemoryTables()
    load(folder, tables)
    part = path.with_name(path.name + TEMPORARY)
    disk.remove(part)
    file = disk.create(part)
    try:
        for piece in _pieces(tables):
            disk.write(file, piece)
        disk.sync(file)
    finally:
        disk.close(file)
    disk.replace(part, path)
    disk.sync_folder(path.parent)
    return tables.count()


def json_lines(folder: Path, kind: type[Document]) -> Iterator[str]:
    """Yield the documents of a kind as JSON, the oldest first. The folder may be in use."""
    tables = MemoryTables()
    load(folder, tables)
    rows = [json.loads(row) for row in tables.rows(kind.kept_in).values()]
    for row in sorted(rows, key=lambda row: str(row[kind.newest_by])):
        yield json.dumps(row, ensure_ascii=False)


def _read(path: Path) -> Mapping[str, Mapping[str, Any]]:
    try:
        data = json.loads(path.read_bytes())
    except ValueError as error:
        raise Unreadable(f'{path} is damaged: {error}') from error
    if not isinstance(data, dict) or not all(isinstance(rows, dict) for rows in data.values()):
        raise Unreadable(f'{path} holds no tables')
    return data


def _pieces(tables: MemoryTables) -> Iterator[bytes]:
    separator = b'{'
    for name in tables.names():
        yield b'%b%b:{' % (separator, encode(name))
        rows = tables.rows(name).items()
        yield b',\n'.join(b'%b:%b' % (encode(id), row) for id, row in rows)
        yield b'}'
        separator = b',\n'
    yield b'}' if tables.names() else b'{}'
