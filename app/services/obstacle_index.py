"""Keep a short row for each obstacle in memory, so that no screen has to read thousands of documents."""

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
"""Documents that are read before other tasks get their turn. Reading them takes some milliseconds."""

READ_AGAIN_AFTER = 1.0
"""Seconds between two complete readings."""


class ObstacleRow(NamedTuple):
    """The fields by which an obstacle is filtered and sorted.

    `revisions` are those of its entry and of its own document (0: it has none yet).
    """

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
    """A row for each obstacle. It is read from the store on first use, and then follows every change."""

    def __init__(self, context: Context) -> None:
        self._store = context.store
        self._rows: dict[str, ObstacleRow] = {}
        self._is_complete = self._has_missed_erasure = False
        self._read_at = -READ_AGAIN_AFTER
        self._is_following = False
        self._read_lock = asyncio.Lock()

    async def rows(self) -> Collection[ObstacleRow]:
        """Return the rows of all obstacles, in no order.

        For up to READ_AGAIN_AFTER seconds they may include some that have just been erased.
        """
        await self._ensure_read()
        return self._rows.values()

    async def row(self, entry_id: str) -> ObstacleRow | None:
        """Return the row of one obstacle, or None if there is no such obstacle."""
        await self._ensure_read()
        return self._rows.get(entry_id)

    async def _ensure_read(self) -> None:
        async with self._read_lock:
            # Each erasure makes the index incomplete. While many are erased one by one, readers get what there is.
            if not self._is_complete and asyncio.get_running_loop().time() - self._read_at >= READ_AGAIN_AFTER:
                await self._read()

    async def _read(self) -> None:
        if not self._is_following:
            self._store.follow(self._on_saved)
            self._is_following = True
        self._rows, self._read_at, self._has_missed_erasure = {}, -READ_AGAIN_AFTER, False
        async for entries in all_pages(self._store, Entry, AT_ONCE, kind=EntryKind.OBSTACLE):
            for entry in entries:
                self._update_entry(entry, entry.revision)
        async for obstacles in all_pages(self._store, Obstacle, AT_ONCE):
            for obstacle in obstacles:
                self._update_obstacle(obstacle, obstacle.revision)
        # Only now: an interrupted reading must start again from the beginning.
        self._is_complete, self._read_at = not self._has_missed_erasure, asyncio.get_running_loop().time()

    def _on_saved(self, batch: Sequence[Document]) -> None:
        if not batch:  # something was erased, and the store does not say what
            self._is_complete, self._has_missed_erasure = False, True
        for document in batch:
            if isinstance(document, Entry) and document.kind is EntryKind.OBSTACLE:
                self._update_entry(document, document.revision + 1)
            elif isinstance(document, Obstacle):
                self._update_obstacle(document, document.revision + 1)

    def _update_entry(self, entry: Entry, revision: int) -> None:
        known = self._rows.get(entry.id)
        if known and known.revisions[0] > revision:
            return
        row = ObstacleRow(
            entry.id, (revision, 0), entry.happened_at, entry.logged_at, entry.obstacle_kind, entry.audience,
            entry.author_id, entry.team_id, entry.is_withdrawn, entry.logged_at,
        )  # fmt: skip
        fields = known._asdict() if known and known.revisions[1] else {}
        kept = {name: fields[name] for name in fields.keys() & _OBSTACLE_FIELDS}
        revisions = revision, known.revisions[1] if known else 0
        self._rows[entry.id] = row._replace(**kept, revisions=revisions)

    def _update_obstacle(self, obstacle: Obstacle, revision: int) -> None:
        known = self._rows.get(obstacle.id)
        if known is None or known.revisions[1] > revision:
            return
        self._rows[obstacle.id] = known._replace(
            revisions=(known.revisions[0], revision),
            touched_at=obstacle.touched_at,
            state=obstacle.state,
            ask_again_on=obstacle.ask_again_on,
            pattern_id=obstacle.pattern_id,
            sharers=frozenset(share.person_id for share in obstacle.shares),
            teams=frozenset(share.team_id for share in obstacle.shares if share.team_id),
        )


_OBSTACLE_FIELDS = {'touched_at', 'state', 'ask_again_on', 'pattern_id', 'sharers', 'teams'}
"""The fields that come from an Obstacle. A new revision of its entry keeps them."""
