"""Refuse writes once or for long, at every step there is; and fill the disk."""

from __future__ import annotations

import logging
import os
import resource
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

import pytest

from app.store.engine.disk import Disk
from app.store.engine.journal_rotation import JournalRotation
from app.store.engine.loader import load
from app.store.engine.memory_tables import MemoryTables, Rows
from app.store.protocol import Damaged, ReadOnly, Unreadable
from app.store.tinydb.journal_storage import JournalStorage, Pace
from tests.crash.faulty_disks import Failing
from tests.crash.round_counts import rounds
from tests.crash.test_kill import killed
from tests.crash.test_power_cut import BY_HAND, Group, after, put, run_step, story

Held = dict[str, Rows]


def held_in(folder: Path) -> Held:
    tables = MemoryTables()
    load(folder, tables)
    return tables.frozen()


def run_story(storage: JournalStorage) -> list[Group]:
    """Run the story and retry after each refusal. Return the groups that failed while the store accepted writes."""
    refused = []
    for group in story():
        was_willing = storage.refused is None
        try:
            run_step(storage, group)
        except ReadOnly:
            refused += [group] * was_willing
        if storage.refused is not None:
            storage._try_again()
    return refused


@pytest.mark.parametrize('times', [1, 2, 5])
def test_refused_at_every_step_nothing_promised_is_lost(
    tmp_path: Path, times: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)
    total = 0
    for first in range(1, 1_000):
        folder, disk = tmp_path / f'{first}', Failing(first, times)
        with suppress(Unreadable):  # refused before it was open: nothing was promised
            storage = JournalStorage(folder, disk=disk, pace=BY_HAND)
            refused = run_story(storage)
            total += len(refused)
            storage._has_erased = False
            storage.close()
            promised = storage.tables.frozen()
            # The last refused batch may be there if the disk has refused ever since, as it may after a crash.
            assert held_in(folder) in ([promised] if storage.refused is None else list(after(promised, refused[-1])))
        if disk.steps < first:
            break
    assert total > 50


def test_while_it_is_refused_everything_promised_can_be_read(tmp_path: Path) -> None:
    disk = Failing(10**6, 10**6)
    storage = JournalStorage(tmp_path, disk=disk, pace=BY_HAND)
    storage.commit([put('a', 1)])
    disk.first = disk.steps + 1
    with pytest.raises(ReadOnly, match='nothing can be kept now: Input/output error'):
        storage.commit([put('a', 2)])
    with pytest.raises(ReadOnly):
        storage.compact()
    assert storage.tables.frozen() == {'leaves': {'a': put('a', 1).row}}
    storage.close()
    assert held_in(tmp_path)['leaves'].keys() == {'a'}


@pytest.mark.parametrize('step', ['remove', 'create', 'write', 'sync', 'sync the folder'])
def test_where_a_journal_could_not_be_begun_nothing_is_added_to_the_one_before(tmp_path: Path, step: str) -> None:
    disk = Failing(10**6, 10**6)
    storage = JournalStorage(tmp_path, disk=disk, pace=BY_HAND)
    storage.commit([put('a', 1)])
    disk.first = disk.steps + ['remove', 'create', 'write', 'sync', 'sync the folder'].index(step) + 1
    with pytest.raises(ReadOnly):
        storage.compact()
    with pytest.raises(ReadOnly, match='nothing can be kept now'):
        storage.commit([put('b', 2)])
    disk.first = 10**6
    storage._try_again()
    storage.commit([put('c', 3)])
    storage.close()
    assert held_in(tmp_path)['leaves'].keys() == {'a', 'c'}


def test_control_a_store_that_goes_on_after_a_failed_write_is_caught(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(JournalRotation, '_refuse', lambda journals, error: None)
    disk = Failing(10**6, 1)
    storage = JournalStorage(tmp_path, disk=disk, pace=BY_HAND)
    disk.first = disk.steps + 1
    with pytest.raises(ReadOnly):
        storage.commit([put('a', 1)])
    storage.commit([put('b', 2)])
    storage.close()
    with pytest.raises(Damaged):
        held_in(tmp_path)


class _Limited(Disk):
    """The real disk for a process that may write files of so many bytes."""

    def __init__(self, limit: int) -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        self.limit(limit)

    def limit(self, limit: int) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))


LONGEST = 20.0
"""Seconds after which a process is killed anyhow."""

QUICK = Pace(erase_within=10**6, journal_size=2**40, try_again_every=0.01)


def _fill_up(folder: Path, make_room: Callable[[], None], say: Callable[[str], None]) -> None:
    """Write until the disk refuses, free some space, and go on. Say what was promised."""
    logging.disable()
    storage = JournalStorage(folder, pace=QUICK)
    number = 0
    with suppress(ReadOnly):
        while True:
            storage.commit([put(f'a{number}', number % 90), put(f'b{number}', number % 90)])
            number += 1
            say(f'{number}\n')
    say('full\n')
    make_room()
    while storage.refused is not None:
        time.sleep(0.001)
    for _ in range(5):
        storage.commit([put(f'a{number}', number % 90), put(f'b{number}', number % 90)])
        number += 1
        say(f'{number}\n')
    say('done\n')
    time.sleep(60)


def _require_all(folder: Path, output: str) -> int:
    lines = output.split()
    assert lines[-1] == 'done', 'it did not recover by itself'
    number = int(lines[-2])
    expected = {f'{letter}{at}': put('', at % 90).row for at in range(number) for letter in 'ab'}
    assert held_in(folder)['leaves'] == expected
    return number


def test_a_file_size_limit_is_reached_and_lifted(tmp_path: Path) -> None:
    def work(folder: Path, limit: int, say: Callable[[str], None]) -> None:
        disk = _Limited(limit)
        _fill_up(folder, lambda: disk.limit(resource.RLIM_INFINITY), say)

    for seed in rounds(10, 100):
        folder = tmp_path / f'{seed}'
        output = killed(partial(work, folder, 20_000 + seed * 397), LONGEST)
        assert _require_all(folder, output) > 10


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[None]:
    """Mount a tmpfs of so many bytes on `folder`. Skip where this user may not mount one."""
    folder.mkdir()
    mounted = subprocess.run(['mount', '-t', 'tmpfs', '-o', f'size={size}', 'tmpfs', folder], capture_output=True)
    if mounted.returncode:
        pytest.skip('this user may not mount a tmpfs; the file-size limit stands in for it')
    try:
        yield
    finally:
        subprocess.run(['umount', folder], check=True)


def test_a_disk_is_full_and_then_it_is_not(tmp_path: Path) -> None:
    for seed in rounds(5, 40):
        disk = tmp_path / f'{seed}'
        with small_disk(disk, '256k'):
            ballast = disk / 'ballast'
            ballast.write_bytes(os.urandom(80_000 + seed * 997))
            output = killed(partial(_fill_up, disk / 'data', ballast.unlink), LONGEST)
            assert _require_all(disk / 'data', output) > 10
