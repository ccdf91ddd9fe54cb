"""Read forms of plain pages, and lead on to other pages."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from urllib.parse import quote

from fastapi import Request, Response
from starlette.exceptions import HTTPException
from starlette.routing import Route

from app.domain import sticker_codes
from app.domain.errors import NotFound, Refusal
from app.i18n import msgid
from app.web.http.form_text import MULTIPART, URL_ENCODED, FormType, Sent, read_multipart, read_url_encoded
from app.web.http.origin import require_same_origin
from components.html.renderer import language_query

Page = Callable[..., Awaitable[Response]]

DECLINED = (Refusal, HTTPException)
UNKNOWN = msgid('No sticker has this code.')

_SAFE = ":/%#?=@[]!$&'()*+,;"
"""Characters that are not quoted in an address."""


def page_route(method: str, path: str, page: Page) -> Route:
    """Return a route to a page without the cost of a FastAPI route, which is as much as that of the page itself."""

    async def answer(request: Request) -> Response:
        await require_same_origin(request)
        request.scope['route'] = route
        return await page(request, **request.path_params)

    route = Route(path, answer, methods=[method], include_in_schema=False)
    return route


def read_code(typed: str) -> str:
    """Return the code in its one spelling. Raise NotFound if it is none."""
    code = sticker_codes.read(typed)
    if isinstance(code, sticker_codes.CodeError):
        raise NotFound(UNKNOWN)
    return code


async def fields(request: Request) -> Sent:
    """Return the text fields of the form that was sent. Raise HTTPException if it can't be read."""
    form = FormType.of(request)
    if form.media_type == URL_ENCODED:
        return read_url_encoded(await request.body(), form.charset)
    return await read_multipart(request, request.stream()) if form.media_type == MULTIPART else {}


def onward(request: Request, address: str) -> Response:
    """Lead on to another page with a 303, in the language that the reader chose."""
    location = quote(f'{address}{language_query(request)}', _SAFE)
    return Response(status_code=HTTPStatus.SEE_OTHER, headers={'location': location, 'cache-control': 'no-store'})
