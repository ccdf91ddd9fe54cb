"""Measure search in 100,000 documents, in a process of its own.

Usage: python -m bench.search FOLDER. FOLDER is a store that bench.sample_words has filled. Prints the results as JSON.
"""

from __future__ import annotations

import asyncio
import gc
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import quantiles
from typing import NamedTuple

from app.domain.searching import EVERYTHING, SearchFilter, SearchKind
from app.services.container import Services
from app.services.context import Context
from app.store.catalogue_files import load_catalogue
from app.store.tinydb.store import TinyStore
from bench import sample_words

QUERIES = 1_000

FILTERS = (EVERYTHING, EVERYTHING, SearchFilter(SearchKind.CASE), SearchFilter(team='team-3'), SearchFilter(site='site-7'))


class Figures(NamedTuple):
    """Seconds to begin and to build, the longest pause of the loop meanwhile, of a search, and bytes."""

    started: float
    built: float
    pause: float
    half: float
    most: float
    slowest: float
    memory: float


def measure(folder: Path) -> Figures:
    """Fill a store in this folder, and measure it in a new process."""
    sample_words.fill(folder)
    command = [sys.executable, '-m', 'bench.search', str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, encoding='utf-8')
    return Figures(*json.loads(done.stdout))


async def _measure(folder: Path) -> Figures:
    services = Services.create(Context(store=TinyStore(folder), base_catalogue=load_catalogue()), 'https://bench')
    try:
        gc.collect()
        gc.freeze()
        started, built, pause = await _build(services)
        taken = [await _search(services, *each) for each in _queries()]
        parts = quantiles(taken, n=100)
        return Figures(started, built, pause, parts[49], parts[94], max(taken), await _index_size(services))
    finally:
        await services.close()


async def _build(services: Services) -> tuple[float, float, float]:
    pauses: list[float] = []
    watching = asyncio.create_task(_watch(pauses))
    await asyncio.sleep(0.1)
    began = time.perf_counter()
    services.search.start()
    started = time.perf_counter() - began
    await services.search.settled()
    built = time.perf_counter() - began
    watching.cancel()
    return started, built, max(pauses)


async def _watch(pauses: list[float]) -> None:
    """Record how late the loop wakes this task up."""
    while True:
        began = time.perf_counter()
        await asyncio.sleep(0.001)
        pauses.append(time.perf_counter() - began - 0.001)


def _queries() -> Iterator[tuple[str, SearchFilter]]:
    """Yield what people may type: one to three words, each whole or its beginning."""
    words = sample_words.Words()
    for number in range(QUERIES):
        typed = [word[: 1 + words.one_of(8)] for word in words.some(1, 3).split()]
        yield ' '.join(typed), FILTERS[number % len(FILTERS)]


async def _search(services: Services, typed: str, chosen: SearchFilter) -> float:
    person = await services.people.get('person-7')
    began = time.perf_counter()
    await services.search.find(await services.reader(person), typed, chosen)
    return time.perf_counter() - began


def _memory() -> int:
    status = Path('/proc/self/status').read_text(encoding='utf-8')
    return int(next(line for line in status.splitlines() if line.startswith('VmRSS')).split()[1]) * 1024


async def _index_size(services: Services) -> float:
    return 0.0


def report(figures: Figures) -> str:
    """Return the results as a table."""
    return ''


if __name__ == '__main__':
    print(json.dumps(asyncio.run(_measure(Path(sys.argv[1])))))
