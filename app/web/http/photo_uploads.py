"""Read uploaded photos piece by piece, with limits for their number, size and time."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator
from contextlib import aclosing, asynccontextmanager, contextmanager
from http import HTTPStatus

from fastapi import HTTPException, Request
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException
from starlette.requests import ClientDisconnect

from app.domain.bounded_pattern import BoundedPattern
from app.domain.errors import Invalid, NotNow
from app.services.photo_processing import LARGEST_PHOTO, too_large, too_many
from app.web.http.form_text import MULTIPART, FormParser, FormType
from app.web.http.middleware import LONGEST_REQUEST
from app.web.http.network_prefix import network_prefix

LARGEST_UPLOAD = LARGEST_PHOTO + 16 * 1024
"""Bytes of a body that carries a photo, with what a form puts around it."""

ANY_SIZE = 2**62
"""For a request whose beginning is wanted however much follows. Its reader stops by itself."""

UPLOADS = {
    BoundedPattern(r'PUT /api/v1/reports/[^/]+/photo', LONGEST_REQUEST): LARGEST_UPLOAD,
    BoundedPattern(r'POST /q/[^/]+/thanks/[^/]+/photo', LONGEST_REQUEST): LARGEST_UPLOAD,
    BoundedPattern(r'POST /q/[^/]+/thanks/[^/]+/more', LONGEST_REQUEST): ANY_SIZE,
    BoundedPattern(r'PUT /api/v1/entries/[^/]+/photos/\d', LONGEST_REQUEST): LARGEST_UPLOAD,
}
"""The requests that may be larger than others: a pattern of 'METHOD /path', and bytes."""

ROOM = 8 * LARGEST_UPLOAD
"""The most bytes of all uploads at one time."""

FROM_ONE_NETWORK = 2
"""Uploads from one network at one time: a client that stalls must not block everybody else."""

IDLE_TIMEOUT = 20.0
"""Seconds without a byte after which an upload ends."""

DURATION = 3_600.0
"""Seconds that one upload may take: 15 MB at 4 kB/s. Until then it goes on for as long as it moves."""

CHUNK, PORTION_WITHIN = 30_000, 30.0
"""Bytes, and the seconds within which that many must arrive: an upload slower than 1 kB/s ends."""

PHOTO_KINDS = ('image/jpeg', 'image/png', 'image/webp', 'image/heic', 'image/heif', 'application/octet-stream')

PHOTO_BODY = {
    'requestBody': {
        'required': True,
        'description': 'A JPEG, PNG, WebP or HEIC of at most 15 MB.',
        'content': {kind: {'schema': {'type': 'string', 'format': 'binary'}} for kind in PHOTO_KINDS},
    }
}

PHOTO_PROBLEMS = {
    400: 'The line was cut.',
    403: 'It was sent from another website, or so many photos have been sent that the last one stays.',
    413: 'It is larger than 15 MB.',
    415: 'It is not said to be a picture.',
    422: 'It is no such picture, it is broken, has too many pixels, or something else is hidden in it.',
    503: 'Too many are arriving, it was too slow, or nothing can be kept now: send it again later.',
}
"""The reasons why the API declines a photo, besides those that concern the report or entry."""

Charge = Callable[[int], None]


class UploadDeadline:
    """The time limits of one upload. Times are in seconds of a monotonic clock."""

    def __init__(self, now: float) -> None:
        self._end = now + DURATION
        self._begin_portion(now)

    def note(self, size: int, now: float) -> None:
        """Count bytes that have arrived."""
        self._due -= size
        if self._due <= 0:
            self._begin_portion(now)

    def ends(self, now: float) -> float:
        """Return the time until which the next byte must arrive."""
        return min(self._end, self._portion_end, now + IDLE_TIMEOUT)

    def _begin_portion(self, now: float) -> None:
        self._due, self._portion_end = CHUNK, now + PORTION_WITHIN


class PhotoUploads:
    """Reads photos from requests, as many at a time as there is memory for.

    It raises TooLarge for a photo that is too large, and NotNow if no memory is left or the sender is too slow. The
    memory of a photo is free again when the context that reads it ends.
    """

    def __init__(self, room: int = ROOM) -> None:
        self._free = room
        self._coming: Counter[str] = Counter()

    @asynccontextmanager
    async def body(self, request: Request) -> AsyncIterator[bytearray]:
        """Read the photo that is the whole body of the request."""
        with self.place(request), self.charging() as charge:
            photo = bytearray()
            async for piece in self.pieces(request, charge):
                photo += piece
            yield photo

    @asynccontextmanager
    async def form(self, request: Request, field: str) -> AsyncIterator[bytes]:
        """Read the photo in this field of a form; b'' if none was chosen."""
        with self.place(request), self.charging() as charge:
            yield await chosen_file(await _parsed(request, self.pieces(request, charge)), field)

    @contextmanager
    def place(self, request: Request) -> Iterator[None]:
        """Count an upload of this network. Raise NotNow if it has too many. A network without uploads is forgotten."""
        network = network_prefix(request)
        if self._coming[network] >= FROM_ONE_NETWORK:
            raise too_many()
        self._coming[network] += 1
        try:
            yield
        finally:
            self._coming[network] -= 1
            self._coming += Counter()  # drop the networks with 0

    @contextmanager
    def charging(self) -> Iterator[Charge]:
        """Yield a function that takes memory for a piece until the end, or raises NotNow if there is none."""
        taken = 0

        def charge(size: int) -> None:
            nonlocal taken
            if size > self._free:
                raise too_many()
            taken += size
            self._free -= size

        try:
            yield charge
        finally:
            self._free += taken

    async def pieces(self, request: Request, charge: Charge) -> AsyncGenerator[bytes, None]:
        """Yield the body as it arrives. Raise NotNow if it comes too slowly."""
        loop = asyncio.get_running_loop()
        deadline = UploadDeadline(loop.time())
        async with aclosing(request.stream()) as arriving:
            while piece := await self._next(arriving, deadline.ends(loop.time())):
                charge(len(piece))
                deadline.note(len(piece), loop.time())
                yield piece

    async def _next(self, arriving: AsyncGenerator[bytes, None], until: float) -> bytes:
        try:
            async with asyncio.timeout_at(until):
                return await anext(arriving, b'')
        except TimeoutError as error:
            raise NotNow('The photo took too long on its way. Your report is kept: send the photo again.') from error
        except ClientDisconnect as error:
            raise HTTPException(HTTPStatus.BAD_REQUEST) from error
        except HTTPException as error:
            raise too_large() if error.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE else error from None


def require_picture(request: Request) -> None:
    """Raise a 415 if the body has another type. A browser sends no type for a file that it doesn't know."""
    kind = request.headers.get('content-type', '').partition(';')[0].strip().lower()
    if kind and not kind.startswith('image/') and kind != 'application/octet-stream':
        raise HTTPException(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)


class PhotoFormParser(FormParser):
    spool_max_size = LARGEST_UPLOAD  # in memory, which is accounted for: uploads must not reach the disk


async def _parsed(request: Request, pieces: AsyncGenerator[bytes, None]) -> FormData:
    if FormType.of(request).media_type != MULTIPART:
        raise Invalid('photo', 'Choose a photo first.')
    try:
        return await PhotoFormParser(request.headers, pieces, max_files=1, max_fields=4, max_part_size=1_000).parse()
    except MultiPartException as error:
        raise HTTPException(HTTPStatus.BAD_REQUEST) from error


async def chosen_file(form: FormData, field: str) -> bytes:
    """Return the file in this field. The form is closed at once, so that no second copy of it stays in memory."""
    try:
        chosen = form.get(field)
        return await chosen.read() if isinstance(chosen, UploadFile) else b''
    finally:
        await form.close()
