"""Answers that a page of any website may read: feeds, open data, badges.

A browser lets a page of another site read an answer only if the answer's headers allow it. Every answer has these
headers, also a 304 or 404, and also if the request had no Origin: a cache keeps one answer for everybody. The answers
depend on nothing but the address. So they have no Vary, and a shared cache may keep them.

There is no Last-Modified. Renaming a site changes its feed, too, and the time of that is not stored. The ETag is made
from the content and covers every change.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from hashlib import sha256
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.routing import APIRoute

from app.domain.bounded_pattern import BoundedPattern
from app.domain.errors import Refusal
from app.i18n import LANGUAGES
from app.web.http.openapi_helpers import Responses, error_responses
from app.web.http.problem_details import problem_for

STATE = 'public, max-age=30, stale-while-revalidate=30'
"""The caching of states: behind a cache that respects this, no answer is older than a minute."""

NEWS = 'public, max-age=60, stale-while-revalidate=600, stale-if-error=86400'
"""The caching of events: they stay true, and feed readers come every half hour."""

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
"""The answers at an address that always exists."""

DECLINED: Responses = {**KNOWN, **error_responses(404)}

Handler = Callable[[Request], Coroutine[Any, Any, Response]]

_CORS = {
    'access-control-allow-origin': '*',
    'access-control-expose-headers': 'ETag',
    'cross-origin-resource-policy': 'cross-origin',
}
_PREFLIGHT = {
    'access-control-allow-methods': 'GET, HEAD, OPTIONS',
    'access-control-allow-headers': '*',
    'access-control-max-age': '86400',
}
_POLICY = {'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"}

_ETAG = BoundedPattern(r'(?:W/)?("[^"]*")', longest=8_000)


@dataclass(frozen=True)
class CachedResponse:
    """The content of an address. `etag` is strong: it changes with every byte."""

    body: bytes
    media_type: str
    language: str
    etag: str

    @classmethod
    def of(cls, body: bytes, media_type: str, language: str = '') -> CachedResponse:
        """Return these bytes with their ETag."""
        return cls(body, media_type, language, f'"{sha256(body).hexdigest()[:24]}"')

    def __len__(self) -> int:
        return len(self.body)

    def to(self, request: Request, cache: str) -> Response:
        """Return the response to this request: a 304 without a body if the reader has the same content already."""
        headers = {'etag': self.etag, 'cache-control': cache, **_POLICY}
        if matches_etag(self.etag, ','.join(request.headers.getlist('if-none-match'))):
            return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
        language = {'content-language': self.language} if self.language else {}
        return Response(self.body, media_type=self.media_type, headers=headers | language)


class OpenRoute(APIRoute):
    """A route whose answers, errors included, a page of any website may read."""

    def get_route_handler(self) -> Handler:
        """Return the handler that adds the CORS headers to every answer."""
        handle = super().get_route_handler()

        async def handle_openly(request: Request) -> Response:
            try:
                response = await handle(request)
            except Refusal as refusal:
                response = problem_for(refusal, request)
                response.headers.update({'cache-control': 'no-cache', 'vary': 'Accept-Language'})
            response.headers.update(_CORS)
            return response

        return handle_openly


def answer_preflights(router: APIRouter) -> None:
    """Answer the preflight requests with which browsers ask whether a page may send If-None-Match to these routes."""

    async def preflight() -> Response:
        return Response(status_code=HTTPStatus.NO_CONTENT, headers=_PREFLIGHT)

    for path in [route.path for route in router.routes if isinstance(route, OpenRoute)]:
        router.add_api_route(path, preflight, methods=['OPTIONS'], include_in_schema=False)


def matches_etag(etag: str, if_none_match: str) -> bool:
    """Return True if If-None-Match contains this tag. The comparison is weak, as RFC 9110, 13.1.2 requires."""
    return if_none_match.strip() == '*' or etag in _ETAG.findall(if_none_match[: _ETAG.longest])
