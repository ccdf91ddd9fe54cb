"""The answers to requests that are declined or fail: a sentence in the reader's language, and a link that leads on."""

from __future__ import annotations

import logging
from http import HTTPStatus

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import PlainTextResponse
from starlette.exceptions import HTTPException

from app.domain.audit import AuditKind
from app.domain.errors import NotAllowed, Refusal, SignedOut
from app.domain.people import SESSION_LASTS
from app.i18n import FAULT, Translator, msgid
from app.web.http.problem_details import TOO_LARGE, problem_for, route_of, status_of_refusal
from app.web.http.safe_headers import completed
from app.web.http.session import bearer
from app.web.http.state import state_of
from components.html.renderer import reader_translator
from pages.public.page_renderer import renderer_of

log = logging.getLogger(__name__)

Declined = Refusal | HTTPException | RequestValidationError

UNREADABLE = msgid('What was sent could not be read, so nothing was changed. Go back and try again.')
NOTHING_HERE = msgid('There is nothing at this address. Perhaps a character was lost on the way?')
NOT_THIS_WAY = msgid('This address can not be used that way. Go back and try again.')

_SENTENCES = {404: NOTHING_HERE, 405: NOT_THIS_WAY, 413: TOO_LARGE}

_HEADINGS = {
    403: msgid('You may not do this'),
    404: msgid('There is nothing here'),
    409: msgid('Somebody was faster'),
    410: msgid('It is no longer there'),
    413: msgid('That was too much at once'),
    500: msgid('That did not work'),
}
_HEADING = msgid('That did not come through')


def register(server: FastAPI) -> None:
    """Register the handlers of declined and failed requests.

    The status NOT_FOUND is registered beside the kinds of errors, because NiceGUI registers a page of its own for it.
    """

    async def decline(request: Request, error: Exception) -> Response:
        assert isinstance(error, Declined)
        return await error_response(request, error)

    async def fail(request: Request, error: Exception) -> Response:
        return await _failed(request, error)

    for kind in (Refusal, HTTPException, RequestValidationError, HTTPStatus.NOT_FOUND):
        server.add_exception_handler(kind, decline)
    server.add_exception_handler(Exception, fail)


async def error_response(request: Request, error: Declined) -> Response:
    """Return the answer to a request that was declined: a page, or a problem detail for programs."""
    if isinstance(error, NotAllowed):
        await _note_denial(request)
    if _is_for_programs(request):
        return problem_for(error, request)
    response = await _page(request, error)
    if isinstance(error, HTTPException) and error.headers:
        response.headers.update(error.headers)
    return response


async def _note_denial(request: Request) -> None:
    """Count it in the audit log if we know who was denied something."""
    state, secret = state_of(request), bearer(request)
    known = await (state.services.access_tokens.authenticate(secret) if secret else state.session.visitor(request))
    if known:
        await state.services.audit_log.note(AuditKind.DENIED, known.person)


def status_of(error: Declined) -> int:
    """Return the HTTP status of an error."""
    if isinstance(error, Refusal):
        return status_of_refusal(error)
    return error.status_code if isinstance(error, HTTPException) else HTTPStatus.UNPROCESSABLE_ENTITY


def message_of(error: Declined, _: Translator) -> str:
    """Return the sentence that the page shows."""
    return _.refusal(error) if isinstance(error, Refusal) else _(_SENTENCES.get(status_of(error), UNREADABLE))


async def _page(request: Request, error: Declined) -> Response:
    _, status = reader_translator(request), status_of(error)
    if isinstance(error, SignedOut):
        return await renderer_of(request).page(
            request, 'sign_in.html', status, here='/in', trouble=message_of(error, _), days=SESSION_LASTS.days
        )
    return await renderer_of(request).page(
        request, 'error.html', status, heading=_(_HEADINGS.get(status, _HEADING)), trouble=message_of(error, _),
        find=status == HTTPStatus.NOT_FOUND,
    )  # fmt: skip


async def _failed(request: Request, error: Exception) -> Response:
    if _is_for_programs(request):
        response: Response = problem_for(error, request)
    else:
        log.error('%s %s failed', request.method, route_of(request), exc_info=error)
        response = await _fault_page(request)
    # The answer to a fault bypasses the middleware that completes every other answer.
    response.raw_headers = completed(response.raw_headers, secure=False)
    return response


async def _fault_page(request: Request) -> Response:
    _ = reader_translator(request)
    try:
        return await renderer_of(request).page(
            request, 'error.html', 500, heading=_(_HEADINGS[500]), trouble=_(FAULT), find=False
        )
    except Exception:  # every page may need what has just failed
        log.exception('the error page failed as well')
        return PlainTextResponse(_(FAULT), 500)


def _is_for_programs(request: Request) -> bool:
    path: str = request.scope['path']
    return path.startswith('/api/') or path.endswith(('.json', '.geojson', '.atom'))
