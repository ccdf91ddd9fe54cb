"""What plain pages read from a request, and how they lead on."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus

from fastapi import FastAPI, Request, Response
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException
from starlette.routing import Route

from app.domain import codes
from app.domain.errors import NotFound, Refusal
from app.language import msgid
from app.web.limits import require_same_origin
from components.plain import carried

Sent = Mapping[str, str]
Page = Callable[..., Awaitable[Response]]

DECLINED = (Refusal, HTTPException)
UNKNOWN = msgid('No sticker has this code.')


def serve(server: FastAPI, method: str, path: str, page: Page) -> None:
    """Let a page answer at this path, without what a FastAPI route costs: that is as much as all that the page does."""

    async def answer(request: Request) -> Response:
        await require_same_origin(request)
        request.scope['route'] = route
        return await page(request, **request.path_params)

    route = Route(path, answer, methods=[method], include_in_schema=False)
    # What is sent is looked for first: a flood of it should cost as little as can be.
    server.router.routes.insert(0 if method == 'POST' else len(server.router.routes), route)


def read_code(typed: str) -> str:
    """The code in its one spelling; NotFound where it is none."""
    code = codes.read(typed)
    if isinstance(code, codes.Flaw):
        raise NotFound(UNKNOWN)
    return code


async def fields(request: Request) -> Sent:
    """The text fields of the form that was sent."""
    return {name: value for name, value in (await request.form()).items() if isinstance(value, str)}


def onward(request: Request, address: str) -> RedirectResponse:
    """The way to another page, in the language that the reader chose."""
    return RedirectResponse(f'{address}{carried(request)}', HTTPStatus.SEE_OTHER, {'cache-control': 'no-store'})
