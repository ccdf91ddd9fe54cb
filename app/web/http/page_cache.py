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

_PATH = BoundedPattern('/(?:[qQs]/[^/.]+)?', longest=100)
_QUERY = BoundedPattern(b'(?:lang=([a-z]{2}))?', longest=7)


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
        if scope['type'] != 'http' or scope['method'] != 'GET' or not _PATH.fullmatch(scope['path']):
            return None
        query = _QUERY.fullmatch(scope['query_string'])
        languages = [value for name, value in scope['headers'] if name == b'accept-language']
        if query is None or len(languages) > 1 or self._may_be_signed_in(scope):
            return None
        language = languages[0] if languages else b''
        if len(language) > LONGEST_ACCEPT_LANGUAGE:
            return None
        chosen = (query[1] or b'').decode()
        minute = int(self._services.now().timestamp() // 60)
        return CacheKey(_canonical(scope['path']), chosen if chosen in LANGUAGES else '', _language(language), minute)

    def _may_be_signed_in(self, scope: Scope) -> bool:
        """Return True if our cookie may be among those of the request. Cookies of a parent domain don't matter."""
        return any(name == b'cookie' and self._cookie in value for name, value in scope['headers'])

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


def _canonical(path: str) -> str:
    """Return a sticker's path in its usual spelling; other paths as they are."""
    start, slash, code = path.rpartition('/')
    return f'{start.lower()}{slash}{code.upper()}' if start.lower() == '/q' else path


@lru_cache(maxsize=1_024)
def _language(accept_language: bytes) -> str:
    return negotiate_language(accept_language.decode('latin-1'))
