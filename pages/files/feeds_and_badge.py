"""What followers get: the feeds of a site and of one asset, and the badge that another website shows."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from fastapi import APIRouter, FastAPI, Request, Response

from app.domain.sites import Asset, Site
from app.i18n import DEFAULT, Translator, translator
from app.services.container import Services
from app.services.feed import Story
from app.web.http.cache import ChangeCounts, ResponseCache
from app.web.http.cache_invalidation import NAMES, site_news_key, site_state_key
from app.web.http.openapi_helpers import Responses
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
from app.wording.public import word_publicly
from components.places.badge import SVG, badge
from components.theme.logo import drawing
from pages.public.request_forms import read_code

MARK = '/mark.svg'


@dataclass(frozen=True)
class Format:
    """How a feed is written: the end of its address, its media type, and what writes it."""

    ending: str
    media_type: str
    write: Callable[[FeedDocument], bytes]


TEXT = {'type': 'string'}
FORMATS = (Format('.atom', ATOM, atom), Format('.feed.json', JSON_FEED, json_feed))


def register(server: FastAPI, services: Services, changes: ChangeCounts) -> None:
    """Serve the feeds, the badges and the mark. They go before the pages, whose addresses take any ending."""
    router = APIRouter(route_class=OpenRoute, tags=['followers'], default_response_class=Response)
    shelf: ResponseCache[CachedResponse] = ResponseCache(changes)
    feeds = _Feeds(services, shelf)
    for format in FORMATS:
        said = _answers(format.media_type)
        router.get(f'/s/{{site_id}}{format.ending}', summary='What happens at a site', responses=said)(
            feeds.of_site(format)
        )
        router.get(f'/q/{{code}}{format.ending}', summary='What happens where a code leads to', responses=said)(
            feeds.of_sticker(format)
        )
    router.get('/s/{site_id}/badge.svg', summary='How a site is, as a picture', responses=_answers(SVG))(
        _Badges(services, shelf).show
    )
    router.get(MARK, include_in_schema=False)(_mark)
    answer_preflights(router)
    server.include_router(router)


class _Feeds:
    def __init__(self, services: Services, shelf: ResponseCache[CachedResponse]) -> None:
        self._services = services
        self._shelf = shelf

    def of_site(self, format: Format) -> Callable[..., Awaitable[Response]]:
        """Answers with a site's feed in one format."""

        async def answer(request: Request, site_id: str, language: Language = DEFAULT) -> Response:
            return (await self._feed(site_id, None, format, translator(language))).to(request, NEWS)

        return answer

    def of_sticker(self, format: Format) -> Callable[..., Awaitable[Response]]:
        """Answers with the feed in one format of what a code leads to."""

        async def answer(request: Request, code: str, language: Language = DEFAULT) -> Response:
            sticker = await self._services.sites.sticker(read_code(code))
            asset = await self._services.sites.asset(sticker.asset_id) if sticker.asset_id else None
            return (await self._feed(sticker.site_id, asset, format, translator(language))).to(request, NEWS)

        return answer

    async def _feed(self, site_id: str, asset: Asset | None, format: Format, _: Translator) -> CachedResponse:
        async def make() -> CachedResponse:
            site = await self._services.sites.get(site_id)
            stories = await self._services.feed.followed(site_id, asset.id if asset else None)
            channel = await self._channel(site, asset, stories, _)
            return CachedResponse.of(format.write(channel), format.media_type, _.language)

        key = 'feed', site_id, asset.id if asset else '', format, _.language
        return await self._shelf.take(key, (site_news_key(site_id), NAMES), make)

    async def _channel(
        self, site: Site, asset: Asset | None, stories: tuple[Story, ...], _: Translator
    ) -> FeedDocument:
        base, said = self._services.base, _.in_address
        municipality = (await self._services.municipality.get()).name
        name = f'{asset.name}, {site.name}' if asset else site.name
        page = f'{base}/q/{asset.code}' if asset else f'{base}/s/{site.id}'
        return FeedDocument(
            id=urn(f'haren:asset/{asset.id}{said}' if asset else f'{page}{said}'),
            title=f'{name} – {municipality}',
            language=_.language,
            author=municipality,
            home=f'{base}/',
            page=f'{page}{said}',
            atom=f'{page}.atom{said}',
            json=f'{page}.feed.json{said}',
            icon=f'{base}{MARK}',
            began=(asset or site).added_at,
            items=tuple(_item(story, base, site, _) for story in stories),
        )


class _Badges:
    def __init__(self, services: Services, shelf: ResponseCache[CachedResponse]) -> None:
        self._services = services
        self._shelf = shelf

    async def show(self, request: Request, site_id: str, language: Language = DEFAULT) -> Response:
        """Answer with the picture of how the site is."""
        _ = translator(language)

        async def make() -> CachedResponse:
            return CachedResponse.of(
                badge(await self._services.public_status.site(site_id), _).encode(), SVG, _.language
            )

        answer = await self._shelf.take(('badge', site_id, _.language), (site_state_key(site_id),), make)
        return answer.to(request, STATE)


async def _mark(request: Request) -> Response:
    return CachedResponse.of(drawing().encode(), SVG).to(request, UNCHANGING)


def _answers(media_type: str) -> Responses:
    shape = {'type': 'object', 'required': ['version', 'title', 'items']} if media_type == JSON_FEED else TEXT
    return {**DECLINED, 200: {'content': {media_type: {'schema': shape}}, 'headers': TAGGED}}


def _item(story: Story, base: str, site: Site, _: Translator) -> FeedItem:
    case = story.case
    number = case.number if case else ''
    return FeedItem(
        id=urn(f'haren:event/{story.event.id}'),
        at=story.event.at,
        title=word_publicly(story, _),
        text=f'{site.name} · {_("Case {number}", number=_in_one_piece(number, _))}' if case else site.name,
        page=f'{base}/c/{number}{_.in_address}' if case else f'{base}/s/{site.id}{_.in_address}',
        case=number,
        event=story.event.kind.value,
        problem=case.problem if case else '',
    )


def _in_one_piece(number: str, _: Translator) -> str:
    """The number as it is; after Arabic words 2026-142 would read 142-2026, unless it's isolated (Unicode UAX #9)."""
    return f'\u2066{number}\u2069' if _.direction == 'rtl' else number
