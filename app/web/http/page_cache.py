"""The public pages out of memory: a stranger's page is made once, and given to all who ask until something changes."""

from __future__ import annotations

import re
from functools import lru_cache
from http import HTTPStatus
from typing import NamedTuple

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.i18n import LANGUAGES, negotiate_language
from app.services.container import Services
from app.web.http.cache import EVERYTHING, ChangeCounts, ResponseCache
from app.web.http.session import Session

STAMP_HERE = '~' * 28
"""What stands in a kept page where each reader gets a stamp of their own."""

ROOM = 8 * 2**20
"""Bytes of kept pages: some hundred stickers in several languages."""

LONGEST_WISH = 200
"""Characters of an Accept-Language that is looked at here; a longer one is answered the slow way."""

_PATH = re.compile('/(?:[qQs]/[^/.]+)?')
_QUERY = re.compile(b'(?:lang=([a-z]{2}))?')


class CacheKey(NamedTuple):
    """All that a kept page is made from, and so all that it can depend on."""

    path: str
    chosen: str
    language: str
    minute: int


class CachedPage(NamedTuple):
    """An answer as it was made, in parts between which stamps stand."""

    status: int
    headers: list[tuple[bytes, bytes]]
    parts: list[bytes]

    def __len__(self) -> int:
        return sum(map(len, self.parts))


class _NotCacheable(Exception):
    """An answer that is for this one request: a refusal, say."""

    def __init__(self, answer: CachedPage) -> None:
        self.answer = answer


class PageCache:
    """Answers in front of everything else what needs no more than memory.

    Ages stand in the pages ('40 minutes ago'), so that one is kept for a minute at most; any change of a place, a
    thing, a case or a name makes all of them old, before whoever made it has their answer. A sticker changes with its
    thing; that staff have seen one makes no page old.
    """

    def __init__(self, app: ASGIApp, services: Services, session: Session, changes: ChangeCounts) -> None:
        self._app = app
        self._services = services
        self._cookie = session.cookie.encode()
        self._shelf: ResponseCache[CachedPage] = ResponseCache(changes, ROOM)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from memory, or pass the request on."""
        key = self._key(scope)
        if key is None:
            await self._app(scope, receive, send)
            return
        try:
            kept = await self._shelf.take(key, (EVERYTHING,), lambda: self._make(key, scope))
        except _NotCacheable as unkept:
            kept = unkept.answer
        await self._answer(kept, send)

    def _key(self, scope: Scope) -> CacheKey | None:
        if scope['type'] != 'http' or scope['method'] != 'GET' or not _PATH.fullmatch(scope['path']):
            return None
        asked = _QUERY.fullmatch(scope['query_string'])
        wishes = [value for name, value in scope['headers'] if name == b'accept-language']
        if asked is None or len(wishes) > 1 or self._may_be_signed_in(scope):
            return None
        wish = wishes[0] if wishes else b''
        if len(wish) > LONGEST_WISH:
            return None
        chosen = (asked[1] or b'').decode()
        minute = int(self._services.context.now().timestamp() // 60)
        return CacheKey(_one_spelling(scope['path']), chosen if chosen in LANGUAGES else '', _language(wish), minute)

    def _may_be_signed_in(self, scope: Scope) -> bool:
        """Whether our cookie may be among those that came, however that is spelled; a parent domain's don't matter."""
        return any(name == b'cookie' and self._cookie in value for name, value in scope['headers'])

    async def _make(self, key: CacheKey, scope: Scope) -> CachedPage:
        """The page for whoever has this key: made from that alone, so that one reader can't spoil it for others."""
        said: list[Message] = []

        async def hear(message: Message) -> None:
            said.append(message)

        async def nothing() -> Message:
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
        await self._app(bare, nothing, hear)
        body = b''.join(message.get('body', b'') for message in said[1:])
        kept = CachedPage(said[0]['status'], said[0]['headers'], body.split(STAMP_HERE.encode()))
        if kept.status != HTTPStatus.OK:
            raise _NotCacheable(kept)
        return kept

    async def _answer(self, kept: CachedPage, send: Send) -> None:
        body = kept.parts[0]
        if len(kept.parts) > 1:
            body = (await self._services.report_intake.stamp()).encode().join(kept.parts)
        await send({'type': 'http.response.start', 'status': kept.status, 'headers': kept.headers})
        await send({'type': 'http.response.body', 'body': body})


def _one_spelling(path: str) -> str:
    """A sticker's path as its page is called; a site's as it is."""
    start, slash, code = path.rpartition('/')
    return f'{start.lower()}{slash}{code.upper()}' if start.lower() == '/q' else path


@lru_cache(maxsize=1_024)
def _language(wish: bytes) -> str:
    return negotiate_language(wish.decode('latin-1'))
