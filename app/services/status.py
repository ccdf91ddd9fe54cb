"""How things are: what the public pages and open data show. Nothing here names a person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from app.domain.cases import OPEN, Case, CaseState
from app.domain.catalogue import AssetKind, Catalogue, Problem, Tone
from app.domain.errors import NotFound
from app.domain.people import Team
from app.domain.sites import Asset, Site, Sticker
from app.services.ground import Ground


@dataclass(frozen=True)
class Trouble:
    """An open case and the problem that it is about."""

    case: Case
    problem: Problem


@dataclass(frozen=True)
class AssetStatus:
    """One asset and how it is. `troubles` are its open cases, the most pressing first."""

    asset: Asset
    kind: AssetKind
    problems: tuple[Problem, ...]
    troubles: tuple[Trouble, ...]
    team: Team | None
    resolved_at: datetime | None

    @property
    def worst(self) -> Trouble | None:
        """The most pressing open case, if there is one."""
        return self.troubles[0] if self.troubles else None

    def trouble_with(self, problem: str) -> Trouble | None:
        """The open case about one problem, if there is one."""
        return next((trouble for trouble in self.troubles if trouble.problem.id == problem), None)


@dataclass(frozen=True)
class SiteStatus:
    """One site and how everything there is."""

    site: Site
    assets: tuple[AssetStatus, ...]

    @property
    def troubled(self) -> tuple[AssetStatus, ...]:
        """The assets with open cases, the most pressing first."""
        return tuple(sorted((status for status in self.assets if status.worst), key=_pressing_asset))


@dataclass(frozen=True)
class Arrival:
    """Where a sticker leads: a site, or one asset there. `replaced` says that there is a newer sticker."""

    sticker: Sticker
    site: SiteStatus
    asset: AssetStatus | None
    taken_away: Asset | None

    @property
    def replaced(self) -> bool:
        """Whether a newer sticker has taken this one's place."""
        return self.sticker.retired_at is not None


class Status:
    """What anybody may ask about how things are."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._store = ground.store

    async def sites(self) -> tuple[SiteStatus, ...]:
        """Every site, the most pressing first, then by name."""
        catalogue = await self._ground.catalogue()
        sites = [await self._of(site, catalogue) for site in await self._ground.find_all(Site)]
        return tuple(sorted(sites, key=_pressing_site))

    async def site(self, site_id: str) -> SiteStatus:
        """One site; NotFound where there is none."""
        return await self._of(await self._site(site_id), await self._ground.catalogue())

    async def arrival(self, code: str) -> Arrival:
        """What the sticker with this code leads to; NotFound where none was ever printed.

        A sticker of an asset that has been taken away leads to its site.
        """
        sticker = await self._store.get(Sticker, code)
        if sticker is None:
            raise NotFound('No sticker has this code.')
        site = await self.site(sticker.site_id)
        asset = next((status for status in site.assets if status.asset.id == sticker.asset_id), None)
        gone = await self._store.get(Asset, sticker.asset_id) if sticker.asset_id and not asset else None
        return Arrival(sticker, site, asset, gone)

    async def asset(self, asset_id: str) -> AssetStatus:
        """One asset, also where it has been taken away; NotFound where there is none."""
        asset = await self._store.get(Asset, asset_id)
        if asset is None:
            raise NotFound('There is no such thing.')
        site = await self._site(asset.site_id)
        cases = (await self._store.find(Case, asset_id=asset_id)).documents
        return await self._asset_status(asset, site, cases, await self._ground.catalogue())

    async def _site(self, site_id: str) -> Site:
        site = await self._store.get(Site, site_id)
        if site is None:
            raise NotFound('There is no such place.')
        return site

    async def _of(self, site: Site, catalogue: Catalogue) -> SiteStatus:
        assets = reversed((await self._store.find(Asset, site_id=site.id)).documents)
        cases = await self._by_asset(site)
        return SiteStatus(site, tuple([
            await self._asset_status(asset, site, cases[asset.id], catalogue)
            for asset in assets if asset.retired_at is None
        ]))  # fmt: skip

    async def _by_asset(self, site: Site) -> Mapping[str, list[Case]]:
        """A site's open and resolved cases by their asset, newest first."""
        cases: defaultdict[str, list[Case]] = defaultdict(list)
        for case in (await self._store.find(Case, site_id=site.id, state=OPEN | {CaseState.RESOLVED})).documents:
            cases[case.asset_id].append(case)
        return cases

    async def _asset_status(
        self, asset: Asset, site: Site, cases: Collection[Case], catalogue: Catalogue
    ) -> AssetStatus:
        kind = catalogue.asset_kind(asset.kind)
        return AssetStatus(
            asset=asset,
            kind=kind,
            problems=tuple(catalogue.problem(id) for id in kind.problems),
            troubles=_troubles((case for case in cases if case.is_open), catalogue),
            team=await self._ground.team(asset.team_at(site)),
            resolved_at=max(_resolved(cases), default=None),
        )


def _troubles(cases: Iterable[Case], catalogue: Catalogue) -> tuple[Trouble, ...]:
    """Open cases with their problems, the most pressing first."""
    return tuple(sorted((Trouble(case, catalogue.problem(case.problem)) for case in cases), key=_pressing))


def _resolved(cases: Iterable[Case]) -> Iterator[datetime]:
    return (case.closed_at for case in cases if case.state is CaseState.RESOLVED and case.closed_at)


def _pressing(trouble: Trouble) -> tuple[int, float]:
    return list(Tone).index(trouble.problem.tone), -trouble.case.reported_at.timestamp()


def _pressing_site(status: SiteStatus) -> tuple[int, int, str]:
    worst = list(Tone).index(status.troubled[0].troubles[0].problem.tone) if status.troubled else len(Tone)
    return worst, -len(status.troubled), status.site.name.casefold()


def _pressing_asset(status: AssetStatus) -> tuple[int, float]:
    return _pressing(status.troubles[0])
