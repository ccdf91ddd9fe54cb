"""Serve one page with as little work as possible, to measure Haren's page beside it.

Usage: PORT=… python -m bench.bare_server FILE. A GET answers the file's bytes.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route


def bare(body: bytes) -> Starlette:
    """Return the application: a sticker's route that answers `body`."""

    async def get(_: Request) -> Response:
        return Response(body, media_type='text/html')

    return Starlette(routes=[Route('/q/{code}', get)])


if __name__ == '__main__':
    uvicorn.run(
        bare(Path(sys.argv[1]).read_bytes()), port=int(os.environ['PORT']), log_level='warning', access_log=False
    )
