"""Open data: how the sites are, for machines, and whether Haren itself is well."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from typing import Literal

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse, PlainTextResponse
from pydantic import BaseModel
from pydantic_core import to_json

from app.i18n import DEFAULT, Translator, translator
from app.services.container import Services
from app.services.public_status import SiteStatus
from app.web.http.cache import EVERYTHING, ChangeCounts, ResponseCache
from app.web.http.cache_invalidation import site_state_key
from app.web.open_data.cors_and_etags import (
    DECLINED,
    KNOWN,
    STATE,
    UNCHANGING,
    CachedResponse,
    Language,
    OpenRoute,
    answer_preflights,
)
from app.web.open_data.site_schema import SiteFeatures, SiteOut, SitesOut, site_feature, site_out, site_with_state

JSON = 'application/json'
GEOJSON = 'application/geo+json'

ROBOTS = """User-agent: *
Disallow: /api/
Disallow: /join/
Disallow: /q/*/thanks/
"""


class Health(BaseModel):
    """Whether what is sent now would be kept."""

    status: Literal['ok', 'read-only']


Part = Callable[[SiteStatus, str, Translator], BaseModel | None]
"""What a site is in a list."""


def open_data(services: Services, changes: ChangeCounts) -> APIRouter:
    """The routes of open data. Anybody may read them, from any website."""
    router = APIRouter()
    open_router = APIRouter(route_class=OpenRoute, tags=['open data'])
    sites = _Sites(services, changes)
    for path, model, answer, summary in (
        ('/sites.json', SitesOut, sites.all, 'How all sites are'),
        ('/sites.geojson', SiteFeatures, sites.on_a_map, 'How all sites are, on a map'),
        ('/s/{site_id}.json', SiteOut, sites.one, 'How a site is'),
    ):
        open_router.get(path, response_model=model, response_class=_written(path), summary=summary,
                        responses=DECLINED if '{' in path else KNOWN)(answer)  # fmt: skip
    answer_preflights(open_router)
    router.include_router(open_router)

    @router.get(
        '/healthz', tags=['open data'], summary='Whether Haren is well',
        responses={503: {'model': Health, 'description': 'Nothing can be saved right now.'}},
    )  # fmt: skip
    async def health(response: Response) -> Health:
        if services.context.store.state.is_writable:
            return Health(status='ok')
        response.status_code = 503
        return Health(status='read-only')

    @router.get('/robots.txt', include_in_schema=False)
    async def robots() -> PlainTextResponse:
        return PlainTextResponse(ROBOTS, headers={'cache-control': UNCHANGING})

    return router


class _GeoJson(JSONResponse):
    media_type = GEOJSON


def _written(path: str) -> type[JSONResponse]:
    return _GeoJson if path.endswith('.geojson') else JSONResponse


def _filled(document: BaseModel, field: str, parts: Iterable[str]) -> str:
    """The document in JSON, with these parts, in JSON already, as the list in this field."""
    members = {name: to_json(value).decode() for name, value in document.model_dump(mode='json').items()}
    members[field] = f'[{",".join(parts)}]'
    return '{' + ','.join(f'"{name}":{value}' for name, value in members.items()) + '}'


class _Sites:
    """Lists are put together from parts, so that a change costs no more than the site that it is about."""

    def __init__(self, services: Services, changes: ChangeCounts) -> None:
        self._services = services
        self._answers: ResponseCache[CachedResponse] = ResponseCache(changes)
        self._parts: ResponseCache[str] = ResponseCache(changes)

    async def one(self, request: Request, site_id: str, language: Language = DEFAULT) -> Response:
        _ = translator(language)

        async def make() -> CachedResponse:
            site = site_out(await self._services.public_status.site(site_id), self._services.base, _)
            return CachedResponse.of(site.model_dump_json().encode(), JSON, _.language)

        return await self._answer(request, (site_id, _.language), (site_state_key(site_id),), make)

    async def all(self, request: Request, language: Language = DEFAULT) -> Response:
        _ = translator(language)

        async def make() -> CachedResponse:
            empty = SitesOut(municipality=(await self._services.municipality.get()).name, sites=[])
            return await self._list(empty, 'sites', site_with_state, JSON, _)

        return await self._answer(request, (JSON, _.language), (EVERYTHING,), make)

    async def on_a_map(self, request: Request, language: Language = DEFAULT) -> Response:
        _ = translator(language)

        async def make() -> CachedResponse:
            return await self._list(SiteFeatures(features=[]), 'features', site_feature, GEOJSON, _)

        return await self._answer(request, (GEOJSON, _.language), (EVERYTHING,), make)

    async def _answer(
        self,
        request: Request,
        key: tuple[str, ...],
        about: tuple[str, ...],
        make: Callable[[], Awaitable[CachedResponse]],
    ) -> Response:
        return (await self._answers.take(key, about, make)).to(request, STATE)

    async def _list(self, empty: BaseModel, field: str, part: Part, media_type: str, _: Translator) -> CachedResponse:
        """The document, whose field is an empty list, with every site's part in it."""
        parts = [await self._part(site.id, part, media_type, _) for site in await self._services.sites.all()]
        return CachedResponse.of(_filled(empty, field, filter(None, parts)).encode(), media_type, _.language)

    async def _part(self, site_id: str, part: Part, media_type: str, _: Translator) -> str:
        async def make() -> str:
            found = part(await self._services.public_status.site(site_id), self._services.base, _)
            return found.model_dump_json() if found else ''

        return await self._parts.take((site_id, media_type, _.language), (site_state_key(site_id),), make)
