"""The stores that are compared, each filled with documents beforehand, and the work that is measured on them."""

from __future__ import annotations

import asyncio
import json
import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from tinydb import TinyDB

from app.store.engine.change_format import PUT, Change, encode
from app.store.tinydb.journal_storage import JournalStorage
from app.store.tinydb.journal_table import JournalDB
from app.store.tinydb.store import TinyStore
from bench.sample_documents import COLOURS, Note, note, plain, plains

NEW = 10_000_000
"""The first number of documents that are new to every store."""


def fill(folder: Path, count: int) -> None:
    """Create a store with so many notes in a snapshot."""
    with closing(JournalStorage(folder)) as storage:
        rows = (row | {'revision': 1} for row in plains(count))
        storage.commit([Change(PUT, Note.kept_in, row['id'], encode(row)) for row in rows])
        storage.compact()


@contextmanager
def journal_table(folder: Path, count: int) -> Iterator[TinyDB]:
    """Open TinyDB on the journal, with so many documents in its default table."""
    with JournalDB(folder) as db:
        db.insert_multiple(plains(count))
        db.insert(plain(NEW))
        db.storage.compact()
        yield db


@contextmanager
def stock_table(folder: Path, count: int) -> Iterator[TinyDB]:
    """Open stock TinyDB with so many documents."""
    folder.mkdir()
    with TinyDB(folder / 'db.json') as db:
        db.insert_multiple(plains(count))
        yield db


@contextmanager
def sqlite(folder: Path, count: int) -> Iterator[sqlite3.Connection]:
    """Open SQLite with so many documents. It is as durable as the journal, and has the same index."""
    folder.mkdir()
    with closing(sqlite3.connect(folder / 'db.sqlite')) as db:
        db.execute('pragma journal_mode = wal')
        db.execute('pragma synchronous = full')
        db.execute('create table notes (id text primary key, colour text, at text, body text)')
        db.execute('create index by_colour on notes (colour, at desc, id desc)')
        db.executemany('insert into notes values (?, ?, ?, ?)', map(_columns, plains(count)))
        db.commit()
        db.execute('pragma wal_checkpoint(truncate)')
        yield db


def inserts_per_second(db: TinyDB, count: int) -> float:
    """Insert with one writer and a sync for each document."""
    documents = [plain(NEW + number) for number in range(count)]
    began = time.perf_counter()
    for document in documents:
        db.insert(document)
    return count / (time.perf_counter() - began)


def sqlite_inserts_per_second(db: sqlite3.Connection, count: int) -> float:
    """Insert with one writer and a commit for each document."""
    newest: int = db.execute('select count(*) from notes').fetchone()[0]
    documents = [plain(NEW + newest + number) for number in range(count)]
    began = time.perf_counter()
    for document in documents:
        db.execute('insert into notes values (?, ?, ?, ?)', _columns(document))
        db.commit()
    return count / (time.perf_counter() - began)


async def saves_per_second(store: TinyStore, first: int, count: int, savers: int = 64) -> float:
    """Save with many savers at the same time, each with its next document as soon as the last is saved."""
    shares = [[note(NEW + first + number) for number in range(saver, count, savers)] for saver in range(savers)]

    async def save_all(mine: list[Note]) -> None:
        for document in mine:
            await store.save(document)

    began = time.perf_counter()
    await asyncio.gather(*map(save_all, shares))
    return count / (time.perf_counter() - began)


async def finding_takes(store: TinyStore, times: int) -> float:
    """Return the seconds to find the 50 newest of a colour, as documents."""
    began = time.perf_counter()
    for number in range(times):
        page = await store.find(Note, limit=50, colour=COLOURS[number % len(COLOURS)])
        assert len(page.documents) == 50
    return (time.perf_counter() - began) / times


def sqlite_finding_takes(db: sqlite3.Connection, times: int) -> float:
    """Return the seconds to find the same in SQLite."""
    query = 'select body from notes where colour = ? order by at desc, id desc limit 50'
    began = time.perf_counter()
    for number in range(times):
        rows = db.execute(query, (COLOURS[number % len(COLOURS)],)).fetchall()
        assert len([Note.model_validate_json(body) for (body,) in rows]) == 50
    return (time.perf_counter() - began) / times


async def longest_pauses(store: TinyStore, first: int) -> tuple[float, float]:
    """Return the seconds of the slowest save: while a snapshot is written, and during a second without one."""
    snapshot = asyncio.create_task(asyncio.to_thread(store.compact))
    busy, number = await _longest_save(store, first, snapshot.done)
    await snapshot
    end = time.perf_counter() + 1
    calm, _ = await _longest_save(store, number, lambda: time.perf_counter() > end)
    return busy, calm


async def _longest_save(store: TinyStore, number: int, is_over: Callable[[], bool]) -> tuple[float, int]:
    longest = 0.0
    while not is_over():
        began = time.perf_counter()
        await store.save(note(NEW + number))
        longest = max(longest, time.perf_counter() - began)
        number += 1
    return longest, number


def sync_takes(folder: Path, times: int = 300) -> float:
    """Return the median seconds to append 600 bytes to a file and sync it."""
    file = os.open(folder / 'sync', os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        os.write(file, b'x' * 600)
        os.fdatasync(file)
        taken.append(time.perf_counter() - began)
    os.close(file)
    return sorted(taken)[times // 2]


def _columns(document: dict[str, Any]) -> tuple[str, str, str, str]:
    return document['id'], document['colour'], document['at'], json.dumps(document, ensure_ascii=False)
