"""Read the status of sites and assets for the public pages and open data. Nothing here names a person."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from app.domain.case_outcomes import SAYS_WHY
from app.domain.case_states import OPEN, CaseState
from app.domain.cases import Case
from app.domain.catalogue import AssetKind, Catalogue, Problem, Tone
from app.domain.collation import SWEDISH, SortKey, sort_key
from app.domain.errors import NotFound
from app.domain.people import Team
from app.domain.sites import Asset, Site, Sticker
from app.services.context import Context

REMEMBERED = 20
"""Closed cases of one asset that are read for its history."""

ENDED_SHOWN = timedelta(days=30)
"""The time for which a page says that something was not ours or can't be done: whoever comes need not report it."""

ENOUGH_TO_SAY = 3
"""Fixed cases that are needed to say how long a problem usually takes."""


CLOSED = frozenset({CaseState.RESOLVED, CaseState.CLOSED})


@dataclass(frozen=True)
class Trouble:
    """An open case with its problem.

    `usually` is how long the same problem of this asset has mostly taken before (None: not known). `team` is the one
    that takes care of the case now.
    """

    case: Case
    problem: Problem
    usually: timedelta | None = None
    team: Team | None = None


@dataclass(frozen=True)
class AssetStatus:
    """An asset with its open cases, the most urgent first, and its fixed cases.

    `problems` are those that can be reported. `ended` are the cases that were lately closed otherwise than as fixed,
    one for each problem that is not reported now.
    """

    asset: Asset
    kind: AssetKind
    problems: tuple[Problem, ...]
    troubles: tuple[Trouble, ...]
    team: Team | None
    resolved: tuple[Case, ...]
    ended: tuple[Trouble, ...] = ()

    @property
    def last_resolved(self) -> Case | None:
        """Return the case here that was closed last as fixed, or None."""
        closed = (case for case in self.resolved if case.closed_at)
        return max(closed, key=lambda case: case.closed_at or case.changed_at, default=None)

    @property
    def resolved_at(self) -> datetime | None:
        """Return when something here was last fixed, or None."""
        return self.last_resolved.closed_at if self.last_resolved else None

    @property
    def worst(self) -> Trouble | None:
        """Return the most urgent open case, or None."""
        return self.troubles[0] if self.troubles else None

    def trouble_with(self, problem: str) -> Trouble | None:
        """Return the open case about this problem, or None."""
        return next((trouble for trouble in self.troubles if trouble.problem.id == problem), None)


@dataclass(frozen=True)
class SiteStatus:
    """A site with the status of each of its assets."""

    site: Site
    assets: tuple[AssetStatus, ...]

    @property
    def troubled(self) -> tuple[AssetStatus, ...]:
        """Return the assets with open cases, the most urgent first."""
        return tuple(sorted((status for status in self.assets if status.worst), key=_asset_urgency))


@dataclass(frozen=True)
class ScannedSticker:
    """The site or asset that a sticker leads to.

    `asset` is None for the sticker of a site, and for an asset that has been retired: `taken_away` is that asset.
    """

    sticker: Sticker
    site: SiteStatus
    asset: AssetStatus | None
    taken_away: Asset | None

    @property
    def replaced(self) -> bool:
        """Return True if a newer sticker has replaced this one."""
        return self.sticker.retired_at is not None


class PublicStatus:
    """The queries that anybody may make about sites and assets."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._store = context.store

    async def sites(
        self, language: str = SWEDISH, wanted: Callable[[Site], bool] | None = None
    ) -> tuple[SiteStatus, ...]:
        """Return every site, or those that are `wanted`: the most urgent first, then by name."""
        catalogue = await self._context.catalogue()
        found = [site for site in await self._context.find_all(Site) if wanted is None or wanted(site)]
        sites = [await self._site_status(site, catalogue) for site in found]
        return tuple(sorted(sites, key=lambda status: _site_urgency(status, language)))

    async def site(self, site_id: str) -> SiteStatus:
        """Return one site. Raise NotFound if there is none."""
        return await self._site_status(await self._context.existing_site(site_id), await self._context.catalogue())

    async def arrival(self, code: str) -> ScannedSticker:
        """Return what the sticker with this code leads to. Raise NotFound if none was ever printed.

        The sticker of a retired asset leads to its site.
        """
        sticker = await self._store.get(Sticker, code)
        if sticker is None:
            raise NotFound('No sticker has this code.')
        site = await self.site(sticker.site_id)
        asset = next((status for status in site.assets if status.asset.id == sticker.asset_id), None)
        gone = await self._store.get(Asset, sticker.asset_id) if sticker.asset_id and not asset else None
        return ScannedSticker(sticker, site, asset, gone)

    def shown_to_staff(self, status: AssetStatus, closed: Collection[Case]) -> tuple[Trouble, ...]:
        """Return an asset's open cases and these closed ones, in the order in which all stood while they were open."""
        shown = (*(trouble.case for trouble in status.troubles), *closed)
        return _troubles(shown, status.resolved, self._context.base_catalogue)

    async def asset(self, asset_id: str) -> AssetStatus:
        """Return one asset, also a retired one. Raise NotFound if there is none."""
        asset = await self._context.existing_asset(asset_id)
        site = await self._context.existing_site(asset.site_id)
        return await self._asset_status(asset, site, await self._context.catalogue())

    async def _site_status(self, site: Site, catalogue: Catalogue) -> SiteStatus:
        assets = reversed((await self._store.find(Asset, site_id=site.id)).documents)
        in_use = [asset for asset in assets if asset.retired_at is None]
        return SiteStatus(site, tuple([await self._asset_status(asset, site, catalogue) for asset in in_use]))

    async def _asset_status(self, asset: Asset, site: Site, catalogue: Catalogue) -> AssetStatus:
        kind = catalogue.asset_kind(asset.kind)
        still_open = (await self._store.find(Case, asset_id=asset.id, state=OPEN)).documents
        closed = (await self._store.find(Case, asset_id=asset.id, state=CLOSED, limit=REMEMBERED)).documents
        fixed = tuple(case for case in closed if case.state is CaseState.RESOLVED)
        return AssetStatus(
            asset=asset,
            kind=kind,
            problems=tuple(catalogue.problem(id) for id in kind.problems),
            troubles=await self._with_teams(_troubles(still_open, fixed, catalogue)),
            team=await self._context.team(asset.team_at(site)),
            resolved=fixed,
            ended=await self._with_teams(self._ended(closed, still_open, catalogue)),
        )

    def _ended(self, closed: Iterable[Case], still_open: Iterable[Case], catalogue: Catalogue) -> tuple[Trouble, ...]:
        """Return what ended lately without being fixed, unless that problem was reported or fixed since."""
        newest: dict[str, Case] = {}
        for case in closed:  # newest first
            newest.setdefault(case.problem, case)
        now, reported = self._context.now(), {case.problem for case in still_open}
        shown = (
            case
            for case in newest.values()
            if case.outcome in SAYS_WHY and case.problem not in reported and now - _closed_at(case) < ENDED_SHOWN
        )
        return _troubles(shown, (), catalogue)

    async def _with_teams(self, troubles: Iterable[Trouble]) -> tuple[Trouble, ...]:
        return tuple([replace(trouble, team=await self._context.team(trouble.case.team_id)) for trouble in troubles])

    async def team_of(self, case: Case | None, status: AssetStatus) -> Team | None:
        """Return the team that takes care of a case, or the asset's where there is no case."""
        return await self._context.team(case.team_id) if case else status.team


def _troubles(still_open: Iterable[Case], resolved: Collection[Case], catalogue: Catalogue) -> tuple[Trouble, ...]:
    """Return the open cases with their problems, the most urgent first."""
    found = (
        Trouble(
            case,
            catalogue.problem(case.problem),
            usually(before.took for before in resolved if before.problem == case.problem),
        )
        for case in still_open
    )
    return tuple(sorted(found, key=_urgency))


def usually(took: Iterable[timedelta | None]) -> timedelta | None:
    """Return the time within which three out of four ended, or None if there are fewer than ENOUGH_TO_SAY."""
    known = sorted(time for time in took if time is not None)
    return known[(len(known) * 3 - 1) // 4] if len(known) >= ENOUGH_TO_SAY else None


def _closed_at(case: Case) -> datetime:
    return case.closed_at or case.changed_at


def _urgency(trouble: Trouble) -> tuple[int, float]:
    return list(Tone).index(trouble.problem.tone), -trouble.case.reported_at.timestamp()


def _site_urgency(status: SiteStatus, language: str) -> tuple[int, int, SortKey]:
    worst = list(Tone).index(status.troubled[0].troubles[0].problem.tone) if status.troubled else len(Tone)
    return worst, -len(status.troubled), sort_key(status.site.name, language)


def _asset_urgency(status: AssetStatus) -> tuple[int, float]:
    return _urgency(status.troubles[0])
