"""The socket in the data folder at which a running Haren answers `python -m app invite`.

The two exchange JSON lines. The command names a person, and Haren answers with the links. The command shows them and
says so. Only then Haren saves the person and answers that it did. Each answer can be a refusal instead.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path

from pydantic import BaseModel

from app.cli.startup_message import sign_in_links
from app.domain.errors import Refusal
from app.domain.people import Role
from app.services.container import Services
from app.settings import Settings
from app.store.protocol import StoreError

NAME = 'invite.socket'
PATIENCE = 30.0
"""Seconds that each side waits for a line of the other."""

LONGEST_LINE = 2**13
LONGEST_PATH = 100
"""Bytes of a socket's path that every system takes. Linux takes 107."""

SHOWN = {'shown': True}
SAVED = {'saved': True}
REFUSED = 'refused'

logger = logging.getLogger(__name__)


class Wanted(BaseModel):
    """Whom the command wants to invite."""

    name: str
    role: Role


@asynccontextmanager
async def answering_invitations(settings: Settings, services: Services) -> AsyncIterator[None]:
    """Answer the command for as long as this is open. The caller holds the data folder's lock.

    Where the system allows no socket there, Haren serves without it.
    """
    try:
        listening = _listen(settings.data)
    except OSError as error:
        logger.warning('`python -m app invite` works only while Haren is stopped: %s', error)
        yield
        return
    answers = _Answers(settings, services)
    server = await asyncio.start_unix_server(answers.answer, sock=listening, limit=LONGEST_LINE)
    try:
        yield
    finally:
        server.close()
        with suppress(OSError):
            (settings.data / NAME).unlink()
        await answers.end()


def connect(folder: Path) -> socket.socket | None:
    """Return a connection to the Haren that has this folder open, or None if none answers there.

    In a folder that many share, somebody else's socket could show links of their own: it counts as none.
    """
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.settimeout(PATIENCE)
    try:
        if (folder / NAME).lstat().st_uid in (os.geteuid(), folder.stat().st_uid):
            with _short_path(folder) as path:
                connection.connect(path)
            return connection
    except OSError:
        pass  # there is none, or it is one that a killed Haren left
    connection.close()
    return None


def line_of(message: object) -> bytes:
    """Return a message as a line."""
    return json.dumps(message).encode() + b'\n'


def _listen(folder: Path) -> socket.socket:
    """Open the socket for the folder's owner alone. One that is there was left by a process that is gone."""
    (folder / NAME).unlink(missing_ok=True)
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        with _short_path(folder) as path:
            listening.bind(path)
        (folder / NAME).chmod(0o600)  # nobody can connect before the next line
        listening.listen()
    except BaseException:
        listening.close()
        raise
    return listening


@contextmanager
def _short_path(folder: Path) -> Iterator[str]:
    """Yield a path of the socket that is short enough. A deep folder's leads through a descriptor of that folder."""
    path = str(folder / NAME)
    if len(os.fsencode(path)) <= LONGEST_PATH:
        yield path
        return
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        yield f'/proc/self/fd/{opened}/{NAME}'
    finally:
        os.close(opened)


class _Answers:
    """The connections that are being answered."""

    def __init__(self, settings: Settings, services: Services) -> None:
        self._settings = settings
        self._services = services
        self._open: set[asyncio.Task[None]] = set()

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one connection."""
        task = asyncio.create_task(self._answer(reader, writer))
        self._open.add(task)
        task.add_done_callback(self._open.discard)

    async def end(self) -> None:
        """End the connections that are still open. What they have not saved yet is not saved."""
        for task in tuple(self._open):
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self._invite(reader, writer)
        except (Refusal, StoreError) as error:
            writer.write(line_of({REFUSED: str(error)}))
        except ValueError:  # no JSON, too long, or not what is expected
            writer.write(line_of({REFUSED: 'The request can not be read.'}))
        except TimeoutError:
            writer.write(line_of({REFUSED: 'That took too long.'}))
        except Exception:
            logger.exception('an invitation from the command line failed')
        finally:
            writer.close()

    async def _invite(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        wanted = Wanted.model_validate_json(await _line(reader))
        prepared = self._services.operator_invitations.prepare(wanted.name, wanted.role)
        writer.write(line_of(sign_in_links(self._settings, prepared.token)._asdict()))
        if await _line(reader) == line_of(SHOWN):
            await self._services.operator_invitations.save(prepared)
            writer.write(line_of(SAVED))


async def _line(reader: asyncio.StreamReader) -> bytes:
    """Return the next line, or b'' if the command has ended. Raise ValueError if it is too long."""
    return await asyncio.wait_for(reader.readline(), PATIENCE)
