"""Open data: how a site is, for machines, and whether Haren itself is well."""

from __future__ import annotations

from fastapi import APIRouter, Response
from pydantic import BaseModel

from app.domain.sites import Position
from app.services.house import House
from app.services.status import AssetStatus, SiteStatus, Trouble


class TroubleOut(BaseModel):
    """An open case."""

    case: str
    problem: str
    state: str
    reports: int
    since: str
    last_reported: str


class AssetOut(BaseModel):
    """One asset and its open cases, the most pressing first."""

    name: str
    kind: str
    url: str
    position: Position | None
    open_cases: list[TroubleOut]
    last_resolved: str | None


class SiteOut(BaseModel):
    """One site and how everything there is. Times are ISO 8601 in UTC, positions WGS 84."""

    id: str
    name: str
    kind: str
    url: str
    position: Position | None
    assets: list[AssetOut]


def open_data(house: House) -> APIRouter:
    """The routes of open data. Anybody may read them, from any website."""
    router = APIRouter(tags=['open data'])

    @router.get('/s/{site_id}.json', summary='How a site is')
    async def site(response: Response, site_id: str) -> SiteOut:
        response.headers['access-control-allow-origin'] = '*'
        response.headers['cache-control'] = 'no-cache'
        return _site_out(await house.status.site(site_id), house.base)

    @router.get('/healthz', summary='Whether Haren is well')
    async def health(response: Response) -> dict[str, str]:
        if house.ground.store.state.is_writable:
            return {'status': 'ok'}
        response.status_code = 503
        return {'status': 'read-only'}

    return router


def _site_out(status: SiteStatus, base: str) -> SiteOut:
    site = status.site
    return SiteOut(
        id=site.id,
        name=site.name,
        kind=site.kind,
        url=f'{base}/s/{site.id}',
        position=site.position,
        assets=[_asset_out(asset, base) for asset in status.assets],
    )


def _asset_out(status: AssetStatus, base: str) -> AssetOut:
    asset = status.asset
    return AssetOut(
        name=asset.name,
        kind=asset.kind,
        url=f'{base}/q/{asset.code}',
        position=asset.position,
        open_cases=[_trouble_out(trouble) for trouble in status.troubles],
        last_resolved=status.resolved_at.isoformat() if status.resolved_at else None,
    )


def _trouble_out(trouble: Trouble) -> TroubleOut:
    case = trouble.case
    return TroubleOut(
        case=case.number,
        problem=case.problem,
        state=case.state,
        reports=case.reports,
        since=case.opened_at.isoformat(),
        last_reported=case.reported_at.isoformat(),
    )
