"""Describe sites for open data.

Nothing here names a person or contains what somebody wrote. Times are ISO 8601 in UTC, positions WGS 84. Ids such as
`full` are the same in every language; `words` are for people.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from app.domain.cases import Case
from app.domain.sites import Position
from app.i18n import Translator
from app.services.public_status import AssetStatus, SiteStatus, Trouble


class TroubleOut(BaseModel):
    """An open case."""

    case: str = Field(description='Its public number.', examples=['2026-142'])
    problem: str = Field(description='The kind of problem.', examples=['full'])
    words: str = Field(description='The problem in words.', examples=['Full'])
    tone: str = Field(description='How pressing that kind is: `urgent`, `full` or `notice`.')
    state: str = Field(
        description='`reported`, `confirmed` (by a second report), `acknowledged` (seen by staff) or `paused`.'
    )
    reports: int
    since: str = Field(description='When it was first reported.')
    last_reported: str
    promised_for: str | None = Field(None, description='The day until which staff have promised it.')
    waits_for: str | None = Field(None, description='What a paused case waits for: `part`, `others` or `obstacle`.')


class AssetOut(BaseModel):
    """An asset and its open cases, the most pressing first."""

    name: str
    kind: str
    url: str
    position: Position | None
    open_cases: list[TroubleOut]
    last_resolved: str | None


class SiteOut(BaseModel):
    """A site and the state of all its assets."""

    id: str
    name: str
    kind: str
    url: str
    position: Position | None
    assets: list[AssetOut]


class OpenCase(TroubleOut):
    """An open case, and what it is about."""

    asset: str = Field(description='The name of the thing.')
    url: str = Field(description='The page that shows its state now, and takes reports.')


class SiteState(BaseModel):
    """The state of a site. All counts and times are about its open cases."""

    name: str
    kind: str
    url: str
    tone: str = Field(description='How pressing the worst problem there is: `urgent`, `full`, `notice`, or `fine`.')
    words: str = Field(description='The state in words.', examples=['2 of 9 things need care.'])
    assets: int = Field(description='How many things stand there.')
    assets_in_need: int = Field(description='How many of them have an open case.')
    reports: int = Field(description='How many reports there are.')
    since: str | None = Field(description='When the oldest open case was first reported.')
    last_reported: str | None
    worst: OpenCase | None
    open_cases: list[OpenCase]


class SiteWithState(SiteState):
    """A site of the list."""

    id: str
    position: Position | None


class SitesOut(BaseModel):
    """The list of all sites, by name."""

    municipality: str
    sites: list[SiteWithState]


class Point(BaseModel):
    """A GeoJSON position: longitude, then latitude."""

    type: Literal['Point'] = 'Point'
    coordinates: tuple[float, float]


class SiteFeature(BaseModel):
    """A site on a map."""

    type: Literal['Feature'] = 'Feature'
    id: str
    geometry: Point
    properties: SiteState


class SiteFeatures(BaseModel):
    """The sites that have a position, by name (RFC 7946)."""

    type: Literal['FeatureCollection'] = 'FeatureCollection'
    features: list[SiteFeature]


def site_out(status: SiteStatus, base: str, _: Translator) -> SiteOut:
    """Return a site with all its assets."""
    site = status.site
    return SiteOut(
        id=site.id, name=site.name, kind=site.kind, url=f'{base}/s/{site.id}', position=site.position,
        assets=[_asset_out(asset, base, _) for asset in status.assets],
    )  # fmt: skip


def site_with_state(status: SiteStatus, base: str, _: Translator) -> SiteWithState:
    """Return a site as it stands in the list of all sites."""
    return SiteWithState(id=status.site.id, position=status.site.position, **dict(_state(status, base, _)))


def site_feature(status: SiteStatus, base: str, _: Translator) -> SiteFeature | None:
    """Return a site as a feature of a map; None if its position is not known."""
    position = status.site.position
    if position is None:
        return None
    point = Point(coordinates=(position.longitude, position.latitude))
    return SiteFeature(id=status.site.id, geometry=point, properties=_state(status, base, _))


def _state(status: SiteStatus, base: str, _: Translator) -> SiteState:
    site = status.site
    cases = [trouble.case for asset in status.troubled for trouble in asset.troubles]
    found = [_open_case(asset, trouble, base, _) for asset in status.troubled for trouble in asset.troubles]
    return SiteState(
        name=site.name, kind=site.kind, url=f'{base}/s/{site.id}', tone=found[0].tone if found else 'fine',
        words=_words(status, _), assets=len(status.assets), assets_in_need=len(status.troubled),
        reports=sum(case.reports for case in cases), since=_first(cases), last_reported=_last(cases),
        worst=found[0] if found else None, open_cases=found,
    )  # fmt: skip


def _words(status: SiteStatus, _: Translator) -> str:
    if not status.troubled:
        return _('All is well here.') if status.assets else ''
    return _.plural(
        '{count} of {all} things needs care.',
        '{count} of {all} things need care.',
        len(status.troubled),
        all=len(status.assets),
    )


def _first(cases: list[Case]) -> str | None:
    return min((case.opened_at.isoformat() for case in cases), default=None)


def _last(cases: list[Case]) -> str | None:
    return max((case.reported_at.isoformat() for case in cases), default=None)


def _asset_out(status: AssetStatus, base: str, _: Translator) -> AssetOut:
    asset = status.asset
    return AssetOut(
        name=asset.name, kind=asset.kind, url=f'{base}/q/{asset.code}', position=asset.position,
        open_cases=[_trouble_out(trouble, _) for trouble in status.troubles],
        last_resolved=status.resolved_at.isoformat() if status.resolved_at else None,
    )  # fmt: skip


def _open_case(status: AssetStatus, trouble: Trouble, base: str, _: Translator) -> OpenCase:
    asset = status.asset
    return OpenCase(asset=asset.name, url=f'{base}/q/{asset.code}', **dict(_trouble_out(trouble, _)))


def _trouble_out(trouble: Trouble, _: Translator) -> TroubleOut:
    case, problem = trouble.case, trouble.problem
    return TroubleOut(
        case=case.number, problem=case.problem, words=problem.state.in_(_.language), tone=problem.tone,
        state=case.state, reports=case.reports, since=case.opened_at.isoformat(),
        last_reported=case.reported_at.isoformat(),
        promised_for=case.promised_for.isoformat() if case.promised_for else None,
        waits_for=case.pause.reason if case.pause else None,
    )  # fmt: skip
