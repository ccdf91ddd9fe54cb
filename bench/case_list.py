"""Measure how long somebody waits for the first rows of `/cases` in a municipality with many cases.

Usage: python -m bench.case_list. It takes half a minute.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import NamedTuple

from app.bootstrap import create_services
from app.domain.case_states import CaseState
from app.domain.cases import Case
from app.domain.sites import Asset
from app.services.container import Services
from app.settings import Settings
from bench.browser_session import session_cookie
from bench.results_table import Row, table_line
from bench.sample_town import settle
from bench.server_process import run, served

CASES, OPEN_CASES = 20_000, 2_000
VISITS = 30
TARGET = 0.3
"""Seconds until the first rows."""

AT_ONCE = 500
"""Cases that are saved in one batch."""


class Waits(NamedTuple):
    """The seconds until the first rows: right after the start, and in the visits after it."""

    first: float
    later: list[float]

    @property
    def longest(self) -> float:
        """The longest once the server has read the cases."""
        return max(self.later)


def measure(folder: Path) -> Waits:
    """Fill `folder` with cases, serve it, and open the list again and again."""
    asyncio.run(_fill(folder / 'cases'))
    environment = {'HAREN_DATA': str(folder / 'cases')}
    invitation = run(sys.executable, '-m', 'app', 'invite', '--role', 'admin', 'Bench', **environment)
    with served('app', 'serve', **environment) as (address, _):
        cookie = session_cookie(address, invitation)
        first, *later = [_wait(f'{address}/cases', cookie) for _ in range(VISITS)]
    return Waits(first, later)


def report(waits: Waits) -> str:
    """Return the result as a table."""
    longest = f'{waits.longest * 1e3:.0f} ms'
    row = Row(
        f'`/cases` with {CASES:,} cases, {OPEN_CASES:,} open: first rows', longest,
        f'median {median(waits.later) * 1e3:.0f} ms; {waits.first * 1e3:.0f} ms within a second of the start', longest,
        f'≤ {TARGET * 1e3:.0f} ms', waits.longest <= TARGET,
    )  # fmt: skip
    return f"""
## The list of cases

Somebody who may see all cases opens the list {VISITS} times. The figure is the longest wait for the whole page, with its first rows, filters and counts. Beside it stands a visit right after the server has started, while it still reads the cases.

| | Haren | beside | reached | target | |
|---|--:|--:|--:|--:|---|
{table_line(row)}
"""  # noqa: E501  # a paragraph of Markdown is one line


def _wait(address: str, cookie: str) -> float:
    began = time.perf_counter()
    with urllib.request.urlopen(urllib.request.Request(address, headers={'Cookie': cookie}), timeout=30) as answer:
        page = answer.read()
    waited = time.perf_counter() - began
    if page.count(b'/cases/2') < 50:
        raise RuntimeError('the page has no rows')
    return waited


async def _fill(folder: Path) -> None:
    services = create_services(Settings.model_construct(data=folder, url=None, host='127.0.0.1', port=8080))
    await settle(services)
    assets = await services.context.find_all(Asset)
    cases = list(_cases(services, assets))
    for start in range(0, CASES, AT_ONCE):
        await services.context.store.save(*cases[start : start + AT_ONCE])
    await services.close()


def _cases(services: Services, assets: tuple[Asset, ...]) -> Iterator[Case]:
    """Yield cases of two years. The newest ones are open."""
    for number in range(CASES):
        asset = assets[number * 7 % len(assets)]
        at = services.now() - timedelta(minutes=50 * (CASES - number))
        is_open = number >= CASES - OPEN_CASES
        yield Case(
            id=f'{number:032x}', number=f'2026-{number + 1}', asset_id=asset.id, site_id=asset.site_id, team_id=None,
            problem='full', state=CaseState.REPORTED if is_open else CaseState.RESOLVED, reports=1, opened_at=at,
            reported_at=at, changed_at=at, closed_at=None if is_open else at + timedelta(hours=5),
        )  # fmt: skip


if __name__ == '__main__':
    with tempfile.TemporaryDirectory(dir=Path.cwd(), prefix='.bench-') as folder:
        sys.stdout.write(report(measure(Path(folder))))
