"""What the API answers when it declines: problem details (RFC 9457), worded in the reader's language."""

from __future__ import annotations

import logging
from http import HTTPStatus

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from app.domain.errors import Clash, Gone, Invalid, NotAllowed, NotFound, NotNow, Refusal, SignedOut, TooLarge
from app.language import FAULT, Translator, msgid, translator, wanted

log = logging.getLogger(__name__)

STATUS: dict[type[Refusal], HTTPStatus] = {
    SignedOut: HTTPStatus.UNAUTHORIZED,
    NotAllowed: HTTPStatus.FORBIDDEN,
    NotFound: HTTPStatus.NOT_FOUND,
    Gone: HTTPStatus.GONE,
    Clash: HTTPStatus.CONFLICT,
    NotNow: HTTPStatus.SERVICE_UNAVAILABLE,
    TooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    Invalid: HTTPStatus.UNPROCESSABLE_ENTITY,
}

TOO_LARGE = msgid('That is more than fits. Shorten it and try again.')
MALFORMED = msgid('This is not the JSON that was expected.')

NO_PICTURE = msgid('Send the picture itself: a JPEG, PNG, WebP or HEIC.')

UNKNOWN = 'an address of no route'

_HTTP_SENTENCES = {400: MALFORMED, 413: TOO_LARGE, 415: NO_PICTURE}


class ProblemResponse(JSONResponse):
    """A problem detail."""

    media_type = 'application/problem+json'


def problem(status: int, detail: str, **members: object) -> ProblemResponse:
    """A problem of the type that its status says (`about:blank`)."""
    phrase = HTTPStatus(status).phrase
    return ProblemResponse(
        {'type': 'about:blank', 'title': phrase, 'status': status, 'detail': detail, **members}, status
    )


def problem_described(why: str) -> dict[str, object]:
    """A problem detail, as OpenAPI describes an answer."""
    names = {'type': 'string', 'title': 'string', 'status': 'integer', 'detail': 'string'}
    schema = {'type': 'object', 'properties': {name: {'type': kind} for name, kind in names.items()}}
    return {'description': why, 'content': {'application/problem+json': {'schema': schema}}}


def problem_of(error: Exception, request: Request) -> ProblemResponse:
    """What the API answers to this error."""
    _ = translator(wanted(request.headers.get('accept-language', '')))
    if isinstance(error, Refusal):
        members = {'field': error.field} if isinstance(error, Invalid) else {}
        return problem(STATUS[type(error)], _.refusal(error), **members)
    if isinstance(error, RequestValidationError):
        return _malformed(error, _)
    if isinstance(error, HTTPException):
        worded = _HTTP_SENTENCES.get(error.status_code)
        return problem(error.status_code, _(worded) if worded else HTTPStatus(error.status_code).phrase)
    log.error('%s %s failed', request.method, route_of(request), exc_info=error)
    return problem(500, _(FAULT))


def route_of(request: Request) -> str:
    """The pattern of the address, to be logged: some addresses are keys, and a log is no place for these."""
    return getattr(request.scope.get('route'), 'path', UNKNOWN)


def _malformed(error: RequestValidationError, _: Translator) -> ProblemResponse:
    flaws = [{'field': '.'.join(map(str, flaw['loc'][1:])), 'detail': flaw['msg']} for flaw in error.errors()]
    unreadable = any(flaw['type'] == 'json_invalid' for flaw in error.errors())
    return problem(400 if unreadable else 422, _(MALFORMED), errors=flaws)
