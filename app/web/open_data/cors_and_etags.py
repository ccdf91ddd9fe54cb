"""What anybody may read from any website: feeds, open data, badges.

A browser lets a page of another site read an answer only where it says so. It is said of every answer, also where no
Origin was sent and on 304 and 404: a cache keeps one of them for all. Nothing here depends on more than the address, so
no answer has a Vary, and a cache in between may answer all.

There is no Last-Modified. A place that gets another name changes its feed as well, and nothing keeps when; the ETag
says more, as it is made from the content.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from hashlib import sha256
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.routing import APIRoute

from app.domain.errors import Refusal
from app.i18n import LANGUAGES
from app.web.http.openapi_helpers import Responses, declines
from app.web.http.problem_details import problem_for

STATE = 'public, max-age=30, stale-while-revalidate=30'
"""For how something is: behind any cache that keeps to it, nothing is older than a minute."""

NEWS = 'public, max-age=60, stale-while-revalidate=600, stale-if-error=86400'
"""For what has happened: it stays true, and feed readers come every half an hour."""

UNCHANGING = 'public, max-age=86400'

Language = Annotated[
    str,
    Query(
        alias='lang',
        description=f'The language of the words, one of {", ".join(LANGUAGES)}; Swedish where another one is named.',
        examples=list(LANGUAGES),
    ),
]

TAGGED = {'ETag': {'$ref': '#/components/headers/ETag'}}

KNOWN: Responses = {
    200: {'headers': TAGGED},
    304: {'description': 'It is as it was: If-None-Match names the ETag that it still has.', 'headers': TAGGED},
}
"""What is answered at an address that there always is."""

DECLINED: Responses = {**KNOWN, **declines(404)}

Handler = Callable[[Request], Coroutine[Any, Any, Response]]

_READABLE = {
    'access-control-allow-origin': '*',
    'access-control-expose-headers': 'ETag',
    'cross-origin-resource-policy': 'cross-origin',
}
_ASKED_BEFORE = {
    'access-control-allow-methods': 'GET, HEAD, OPTIONS',
    'access-control-allow-headers': '*',
    'access-control-max-age': '86400',
}
_POLICY = {'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"}

_TAG = re.compile(r'(?:W/)?("[^"]*")')


@dataclass(frozen=True)
class CachedResponse:
    """What an address shows. `etag` is strong: other bytes, another tag."""

    body: bytes
    media_type: str
    language: str
    etag: str

    @classmethod
    def of(cls, body: bytes, media_type: str, language: str = '') -> CachedResponse:
        """The answer with these bytes."""
        return cls(body, media_type, language, f'"{sha256(body).hexdigest()[:24]}"')

    def __len__(self) -> int:
        return len(self.body)

    def to(self, request: Request, cache: str) -> Response:
        """The response to this request: without a body where the one who asks has the same already."""
        headers = {'etag': self.etag, 'cache-control': cache, **_POLICY}
        if is_known(self.etag, ','.join(request.headers.getlist('if-none-match'))):
            return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
        spoken = {'content-language': self.language} if self.language else {}
        return Response(self.body, media_type=self.media_type, headers=headers | spoken)


class OpenRoute(APIRoute):
    """A route whose answers, declining ones too, a page of any website may read."""

    def get_route_handler(self) -> Handler:
        """The route's handler with what it says to browsers."""
        handle = super().get_route_handler()

        async def handle_openly(request: Request) -> Response:
            try:
                response = await handle(request)
            except Refusal as refusal:
                response = problem_for(refusal, request)
                response.headers.update({'cache-control': 'no-cache', 'vary': 'Accept-Language'})
            response.headers.update(_READABLE)
            return response

        return handle_openly


def answer_preflights(router: APIRouter) -> None:
    """Let browsers ask beforehand whether a page may send If-None-Match to a route of this router."""

    async def preflight() -> Response:
        return Response(status_code=HTTPStatus.NO_CONTENT, headers=_ASKED_BEFORE)

    for path in [route.path for route in router.routes if isinstance(route, OpenRoute)]:
        router.add_api_route(path, preflight, methods=['OPTIONS'], include_in_schema=False)


def is_known(etag: str, if_none_match: str) -> bool:
    """Whether an If-None-Match names this tag, weakly compared as it asks for (RFC 9110, 13.1.2)."""
    return if_none_match.strip() == '*' or etag in _TAG.findall(if_none_match)
