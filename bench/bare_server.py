"""A server that does no more than it must: what Haren's answers are measured beside.

Usage: PORT=… python -m bench.bare_server FILE. GET answers the file's bytes; POST parses the form and answers 303.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route


def bare(body: bytes) -> Starlette:
    """The same routes as those that are measured, with nothing behind them."""

    async def get(_: Request) -> Response:
        return Response(body, media_type='text/html')

    async def post(request: Request) -> Response:
        form = await request.form()
        return RedirectResponse(f'/q/{form["id"]}', 303)

    return Starlette(routes=[Route('/q/{code}', get), Route('/q/{code}', post, methods=['POST'])])


if __name__ == '__main__':
    uvicorn.run(bare(Path(sys.argv[1]).read_bytes()), port=int(os.environ['PORT']), log_level='warning',
                access_log=False)  # fmt: skip
