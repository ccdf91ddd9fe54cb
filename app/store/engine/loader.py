"""Load the files of a data folder into memory."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO, NamedTuple

from app.store.engine.change_format import closed_with, read
from app.store.engine.data_folder import FileKind, is_unfinished, numbered, records_start
from app.store.engine.memory_tables import MemoryTables
from app.store.engine.record_format import Record, is_torn, whole_records
from app.store.protocol import Damaged

NOT_AS_WRITTEN = 'a record is not as it was written'
TOO_SHORT = 'it ends before it is closed'
MISSING = 'the file is missing'


class StoreFile(NamedTuple):
    """A journal or snapshot that is open for reading. It can be read even if the file is removed meanwhile."""

    kind: FileKind
    number: int
    path: Path
    file: BinaryIO


class Loaded(NamedTuple):
    """The state of the files that were loaded.

    `number` is the last journal's (0 if there is none), `size` the bytes of it that are whole, `torn` the bytes behind
    them.
    """

    number: int
    size: int
    torn: int
    snapshot_size: int
    journal_size: int


def load(folder: Path, tables: MemoryTables) -> Loaded:
    """Fill `tables` from a folder. Raise Damaged or Unreadable unless that is certain to be everything."""
    with ExitStack() as stack:
        return load_files(folder, open_files(folder, stack), tables)


def open_files(folder: Path, stack: ExitStack) -> list[StoreFile]:
    """Open the newest snapshot and the journals from it on.

    They are all of the same moment, even if somebody is writing.
    """
    while True:
        listed = _in_use(folder)
        try:
            files = [
                StoreFile(kind, number, path, stack.enter_context(path.open('rb'))) for kind, number, path in listed
            ]
        except FileNotFoundError:
            continue  # a compaction has just replaced it
        if _in_use(folder) == listed:
            return files


def load_files(folder: Path, files: list[StoreFile], tables: MemoryTables) -> Loaded:
    """Fill `tables` from these files, which `open_files` found in `folder`."""
    snapshots = [file for file in files if file.kind == 'snapshot']
    journals = [file for file in files if file.kind == 'journal']
    snapshot_size = sum(_load_snapshot(file, tables) for file in snapshots)
    first = snapshots[-1].number if snapshots else 1
    _require_unbroken(folder, journals, first, bool(snapshots))
    number = size = torn = journal_size = 0
    for file in journals:
        number = file.number
        size, torn = _load_journal(file, tables, is_last=file is journals[-1])
        journal_size += size
    return Loaded(number, size, torn, snapshot_size, journal_size)


def apply_record(record: Record, path: Path, tables: MemoryTables) -> None:
    """Apply a record's changes. Raise Damaged if they can't be parsed although the checksum is right."""
    try:
        changes = list(read(record.payload))
    except ValueError as error:
        raise Damaged(path, record.offset, str(error)) from error
    tables.apply(changes)


def _in_use(folder: Path) -> list[tuple[FileKind, int, Path]]:
    snapshots, journals = numbered(folder, 'snapshot'), numbered(folder, 'journal')
    newest = max(snapshots, default=0)
    found: list[tuple[FileKind, int, Path]] = [('snapshot', newest, snapshots[newest])] if snapshots else []
    return [*found, *(('journal', number, path) for number, path in journals.items() if number >= newest)]


def _require_unbroken(folder: Path, journals: list[StoreFile], first: int, has_snapshot: bool) -> None:
    for number, file in enumerate(journals, first):
        if file.number != number:
            raise Damaged(file.path.with_name(f'journal-{number:08}'), 0, MISSING)
    if has_snapshot and not journals:
        raise Damaged(folder / f'journal-{first:08}', 0, MISSING)


def _load_snapshot(file: StoreFile, tables: MemoryTables) -> int:
    content = file.file.read()
    end = count = 0
    closed = None
    for record in _records(content, file):
        if closed is not None:
            raise Damaged(file.path, record.offset, 'something follows its end')
        end, closed = record.end, closed_with(record.payload)
        if closed is None:
            apply_record(record, file.path, tables)
    count = tables.count()
    if closed is None or end != len(content):
        raise Damaged(file.path, end, NOT_AS_WRITTEN if end != len(content) else TOO_SHORT)
    if closed != count:
        raise Damaged(file.path, end, f'it holds {count} documents instead of {closed}')
    return len(content)


def _load_journal(file: StoreFile, tables: MemoryTables, *, is_last: bool) -> tuple[int, int]:
    content = file.file.read()
    if is_last and is_unfinished(content, file.kind, file.number):
        return 0, len(content)
    end = records_start(content, file.path, file.kind, file.number)
    for record in whole_records(content, end):
        apply_record(record, file.path, tables)
        end = record.end
    if end < len(content) and not (is_last and is_torn(content, end)):
        raise Damaged(file.path, end, NOT_AS_WRITTEN)
    return end, len(content) - end


def _records(content: bytes, file: StoreFile) -> Iterator[Record]:
    return whole_records(content, records_start(content, file.path, file.kind, file.number))
