"""The obstacle diary in short: a line for each obstacle, in memory, so that no screen has to read thousands."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import NamedTuple

from app.domain.document import Document
from app.domain.entries import Entry
from app.domain.entry_content import Audience, EntryKind
from app.domain.obstacles import Obstacle, ObstacleState
from app.services.context import Context
from app.services.pagination import all_pages

AT_ONCE = 100
"""Documents that are read before others have their turn: some milliseconds."""


READ_AGAIN_AFTER = 1.0
"""Seconds between two readings of all that there is."""


class ObstacleRow(NamedTuple):
    """What an obstacle is found by. `revisions` are those of its entry and of its document (0: it has none yet)."""

    id: str
    revisions: tuple[int, int]
    happened_at: datetime
    logged_at: datetime
    kind: str | None
    audience: Audience
    author_id: str | None
    team_id: str | None
    is_withdrawn: bool
    touched_at: datetime
    state: ObstacleState = ObstacleState.NOTICED
    ask_again_on: date | None = None
    pattern_id: str | None = None
    sharers: frozenset[str] = frozenset()
    teams: frozenset[str] = frozenset()
    """The teams of those who share it."""


class ObstacleIndex:
    """A line for each obstacle; read from the store when somebody first asks, and kept up to date with it."""

    def __init__(self, context: Context) -> None:
        self._store = context.store
        self._lines: dict[str, ObstacleRow] = {}
        self._is_whole = self._is_missed = False
        self._read_at = -READ_AGAIN_AFTER
        self._is_following = False
        self._reading = asyncio.Lock()

    async def lines(self) -> Collection[ObstacleRow]:
        """Every obstacle that there is, in no order; for a second, perhaps, some that have just been erased."""
        await self._open()
        return self._lines.values()

    async def line(self, entry_id: str) -> ObstacleRow | None:
        """One obstacle; None where there is no such one."""
        await self._open()
        return self._lines.get(entry_id)

    async def _open(self) -> None:
        async with self._reading:
            # While somebody's obstacles are being erased one by one, nobody is to wait until that is over.
            if not self._is_whole and asyncio.get_running_loop().time() - self._read_at >= READ_AGAIN_AFTER:
                await self._read()

    async def _read(self) -> None:
        if not self._is_following:
            self._store.follow(self._hear)
            self._is_following = True
        self._lines, self._read_at, self._is_missed = {}, -READ_AGAIN_AFTER, False
        async for entries in all_pages(self._store, Entry, AT_ONCE, kind=EntryKind.OBSTACLE):
            for entry in entries:
                self._take_entry(entry, entry.revision)
        async for obstacles in all_pages(self._store, Obstacle, AT_ONCE):
            for obstacle in obstacles:
                self._take_obstacle(obstacle, obstacle.revision)
        # Not before: who is interrupted leaves all of it to the next.
        self._is_whole, self._read_at = not self._is_missed, asyncio.get_running_loop().time()

    def _hear(self, batch: Sequence[Document]) -> None:
        if not batch:  # something was erased: nobody tells what
            self._is_whole, self._is_missed = False, True
        for document in batch:
            if isinstance(document, Entry) and document.kind is EntryKind.OBSTACLE:
                self._take_entry(document, document.revision + 1)
            elif isinstance(document, Obstacle):
                self._take_obstacle(document, document.revision + 1)

    def _take_entry(self, entry: Entry, revision: int) -> None:
        known = self._lines.get(entry.id)
        if known and known.revisions[0] > revision:
            return
        line = ObstacleRow(
            entry.id, (revision, 0), entry.happened_at, entry.logged_at, entry.obstacle_kind, entry.audience,
            entry.author_id, entry.team_id, entry.is_withdrawn, entry.logged_at,
        )  # fmt: skip
        stands = known._asdict() if known and known.revisions[1] else {}
        kept = {name: stands[name] for name in stands.keys() & _OF_THE_OBSTACLE}
        revisions = revision, known.revisions[1] if known else 0
        self._lines[entry.id] = line._replace(**kept, revisions=revisions)

    def _take_obstacle(self, obstacle: Obstacle, revision: int) -> None:
        known = self._lines.get(obstacle.id)
        if known is None or known.revisions[1] > revision:
            return
        self._lines[obstacle.id] = known._replace(
            revisions=(known.revisions[0], revision),
            touched_at=obstacle.touched_at,
            state=obstacle.state,
            ask_again_on=obstacle.ask_again_on,
            pattern_id=obstacle.pattern_id,
            sharers=frozenset(share.person_id for share in obstacle.shares),
            teams=frozenset(share.team_id for share in obstacle.shares if share.team_id),
        )


_OF_THE_OBSTACLE = {'touched_at', 'state', 'ask_again_on', 'pattern_id', 'sharers', 'teams'}
