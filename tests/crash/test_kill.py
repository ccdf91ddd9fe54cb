"""Kill processes with kill -9 at random moments: all that was promised is there, and no batch is half there."""

from __future__ import annotations

import os
import random
import select
import shutil
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from app.store.tinydb.journal_storage import Pace
from app.store.tools.backup import backup, restore
from app.store.tools.repair import check
from tests.crash.kill_targets import Loop, Promises, found_in, line_writer, run
from tests.crash.round_counts import rounds

RESTLESS = Pace(erase_within=0, journal_size=4_000)
"""Compacts all the time, so that kills hit every part of a compaction."""

LOOPS = {
    'insert': Loop(insert=1),
    'update': Loop(update=1),
    'delete': Loop(insert=1, erase=2),
    'mixed': Loop(insert=2, update=2, erase=1),
    'batches of three': Loop(insert=1, update=2, erase=1, batch=3, workers=8),
    'during compaction': Loop(insert=2, update=3, erase=1, batch=2, pace=RESTLESS),
    'during backup': Loop(insert=2, update=2, erase=1, backs_up=True, pace=Pace(journal_size=40_000)),
    'during erasing': Loop(insert=1, erase=3, pace=RESTLESS),
}


def killed(work: Callable[[Callable[[str], None]], None], after: float) -> str:
    """Return the output of a process that does this work and is killed so many seconds after its first line."""
    reader, writer = os.pipe()
    process = os.fork()
    if process == 0:
        try:
            os.close(reader)
            work(line_writer(writer))
        finally:
            os._exit(1)
    os.close(writer)
    try:
        output = os.read(reader, 2**16)
        end = time.monotonic() + after
        while (left := end - time.monotonic()) > 0 and not output.endswith(b'done\n'):
            if select.select([reader], [], [], left)[0]:
                output += os.read(reader, 2**16)
        os.kill(process, signal.SIGKILL)
        while more := os.read(reader, 2**16):
            output += more
    finally:
        os.close(reader)
        os.waitpid(process, 0)
    return output.decode()


@pytest.mark.parametrize('name', LOOPS)
async def test_killed_at_a_random_moment(tmp_path: Path, name: str) -> None:
    promised = 0
    for seed in rounds(8, 200):
        folder = tmp_path / f'{seed}' / 'data'
        promises = Promises(killed(partial(run, LOOPS[name], folder, seed), random.Random(seed).uniform(0, 0.12)))
        promised += promises.count
        promises.require(await found_in(folder))
        assert check(folder).is_sound
        if folder.with_name('backup.tar').exists():
            restore(folder.with_name('backup.tar'), folder.with_name('restored'))
            await found_in(folder.with_name('restored'))
    assert promised > 0
    print(f'{name}: killed {len(rounds(8, 200))} times, {promised} changes promised, none lost')


async def test_killed_while_it_is_restored_it_is_the_one_or_the_other(tmp_path: Path) -> None:
    killed(partial(run, LOOPS['insert'], tmp_path / 'older', 1), 0.05)
    killed(partial(run, LOOPS['insert'], tmp_path / 'newer', 2), 0.1)
    backup(tmp_path / 'older', tmp_path / 'backup.tar')
    older, newer = await found_in(tmp_path / 'older'), await found_in(tmp_path / 'newer')
    assert older != newer
    for seed in rounds(20, 500):
        folder = tmp_path / f'{seed}'
        shutil.copytree(tmp_path / 'newer', folder)
        killed(partial(_restore, tmp_path / 'backup.tar', folder), random.Random(seed).uniform(0, 0.02))
        assert await found_in(folder) in (older, newer)


async def test_control_whoever_promises_early_is_caught(tmp_path: Path) -> None:
    liar = Loop(insert=1, workers=32, promises_early=True)
    caught = 0
    for seed in range(10):
        promises = Promises(killed(partial(run, liar, tmp_path / f'{seed}', seed), 0.02))
        found = await found_in(tmp_path / f'{seed}')
        with suppress(AssertionError):
            promises.require(found)
            caught -= 1
        caught += 1
    assert caught > 0


def _restore(file: Path, folder: Path, say: Callable[[str], None]) -> None:
    say('now')
    restore(file, folder, replace=True)
