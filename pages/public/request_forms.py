"""What plain pages read from a request, and how they lead on."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from urllib.parse import parse_qsl, quote

from fastapi import Request, Response
from starlette.exceptions import HTTPException
from starlette.routing import Route

from app.domain import sticker_codes
from app.domain.errors import NotFound, Refusal
from app.i18n import msgid
from app.web.http.middleware import require_same_origin
from components.html.renderer import language_query

Sent = Mapping[str, str]
Page = Callable[..., Awaitable[Response]]

DECLINED = (Refusal, HTTPException)
UNKNOWN = msgid('No sticker has this code.')

MOST_FIELDS = 1_000

_SAFE = ":/%#?=@[]!$&'()*+,;"
"""What stays as it is in an address that leads on."""


def page_route(method: str, path: str, page: Page) -> Route:
    """Return a route to a page, without what a FastAPI route costs: that is as much as all that the page does."""

    async def answer(request: Request) -> Response:
        await require_same_origin(request)
        request.scope['route'] = route
        return await page(request, **request.path_params)

    route = Route(path, answer, methods=[method], include_in_schema=False)
    return route


def read_code(typed: str) -> str:
    """The code in its one spelling; NotFound where it is none."""
    code = sticker_codes.read(typed)
    if isinstance(code, sticker_codes.CodeError):
        raise NotFound(UNKNOWN)
    return code


async def fields(request: Request) -> Sent:
    """The text fields of the form that was sent; HTTPException where it can't be read."""
    if request.headers.get('content-type') == 'application/x-www-form-urlencoded':
        return _decoded(await request.body())
    return {name: value for name, value in (await request.form()).items() if isinstance(value, str)}


def onward(request: Request, address: str) -> Response:
    """The way to another page, in the language that the reader chose."""
    location = quote(f'{address}{language_query(request)}', _SAFE)
    return Response(status_code=HTTPStatus.SEE_OTHER, headers={'location': location, 'cache-control': 'no-store'})


def _decoded(body: bytes) -> Sent:
    """The fields of a form as browsers send it without files: what Starlette makes of it, at a tenth of the cost."""
    try:
        return dict(parse_qsl(body.decode('latin-1'), keep_blank_values=True, max_num_fields=MOST_FIELDS))
    except ValueError as error:
        raise HTTPException(HTTPStatus.BAD_REQUEST) from error
