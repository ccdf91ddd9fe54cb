"""Open the data that an earlier commit stored."""

from __future__ import annotations

import gzip
import json
import tarfile
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).with_name('fixtures') / 'd7e888b'

Documents = dict[str, dict[str, Any]]
"""Documents by table and id."""


def unpack_data(folder: Path) -> Path:
    """Put the data folder into an empty one."""
    with tarfile.open(FOLDER / 'data.tar.gz') as packed:
        packed.extractall(folder, filter='data')
    return folder


def unpack_file(name: str, folder: Path) -> Path:
    """Uncompress a file into a folder."""
    path = folder / name
    path.write_bytes(gzip.decompress((FOLDER / f'{name}.gz').read_bytes()))
    return path


def documents() -> Documents:
    """Return every document of the data folder."""
    return json.loads(gzip.decompress((FOLDER / 'documents.json.gz').read_bytes()))  # type: ignore[no-any-return]


def phone() -> dict[str, Any]:
    """Return everything that the phone had stored."""
    return json.loads((FOLDER / 'phone.json').read_text(encoding='utf-8'))  # type: ignore[no-any-return]
