"""Measure the time and memory for opening a store, in a process of its own.

Usage: python -m bench.open_time FOLDER. Prints seconds and bytes.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

from app.store.tinydb.store import TinyStore
from bench.sample_documents import Note, note


class Opening(NamedTuple):
    """The seconds until a document can be found, and the bytes of memory that the process has then."""

    seconds: float
    memory: int


def opening(folder: Path) -> Opening:
    """Open the store of this folder in a new process."""
    done = subprocess.run(
        [sys.executable, '-m', 'bench.open_time', folder], check=True, capture_output=True, encoding='utf-8'
    )
    return Opening(*json.loads(done.stdout))


async def _open(folder: Path) -> tuple[float, int]:
    began = time.perf_counter()
    store = TinyStore(folder)
    assert (await store.find(Note, limit=1, colour=note(0).colour)).documents
    taken = time.perf_counter() - began
    memory = next(
        line for line in Path('/proc/self/status').read_text(encoding='utf-8').splitlines() if line.startswith('VmRSS')
    )
    await store.close()
    return taken, int(memory.split()[1]) * 1024


if __name__ == '__main__':
    print(json.dumps(asyncio.run(_open(Path(sys.argv[1])))))
