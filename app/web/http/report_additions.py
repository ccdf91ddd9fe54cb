"""Read the form that adds a note and a photo to a report. The note is read, whatever becomes of the photo."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import ExitStack, asynccontextmanager
from http import HTTPStatus
from typing import NamedTuple

from fastapi import HTTPException, Request
from starlette.datastructures import FormData
from starlette.formparsers import MultiPartException

from app.domain.errors import Refusal
from app.services.photo_processing import too_large
from app.web.http.form_text import MULTIPART, FormType, read_url_encoded, text_fields
from app.web.http.middleware import LARGEST_BODY
from app.web.http.photo_uploads import LARGEST_UPLOAD, PhotoFormParser, PhotoUploads, chosen_file


class Additions(NamedTuple):
    """The words and the photo that a form adds to a report. `refusal` says why its photo was not read to the end."""

    note: str = ''
    photo: bytes = b''
    refusal: Refusal | HTTPException | None = None


@asynccontextmanager
async def read_additions(
    request: Request, uploads: PhotoUploads, expect: Callable[[], Awaitable[object]]
) -> AsyncIterator[Additions]:
    """Read the fields `note` and `photo` of a form, piece by piece.

    The note comes first. An upload begins with the first byte of a photo: then `expect` is awaited, too, and what it
    or a limit declines is the photo alone.
    """
    if FormType.of(request).media_type != MULTIPART:
        yield Additions(read_url_encoded(await request.body(), FormType.of(request).charset).get('note', ''))
        return
    with ExitStack() as stack:
        charge = stack.enter_context(uploads.charging())

        async def pieces() -> AsyncGenerator[bytes, None]:
            is_expected, size = False, 0
            async for piece in uploads.pieces(request, _free_of_charge):
                yield piece  # the parser has read it when this goes on
                size += len(piece)
                if size > LARGEST_UPLOAD:
                    raise too_large()
                if parser.has_photo and not is_expected:
                    is_expected = True
                    stack.enter_context(uploads.place(request))
                    await expect()
                charge(len(piece) if is_expected else 0)

        parser = _Parser(request.headers, pieces(), max_files=1, max_fields=4, max_part_size=LARGEST_BODY)
        yield await _additions(parser, request)


class _Parser(PhotoFormParser):
    """Tells when the first byte of a photo has arrived."""

    has_photo = False

    def on_part_data(self, data: bytes, start: int, end: int) -> None:
        self.has_photo = self.has_photo or (self._current_part.file is not None and end > start)
        super().on_part_data(data, start, end)


async def _additions(parser: _Parser, request: Request) -> Additions:
    refusal: Refusal | HTTPException | None = None
    photo = b''
    try:
        photo = await chosen_file(await parser.parse(), 'photo')
    except MultiPartException:
        refusal = HTTPException(HTTPStatus.BAD_REQUEST)
    except (Refusal, HTTPException) as error:
        refusal = error
    texts = FormData([(name, value) for name, value in parser.items if isinstance(value, str)])
    return Additions(text_fields(texts, FormType.of(request).charset).get('note', ''), photo, refusal)


def _free_of_charge(size: int) -> None:
    """Charge nothing for the pieces before a photo: they are small, and go at once."""
