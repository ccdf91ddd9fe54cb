"""How things are: what the public pages and open data show. Nothing here names a person."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.domain.cases import OPEN, Case, CaseState
from app.domain.catalogue import AssetKind, Catalogue, Problem, Tone
from app.domain.errors import NotFound
from app.domain.people import Team
from app.domain.sites import Asset, Site, Sticker
from app.services.context import Context

REMEMBERED = 20
"""Fixed cases of one asset that are looked back on."""

ENOUGH_TO_SAY = 3
"""Cases it takes to say what is usual."""


@dataclass(frozen=True)
class Trouble:
    """An open case and the problem that it is about. `usually` is how long the same has mostly taken here before."""

    case: Case
    problem: Problem
    usually: timedelta | None = None


@dataclass(frozen=True)
class AssetStatus:
    """One asset and how it is. `troubles` are its open cases, the most pressing first."""

    asset: Asset
    kind: AssetKind
    problems: tuple[Problem, ...]
    troubles: tuple[Trouble, ...]
    team: Team | None
    resolved: tuple[Case, ...]

    @property
    def resolved_at(self) -> datetime | None:
        """When something here was last fixed."""
        return max((case.closed_at for case in self.resolved if case.closed_at), default=None)

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
class ScannedSticker:
    """Where a sticker leads: a site, or one asset there. `replaced` says that there is a newer sticker."""

    sticker: Sticker
    site: SiteStatus
    asset: AssetStatus | None
    taken_away: Asset | None

    @property
    def replaced(self) -> bool:
        """Whether a newer sticker has taken this one's place."""
        return self.sticker.retired_at is not None


class PublicStatus:
    """What anybody may ask about how things are."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._store = context.store

    async def sites(self) -> tuple[SiteStatus, ...]:
        """Every site, the most pressing first, then by name."""
        catalogue = await self._context.catalogue()
        sites = [await self._of(site, catalogue) for site in await self._context.find_all(Site)]
        return tuple(sorted(sites, key=_pressing_site))

    async def site(self, site_id: str) -> SiteStatus:
        """One site; NotFound where there is none."""
        return await self._of(await self._context.existing_site(site_id), await self._context.catalogue())

    async def arrival(self, code: str) -> ScannedSticker:
        """What the sticker with this code leads to; NotFound where none was ever printed.

        A sticker of an asset that has been taken away leads to its site.
        """
        sticker = await self._store.get(Sticker, code)
        if sticker is None:
            raise NotFound('No sticker has this code.')
        site = await self.site(sticker.site_id)
        asset = next((status for status in site.assets if status.asset.id == sticker.asset_id), None)
        gone = await self._store.get(Asset, sticker.asset_id) if sticker.asset_id and not asset else None
        return ScannedSticker(sticker, site, asset, gone)

    async def asset(self, asset_id: str) -> AssetStatus:
        """One asset, also where it has been taken away; NotFound where there is none."""
        asset = await self._context.existing_asset(asset_id)
        site = await self._context.existing_site(asset.site_id)
        return await self._asset_status(asset, site, await self._context.catalogue())

    async def _of(self, site: Site, catalogue: Catalogue) -> SiteStatus:
        assets = reversed((await self._store.find(Asset, site_id=site.id)).documents)
        return SiteStatus(site, tuple([
            await self._asset_status(asset, site, catalogue) for asset in assets if asset.retired_at is None
        ]))  # fmt: skip

    async def _asset_status(self, asset: Asset, site: Site, catalogue: Catalogue) -> AssetStatus:
        kind = catalogue.asset_kind(asset.kind)
        still_open = (await self._store.find(Case, asset_id=asset.id, state=OPEN)).documents
        resolved = (
            await self._store.find(Case, asset_id=asset.id, state=CaseState.RESOLVED, limit=REMEMBERED)
        ).documents
        return AssetStatus(
            asset=asset,
            kind=kind,
            problems=tuple(catalogue.problem(id) for id in kind.problems),
            troubles=_troubles(still_open, resolved, catalogue),
            team=await self._context.team(asset.team_at(site)),
            resolved=resolved,
        )


def _troubles(still_open: Iterable[Case], resolved: Collection[Case], catalogue: Catalogue) -> tuple[Trouble, ...]:
    """Open cases with their problems, the most pressing first."""
    found = (
        Trouble(
            case,
            catalogue.problem(case.problem),
            usually(before.took for before in resolved if before.problem == case.problem),
        )
        for case in still_open
    )
    return tuple(sorted(found, key=_pressing))


def usually(took: Iterable[timedelta | None]) -> timedelta | None:
    """What three out of four stayed within; None where too few are known to say so."""
    known = sorted(time for time in took if time is not None)
    return known[(len(known) * 3 - 1) // 4] if len(known) >= ENOUGH_TO_SAY else None


def _pressing(trouble: Trouble) -> tuple[int, float]:
    return list(Tone).index(trouble.problem.tone), -trouble.case.reported_at.timestamp()


def _pressing_site(status: SiteStatus) -> tuple[int, int, str]:
    worst = list(Tone).index(status.troubled[0].troubles[0].problem.tone) if status.troubled else len(Tone)
    return worst, -len(status.troubled), status.site.name.casefold()


def _pressing_asset(status: AssetStatus) -> tuple[int, float]:
    return _pressing(status.troubles[0])
