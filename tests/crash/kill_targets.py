"""The work of processes that get killed, and what must be true afterwards.

Each worker has documents of its own. It says what they will be before it changes some, and that they are so afterwards.
A reader of its output therefore knows at any moment what was promised and what is still under way.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

from app.store.tinydb.journal_storage import Pace
from app.store.tinydb.store import TinyStore
from app.store.tools.backup import backup
from tests.store.sample_documents import Leaf

Wanted = dict[str, int | None]
"""The number that each document is to carry; None for a document that is to be erased."""


@dataclass(frozen=True)
class Loop:
    """Endless work to be killed in: the workers' actions, documents per batch, and how often maintenance is due."""

    insert: int = 0
    update: int = 0
    erase: int = 0
    batch: int = 1
    workers: int = 4
    pace: Pace = field(default_factory=Pace)
    backs_up: bool = False
    promises_early: bool = False
    """A control: a store that promises before it has kept."""


def run(loop: Loop, folder: Path, seed: int, say: Callable[[str], None]) -> None:
    """Run for ever."""
    asyncio.run(_run(loop, folder, seed, say))


def filled(number: int) -> str:
    """Return a text that a reader can check to be whole."""
    return f'{number:06} räka ' * 30


async def _run(loop: Loop, folder: Path, seed: int, say: Callable[[str], None]) -> None:
    store = TinyStore(folder, pace=loop.pace)
    work: list[Awaitable[None]] = [
        _Worker(loop, store, name, random.Random(seed * 100 + name), say).work() for name in range(loop.workers)
    ]
    if loop.backs_up:
        work.append(asyncio.to_thread(_back_up, folder))
    await asyncio.gather(*work)


def _back_up(folder: Path) -> None:
    while True:
        backup(folder, folder.with_name('backup.tar'))


class _Worker:
    def __init__(
        self, loop: Loop, store: TinyStore, name: int, chance: random.Random, say: Callable[[str], None]
    ) -> None:
        self.loop, self.store, self.name, self.chance, self.say = loop, store, name, chance, say
        self.mine: dict[str, Leaf] = {}
        self.number = 0

    async def work(self) -> None:
        while True:
            await self._step(self._decided())

    def _decided(self) -> Wanted:
        [action] = self.chance.choices(['insert', 'update', 'erase'], self._weights())
        self.number += 1
        if action == 'insert':
            return {f'{self.name}-{self.number}-{part}': self.number for part in range(self.loop.batch)}
        chosen = self.chance.sample(sorted(self.mine), min(self.loop.batch, len(self.mine)))
        return dict.fromkeys(chosen, self.number if action == 'update' else None)

    def _weights(self) -> list[int]:
        if len(self.mine) < 10:
            return [1, 0, 0]
        return [self.loop.insert, self.loop.update, self.loop.erase]

    async def _step(self, wanted: Wanted) -> None:
        self.say(f'{self.name} will {json.dumps(wanted)}\n')
        if self.loop.promises_early:
            self.say(f'{self.name} did\n')
        leaves = [self._leaf(id, number) for id, number in wanted.items() if number is not None]
        await (self.store.save(*leaves) if leaves else self.store.erase(*(self.mine[id] for id in wanted)))
        self.say(f'{self.name} did\n')
        for leaf in leaves:
            self.mine[leaf.id] = leaf.model_copy(update={'revision': leaf.revision + 1})
        for id in (id for id, number in wanted.items() if number is None):
            del self.mine[id]

    def _leaf(self, id: str, number: int) -> Leaf:
        kept = self.mine.get(id)
        return Leaf(id=id, tree=f'{number}', colour=filled(number), revision=kept.revision if kept else 0)


class Promises:
    """The promises that a process printed, by worker."""

    def __init__(self, output: str) -> None:
        self.kept: Wanted = {}
        self.under_way: dict[str, Wanted] = {}
        self.count = 0
        for line in output.splitlines():
            worker, what, *wanted = line.split(' ', 2)
            if what == 'will':
                self.under_way[worker] = json.loads(wanted[0])
            else:
                self.count += 1
                self.kept |= self.under_way.pop(worker, {})

    def require(self, found: Wanted) -> None:
        """Raise AssertionError if something promised is missing, something unpromised is there, or half a batch."""
        for wanted in self.under_way.values():
            expected = {id: self.kept.get(id) for id in wanted}
            assert {id: found.get(id) for id in wanted} in (wanted, expected), f'half of {wanted}'
        loose = {id for wanted in self.under_way.values() for id in wanted}
        promised = {id: number for id, number in self.kept.items() if number is not None and id not in loose}
        assert {id: number for id, number in found.items() if id not in loose} == promised


async def found_in(folder: Path) -> Wanted:
    """Return the content of a store that is opened there. Raise AssertionError if a text isn't whole."""
    store = TinyStore(folder)
    leaves = (await store.find(Leaf)).documents
    for leaf in leaves:
        assert leaf.colour == filled(int(leaf.tree)), f'{leaf.id} is not as it was written'
        assert await store.get(Leaf, leaf.id) == leaf
    await store.close()
    return {leaf.id: int(leaf.tree) for leaf in leaves}


def line_writer(pipe: int) -> Callable[[str], None]:
    """Write lines to a pipe: each of them whole, and there even if the writer is killed right after."""

    def say(line: str) -> None:
        os.write(pipe, line.encode())

    return say
