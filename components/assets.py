"""The modules that browsers load: /assets/…, under an address that changes with their content."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

FOLDER = Path(__file__).parent / 'js'


def register(server: FastAPI) -> None:
    """Serve the modules."""
    server.mount('/assets', StaticFiles(directory=FOLDER), name='assets')


@cache
def script(name: str) -> str:
    """The tag that loads a module of ours."""
    digest = hashlib.sha256((FOLDER / name).read_bytes()).hexdigest()[:12]
    return f'<script type="module" src="/assets/{name}?v={digest}"></script>'
