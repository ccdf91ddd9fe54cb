"""Cut a file at every byte and flip every bit: the store opens with whole batches or refuses; never anything else."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import pytest

from app.store.engine import record_format
from app.store.engine.change_format import PUT, REMOVE, Change, encode
from app.store.engine.loader import load
from app.store.engine.memory_tables import MemoryTables, Rows
from app.store.engine.record_format import SECTOR
from app.store.protocol import Unreadable
from app.store.tinydb.journal_storage import JournalStorage
from tests.crash.round_counts import IS_LONG

Held = dict[str, Rows]


class Written(NamedTuple):
    """A folder, the file in it that is to be damaged, and the folder's content at each size that this file had."""

    folder: Path
    file: Path
    content: bytes
    held: dict[int, Held]


def put(id: str, number: int, length: int = 60) -> Change:
    return Change(PUT, 'leaves', id, encode({'id': id, 'number': number, 'text': f'räka {number} @ ' * (length // 12)}))


BATCHES: list[list[list[Change]]] = [
    [[put('a', 1)]],
    [[put('b', 2), put('c', 2)]],
    [[put('a', 3)], [put('d', 3)], [put('b', 3), Change(REMOVE, 'leaves', 'c')]],
    [[put('ö"\n', 4, 500)]],
    [[Change(REMOVE, 'leaves', 'a')]],
]
"""Groups of batches: each group shares a sync."""


@pytest.fixture
def journal(tmp_path: Path) -> Written:
    """Write a journal with batches, alone and in groups."""
    storage = JournalStorage(tmp_path / 'data')
    path = tmp_path / 'data' / 'journal-00000001'
    held = {path.stat().st_size: storage.tables.frozen()}
    for group in BATCHES:
        storage.commit(*group)
    for record in record_format.whole_records(path.read_bytes(), path.read_bytes().index(b'#')):
        held[record.end] = held_at(tmp_path / 'one', path.read_bytes()[: record.end])
    content = path.read_bytes()
    storage._has_erased = False  # else closing would compact it
    storage.close()
    return Written(tmp_path / 'data', path, content, held)


@pytest.fixture
def snapshot(tmp_path: Path) -> Written:
    """Write a snapshot with a few documents, beside a journal with one more."""
    storage = JournalStorage(tmp_path / 'data')
    for group in BATCHES:
        storage.commit(*group)
    storage.compact()
    storage.commit([put('e', 5)])
    held = storage.tables.frozen()
    storage.close()
    file = tmp_path / 'data' / 'snapshot-00000002'
    return Written(tmp_path / 'data', file, file.read_bytes(), {file.stat().st_size: held})


def held_in(folder: Path) -> Held:
    tables = MemoryTables()
    load(folder, tables)
    return tables.frozen()


def held_at(folder: Path, content: bytes) -> Held:
    folder.mkdir(exist_ok=True)
    (folder / 'journal-00000001').write_bytes(content)
    return held_in(folder)


def flips(content: bytes) -> Iterator[tuple[int, bytes]]:
    for offset in range(len(content)):
        for bit in range(8) if IS_LONG else [offset * 5 % 8]:
            yield offset, b'%b%c%b' % (content[:offset], content[offset] ^ 1 << bit, content[offset + 1 :])


def flipped_wrongly(written: Written) -> Iterator[int]:
    """Yield the place of each flip that changed the content although the store opened without complaint."""
    whole = written.held[len(written.content)]
    for offset, content in flips(written.content):
        written.file.write_bytes(content)
        with suppress(Unreadable):
            if held_in(written.folder) != whole:
                yield offset


def test_a_journal_cut_at_every_byte_holds_all_batches_that_are_whole(journal: Written) -> None:
    sizes = sorted(journal.held)
    for size in range(len(journal.content)):
        journal.file.write_bytes(journal.content[:size])
        whole = max((known for known in sizes if known <= size), default=None)
        assert held_in(journal.folder) == (journal.held[whole] if whole is not None else {}), size


def test_after_a_cut_writing_goes_on_behind_the_last_whole_batch(
    journal: Written, caplog: pytest.LogCaptureFixture
) -> None:
    for size in range(0, len(journal.content), 23):
        journal.file.write_bytes(journal.content[:size])
        expected = held_in(journal.folder)
        storage = JournalStorage(journal.folder)
        assert storage.tables.frozen() == expected
        storage.commit([put('new', size)])
        storage._has_erased = False
        storage.close()
        assert held_in(journal.folder).get('leaves', {}).keys() == {*expected.get('leaves', {}), 'new'}
    assert 'ends in a write that nobody was promised' in caplog.text
    assert {record.levelno for record in caplog.records} == {logging.WARNING}


def test_no_flipped_bit_in_a_journal_is_read_over(journal: Written) -> None:
    assert list(flipped_wrongly(journal)) == []


def test_no_flipped_bit_in_a_snapshot_is_read_over(snapshot: Written) -> None:
    assert list(flipped_wrongly(snapshot)) == []


def test_a_snapshot_cut_at_any_byte_is_refused(snapshot: Written) -> None:
    for size in range(len(snapshot.content)):
        snapshot.file.write_bytes(snapshot.content[:size])
        with pytest.raises(Unreadable, match='snapshot-00000002 is damaged at byte'):
            held_in(snapshot.folder)


def test_a_snapshot_without_one_of_its_records_is_refused(snapshot: Written) -> None:
    start = snapshot.content.index(b'#')
    for record in record_format.whole_records(snapshot.content, start):
        snapshot.file.write_bytes(snapshot.content[: record.offset] + snapshot.content[record.end :])
        is_documents, is_closing = b'+' in record.payload, record.end == len(snapshot.content)
        if is_documents or is_closing:
            with pytest.raises(
                Unreadable, match='before it is closed' if is_closing else 'it holds 0 documents instead'
            ):
                held_in(snapshot.folder)


def test_a_journal_that_others_follow_is_refused_when_cut(journal: Written) -> None:
    (journal.folder / 'journal-00000002').write_bytes(b'haren-journal-0001-00000002-')  # begun, and no more
    for size in range(len(journal.content)):
        journal.file.write_bytes(journal.content[:size])
        if size not in journal.held:
            with pytest.raises(Unreadable, match='journal-00000001 is damaged at byte'):
                held_in(journal.folder)


def test_a_sector_of_zeros_where_something_was_promised_is_damage(journal: Written) -> None:
    last = max(size for size in journal.held if size < len(journal.content))
    starts = range(0, last - SECTOR, SECTOR)
    assert starts
    for start in starts:
        journal.file.write_bytes(journal.content[:start] + bytes(SECTOR) + journal.content[start + SECTOR :])
        with pytest.raises(Unreadable, match='journal-00000001 is damaged at byte'):
            held_in(journal.folder)


def test_zeros_behind_the_end_are_cut_off(journal: Written) -> None:
    for zeros in (1, 40, 41, 512, 4096, 10_000):
        journal.file.write_bytes(journal.content + bytes(zeros))
        assert held_in(journal.folder) == journal.held[len(journal.content)]
        storage = JournalStorage(journal.folder)
        storage._has_erased = False
        storage.close()
        assert journal.file.read_bytes() == journal.content


def test_control_without_checksums_flipped_bits_are_read_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.setattr(record_format, 'checksum', lambda content: 0)
    journal: Written = request.getfixturevalue('journal')
    assert next(flipped_wrongly(journal), None) is not None


def test_control_without_checksums_a_flipped_snapshot_is_read_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.setattr(record_format, 'checksum', lambda content: 0)
    snapshot: Written = request.getfixturevalue('snapshot')
    assert next(flipped_wrongly(snapshot), None) is not None
