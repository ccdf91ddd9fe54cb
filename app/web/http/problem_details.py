"""The error answers of the API: problem details (RFC 9457) in the reader's language."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from http import HTTPStatus

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute, Match, Mount

from app.domain.errors import Clash, Gone, Invalid, NotAllowed, NotFound, NotNow, Refusal, SignedOut, TooLarge, TooOften
from app.i18n import FAULT, Translator, msgid, negotiate_language, translator

log = logging.getLogger(__name__)

STATUS: dict[type[Refusal], HTTPStatus] = {
    SignedOut: HTTPStatus.UNAUTHORIZED,
    NotAllowed: HTTPStatus.FORBIDDEN,
    NotFound: HTTPStatus.NOT_FOUND,
    Gone: HTTPStatus.GONE,
    Clash: HTTPStatus.CONFLICT,
    TooOften: HTTPStatus.TOO_MANY_REQUESTS,
    NotNow: HTTPStatus.SERVICE_UNAVAILABLE,
    TooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    Invalid: HTTPStatus.UNPROCESSABLE_ENTITY,
}

TOO_LARGE = msgid('That is more than fits. Shorten it and try again.')
MALFORMED = msgid('This is not the JSON that was expected.')

NO_PICTURE = msgid('Send the picture itself: a JPEG, PNG, WebP or HEIC.')

UNKNOWN = 'an address of no route'

_HTTP_SENTENCES = {400: MALFORMED, 413: TOO_LARGE, 415: NO_PICTURE}

RETRY_AFTER = 30
"""Seconds after which a client should try again what could not be saved."""

METHODS = 'GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'

_CHALLENGE = 'Bearer realm="Haren"'


class WrongToken(SignedOut):
    """A program uses a token that is not valid."""


class LacksScope(NotAllowed):
    """A program's token lacks the scope that it would need."""


class ProblemResponse(JSONResponse):
    """A problem detail. No cache may keep it: the same request may succeed a moment later, or for another person."""

    media_type = 'application/problem+json'

    def init_headers(self, headers: Mapping[str, str] | None = None) -> None:
        """Add the header that every problem detail has."""
        super().init_headers({'cache-control': 'no-store', **(headers or {})})


def problem(status: int, detail: str, headers: Mapping[str, str] | None = None, **members: object) -> ProblemResponse:
    """Return a problem detail of the type `about:blank`: its status says what kind it is."""
    phrase = HTTPStatus(status).phrase
    content = {'type': 'about:blank', 'title': phrase, 'status': status, 'detail': detail, **members}
    return ProblemResponse(content, status, headers)


def status_of_refusal(refusal: Refusal) -> HTTPStatus:
    """Return the HTTP status of a refusal."""
    return next(STATUS[kind] for kind in type(refusal).__mro__ if kind in STATUS)


def problem_for(error: Exception, request: Request) -> ProblemResponse:
    """Return the API's answer to this error."""
    _ = translator(negotiate_language(request.headers.get('accept-language', '')))
    if isinstance(error, Refusal):
        members = {'field': error.field} if isinstance(error, Invalid) else {}
        return problem(status_of_refusal(error), _.refusal(error), _headers(error), **members)
    if isinstance(error, RequestValidationError):
        return _malformed(error, _)
    if isinstance(error, HTTPException):
        worded = _HTTP_SENTENCES.get(error.status_code)
        phrase, headers = HTTPStatus(error.status_code).phrase, dict(error.headers or {})
        if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            headers |= allowed(request, request.app.routes)
        return problem(error.status_code, _(worded) if worded else phrase, headers)
    log.error('%s %s failed', request.method, route_of(request), exc_info=error)
    return problem(500, _(FAULT))


def allowed(request: Request, routes: Iterable[BaseRoute]) -> dict[str, str]:
    """Return the Allow header of an address: the methods of all routes that match it (RFC 9110, 15.5.6)."""
    here = [route for route in routes if not isinstance(route, Mount)]  # a Mount takes any method
    methods = [
        method
        for method in METHODS
        if any(route.matches({**request.scope, 'method': method})[0] is Match.FULL for route in here)
    ]
    return {'allow': ', '.join(('HEAD', *methods) if 'GET' in methods else methods)} if methods else {}


def _headers(refusal: Refusal) -> dict[str, str]:
    """Return the headers that tell a program how to go on (RFC 6750, 3; RFC 9110, 10.2.3)."""
    match refusal:
        case LacksScope():
            return {'www-authenticate': f'{_CHALLENGE}, error="insufficient_scope", scope="{refusal.values["scope"]}"'}
        case WrongToken():
            return {'www-authenticate': f'{_CHALLENGE}, error="invalid_token"'}
        case SignedOut():
            return {'www-authenticate': _CHALLENGE}
        case TooOften():
            return {'retry-after': str(refusal.wait)}
        case NotNow():
            return {'retry-after': str(RETRY_AFTER)}
        case _:
            return {}


def route_of(request: Request) -> str:
    """Return the pattern of the address, for the log. The address itself may be a secret, which must not be logged."""
    return getattr(request.scope.get('route'), 'path', UNKNOWN)


def _malformed(error: RequestValidationError, _: Translator) -> ProblemResponse:
    flaws = [{'field': '.'.join(map(str, flaw['loc'][1:])), 'detail': flaw['msg']} for flaw in error.errors()]
    unreadable = any(flaw['type'] == 'json_invalid' for flaw in error.errors())
    return problem(400 if unreadable else 422, _(MALFORMED), errors=flaws)
