"""What another app shares with Haren while no service worker is there to take it: the text goes on to the log.

Nothing is kept here, and nothing changes, so that it does no harm where another website sends this form.
"""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator
from http import HTTPStatus
from urllib.parse import urlencode

from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.responses import RedirectResponse
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect

from app.web.http.photo_uploads import LARGEST_UPLOAD
from app.web.http.session import Session

SHARE = '/log/share'
LOG = '/log'

SHARES = {re.compile(f'POST {SHARE}'): 4 * LARGEST_UPLOAD}
"""Bytes that are listened to, so that a browser gets to hear the answer. All but the first are thrown away at once."""

READ = 64 * 1024
"""Bytes of the form that are read: its texts come before its pictures (W3C, Web Share Target)."""

LONGEST_ADDRESS = 3_000
"""Characters: a reverse proxy may take no longer lines in an answer's head."""

_FIELDS = ('title', 'text', 'url')


def register(server: FastAPI, session: Session) -> None:
    """Serve /log/share.

    A plain Starlette route, because those of FastAPI ask for a form's origin. Who shares has none: it is a program of
    the phone.
    """

    async def share(request: Request) -> Response:
        await session.require(request)
        shared = await _shared(request) if request.method == 'POST' else {}
        return RedirectResponse(_onward(shared), HTTPStatus.SEE_OTHER, {'cache-control': 'no-store'})

    server.add_route(SHARE, share, methods=['GET', 'POST'], include_in_schema=False)


def as_text(parts: list[str]) -> str:
    """The parts below each other, each said once: programs often repeat the address in the text."""
    said = [part.strip() for part in parts if part.strip()]
    return '\n'.join(
        part for place, part in enumerate(said)
        if not any(part in other and (part != other or at < place) for at, other in enumerate(said) if at != place)
    )  # fmt: skip


def _onward(shared: dict[str, str]) -> str:
    """The address of the log with what was shared, as much of it as fits."""
    told = {'text': as_text([shared.get(name, '') for name in _FIELDS]), 'lost': shared.get('lost', '')}
    while len(query := urlencode({name: value for name, value in told.items() if value})) > LONGEST_ADDRESS:
        told['text'] = told['text'][: len(told['text']) * LONGEST_ADDRESS // len(query) - 1]
    return f'{LOG}?{query}' if query else LOG


class _Beginning:
    """The first bytes of a request's body. The others are listened to and let go."""

    def __init__(self, request: Request) -> None:
        self._request = request
        self.had_more = False

    async def pieces(self) -> AsyncGenerator[bytes, None]:
        left = READ
        async for piece in self._request.stream():
            if left > 0:
                yield piece[:left]
            left -= len(piece)
            self.had_more = left < 0


async def _shared(request: Request) -> dict[str, str]:
    """The texts of the form, as far as they can be read, and `lost` where there was more."""
    if not request.headers.get('content-type', '').startswith('multipart/form-data'):
        return {}
    beginning = _Beginning(request)
    parser = MultiPartParser(request.headers, beginning.pieces())
    try:
        form = await parser.parse()
    except (MultiPartException, HTTPException, ClientDisconnect):
        return {}
    finally:
        for picture in parser._files_to_close_on_error:  # one whose end was not read is in no form that could be closed
            picture.close()
    texts = {name: value for name, value in form.items() if isinstance(value, str)}
    had_pictures = beginning.had_more or len(texts) < len(form)
    return {**texts, 'lost': 'images' if had_pictures else ''}
