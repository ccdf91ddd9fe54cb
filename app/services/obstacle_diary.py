"""The obstacle diary: which obstacles somebody is shown, and in which order."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from app.domain.entries import Entry
from app.domain.entry_visibility import Reader, is_for, told_from
from app.domain.errors import Gone, Invalid, NotFound
from app.domain.obstacles import CLOSED, ObstacleState, is_resting
from app.domain.people import Person, Team
from app.services.context import Context
from app.services.entries import author_of
from app.services.obstacle_details import ObstacleDetails, ObstacleDetailsReader, period_of
from app.services.obstacle_index import AT_ONCE, ObstacleIndex, ObstacleRow

MOST_SHOWN = 40

MOST_CLAIMS = 200
"""Claims that are looked at at once: more than anybody's phone has."""


class DiaryView(StrEnum):
    """Which obstacles one looks at, each view in its own order."""

    OPEN = 'open'
    MINE = 'mine'
    RAISED = 'raised'
    RESTING = 'resting'
    CLOSED = 'closed'


@dataclass(frozen=True)
class DiaryQuery:
    """What somebody wants to see: a view, of one kind of obstacle or all (None), of one organisation or all."""

    view: DiaryView = DiaryView.OPEN
    kind: str | None = None
    organisation: str | None = None


class DiaryPage(NamedTuple):
    """Some of what was wished for, how many there are in all, and how many rest that this reader may read."""

    standings: tuple[ObstacleDetails, ...]
    total: int
    resting: int


@dataclass(frozen=True)
class _DiaryReader:
    """Who asks, which entries they have shown to be theirs, and what is needed to judge lines for them."""

    reader: Reader
    own: frozenset[str]
    organisations: Mapping[str, str]

    def organisation(self, team_id: str | None) -> str | None:
        return self.organisations.get(team_id or '')

    def may_read(self, line: ObstacleRow, now: datetime) -> bool:
        """Whether a line is told them, and already."""
        if line.is_withdrawn:
            return False
        if line.id in self.own:
            return True
        is_told = told_from(line.logged_at, is_veiled=line.author_id is None) <= now
        return is_told and is_for(
            self.reader, line.audience, line.author_id, line.team_id, self.organisation(line.team_id)
        )

    def is_mine(self, line: ObstacleRow) -> bool:
        person_id = self.reader.person.id
        return line.author_id == person_id or line.id in self.own or person_id in line.sharers

    def concerns(self, line: ObstacleRow, organisation: str) -> bool:
        """Whether it stops somebody of this organisation: its author, or one of those who share it."""
        return organisation in map(self.organisation, (line.team_id, *line.teams))


class ObstacleDiary:
    """What can be asked of the obstacle diary.

    `claims` are what the reader's phone keeps for what they wrote under their team's name, by the entries' ids.
    """

    def __init__(self, context: Context, standings: ObstacleDetailsReader) -> None:
        self._context = context
        self._store = context.store
        self._standings = standings
        self._ledger = ObstacleIndex(context)
        self._periods = {kind.id: period_of(kind) for kind in context.lists.obstacle_kinds}

    async def page(
        self,
        reader: Reader,
        wish: DiaryQuery = DiaryQuery(),
        claims: Mapping[str, str] | None = None,
        limit: int = MOST_SHOWN,
    ) -> DiaryPage:
        """The first `limit` obstacles of a view."""
        claims = claims or {}
        desk, lines = await self._read(reader, claims)
        chosen = [line for line in lines if self._fits(line, wish, desk)]
        key, backwards = _ORDERS[wish.view]
        shown = sorted(chosen, key=key, reverse=backwards)[:limit]
        standings = await self._standings_of(reader, shown, claims)
        return DiaryPage(standings, len(chosen), sum(map(self._rests, lines)))

    async def _standings_of(
        self, reader: Reader, lines: Iterable[ObstacleRow], claims: Mapping[str, str]
    ) -> tuple[ObstacleDetails, ...]:
        found = []
        for line in lines:
            with suppress(NotFound, Gone):  # erased or withdrawn since the ledger was read
                found.append(await self._standings.of(reader, line.id, claims.get(line.id, '')))
        return tuple(found)

    async def standing(self, reader: Reader, entry_id: str, claim: str = '') -> ObstacleDetails:
        """One obstacle as it stands; NotFound where this reader may read none, Gone where it is withdrawn."""
        return await self._standings.of(reader, entry_id, claim)

    async def shows(self, reader: Reader, wish: DiaryQuery, entry_id: str) -> bool:
        """Whether an obstacle belongs to what somebody looks at."""
        line, desk = await self._ledger.line(entry_id), await self._desk(reader, {})
        return line is not None and desk.may_read(line, self._context.now()) and self._fits(line, wish, desk)

    async def resting(self, reader: Reader) -> int:
        """How many obstacles nobody has touched for their period, of those that somebody may read."""
        return (await self.page(reader, limit=0)).resting

    async def organisations(self) -> tuple[str, ...]:
        """Every organisation that has a team, by name."""
        return tuple(sorted({team.organisation for team in await self._context.find_all(Team)}, key=str.casefold))

    async def others_like(self, reader: Reader, entry_id: str, words: str = '', limit: int = 8) -> tuple[Entry, ...]:
        """Obstacles that might be the same as one: those with these words, of its kind first, and the newest first."""
        _, lines = await self._read(reader, {})
        one = next((line for line in lines if line.id == entry_id), None)
        others = [line for line in lines if line.id != entry_id and not _are_linked(one, line)]
        others.sort(key=lambda line: (one is not None and line.kind == one.kind, line.happened_at), reverse=True)
        return await self._with_words(others, words.casefold().split(), limit)

    async def _with_words(self, lines: Iterable[ObstacleRow], sought: list[str], limit: int) -> tuple[Entry, ...]:
        found: list[Entry] = []
        for place, line in enumerate(lines):
            entry = await self._store.get(Entry, line.id)
            if entry and all(word in f'{entry.text} {entry.hits} {entry.tried}'.casefold() for word in sought):
                found.append(entry)
            if len(found) == limit:
                break
            if place % AT_ONCE == 0:
                await asyncio.sleep(0)
        return tuple(found)

    async def _read(self, reader: Reader, claims: Mapping[str, str]) -> tuple[_DiaryReader, list[ObstacleRow]]:
        """The lines that somebody may read, and what they are judged by."""
        desk, now = await self._desk(reader, claims), self._context.now()
        return desk, [line for line in await self._ledger.lines() if desk.may_read(line, now)]

    async def _desk(self, reader: Reader, claims: Mapping[str, str]) -> _DiaryReader:
        organisations = {team.id: team.organisation for team in await self._context.find_all(Team)}
        return _DiaryReader(reader, await self._claimed(reader.person, claims), organisations)

    def _fits(self, line: ObstacleRow, wish: DiaryQuery, desk: _DiaryReader) -> bool:
        of_kind = wish.kind in (None, line.kind)
        of_organisation = wish.organisation is None or desk.concerns(line, wish.organisation)
        return of_kind and of_organisation and self._is_in(wish.view, line, desk)

    def _is_in(self, view: DiaryView, line: ObstacleRow, desk: _DiaryReader) -> bool:
        if view is DiaryView.MINE:
            return desk.is_mine(line)
        if view is DiaryView.RESTING:
            return self._rests(line)
        if view is DiaryView.RAISED:
            return line.state is ObstacleState.RAISED
        return (line.state in CLOSED) is (view is DiaryView.CLOSED)

    def _rests(self, line: ObstacleRow) -> bool:
        period = self._periods.get(line.kind or '', period_of(None))
        return is_resting(line.state, line.touched_at, line.ask_again_on, self._context.now(), period)

    async def _claimed(self, person: Person, claims: Mapping[str, str]) -> frozenset[str]:
        """The entries that somebody has shown to be theirs."""
        own = []
        for entry_id, claim in [*claims.items()][:MOST_CLAIMS]:
            entry = await self._store.get(Entry, entry_id)
            if entry and entry.is_veiled and _is_by(entry, person, claim):
                own.append(entry_id)
        return frozenset(own)


_ORDERS: Mapping[DiaryView, tuple[Callable[[ObstacleRow], Any], bool]] = {
    DiaryView.OPEN: (lambda line: (line.happened_at, line.id), True),
    DiaryView.MINE: (lambda line: (line.happened_at, line.id), True),
    DiaryView.RAISED: (lambda line: (line.ask_again_on, line.id), False),
    DiaryView.RESTING: (lambda line: (line.touched_at, line.id), False),
    DiaryView.CLOSED: (lambda line: (line.touched_at, line.id), True),
}
"""What each view is ordered by, and whether the greatest comes first."""


def _is_by(entry: Entry, person: Person, claim: str) -> bool:
    try:
        return bool(claim) and entry.is_by(author_of(person, claim))
    except Invalid:
        return False


def _are_linked(one: ObstacleRow | None, other: ObstacleRow) -> bool:
    return one is not None and one.pattern_id is not None and one.pattern_id == other.pattern_id
