"""Serve the JavaScript modules at /assets/<digest>/…, an address that changes when any module changes."""

from __future__ import annotations

import hashlib
import posixpath
from functools import cache
from os import PathLike, stat_result
from pathlib import Path

from fastapi.staticfiles import StaticFiles
from nicegui.dependencies import register_importmap_override
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.routing import Mount
from starlette.types import Scope

from app.domain.bounded_pattern import BoundedPattern

FOLDER = Path(__file__).parent / 'js'

_IMPORTED = BoundedPattern(r'(?:from |import\()"(\.{1,2}/[\w./-]+\.js)"', longest=2**16)

IMMUTABLE = 'public, max-age=31536000, immutable'


@cache
def mount() -> Mount:
    """Return the route of the modules."""
    return Mount(address().rstrip('/'), GZipMiddleware(ImmutableFiles(directory=FOLDER)), name='assets')


def add_to_import_map() -> None:
    """Let the modules that NiceGUI serves import ours: `from "haren/lib/time.js"`."""
    register_importmap_override('haren/', address())


@cache
def address(name: str = '') -> str:
    """Return the address of a module, or of the folder.

    Modules import each other relatively, so they share one digest and change together.
    """
    return f'/assets/{digest(FOLDER)}/{name}'


def script(name: str) -> str:
    """Return the `<script>` tag that loads a module."""
    return f'<script type="module" src="{address(name)}"></script>'


def with_imports(*names: str) -> tuple[str, ...]:
    """Return the addresses of these modules and of everything that they import."""
    known: dict[str, None] = {}
    left = list(names)
    while left:
        if (name := left.pop(0)) not in known:
            known[name] = None
            left += [
                _resolve(name, imported) for imported in _IMPORTED.findall((FOLDER / name).read_text(encoding='utf-8'))
            ]
    return tuple(address(name) for name in known)


def digest(folder: Path) -> str:
    """Return a short hash that changes when any file below the folder changes, is moved or renamed."""
    files = sorted(file for file in folder.rglob('*') if file.is_file())
    parts = (part for file in files for part in (file.relative_to(folder).as_posix().encode(), file.read_bytes()))
    return hashlib.sha256(b'\0'.join(parts)).hexdigest()[:12]


def _resolve(name: str, imported: str) -> str:
    """Return the name, relative to FOLDER, of a module that `name` imports as './x.js' or '../folder/x.js'."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), imported))


class ImmutableFiles(StaticFiles):
    """Files that browsers may cache for ever, because their address changes with their content."""

    def file_response(
        self, full_path: str | PathLike[str], stat_result: stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        response = super().file_response(full_path, stat_result, scope, status_code)
        response.headers['cache-control'] = IMMUTABLE
        return response
