"""Open data: the state of all sites for machines."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse, PlainTextResponse
from pydantic import BaseModel
from pydantic_core import to_json

from app.i18n import DEFAULT, Translator, translator
from app.services.public_status import SiteStatus
from app.web.http.cache import EVERYTHING, ResponseCache
from app.web.http.cache_invalidation import site_state_key
from app.web.http.origin import SAME_ORIGIN
from app.web.http.state import Collaborators, state_of
from app.web.open_data import health
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


class _GeoJson(JSONResponse):
    media_type = GEOJSON


router = APIRouter(route_class=OpenRoute, tags=['open data'], dependencies=SAME_ORIGIN)


@router.get('/sites.json', name='all', response_model=SitesOut, summary='How all sites are', responses=KNOWN)
async def all_sites(request: Request, language: Language = DEFAULT) -> Response:
    return await _documents(request).sites(request, translator(language))


@router.get(
    '/sites.geojson', response_model=SiteFeatures, response_class=_GeoJson, summary='How all sites are, on a map',
    responses=KNOWN,
)  # fmt: skip
async def on_a_map(request: Request, language: Language = DEFAULT) -> Response:
    return await _documents(request).sites_on_a_map(request, translator(language))


@router.get('/s/{site_id}.json', response_model=SiteOut, summary='How a site is', responses=DECLINED)
async def one(request: Request, site_id: str, language: Language = DEFAULT) -> Response:
    return await _documents(request).site(request, site_id, translator(language))


answer_preflights(router)

other_router = APIRouter(dependencies=SAME_ORIGIN)


@other_router.get('/robots.txt', include_in_schema=False)
async def robots() -> PlainTextResponse:
    return PlainTextResponse(ROBOTS, headers={'cache-control': UNCHANGING})


ROUTES = (*router.routes, *health.router.routes, *other_router.routes)


Part = Callable[[SiteStatus, str, Translator], BaseModel | None]
"""Makes a site's part of a list; None if the site does not belong there."""


class _Documents:
    """Makes the documents and keeps them until a site changes.

    Lists are put together from the sites' parts, which are kept, too: a change costs no more than its own site's part.
    """

    def __init__(self, state: Collaborators) -> None:
        self._services = state.services
        self._answers: ResponseCache[CachedResponse] = ResponseCache(state.changes)
        self._parts: ResponseCache[str] = ResponseCache(state.changes)

    async def site(self, request: Request, site_id: str, _: Translator) -> Response:
        async def make() -> CachedResponse:
            site = site_out(await self._services.public_status.site(site_id), self._services.base, _)
            return CachedResponse.of(site.model_dump_json().encode(), JSON, _.language)

        answer = await self._answers.get_or_make((site_id, _.language), (site_state_key(site_id),), make)
        return answer.to(request, STATE)

    async def sites(self, request: Request, _: Translator) -> Response:
        async def make() -> CachedResponse:
            empty = SitesOut(municipality=(await self._services.municipality.get()).name, sites=[])
            return await self._list(empty, 'sites', site_with_state, JSON, _)

        return (await self._answers.get_or_make((JSON, _.language), (EVERYTHING,), make)).to(request, STATE)

    async def sites_on_a_map(self, request: Request, _: Translator) -> Response:
        async def make() -> CachedResponse:
            return await self._list(SiteFeatures(features=[]), 'features', site_feature, GEOJSON, _)

        return (await self._answers.get_or_make((GEOJSON, _.language), (EVERYTHING,), make)).to(request, STATE)

    async def _list(self, empty: BaseModel, field: str, part: Part, media_type: str, _: Translator) -> CachedResponse:
        """Return the document with the parts of all sites in the given field, which is an empty list in `empty`."""
        parts = [await self._part(site.id, part, media_type, _) for site in await self._services.sites.all()]
        return CachedResponse.of(_filled(empty, field, filter(None, parts)).encode(), media_type, _.language)

    async def _part(self, site_id: str, part: Part, media_type: str, _: Translator) -> str:
        async def make() -> str:
            found = part(await self._services.public_status.site(site_id), self._services.base, _)
            return found.model_dump_json() if found else ''

        return await self._parts.get_or_make((site_id, media_type, _.language), (site_state_key(site_id),), make)


def _documents(request: Request) -> _Documents:
    return state_of(request).once(_Documents)


def _filled(document: BaseModel, field: str, parts: Iterable[str]) -> str:
    """Return the document as JSON, with the parts, which are JSON already, as the list in this field."""
    members = {name: to_json(value).decode() for name, value in document.model_dump(mode='json').items()}
    members[field] = f'[{",".join(parts)}]'
    return '{' + ','.join(f'"{name}":{value}' for name, value in members.items()) + '}'
