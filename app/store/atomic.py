"""A TinyDB storage whose file is always whole: the old content or the new one, never a part of either.

TinyDB's own JSONStorage writes over its file in place, so a crash in the middle leaves neither.
"""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any

from tinydb.storages import Storage

from app.store.base import Unreadable

Tables = dict[str, dict[str, Any]]


class AtomicStorage(Storage):
    """Keeps the tables in memory and replaces the whole file at each write.

    What `read` returns is shared: treat it as frozen, and hand `write` a new mapping that shares what didn't change.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        for leftover in path.parent.glob(f'.{path.name}.*'):
            leftover.unlink()
        self._tables: Tables | None = _load(path)

    def read(self) -> Tables | None:
        """The tables as last written, or None where there are none yet."""
        return self._tables

    def write(self, data: Tables) -> None:
        """Replace the file with these tables; on the disk when it returns, and not seen by `read` before."""
        _replace(self._path, json.dumps(data, ensure_ascii=False, separators=(',', ':')).encode())
        self._tables = data


def _load(path: Path) -> Tables | None:
    try:
        tables = json.loads(path.read_bytes())
    except FileNotFoundError:
        return None
    except ValueError as error:
        raise Unreadable(f'{path} is damaged: {error}') from error
    if not isinstance(tables, dict):
        raise Unreadable(f'{path} holds no tables')
    return tables


def _replace(path: Path, content: bytes) -> None:
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f'.{path.name}.')
    try:
        with open(handle, 'wb') as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
