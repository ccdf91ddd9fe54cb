"""List obstacles in the views of the diary, as far as a reader may read them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from app.domain.collation import SWEDISH, sort_key
from app.domain.composed_text import contains_words
from app.domain.entries import Entry
from app.domain.entry_visibility import Reader, is_for, time_until, visible_from
from app.domain.errors import Gone, Invalid, NotFound
from app.domain.obstacles import CLOSED, ObstacleState, is_resting
from app.domain.people import Person, Team
from app.services.context import Context
from app.services.entries import author_of
from app.services.obstacle_details import ObstacleDetails, ObstacleDetailsReader, period_of
from app.services.obstacle_index import AT_ONCE, ObstacleIndex, ObstacleRow

MOST_SHOWN = 40

LONGEST_SOUGHT = 200
"""Characters of the words that obstacles are searched for."""

MOST_CLAIMS = 200
"""Claims that are checked in one request. No phone has as many."""


class DiaryView(StrEnum):
    """The views of the diary. Each has its own order."""

    OPEN = 'open'
    MINE = 'mine'
    RAISED = 'raised'
    RESTING = 'resting'
    CLOSED = 'closed'


@dataclass(frozen=True)
class DiaryQuery:
    """The view and the filters that somebody has chosen.

    `kind` and `organisation` None filter nothing.
    """

    view: DiaryView = DiaryView.OPEN
    kind: str | None = None
    organisation: str | None = None


class DiaryPage(NamedTuple):
    """The first obstacles of a view, and the number of all that match.

    `resting` counts all resting obstacles that the reader may read, in any view.
    """

    obstacles: tuple[ObstacleDetails, ...]
    total: int
    resting: int


@dataclass(frozen=True)
class _DiaryReader:
    """A reader with the ids of the entries under a team's name that are proved to be theirs.

    `organisations` are the names of all organisations by team id.
    """

    reader: Reader
    own: frozenset[str]
    organisations: Mapping[str, str]

    def organisation(self, team_id: str | None) -> str | None:
        return self.organisations.get(team_id or '')

    def may_read(self, row: ObstacleRow, now: datetime) -> bool:
        """Return True if the reader may read this obstacle now."""
        if row.is_withdrawn:
            return False
        if row.id in self.own:
            return True
        is_hidden = time_until(visible_from(row.logged_at, is_under_team_name=row.author_id is None), now)
        return not is_hidden and is_for(
            self.reader, row.audience, row.author_id, row.team_id, self.organisation(row.team_id)
        )

    def is_mine(self, row: ObstacleRow) -> bool:
        person_id = self.reader.person.id
        return row.author_id == person_id or row.id in self.own or person_id in row.sharers

    def concerns(self, row: ObstacleRow, organisation: str) -> bool:
        """Return True if the obstacle stops somebody in this organisation: its author or a sharer."""
        return organisation in map(self.organisation, (row.team_id, *row.teams))


class ObstacleDiary:
    """The queries on the obstacle diary.

    `claims` are the secrets that the reader's phone keeps for entries under the team's name, by entry id.
    """

    def __init__(self, context: Context, details: ObstacleDetailsReader) -> None:
        self._context = context
        self._store = context.store
        self._details = details
        self._index = ObstacleIndex(context)
        self._periods = {kind.id: period_of(kind) for kind in context.base_catalogue.obstacle_kinds}

    async def page(
        self,
        reader: Reader,
        query: DiaryQuery = DiaryQuery(),
        claims: Mapping[str, str] | None = None,
        limit: int = MOST_SHOWN,
    ) -> DiaryPage:
        """Return the first `limit` obstacles of a view."""
        claims = claims or {}
        viewer, rows = await self._read(reader, claims)
        chosen = [row for row in rows if self._fits(row, query, viewer)]
        key, descending = _ORDERS[query.view]
        shown = sorted(chosen, key=key, reverse=descending)[:limit]
        details = await self._details_of(reader, shown, claims)
        return DiaryPage(details, len(chosen), sum(map(self._rests, rows)))

    async def _details_of(
        self, reader: Reader, rows: Iterable[ObstacleRow], claims: Mapping[str, str]
    ) -> tuple[ObstacleDetails, ...]:
        found = []
        for row in rows:
            with suppress(NotFound, Gone):  # erased or withdrawn since the index was read
                found.append(await self._details.of(reader, row.id, claims.get(row.id, '')))
        return tuple(found)

    async def details(self, reader: Reader, entry_id: str, claim: str = '') -> ObstacleDetails:
        """Return the details of one obstacle.

        Raise NotFound if there is none that this reader may read, and Gone if it is withdrawn.
        """
        return await self._details.of(reader, entry_id, claim)

    async def shows(self, reader: Reader, query: DiaryQuery, entry_id: str) -> bool:
        """Return True if the query includes this obstacle and the reader may read it."""
        row, viewer = await self._index.row(entry_id), await self._viewer(reader, {})
        return row is not None and viewer.may_read(row, self._context.now()) and self._fits(row, query, viewer)

    async def resting(self, reader: Reader) -> int:
        """Count the resting obstacles that somebody may read."""
        return (await self.page(reader, limit=0)).resting

    async def organisations(self, language: str = SWEDISH) -> tuple[str, ...]:
        """Return every organisation that has a team, by name in this language's order."""
        names = {team.organisation for team in await self._context.find_all(Team)}
        return tuple(sorted(names, key=lambda name: sort_key(name, language)))

    async def others_like(self, reader: Reader, entry_id: str, words: str = '', limit: int = 8) -> tuple[Entry, ...]:
        """Return obstacles that might be the same as this one and contain all these words.

        Those of the same kind come first, and then the newest.
        """
        _, rows = await self._read(reader, {})
        one = next((row for row in rows if row.id == entry_id), None)
        others = [row for row in rows if row.id != entry_id and not _are_linked(one, row)]
        others.sort(key=lambda row: (one is not None and row.kind == one.kind, row.happened_at), reverse=True)
        return await self._with_words(others, words[:LONGEST_SOUGHT], limit)

    async def _with_words(self, rows: Iterable[ObstacleRow], sought: str, limit: int) -> tuple[Entry, ...]:
        found: list[Entry] = []
        for place, row in enumerate(rows):
            entry = await self._store.get(Entry, row.id)
            if entry and contains_words(f'{entry.text} {entry.hits} {entry.tried}', sought):
                found.append(entry)
            if len(found) == limit:
                break
            if place % AT_ONCE == 0:
                await asyncio.sleep(0)
        return tuple(found)

    async def _read(self, reader: Reader, claims: Mapping[str, str]) -> tuple[_DiaryReader, list[ObstacleRow]]:
        """Return the reader, and the rows that they may read."""
        viewer, now = await self._viewer(reader, claims), self._context.now()
        return viewer, [row for row in await self._index.rows() if viewer.may_read(row, now)]

    async def _viewer(self, reader: Reader, claims: Mapping[str, str]) -> _DiaryReader:
        organisations = {team.id: team.organisation for team in await self._context.find_all(Team)}
        return _DiaryReader(reader, await self._claimed(reader.person, claims), organisations)

    def _fits(self, row: ObstacleRow, query: DiaryQuery, viewer: _DiaryReader) -> bool:
        of_kind = query.kind in (None, row.kind)
        of_organisation = query.organisation is None or viewer.concerns(row, query.organisation)
        return of_kind and of_organisation and self._is_in(query.view, row, viewer)

    def _is_in(self, view: DiaryView, row: ObstacleRow, viewer: _DiaryReader) -> bool:
        if view is DiaryView.MINE:
            return viewer.is_mine(row)
        if view is DiaryView.RESTING:
            return self._rests(row)
        if view is DiaryView.RAISED:
            return row.state is ObstacleState.RAISED
        return (row.state in CLOSED) is (view is DiaryView.CLOSED)

    def _rests(self, row: ObstacleRow) -> bool:
        period = self._periods.get(row.kind or '', period_of(None))
        return is_resting(row.state, row.touched_at, row.ask_again_on, self._context.now(), period)

    async def _claimed(self, person: Person, claims: Mapping[str, str]) -> frozenset[str]:
        """Return the ids of the entries that somebody has proved to be theirs."""
        own = []
        for entry_id, claim in [*claims.items()][:MOST_CLAIMS]:
            entry = await self._store.get(Entry, entry_id)
            if entry and entry.is_under_team_name and _is_author(entry, person, claim):
                own.append(entry_id)
        return frozenset(own)


_ORDERS: Mapping[DiaryView, tuple[Callable[[ObstacleRow], Any], bool]] = {
    DiaryView.OPEN: (lambda row: (row.happened_at, row.id), True),
    DiaryView.MINE: (lambda row: (row.happened_at, row.id), True),
    DiaryView.RAISED: (lambda row: (row.ask_again_on, row.id), False),
    DiaryView.RESTING: (lambda row: (row.touched_at, row.id), False),
    DiaryView.CLOSED: (lambda row: (row.touched_at, row.id), True),
}
"""The sort key of each view, and True if the greatest comes first."""


def _is_author(entry: Entry, person: Person, claim: str) -> bool:
    try:
        return bool(claim) and entry.is_by(author_of(person, claim))
    except Invalid:
        return False


def _are_linked(one: ObstacleRow | None, other: ObstacleRow) -> bool:
    return one is not None and one.pattern_id is not None and one.pattern_id == other.pattern_id
