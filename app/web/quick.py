"""The public pages out of memory: a stranger's page is made once, and given to all who ask until something changes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from http import HTTPStatus
from typing import NamedTuple

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.domain.cases import Case
from app.domain.document import Document
from app.domain.municipality import Municipality
from app.domain.people import Team
from app.domain.sites import Asset, KindProblems, Site
from app.language import wanted
from app.services.house import House
from app.web.caching import EVERYTHING, Shelf

STAMP_HERE = '~' * 28
"""What stands in a kept page where each reader gets a stamp of their own."""

ROOM = 8 * 2**20
"""Bytes of kept pages: some hundred stickers in several languages."""

LONGEST_WISH = 200
"""Characters of an Accept-Language that is looked at here; a longer one is answered the slow way."""

_PATH = re.compile('/(?:[qQs]/[^/.]+)?')
_QUERY = re.compile(b'(?:lang=[a-z]{2})?')
_COOKIE = b'haren='
"""The end of the session cookie's name: whoever may be signed in gets a page of their own."""

_SHOWN = (Site, Asset, Case, KindProblems, Municipality, Team)
"""What public pages show. A sticker changes with its thing; that staff have seen one makes no page old."""

Key = tuple[str, bytes, str, int]


class Kept(NamedTuple):
    """An answer as it was made, in parts between which stamps stand."""

    status: int
    headers: list[tuple[bytes, bytes]]
    parts: list[bytes]

    def __len__(self) -> int:
        return sum(map(len, self.parts))


class _Unkept(Exception):
    """An answer that is for this one request: a refusal, say."""

    def __init__(self, answer: Kept) -> None:
        self.answer = answer


class QuickPages:
    """Answers in front of everything else what needs no more than memory.

    Ages stand in the pages ('40 minutes ago'), so that one is kept for a minute at most; any change of a place, a
    thing, a case or a name makes all of them old, before whoever made it has their answer.
    """

    def __init__(self, app: ASGIApp, house: House) -> None:
        self._app = app
        self._house = house
        self._shelf: Shelf[Kept] = Shelf(house.ground.store, _concerns, ROOM)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from memory, or pass the request on."""
        key = self._key(scope)
        if key is None:
            await self._app(scope, receive, send)
            return
        try:
            kept = await self._shelf.take(key, (EVERYTHING,), lambda: self._make(scope, receive))
        except _Unkept as unkept:
            kept = unkept.answer
        await self._answer(kept, send)

    def _key(self, scope: Scope) -> Key | None:
        if scope['type'] != 'http' or scope['method'] != 'GET' or not _PATH.fullmatch(scope['path']):
            return None
        wish = b''
        for name, value in scope['headers']:
            if name == b'cookie' and _COOKIE in value:
                return None
            if name == b'accept-language':
                wish = value
        if len(wish) > LONGEST_WISH or not _QUERY.fullmatch(scope['query_string']):
            return None
        minute = int(self._house.ground.now().timestamp() // 60)
        return scope['path'], scope['query_string'], _language(wish), minute

    async def _make(self, scope: Scope, receive: Receive) -> Kept:
        said: list[Message] = []

        async def hear(message: Message) -> None:
            said.append(message)

        await self._app({**scope, 'state': {**scope.get('state', {}), 'stamp': STAMP_HERE}}, receive, hear)
        body = b''.join(message.get('body', b'') for message in said[1:])
        kept = Kept(said[0]['status'], said[0]['headers'], body.split(STAMP_HERE.encode()))
        if kept.status != HTTPStatus.OK:
            raise _Unkept(kept)
        return kept

    async def _answer(self, kept: Kept, send: Send) -> None:
        body = kept.parts[0]
        if len(kept.parts) > 1:
            body = (await self._house.reception.stamp()).encode().join(kept.parts)
        await send({'type': 'http.response.start', 'status': kept.status, 'headers': kept.headers})
        await send({'type': 'http.response.body', 'body': body})


def _concerns(document: Document) -> Iterable[str]:
    return ('shown',) if isinstance(document, _SHOWN) else ()


@lru_cache(maxsize=1_024)
def _language(wish: bytes) -> str:
    return wanted(wish.decode('latin-1'))
