"""What plain pages read from a request, and how they lead on."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from fastapi import Request
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException

from app.domain import codes
from app.domain.errors import NotFound, Refusal
from app.language import msgid
from components.plain import carried

Sent = Mapping[str, str]

DECLINED = (Refusal, HTTPException)
UNKNOWN = msgid('No sticker has this code.')


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
