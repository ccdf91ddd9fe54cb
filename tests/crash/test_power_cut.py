"""Cut the power at every step there is: all that was promised is there, and no batch is half there."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.store.engine.change_format import PUT, REMOVE, Change, encode
from app.store.engine.loader import load
from app.store.engine.memory_tables import MemoryTables, Rows
from app.store.protocol import Unreadable
from app.store.tinydb.journal_storage import JournalStorage, Pace
from tests.crash.faulty_disks import ForgetsFolders, PowerCut, PowerLoss, SyncsNothing
from tests.crash.round_counts import rounds

Held = dict[str, Rows]

BY_HAND = Pace(erase_within=10**6, journal_size=2**40, try_again_every=10**6)
"""No maintenance by itself: every step happens when the story has it."""


def put(id: str, number: int) -> Change:
    return Change(PUT, 'leaves', id, encode({'number': number, 'text': f'{number} räka ' * (number * 37 % 90)}))


Group = list[list[Change]]
"""Batches that share a sync; an empty group stands for a snapshot."""


def story() -> Iterator[Group]:
    """Make groups of batches, with a snapshot now and then."""
    for number in range(1, 16):
        yield [
            [put(f'a{number}', number), put('b', number)],
            [put('c', number)],
            [Change(REMOVE, 'leaves', f'a{number - 3}'), put('d', number)],
        ][: number % 3 + 1]
        if number % 4 == 0:
            yield []


def run_step(storage: JournalStorage, group: Group) -> None:
    """Run one step of the story."""
    if group:
        storage.commit(*group)
    else:
        storage.compact()


class Expectations:
    """The states that the store has promised, and those that are possible since they were under way."""

    def __init__(self) -> None:
        self.promised: Held = {}
        self.possible: list[Held] = [{}]

    def follow(self, folder: Path, disk: PowerLoss) -> None:
        """Run the story until the power goes, or to its end."""
        storage = None
        try:
            storage = JournalStorage(folder, disk=disk, pace=BY_HAND)
            for group in story():
                self.possible = list(after(self.promised, group))
                run_step(storage, group)
                self.promised = storage.tables.frozen()
                self.possible = [self.promised]
        except PowerCut:
            pass
        finally:
            if storage is not None:
                _abandon(storage)


def after(held: Held, group: Group) -> Iterator[Held]:
    tables = MemoryTables()
    tables.apply(Change(PUT, table, id, row) for table, rows in held.items() for id, row in rows.items())
    yield held
    for batch in group:
        tables.apply(batch)
        yield tables.frozen()


def _abandon(storage: JournalStorage) -> None:
    """Let go of threads and files as a process that ends does, writing nothing."""
    storage._maintenance.close()
    storage._journals.close()
    storage._release_lock()


def found_wrong(folder: Path, make: Callable[[int | None], PowerLoss], tries: range) -> Iterator[str]:
    """Cut the power at every step, with several outcomes for each. Return those that broke a promise."""
    whole = make(None)
    Expectations().follow(folder / 'whole', whole)
    for lasts in range(whole.steps + 1):
        expected, disk = Expectations(), make(lasts)
        expected.follow(folder / f'{lasts}', disk)
        for seed in tries:
            left = folder / f'{lasts}-{seed}'
            disk.leave_behind(left, random.Random(seed * 1000 + lasts))
            try:
                if _held_in(left) not in expected.possible:
                    yield f'step {lasts}, seed {seed}: something else than what was promised'
            except Unreadable as refusal:
                yield f'step {lasts}, seed {seed}: {refusal}'


def _held_in(folder: Path) -> Held:
    tables = MemoryTables()
    load(folder, tables)
    return tables.frozen()


def test_the_power_goes_at_every_step(tmp_path: Path) -> None:
    assert list(found_wrong(tmp_path, PowerLoss, rounds(10, 300))) == []


def test_control_a_disk_that_syncs_nothing_is_caught(tmp_path: Path) -> None:
    assert next(found_wrong(tmp_path, SyncsNothing, range(3)), None) is not None


def test_control_a_disk_that_forgets_names_is_caught(tmp_path: Path) -> None:
    assert next(found_wrong(tmp_path, ForgetsFolders, range(3)), None) is not None


@pytest.mark.parametrize('lasts', range(0, 60, 7))
def test_what_is_left_can_be_written_to_again(tmp_path: Path, lasts: int) -> None:
    expected, disk = Expectations(), PowerLoss(lasts)
    expected.follow(tmp_path / 'first', disk)
    disk.leave_behind(tmp_path / 'left', random.Random(lasts))
    storage = JournalStorage(tmp_path / 'left')
    storage.commit([put('after', 1)])
    held = storage.tables.frozen()
    storage.close()
    assert _held_in(tmp_path / 'left') == held
