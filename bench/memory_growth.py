"""Measure what the server keeps in memory of screens that are closed and of entries, and whom its collector holds up.

Usage: python -m bench.memory_growth [--quick]. It takes some four minutes; --quick takes one, and its figures say
whether it works, not how well.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from app.cli.gc_tuning import PERIOD
from bench.browser_session import session_cookie
from bench.entry_writers import log_entries
from bench.results_table import Row, table_line
from bench.screen_visits import visit_screens
from bench.server_process import fetch, prepared, run, served

SCREENS_TARGET, PAUSE_TARGET, ENTRIES_TARGET = 60.0, 100.0, 30.0
"""Megabytes, milliseconds and megabytes."""

CLOSING = 60.0
"""Seconds within which closed screens must be gone."""


class Load(NamedTuple):
    """The size of a measurement: screens at first, screens then, seconds of rest after them, and entries."""

    first: int = 100
    screens: int = 5_000
    rest: float = 60.0
    entries: int = 10_000


FULL = Load()
QUICK = Load(first=50, screens=200, rest=1.0, entries=1_000)


class Growth(NamedTuple):
    """The results: megabytes at rest after each part of the load, and the longest pauses in milliseconds."""

    load: Load
    first: float
    screens: float
    entries: float
    collector: float
    loop: float


class WatchedServer(NamedTuple):
    """A server, the cookie of its administrator, and the file of its pauses."""

    address: str
    cookie: str
    pauses: Path

    async def memory_at_rest(self, rest: float = 0.0) -> float:
        """Return the megabytes after so many seconds, once all screens are gone and the collector has run since."""
        began = time.monotonic()
        while self._health()['open_screens']:
            if time.monotonic() > began + CLOSING:
                raise RuntimeError(f'{self._health()["open_screens"]} closed screens are still in memory')
            await asyncio.sleep(1)
        await asyncio.sleep(max(began + rest - time.monotonic(), PERIOD * 1.1))
        return self._health()['memory_mb']

    def longest_pauses(self) -> dict[str, float]:
        """Return the longest pause of the collector and of the loop, in milliseconds. Forget them then."""
        longest = {'collector': 0.0, 'loop': 0.0}
        for line in self.pauses.read_text(encoding='utf-8').splitlines():
            what, milliseconds = line.split()
            longest[what] = max(longest[what], float(milliseconds))
        self.pauses.write_text('', encoding='utf-8')  # the server appends
        return longest

    def _health(self) -> dict[str, float]:
        process: dict[str, float] = json.loads(fetch(f'{self.address}/healthz'))['process']
        return process


def measure(folder: Path, load: Load = FULL) -> Growth:
    """Measure with the demo's data, in `folder`."""
    with _watched_server(folder) as server:
        return asyncio.run(_measure(server, load))


async def _measure(server: WatchedServer, load: Load) -> Growth:
    await visit_screens(server.address, server.cookie, load.first)
    first = await server.memory_at_rest()
    server.longest_pauses()
    await visit_screens(server.address, server.cookie, load.screens)
    screens = await server.memory_at_rest(load.rest)
    pauses = server.longest_pauses()
    await log_entries(server.address, server.cookie, load.entries)
    return Growth(load, first, screens, await server.memory_at_rest(), **pauses)


@contextmanager
def _watched_server(folder: Path) -> Iterator[WatchedServer]:
    environment = prepared(folder / 'demo')
    invitation = run(sys.executable, '-m', 'app', 'invite', '--role', 'admin', 'Bench', **environment)
    pauses = folder / 'pauses'
    with served('bench.watched_server', **environment, PAUSES=str(pauses)) as (address, _):
        yield WatchedServer(address, session_cookie(address, invitation), pauses)


def report(growth: Growth) -> str:
    """Return the results as a table."""
    lines = '\n'.join(map(table_line, _rows(growth)))
    return f"""
## What stays in memory

Staff screens are opened and closed, four at a time, and entries of about 600 bytes are logged through the API. At rest: all closed screens are gone, and the collector has run. A pause of the loop is how late a timer comes.

| | Haren | beside | reached | target | |
|---|--:|--:|--:|--:|---|
{lines}
"""  # noqa: E501  # a paragraph of Markdown is one line


def _rows(growth: Growth) -> list[Row]:
    load = growth.load
    return [
        _memory_row(
            f'memory after {load.screens:,} screens and {load.rest:.0f} s of rest', growth.screens, growth.first,
            f'after the first {load.first}', SCREENS_TARGET,
        ),
        _pause_row('the collector’s longest pause meanwhile', growth.collector),
        _pause_row('the loop’s longest pause meanwhile', growth.loop),
        _memory_row(
            f'memory after {load.entries:,} entries, with their events', growth.entries, growth.screens, 'before',
            ENTRIES_TARGET,
        ),
    ]  # fmt: skip


def _memory_row(what: str, after: float, before: float, when: str, target: float) -> Row:
    more = after - before
    return Row(
        what, f'{after:.0f} MB', f'{before:.0f} MB {when}', f'{more:+.1f} MB', f'≤ {target:.0f} MB', more <= target
    )


def _pause_row(what: str, pause: float) -> Row:
    return Row(what, f'{pause:.0f} ms', '', f'{pause:.0f} ms', f'≤ {PAUSE_TARGET:.0f} ms', pause <= PAUSE_TARGET)


def _main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--quick', action='store_true', help='with a small load, while working on this')
    load = QUICK if parser.parse_args().quick else FULL
    with tempfile.TemporaryDirectory(dir=Path.cwd(), prefix='.bench-') as folder:
        sys.stdout.write(report(measure(Path(folder), load)))


if __name__ == '__main__':
    _main()
