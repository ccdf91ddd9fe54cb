"""The feeds of a site and of one asset, and the badge that another website shows."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response

from app.domain.sites import Asset, Site
from app.i18n import DEFAULT, Translator, translator
from app.services.container import Services
from app.services.feed import Story
from app.web.http.cache import ResponseCache
from app.web.http.cache_invalidation import NAMES, site_news_key, site_state_key
from app.web.http.openapi_helpers import Responses
from app.web.http.origin import SAME_ORIGIN
from app.web.http.state import Collaborators, ServerServices, state_of
from app.web.open_data.atom import atom
from app.web.open_data.cors_and_etags import (
    DECLINED,
    NEWS,
    STATE,
    TAGGED,
    UNCHANGING,
    CachedResponse,
    Language,
    OpenRoute,
    answer_preflights,
)
from app.web.open_data.feed_model import ATOM, JSON_FEED, FeedDocument, FeedItem, urn
from app.web.open_data.json_feed import json_feed
from app.wording.public import public_event_sentence
from components.places.badge import SVG, badge
from components.theme.logo import drawing
from pages.public.request_forms import read_code

MARK = '/mark.svg'


@dataclass(frozen=True)
class Format:
    """A format of feeds: the end of its address, its media type, and the function that writes it."""

    ending: str
    media_type: str
    write: Callable[[FeedDocument], bytes]


FORMATS = (Format('.atom', ATOM, atom), Format('.feed.json', JSON_FEED, json_feed))

_TEXT = {'type': 'string'}

router = APIRouter(
    route_class=OpenRoute, tags=['followers'], default_response_class=Response, dependencies=SAME_ORIGIN,
)  # fmt: skip
"""Its routes come before those of the pages, whose addresses would match any ending."""

Handler = Callable[..., Awaitable[Response]]


def _feed_of_site(format: Format) -> Handler:
    async def answer(request: Request, site_id: str, language: Language = DEFAULT) -> Response:
        return await _feed(request, site_id, None, format, translator(language))

    return answer


def _feed_of_sticker(format: Format) -> Handler:
    async def answer(request: Request, code: str, services: ServerServices, language: Language = DEFAULT) -> Response:
        sticker = await services.sites.sticker(read_code(code))
        asset = await services.sites.asset(sticker.asset_id) if sticker.asset_id else None
        return await _feed(request, sticker.site_id, asset, format, translator(language))

    return answer


def _responses(media_type: str) -> Responses:
    shape = {'type': 'object', 'required': ['version', 'title', 'items']} if media_type == JSON_FEED else _TEXT
    return {**DECLINED, 200: {'content': {media_type: {'schema': shape}}, 'headers': TAGGED}}


for _format in FORMATS:
    _answers = _responses(_format.media_type)
    router.get(f'/s/{{site_id}}{_format.ending}', summary='What happens at a site', responses=_answers)(
        _feed_of_site(_format)
    )
    router.get(f'/q/{{code}}{_format.ending}', summary='What happens where a code leads to', responses=_answers)(
        _feed_of_sticker(_format)
    )


@router.get('/s/{site_id}/badge.svg', summary='How a site is, as a picture', responses=_responses(SVG))
async def show(request: Request, site_id: str, services: ServerServices, language: Language = DEFAULT) -> Response:
    """Answer with the picture of how the site is."""
    _ = translator(language)

    async def make() -> CachedResponse:
        status = await services.public_status.site(site_id)
        return CachedResponse.of(badge(status, _).encode(), SVG, _.language)

    key = 'badge', site_id, _.language
    answer = await state_of(request).once(_cache).get_or_make(key, (site_state_key(site_id),), make)
    return answer.to(request, STATE)


@router.get(MARK, include_in_schema=False)
async def mark(request: Request) -> Response:
    """Answer with Haren's logo."""
    return CachedResponse.of(drawing().encode(), SVG).to(request, UNCHANGING)


answer_preflights(router)


def _cache(state: Collaborators) -> ResponseCache[CachedResponse]:
    return ResponseCache(state.changes)


async def _feed(request: Request, site_id: str, asset: Asset | None, format: Format, _: Translator) -> Response:
    state = state_of(request)

    async def make() -> CachedResponse:
        site = await state.services.sites.get(site_id)
        document = await _document(site, asset, state.services, _)
        return CachedResponse.of(format.write(document), format.media_type, _.language)

    key = 'feed', site_id, asset.id if asset else '', format, _.language
    answer = await state.once(_cache).get_or_make(key, (site_news_key(site_id), NAMES), make)
    return answer.to(request, NEWS)


async def _document(site: Site, asset: Asset | None, services: Services, _: Translator) -> FeedDocument:
    base, language = services.base, _.in_address
    stories = await services.feed.for_followers(site.id, asset.id if asset else None)
    municipality = (await services.municipality.get()).name
    name = f'{asset.name}, {site.name}' if asset else site.name
    page = f'{base}/q/{asset.code}' if asset else f'{base}/s/{site.id}'
    return FeedDocument(
        id=urn(f'haren:asset/{asset.id}{language}' if asset else f'{page}{language}'),
        title=f'{name} – {municipality}',
        language=_.language,
        author=municipality,
        home=f'{base}/',
        page=f'{page}{language}',
        atom=f'{page}.atom{language}',
        json=f'{page}.feed.json{language}',
        icon=f'{base}{MARK}',
        began=(asset or site).added_at,
        items=tuple(_item(story, base, site, _) for story in stories),
    )


def _item(story: Story, base: str, site: Site, _: Translator) -> FeedItem:
    case = story.case
    number = case.number if case else ''
    return FeedItem(
        id=urn(f'haren:event/{story.event.id}'),
        at=story.event.at,
        title=public_event_sentence(story, _),
        text=f'{site.name} · {_("Case {number}", number=_in_one_piece(number, _))}' if case else site.name,
        page=f'{base}/c/{number}{_.in_address}' if case else f'{base}/s/{site.id}{_.in_address}',
        case=number,
        event=story.event.kind.value,
        problem=case.problem if case else '',
    )


def _in_one_piece(number: str, _: Translator) -> str:
    """Isolate the number in right-to-left text, where 2026-142 would read 142-2026 otherwise (Unicode UAX #9)."""
    return f'\u2066{number}\u2069' if _.direction == 'rtl' else number
