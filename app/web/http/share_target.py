"""Take what another app shares with Haren while no service worker runs: its text is passed on to the log.

Nothing is stored or changed, so another website that sends this form does no harm.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from http import HTTPStatus
from urllib.parse import urlencode

from fastapi import HTTPException, Request, Response
from fastapi.responses import RedirectResponse
from starlette.formparsers import MultiPartException
from starlette.requests import ClientDisconnect
from starlette.routing import Route

from app.domain.bounded_pattern import BoundedPattern
from app.web.http.form_text import MULTIPART, FormParser, FormType, showable, text_fields
from app.web.http.middleware import LONGEST_REQUEST
from app.web.http.photo_uploads import LARGEST_UPLOAD
from app.web.http.state import state_of

SHARE = '/log/share'
LOG = '/log'

SHARES = {BoundedPattern(f'POST {SHARE}', LONGEST_REQUEST): 4 * LARGEST_UPLOAD}
"""The most bytes of such a request. Browsers show the answer only if the body is read; all but its start is dropped."""

READ = 64 * 1024
"""Bytes of the form that are parsed: its texts come before its pictures (W3C, Web Share Target)."""

LONGEST_ADDRESS = 3_000
"""Characters: a reverse proxy may refuse longer lines in the head of an answer."""

_FIELDS = ('title', 'text', 'url')


async def share(request: Request) -> Response:
    """Lead on to the log with the shared text in its address."""
    await state_of(request).session.require(request)
    shared = await _shared(request) if request.method == 'POST' else {}
    return RedirectResponse(_log_address(shared), HTTPStatus.SEE_OTHER, {'cache-control': 'no-store'})


ROUTE = Route(SHARE, share, methods=['GET', 'POST'], include_in_schema=False)
"""A plain Starlette route: those of FastAPI check the origin of a form, and the form that a phone shares has none."""


def as_text(parts: list[str]) -> str:
    """Join the parts, one a line, without repetitions: programs often repeat the address in the text."""
    given = [part.strip() for part in parts if part.strip()]
    return '\n'.join(
        part
        for place, part in enumerate(given)
        if not any(part in other and (part != other or at < place) for at, other in enumerate(given) if at != place)
    )


def _log_address(shared: dict[str, str]) -> str:
    """Return the address of the log with the shared text, or with as much of it as fits."""
    values = {'text': as_text([shared.get(name, '') for name in _FIELDS]), 'lost': shared.get('lost', '')}
    while len(query := urlencode({name: value for name, value in values.items() if value})) > LONGEST_ADDRESS:
        values['text'] = values['text'][: len(values['text']) * LONGEST_ADDRESS // len(query) - 1]
    return f'{LOG}?{query}' if query else LOG


class _BodyStart:
    """The first bytes of a request's body. The others are received and dropped."""

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
    """Return the texts of the form that can be read. `lost` says that there were pictures, too."""
    if FormType.of(request).media_type != MULTIPART:
        return {}
    start = _BodyStart(request)
    parser = FormParser(request.headers, start.pieces())
    try:
        form = await parser.parse()
    except (MultiPartException, HTTPException, ClientDisconnect):
        return {}
    finally:
        for picture in parser._files_to_close_on_error:  # a picture that was cut off is not part of the form
            picture.close()
    texts = showable(text_fields(form, FormType.of(request).charset))
    had_pictures = start.had_more or len(texts) < len(form)
    return {**texts, 'lost': 'images' if had_pictures else ''}
