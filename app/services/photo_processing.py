"""The darkroom: what people send as photos becomes small, upright and clean, or is refused in words.

What was sent is never kept and never opened here: a process of its own decodes it, with nothing to lose.
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
"""All that the process sees: no secret of ours, and one heap, because each more takes of its address space."""

PATIENCE = 30.0
"""Seconds that one photo may take. It has a third of that of the processor, which it may have to share."""

JPEG = b'\xff\xd8\xff'

LONGEST_COMPLAINT = 2_000
"""Bytes that are logged of what the process said where it failed."""

AT_ONCE = 2
WAITING = 16


class PhotoProcessor:
    """Develops photos, `AT_ONCE` at a time; `WAITING` more wait, and others are asked to come again."""

    def __init__(self, command: Sequence[str] = COMMAND, patience: float = PATIENCE) -> None:
        self._command = tuple(command)
        self._patience = patience
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._inside = 0

    async def develop(self, content: bytes | bytearray) -> bytes:
        """A JPEG of at most 1,600 pixels without any metadata, made of a JPEG, PNG, WebP or HEIC.

        TooLarge or Invalid where there can't be one, NotNow where too many wait.
        """
        if not content:
            raise Invalid('photo', 'Choose a photo first.')
        if len(content) > LARGEST_PHOTO:
            raise too_large()
        if self._inside >= AT_ONCE + WAITING:
            raise too_many()
        self._inside += 1
        try:
            async with self._turns:
                return await self._develop(content)
        finally:
            self._inside -= 1

    async def _develop(self, content: bytes | bytearray) -> bytes:
        """Files in memory instead of pipes: what was sent never reaches the disk, and nobody waits for the other."""
        try:
            with ExitStack() as files:
                sent, made, said = (files.enter_context(_file_in_memory()) for _ in range(3))
                sent.write(content)
                sent.seek(0)
                status = await self._run(sent, made, said)
                return _photo(status, made, said)
        except OSError as error:
            log.exception('no process could be started for a photo')
            raise _closed() from error

    async def _run(self, sent: IO[bytes], made: IO[bytes], said: IO[bytes]) -> int:
        process = await asyncio.create_subprocess_exec(
            *self._command, stdin=sent, stdout=made, stderr=said, env=ENVIRONMENT, cwd='/', start_new_session=True
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


def too_large() -> TooLarge:
    """The refusal of a photo over LARGEST_PHOTO."""
    limit = LARGEST_PHOTO // 2**20
    return TooLarge('That photo is larger than {limit} MB. Choose a smaller one.', limit=limit)


def too_many() -> NotNow:
    """The refusal of a photo while too many others are on their way."""
    return NotNow('Many photos are arriving right now. Your report is kept: send the photo again in a moment.')


def _file_in_memory() -> IO[bytes]:
    return os.fdopen(os.memfd_create('photo'), 'w+b', buffering=0)


def _photo(status: int, made: IO[bytes], said: IO[bytes]) -> bytes:
    made.seek(0)
    if status == 0 and (photo := made.read()).startswith(JPEG):
        return photo
    said.seek(0)
    raise _why_not(status, said.read(LONGEST_COMPLAINT))


def _why_not(status: int, said: bytes) -> Refusal:
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
        log.warning('a photo was too much for its process: %s', signal.Signals(-status).name)
        return Invalid('photo', 'This picture takes too much to open. Choose another one.')
    log.error('photos can not be developed: status %s: %s', status, said.decode(errors='replace'))
    return _closed()


def _closed() -> NotNow:
    return NotNow('Photos can not be taken in right now. Your report is kept: send the photo again in a while.')
