"""Answer the public pages from memory: a stranger's page is made once and kept until something changes."""

from __future__ import annotations

from functools import lru_cache
from http import HTTPStatus
from typing import NamedTuple

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.domain.bounded_pattern import BoundedPattern
from app.i18n import LANGUAGES, negotiate_language
from app.services.container import Services
from app.web.http.cache import EVERYTHING, ChangeCounts, ResponseCache
from app.web.http.session import Session

STAMP_HERE = '~' * 28
"""The placeholder in a cached page where each reader gets their own stamp."""

ROOM = 8 * 2**20
"""The most bytes of cached pages: enough for some hundred stickers in several languages."""

LONGEST_ACCEPT_LANGUAGE = 200
"""Characters. A request with a longer header is answered without the cache."""

LONGEST_PATH = 100
LONGEST_QUERY = len(b'lang=xx')

_PATH = BoundedPattern('/(?:[qQs]/[^/.]+)?', longest=LONGEST_PATH)
_QUERY = BoundedPattern(b'(?:lang=([a-z]{2}))?', longest=LONGEST_QUERY)


class CacheKey(NamedTuple):
    """The parts of a request that a cached page depends on."""

    path: str
    chosen: str
    language: str
    minute: int


class CachedPage(NamedTuple):
    """An answer, split where the stamps go."""

    status: int
    headers: list[tuple[bytes, bytes]]
    parts: list[bytes]

    def __len__(self) -> int:
        return sum(map(len, self.parts))


class _NotCacheable(Exception):
    """Raised for an answer that is for one request only, such as a refusal."""

    def __init__(self, answer: CachedPage) -> None:
        self.answer = answer


class PageCache:
    """Middleware that answers public pages from memory, before anything else looks at the request.

    Pages contain ages ('40 minutes ago'), so that each is kept for a minute at most. Any change of a site, an asset, a
    case or a name makes all of them out of date, before the change is answered. A sticker changes together with its
    asset; a sighting by staff changes no page.
    """

    def __init__(self, app: ASGIApp, services: Services, session: Session, changes: ChangeCounts) -> None:
        self._app = app
        self._services = services
        self._cookie = session.cookie.encode()
        self._pages: ResponseCache[CachedPage] = ResponseCache(changes, ROOM)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from memory, or pass the request on."""
        key = self._key(scope)
        if key is None:
            await self._app(scope, receive, send)
            return
        try:
            kept = await self._pages.get_or_make(key, (EVERYTHING,), lambda: self._make(key, scope))
        except _NotCacheable as error:
            kept = error.answer
        await self._answer(kept, send)

    def _key(self, scope: Scope) -> CacheKey | None:
        if scope['type'] != 'http' or scope['method'] != 'GET' or len(scope['path']) > LONGEST_PATH:
            return None
        language = b''
        for name, value in scope['headers']:
            if name == b'cookie' and self._cookie in value:
                return None  # somebody may be signed in; cookies of a parent domain don't matter
            if name == b'accept-language':
                if language or len(value) > LONGEST_ACCEPT_LANGUAGE:
                    return None
                language = value
        if len(scope['query_string']) > LONGEST_QUERY:
            return None
        page = _page(scope['path'], scope['query_string'], language)
        return page and CacheKey(*page, int(self._services.now().timestamp() // 60))

    async def _make(self, key: CacheKey, scope: Scope) -> CachedPage:
        """Make the page from the key alone, so that no reader's request can change what others see."""
        messages: list[Message] = []

        async def collect(message: Message) -> None:
            messages.append(message)

        async def no_body() -> Message:
            return {'type': 'http.request', 'body': b'', 'more_body': False}

        host = [(name, value) for name, value in scope['headers'] if name == b'host'][:1]
        bare = {
            **scope,
            'path': key.path,
            'raw_path': key.path.encode(),
            'query_string': f'lang={key.chosen}'.encode() if key.chosen else b'',
            'headers': [*host, (b'accept-language', key.language.encode())],
            'state': {'stamp': STAMP_HERE},
        }
        await self._app(bare, no_body, collect)
        body = b''.join(message.get('body', b'') for message in messages[1:])
        kept = CachedPage(messages[0]['status'], messages[0]['headers'], body.split(STAMP_HERE.encode()))
        if kept.status != HTTPStatus.OK:
            raise _NotCacheable(kept)
        return kept

    async def _answer(self, kept: CachedPage, send: Send) -> None:
        body = kept.parts[0]
        if len(kept.parts) > 1:
            body = (await self._services.report_intake.stamp()).encode().join(kept.parts)
        await send({'type': 'http.response.start', 'status': kept.status, 'headers': kept.headers})
        await send({'type': 'http.response.body', 'body': body})


@lru_cache(maxsize=1_024)
def _page(path: str, query_string: bytes, accept_language: bytes) -> tuple[str, str, str] | None:
    """Return the path, the chosen language and the reader's language of a public page, or None for another address.

    The caller bounds all three. Repeated requests then cost one look-up instead of two patterns and a negotiation.
    """
    query = _QUERY.fullmatch(query_string)
    if query is None or not _PATH.fullmatch(path):
        return None
    chosen = (query[1] or b'').decode()
    language = negotiate_language(accept_language.decode('latin-1'))
    return _canonical(path), chosen if chosen in LANGUAGES else '', language


def _canonical(path: str) -> str:
    """Return a sticker's path in its usual spelling; other paths as they are."""
    start, slash, code = path.rpartition('/')
    return f'{start.lower()}{slash}{code.upper()}' if start.lower() == '/q' else path
