"""Serve Haren, and take commands on standard input.

Prints the number of its port once it can be reached there. Each line of standard input names a person, and is answered
with an invitation that signs them in. Other lines are commands: `reports` and `held` are answered with the ids of all
reports that count, or that wait for a lead, as JSON; `log` with author, text and number of photos of each entry, the
oldest first; `screen ID` with whether the screen with this `clientId` can still receive updates.
`later SECONDS` sets the clock ahead, and `minute` sets it to the next whole minute.

Usage: python -m tests.browser.serve FOLDER [wary] [impatient] [port=PORT] [stands=MOMENT]

`wary` holds every report that looks automatic; `impatient` forgets a screen a second after its connection is cut.
`stands=MOMENT` (ISO 8601) stops the clock, until a line sets it ahead.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
import sys
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import uvicorn
from nicegui import Client, core
from pydantic import AnyHttpUrl

from app.build import build
from app.domain.entries import Entry
from app.domain.quarantine import HeldReport
from app.domain.reports import Report
from app.domain.token_buckets import RateLimit
from app.services.container import Services
from app.services.context import Context
from app.services.demo_data import NotEmpty, fill
from app.services.spam_filter import RateLimits
from app.settings import Settings
from app.store.catalogue_files import load_catalogue
from app.store.tinydb.store import TinyStore
from app.web.http.server_protocol import server_config

PLENTY = RateLimit(at_once=1_000_000, an_hour=1_000_000)
NOTHING = RateLimit(at_once=0, an_hour=0)

TRUSTING = RateLimits(*[PLENTY] * len(RateLimits._fields))
"""Allow much more than people need: all tests come from one address, and faster than people do."""

WARY = TRUSTING._replace(odd_network=NOTHING, odd=NOTHING)

KINDS: dict[str, type[Report] | type[HeldReport]] = {'reports': Report, 'held': HeldReport}


class Clock:
    """A clock that runs or stands still, and can be set ahead."""

    def __init__(self, stands_at: datetime | None = None) -> None:
        self._stands_at = stands_at
        self._ahead = timedelta()

    def set_ahead(self, seconds: float) -> None:
        """Set the clock ahead by so much."""
        self._ahead += timedelta(seconds=seconds)

    def __call__(self) -> datetime:
        return (self._stands_at or datetime.now(UTC)) + self._ahead


def option(name: str) -> str:
    """Return the value of NAME=VALUE among the arguments, or ''."""
    return next((argument.partition('=')[2] for argument in sys.argv if argument.startswith(f'{name}=')), '')


async def serve(folder: Path, rate_limits: RateLimits) -> None:
    """Serve the demo until standard input ends."""
    # Kept open from here on, or another worker might take the port.
    listener = socket.create_server(('127.0.0.1', int(option('port') or 0)))
    port = int(listener.getsockname()[1])
    url = AnyHttpUrl(f'http://127.0.0.1:{port}')
    if 'impatient' in sys.argv:
        os.environ.pop('PYTEST_CURRENT_TEST', None)  # with it, NiceGUI compresses nothing
    settings = Settings.model_construct(host='127.0.0.1', port=port, data=folder, url=url)
    clock = Clock(datetime.fromisoformat(moment) if (moment := option('stands')) else None)
    context = Context(store=TinyStore(folder), base_catalogue=load_catalogue(), now=clock, steady_now=clock)
    services = Services.create(context, settings.base, rate_limits)
    with suppress(NotEmpty):
        await fill(services)
    config = server_config(build(settings, services), host='127.0.0.1', port=port)
    if 'impatient' in sys.argv:
        core.app.config.reconnect_timeout = 1
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    while not server.started:
        await asyncio.sleep(0.02)
    print(port, flush=True)
    while asked := (await asyncio.to_thread(sys.stdin.readline)).strip():
        print(await _answer(services, clock, asked), flush=True)
    server.should_exit = True
    await serving


async def _answer(services: Services, clock: Clock, asked: str) -> str:
    if asked.startswith('later '):
        clock.set_ahead(float(asked.removeprefix('later ')))
        return ''
    if asked == 'minute':
        clock.set_ahead(60 - clock().timestamp() % 60)
        return ''
    if asked.startswith('screen '):
        return json.dumps(asked.removeprefix('screen ') in Client.instances)
    if asked == 'log':
        entries = sorted(await services.context.find_all(Entry), key=lambda entry: entry.logged_at)
        return json.dumps([(entry.author_id, entry.text, len(entry.photos)) for entry in entries])
    if asked in KINDS:
        return json.dumps([document.id for document in await services.context.find_all(KINDS[asked])])
    return await services.people.invite(None, asked)


if __name__ == '__main__':
    asyncio.run(serve(Path(sys.argv[1]), WARY if 'wary' in sys.argv else TRUSTING))
