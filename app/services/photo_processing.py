"""Turn the photos that people send into small, upright JPEGs without metadata, or refuse them.

The original is never stored and never decoded here. A separate process without any rights decodes it.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from typing import IO

from app.domain.errors import Invalid, NotNow, Refusal, TooLarge
from app.services import photo_worker
from app.services.photo_worker import PhotoFlaw

log = logging.getLogger(__name__)

LARGEST_PHOTO = 15 * 2**20
"""Bytes of a photo as it is sent."""

COMMAND = (sys.executable, '-I', photo_worker.__file__)

ENVIRONMENT = {'MALLOC_ARENA_MAX': '1'}
"""The whole environment of the process. It holds no secret.

One malloc arena is enough. Each further one would take address space.
"""

PATIENCE = 30.0
"""Seconds that one photo may take. The limit of processor time is a third of it, as processes share it."""

JPEG = b'\xff\xd8\xff'

LONGEST_ERROR = 2_000
"""Bytes that are logged of the error output."""

MISSING_LAYER = 'sandbox: '
"""The beginning of a line of the error output that names a layer of the sandbox which this machine lacks."""

AT_ONCE = 2
WAITING = 16


class PhotoProcessor:
    """Process photos, AT_ONCE at a time.

    WAITING more photos wait, and further ones are refused for now.
    """

    def __init__(self, command: Sequence[str] = COMMAND, patience: float = PATIENCE) -> None:
        self._command = tuple(command)
        self._patience = patience
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._pending = 0
        self._missing_layers: set[str] = set()

    async def process(self, content: bytes | bytearray) -> bytes:
        """Return a JPEG of at most 1,600 pixels a side without metadata, made of a JPEG, PNG, WebP or HEIC.

        Raise TooLarge or Invalid if it can't be made, and NotNow if too many wait or no process can be started.
        """
        if not content:
            raise Invalid('photo', 'Choose a photo first.')
        if len(content) > LARGEST_PHOTO:
            raise too_large()
        if self._pending >= AT_ONCE + WAITING:
            raise too_many()
        self._pending += 1
        try:
            async with self._slots:
                return await self._process(content)
        finally:
            self._pending -= 1

    async def _process(self, content: bytes | bytearray) -> bytes:
        """Run the process on files in memory instead of pipes.

        The original never reaches the disk, and neither side waits for the other to read.
        """
        try:
            with ExitStack() as files:
                sent, made, errors = (files.enter_context(_file_in_memory()) for _ in range(3))
                sent.write(content)
                sent.seek(0)
                status = await self._run(sent, made, errors)
                self._log_missing_layers(errors)
                return _photo(status, made, errors)
        except OSError as error:
            log.exception('could not start a process for a photo')
            raise _unavailable() from error

    async def _run(self, sent: IO[bytes], made: IO[bytes], errors: IO[bytes]) -> int:
        process = await asyncio.create_subprocess_exec(
            *self._command, stdin=sent, stdout=made, stderr=errors, env=ENVIRONMENT, cwd='/', start_new_session=True
        )
        try:
            async with asyncio.timeout(self._patience):
                return await process.wait()
        except TimeoutError:
            return -signal.SIGXCPU
        finally:
            if process.returncode is None:
                with suppress(ProcessLookupError):
                    process.kill()
                await process.wait()

    def _log_missing_layers(self, errors: IO[bytes]) -> None:
        """Log each layer of the sandbox that is missing, once."""
        errors.seek(0)
        for line in errors.read(LONGEST_ERROR).decode(errors='replace').splitlines():
            if line.startswith(MISSING_LAYER) and line not in self._missing_layers:
                self._missing_layers.add(line)
                log.warning('photos are opened with less protection: %s', line.removeprefix(MISSING_LAYER))


def too_large() -> TooLarge:
    """Return the refusal of a photo that is larger than LARGEST_PHOTO."""
    limit = LARGEST_PHOTO // 2**20
    return TooLarge('That photo is larger than {limit} MB. Choose a smaller one.', limit=limit)


def too_many() -> NotNow:
    """Return the refusal of a photo while too many others are waiting."""
    return NotNow('Many photos are arriving right now. Your report is kept: send the photo again in a moment.')


def _file_in_memory() -> IO[bytes]:
    return os.fdopen(os.memfd_create('photo'), 'w+b', buffering=0)


def _photo(status: int, made: IO[bytes], errors: IO[bytes]) -> bytes:
    made.seek(0)
    if status == 0 and (photo := made.read()).startswith(JPEG):
        return photo
    errors.seek(0)
    raise _refusal(status, errors.read(LONGEST_ERROR))


def _refusal(status: int, errors: bytes) -> Refusal:
    match status:
        case PhotoFlaw.NO_PICTURE:
            return Invalid('photo', 'This is no picture that we can read. Send a JPEG, PNG, WebP or HEIC.')
        case PhotoFlaw.STOWAWAY:
            return Invalid('photo', 'Something else is hidden in this picture, so it was not kept. Choose another one.')
        case PhotoFlaw.TOO_MANY_PIXELS:
            return Invalid('photo', 'This picture has more pixels than we can open. Choose a smaller one.')
        case PhotoFlaw.BROKEN:
            return Invalid('photo', 'This picture is broken and can not be opened. Choose another one.')
    if status < 0:
        log.warning('the process for a photo was stopped by %s', signal.Signals(-status).name)
        return Invalid('photo', 'This picture takes too much to open. Choose another one.')
    log.error('photos can not be processed: exit status %s: %s', status, errors.decode(errors='replace'))
    return _unavailable()


def _unavailable() -> NotNow:
    return NotNow('Photos can not be taken in right now. Your report is kept: send the photo again in a while.')
