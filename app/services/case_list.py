"""List cases in views, with filters: what is to do, what waits, what is late, and what is over."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import NamedTuple

from app.domain.case_states import CaseState
from app.domain.cases import Case
from app.domain.catalogue import Problem
from app.domain.composed_text import folded
from app.domain.people import Person, Team
from app.domain.sites import Asset, Site
from app.services.case_filter import LONGEST_SOUGHT, CaseFilter, CaseMatcher, CaseView, CaseWords, bits
from app.services.case_index import AT_ONCE, CaseIndex
from app.services.case_lateness import Lateness, late_since
from app.services.case_look import CaseLook, LookKey
from app.services.case_ranks import CaseRanks
from app.services.context import Context
from app.services.deadlines import Deadlines
from app.services.pagination import paginate
from app.store.protocol import Page

PAGE = 50
"""Cases on one page of the list."""

MOST_COUNTED = 1_000
"""Cases that are counted in the view of those that are over."""

MOST_FILTERS = 256
"""Filters whose counts are remembered."""

MOST_WORDS = 8
"""Words that cases are searched for at once."""


@dataclass(frozen=True)
class ListedCase:
    """A case with what its row shows. `rank` orders the rows of a view, and is the cursor behind a row."""

    case: Case
    problem: Problem
    asset: Asset | None
    site: Site | None
    team: Team | None
    assignee: Person | None
    lateness: Lateness
    rank: str = ''


class CasePage(NamedTuple):
    """Some cases of a view, the cursor of the next page (None: there is none), and the count of each view."""

    rows: tuple[ListedCase, ...]
    older: str | None
    counts: dict[CaseView, int]


class CaseQuery(NamedTuple):
    """What a program looks for: states, a team, a place and words. None and '' filter nothing."""

    states: Collection[CaseState]
    team_id: str | None = None
    site_id: str | None = None
    q: str = ''


class CaseList:
    """The queries on the list of cases."""

    def __init__(self, context: Context, deadlines: Deadlines) -> None:
        self._context = context
        self._store = context.store
        self._deadlines = deadlines
        self._index = CaseIndex(context)
        self._closed_counts: dict[LookKey, tuple[int, int]] = {}

    async def prepare(self) -> None:
        """Read the cases and work out when they are due, so that the first reader need not wait for that."""
        rules, _ = await asyncio.gather(self._deadlines.rules(), self._index.ready())
        now = self._context.now()
        for place, case in enumerate(tuple(self._index.open.values())):
            rules.late_since(case, now)
            if place % AT_ONCE == 0:
                await asyncio.sleep(0)

    async def page(self, person: Person, chosen: CaseFilter, before: str | None = None, limit: int = PAGE) -> CasePage:
        """Return the cases of a view behind a cursor, and how many there are in each view."""
        looked = await self._look(person, chosen)
        ranked = list(islice(looked.ranked(before), limit + 1))
        rows = [listed for rank, id in ranked[:limit] if (listed := await self._listed(id, rank))]
        older = ranked[limit - 1][0] if len(ranked) > limit else None
        return CasePage(tuple(rows), older, self._counts(looked))

    async def newest(
        self, person: Person, query: CaseQuery, before: str | None = None, limit: int | None = None
    ) -> tuple[tuple[ListedCase, ...], str | None]:
        """Return cases, those that were reported last first, and the cursor of the next page.

        There are about `limit` of them, and fewer if few match the words; with None all come at once.
        """
        filters = {'team_id': query.team_id, 'site_id': query.site_id}
        where = {name: value for name, value in filters.items() if value is not None}
        words = await self._words(person, query.q)

        async def fetch(before: str | None, limit: int | None) -> Page[Case]:
            return await self._store.find(Case, limit=limit, before=before, state=query.states, **where)

        async def select(case: Case) -> ListedCase | None:
            return await self.listed(case) if words is None or words.are_in(case) else None

        if limit is None:
            found = [await select(case) for case in (await fetch(None, None)).documents]
            return tuple([listed for listed in found if listed]), None
        return await paginate(fetch, select, before, limit)

    async def all(self, person: Person, chosen: CaseFilter, at_once: int) -> AsyncIterator[tuple[ListedCase, ...]]:
        """Yield all cases of a view, so many at a time. Other tasks get their turn between them."""
        ranked = iter(list((await self._look(person, chosen)).ranked(None)))
        while some := list(islice(ranked, at_once)):
            yield tuple([listed for rank, id in some if (listed := await self._listed(id, rank))])
            await asyncio.sleep(0)

    async def update(self, person: Person, chosen: CaseFilter, cases: Iterable[Case]) -> CasePage:
        """Return these cases as rows of the view, and the counts. Those that it does not show have the rank ''."""
        looked = await self._look(person, chosen)
        rows = [await self.listed(case, looked.rank(case)) for case in cases]
        return CasePage(tuple(rows), None, self._counts(looked))

    async def later(self, before: datetime, now: datetime) -> tuple[Case, ...]:
        """Return the open cases that have become late since `before`, or late by one hour more."""
        rules, found = await self._deadlines.rules(), list[Case]()
        await self._index.ready()
        for place, case in enumerate(tuple(self._index.open.values())):
            changes_at = rules.next_change(case, before)
            if changes_at is not None and changes_at <= now:
                found.append(case)
            if place % AT_ONCE == 0:
                await asyncio.sleep(0)
        return tuple(found)

    async def listed(self, case: Case, rank: str = '') -> ListedCase:
        """Return a case with what its row shows."""
        get = self._store.get
        return ListedCase(
            case=case,
            problem=self._context.base_catalogue.problem(case.problem),
            asset=await get(Asset, case.asset_id),
            site=await get(Site, case.site_id),
            team=await get(Team, case.team_id) if case.team_id else None,
            assignee=await get(Person, case.assignee_id) if case.assignee_id else None,
            lateness=Lateness.of(case, await self._deadlines.rules(), self._context.now()),
            rank=rank,
        )

    def _counts(self, looked: CaseLook) -> dict[CaseView, int]:
        """Return the counts. Those of the cases that are over are counted only once they have changed."""
        key, changes = looked.key, self._index.closed_changes
        known = self._closed_counts.get(key)
        if known is None or known[0] != changes:
            if len(self._closed_counts) >= MOST_FILTERS:
                self._closed_counts.clear()
            known = self._closed_counts[key] = changes, looked.count_closed(MOST_COUNTED)
        return looked.count_open() | {CaseView.CLOSED: known[1]}

    async def _listed(self, case_id: str, rank: str) -> ListedCase | None:
        case = await self._store.get(Case, case_id)
        if case is None:
            self._index.forget(case_id)
            return None
        return await self.listed(case, rank)

    async def _look(self, person: Person, chosen: CaseFilter) -> CaseLook:
        await self._index.ready()
        matcher = CaseMatcher(chosen, person, await self._assets(chosen), await self._words(person, chosen.q))
        return CaseLook(self._index, matcher, await self._ranks(person, chosen))

    async def _assets(self, chosen: CaseFilter) -> frozenset[str] | None:
        """Return the ids of the things of the chosen kind."""
        if not chosen.asset_kind:
            return None
        found = await self._store.find(Asset, kind=chosen.asset_kind)
        return frozenset(asset.id for asset in found.documents)

    async def _words(self, person: Person, sought: str) -> CaseWords | None:
        typed = tuple(folded(sought[:LONGEST_SOUGHT]).split()[:MOST_WORDS])
        if not typed:
            return None
        catalogue, language, find_all = self._context.base_catalogue, person.language, self._context.find_all
        sites = {site.id: site.name for site in await find_all(Site)}
        kinds = {kind.id: kind.label.in_(language) for kind in catalogue.asset_kinds}
        assets = await find_all(Asset)
        return CaseWords(
            typed,
            {one.id: bits(typed, f'{one.name} {sites.get(one.site_id, "")} {kinds[one.kind]}') for one in assets},
            {problem.id: bits(typed, problem.state.in_(language)) for problem in catalogue.problems},
            {team.id: bits(typed, team.name) for team in await find_all(Team)},
            {one.id: bits(typed, one.name) for one in await find_all(Person)},
        )

    async def _ranks(self, person: Person, chosen: CaseFilter) -> CaseRanks:
        sites = await self._context.find_all(Site) if chosen.by_place else ()
        rules, now = await self._deadlines.rules(), self._context.now()
        return CaseRanks(
            self._context.base_catalogue, lambda case: late_since(case, rules, now), sites, person.language
        )
