"""Serve Haren as `python -m app serve` does, and note how long the collector of garbage and the loop make people wait.

Usage: HOST=… PORT=… HAREN_DATA=… PAUSES=FILE python -m bench.watched_server. Rate limits hold nothing. FILE gets a line
for each pause: `collector` or `loop`, and milliseconds.
"""

from __future__ import annotations

import asyncio
import gc
import os
import time
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from app.bootstrap import create_services
from app.build import build
from app.cli.gc_tuning import tune_gc
from app.domain.token_buckets import RateLimit
from app.services.spam_filter import RateLimits
from app.settings import Settings, read_settings
from app.web.http.server_protocol import server_config

WIDE = RateLimit(at_once=1e9, an_hour=1e9)

TICK = 0.01
"""Seconds between two looks at the loop. What it is late by, everybody waits."""

SHORT = 1.0
"""Milliseconds of a pause that is not worth a line."""


class PauseRecorder:
    """Measures each collection, and how late the loop is. An ASGI application around the one that it watches."""

    def __init__(self, app: ASGIApp, file: Path) -> None:
        self._app = app
        self._file = file.open('a', encoding='utf-8', buffering=1)
        self._collecting_since = 0.0
        gc.callbacks.append(self._collection)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on. Watch the loop for as long as the server runs."""
        if scope['type'] != 'lifespan':
            await self._app(scope, receive, send)
            return
        watching = asyncio.create_task(self._watch_loop())
        try:
            await self._app(scope, receive, send)
        finally:
            watching.cancel()

    async def _watch_loop(self) -> None:
        while True:
            began = time.perf_counter()
            await asyncio.sleep(TICK)
            self._note('loop', time.perf_counter() - began - TICK)

    def _collection(self, phase: str, _: dict[str, int]) -> None:
        if phase == 'start':
            self._collecting_since = time.perf_counter()
        else:
            self._note('collector', time.perf_counter() - self._collecting_since)

    def _note(self, what: str, seconds: float) -> None:
        if seconds * 1e3 >= SHORT:
            self._file.write(f'{what} {seconds * 1e3:.1f}\n')


def serve(settings: Settings, pauses: Path) -> None:
    """Serve until terminated."""
    services = create_services(settings, RateLimits(*[WIDE] * len(RateLimits._fields)))
    watched = PauseRecorder(build(settings, services), pauses)
    config = server_config(watched, host=settings.host, port=settings.port)
    tune_gc()
    uvicorn.Server(config).run()


if __name__ == '__main__':
    serve(read_settings(), Path(os.environ['PAUSES']))
