"""Haren as it is served, with a line to it.

Each line of standard input names a person, and is answered with an invitation that signs them in.

Usage: python -m tests.browser.serve FOLDER PORT
"""

from __future__ import annotations

import asyncio
import sys
from contextlib import suppress
from pathlib import Path

import uvicorn
from pydantic import AnyHttpUrl

from app.build import build, furnish
from app.services.demo import NotEmpty, fill
from app.settings import Settings


async def serve(folder: Path, port: int) -> None:
    """Serve the demo until standard input ends."""
    url = AnyHttpUrl(f'http://127.0.0.1:{port}')
    settings = Settings.model_construct(host='127.0.0.1', port=port, data=folder, url=url)
    house = furnish(settings)
    with suppress(NotEmpty):
        await fill(house)
    config = uvicorn.Config(build(settings, house), host='127.0.0.1', port=port, workers=1, log_level='warning',
                            timeout_graceful_shutdown=1)  # fmt: skip
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.02)
    print('serving', flush=True)
    while person := (await asyncio.to_thread(sys.stdin.readline)).strip():
        print(await house.people.invite(None, person), flush=True)
    server.should_exit = True
    await serving


if __name__ == '__main__':
    asyncio.run(serve(Path(sys.argv[1]), int(sys.argv[2])))
