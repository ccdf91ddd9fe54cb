"""The power goes at every step there is: what was promised is there, and no batch is half there."""

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
"""No upkeep by itself: every step comes when the story has it."""


def put(id: str, number: int) -> Change:
    return Change(PUT, 'leaves', id, encode({'number': number, 'text': f'{number} räka ' * (number * 37 % 90)}))


Group = list[list[Change]]
"""Batches that share a sync; none stands for a snapshot."""


def story() -> Iterator[Group]:
    """Groups of batches, with a snapshot now and then."""
    for number in range(1, 16):
        yield [
            [put(f'a{number}', number), put('b', number)],
            [put('c', number)],
            [Change(REMOVE, 'leaves', f'a{number - 3}'), put('d', number)],
        ][: number % 3 + 1]
        if number % 4 == 0:
            yield []


def live_through(storage: JournalStorage, group: Group) -> None:
    """One step of the story."""
    if group:
        storage.commit(*group)
    else:
        storage.compact()


class Told:
    """What the store has promised, and what may be there as well since it was under way."""

    def __init__(self) -> None:
        self.promised: Held = {}
        self.possible: list[Held] = [{}]

    def live(self, folder: Path, disk: PowerLoss) -> None:
        """Go through the story until the power goes, or to its end."""
        storage = None
        try:
            storage = JournalStorage(folder, disk=disk, pace=BY_HAND)
            for group in story():
                self.possible = list(after(self.promised, group))
                live_through(storage, group)
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
    storage._let_go()


def found_wrong(folder: Path, make: Callable[[int | None], PowerLoss], tries: range) -> Iterator[str]:
    """Every step at which the power may go, and every outcome of several for each: those that broke a promise."""
    whole = make(None)
    Told().live(folder / 'whole', whole)
    for lasts in range(whole.steps + 1):
        told, disk = Told(), make(lasts)
        told.live(folder / f'{lasts}', disk)
        for seed in tries:
            left = folder / f'{lasts}-{seed}'
            disk.leave_behind(left, random.Random(seed * 1000 + lasts))
            try:
                if _held_in(left) not in told.possible:
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
    told, disk = Told(), PowerLoss(lasts)
    told.live(tmp_path / 'first', disk)
    disk.leave_behind(tmp_path / 'left', random.Random(lasts))
    storage = JournalStorage(tmp_path / 'left')
    storage.commit([put('after', 1)])
    held = storage.tables.frozen()
    storage.close()
    assert _held_in(tmp_path / 'left') == held
