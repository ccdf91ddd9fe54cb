"""Run the store beside a plain dict through random sequences of steps: save, change, erase, at once, reopen."""

from __future__ import annotations

import asyncio
import tempfile
from collections import Counter
from collections.abc import Coroutine, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from app.domain.document import Document
from app.store.protocol import Outdated
from app.store.tinydb.journal_storage import Pace
from app.store.tinydb.store import TinyStore
from tests.cast import NOON
from tests.store.sample_documents import Leaf

T = TypeVar('T')

IDS = st.sampled_from(['a', 'b', 'c|d', 'e"\n', 'ö', '\N{SHRIMP}'])
TREES = st.sampled_from(['oak', 'elm', 'fir'])
COLOURS = st.sampled_from([None, 'red', 'r\td'])
AGES = st.integers(0, 3)
LEAVES = st.builds(
    lambda id, tree, colour, age: Leaf(id=id, tree=tree, colour=colour, fell_at=NOON - timedelta(hours=age)),
    IDS, TREES, COLOURS, AGES,
)  # fmt: skip
BATCHES = st.lists(LEAVES, min_size=1, max_size=3, unique_by=lambda leaf: leaf.id)
OFTEN = Pace(erase_within=0.01, journal_size=2_000)


class StoreBesideADict(RuleBasedStateMachine):
    """The same changes to a store and to a dict."""

    def __init__(self) -> None:
        super().__init__()
        self.model: dict[str, Leaf] = {}
        self.followed: list[Document] = []
        self.expected: list[Document] = []
        self.loop = asyncio.new_event_loop()
        self.folder = tempfile.TemporaryDirectory()

    @initialize()
    def open(self) -> None:
        self.store = TinyStore(Path(self.folder.name), pace=OFTEN)
        self.store.follow(self.followed.extend)

    @rule(batch=BATCHES, stale=st.booleans())
    def save(self, batch: list[Leaf], stale: bool) -> None:
        batch = [self._current(leaf, stale and leaf is batch[-1]) for leaf in batch]
        assert self._run(self._try_to_save(batch)) == self._keep(batch)

    @rule(batches=st.lists(BATCHES, min_size=2, max_size=6))
    def save_all_at_once(self, batches: list[list[Leaf]]) -> None:
        now = [[self._current(leaf) for leaf in batch] for batch in batches]

        async def all_at_once() -> list[bool]:
            return await asyncio.gather(*(self._try_to_save(batch) for batch in now))

        outcomes = self._run(all_at_once())
        assert any(outcomes)
        # Any of those that change the same document may be first: the others are refused, as the dict refuses them.
        for batch, kept in sorted(zip(now, outcomes, strict=True), key=lambda pair: not pair[1]):
            assert self._keep(batch) == kept

    @rule(id=IDS, other=IDS)
    def erase(self, id: str, other: str) -> None:
        gone = [Leaf(id=id, tree=''), Leaf(id=other, tree='')]
        self._run(self.store.erase(*gone))
        for leaf in gone:
            self.model.pop(leaf.id, None)

    @rule(batch=BATCHES)
    def save_and_walk_away(self, batch: list[Leaf]) -> None:
        batch = [self._current(leaf) for leaf in batch]

        async def walk_away() -> None:
            saving = asyncio.create_task(self.store.save(*batch))
            await asyncio.sleep(0)
            saving.cancel()
            await asyncio.gather(saving, return_exceptions=True)
            await self.store.erase(Leaf(id='nobody', tree=''))  # what was queued before is on the disk now

        self._run(walk_away())
        self._keep(batch)

    @rule()
    def compact(self) -> None:
        self.store._storage.compact()

    @rule()
    def reopen(self) -> None:
        self._run(self.store.close())
        self.open()

    @invariant()
    def both_hold_the_same(self) -> None:
        if not hasattr(self, 'store'):
            return
        newest_first = sorted(self.model.values(), key=lambda leaf: (leaf.fell_at, leaf.id), reverse=True)
        assert list(self._run(self.store.find(Leaf)).documents) == newest_first
        red = [leaf for leaf in newest_first if leaf.colour == 'red' and leaf.tree in ('oak', 'elm')]
        assert list(self._run(self.store.find(Leaf, colour='red', tree=('oak', 'elm'))).documents) == red
        assert self._run(self.store.count(Leaf, 'tree')) == Counter(leaf.tree for leaf in newest_first)
        assert self.followed == self.expected

    @invariant()
    def pages_add_up(self) -> None:
        if not hasattr(self, 'store'):
            return
        first = self._run(self.store.find(Leaf, limit=2))
        rest = self._run(self.store.find(Leaf, before=first.older)).documents if first.older else ()
        assert len(first.documents) + len(rest) == len(self.model)

    def teardown(self) -> None:
        if hasattr(self, 'store'):
            self._run(self.store.close())
        self.loop.close()
        self.folder.cleanup()

    def _current(self, leaf: Leaf, stale: bool = False) -> Leaf:
        kept = self.model.get(leaf.id)
        return leaf.model_copy(update={'revision': (kept.revision if kept else 0) + stale})

    def _keep(self, batch: Sequence[Leaf]) -> bool:
        if any(self._current(leaf) != leaf for leaf in batch):
            return False
        self.model |= {leaf.id: leaf.model_copy(update={'revision': leaf.revision + 1}) for leaf in batch}
        self.expected.extend(batch)
        return True

    async def _try_to_save(self, batch: Sequence[Leaf]) -> bool:
        try:
            await self.store.save(*batch)
        except Outdated:
            return False
        return True

    def _run(self, doing: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(doing)


TestStoreBesideADict = StoreBesideADict.TestCase
TestStoreBesideADict.settings = settings(
    max_examples=40, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
)
