"""Measure Haren's answers under load beside a bare page and SQLite, in rounds in which all take turns.

Usage: python -m bench.page_throughput [--beside CHECKOUT]. CHECKOUT is an older Haren, which takes turns too.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections import Counter, defaultdict
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from bench import wrk
from bench.neighbours import SQLITE, Town, bare_page, sqlite, town
from bench.server_process import fetch
from bench.wrk import CONNECTIONS, SECONDS, Forms

ROUNDS = 5
VISITS = 50_000

GET_TARGET, POST_TARGET, OLDER_TARGET, GROWTH_TARGET = 0.6, 1.0, 1.0, 20.0

GET, POST = '`GET /q`', 'a durable report'


@dataclass
class Measured:
    """The results: requests a second by what is asked and who answers, and megabytes before and after visits."""

    rates: dict[str, dict[str, list[float]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))
    before: float = 0
    after: float = 0

    def row(self, what: str, neighbour: str, label: str, target: float) -> str:
        """Return a line of the table. The ratio is the median of the rounds' own ratios."""
        ours, theirs = self.rates[what]['haren'], self.rates[what][neighbour]
        ratio = median(our / their for our, their in zip(ours, theirs, strict=True))
        rates = f'{median(ours):,.0f}/s | {median(theirs):,.0f}/s'
        return f'| {what}, beside {label} | {rates} | {ratio:.2f} × | ≥ {target} |'


def measure(folder: Path, older: Path | None = None) -> Measured:
    """Measure everything, which takes some three minutes. `older` is a checkout to measure beside."""
    measured = Measured()
    with ExitStack() as stack:
        haren = stack.enter_context(town(folder / 'haren'))
        towns = {'haren': haren}
        if older is not None:
            towns['before'] = stack.enter_context(town(folder / 'before', older))
        pages = {'bare': stack.enter_context(bare_page(folder, haren))}
        pages |= {name: one.page for name, one in towns.items()}
        forms = {place: (stack.enter_context(sqlite(folder, place)), haren.forms) for place in SQLITE}
        forms |= {name: (one.address, one.forms) for name, one in towns.items()}
        _measure_memory(measured, haren)
        _measure_rates(measured, towns, pages, forms)
    return measured


def report(measured: Measured) -> str:
    """Return the results as a table."""
    memory = f'{measured.after:.0f} MB | {measured.before:.0f} MB before | + {measured.after - measured.before:.1f} MB'
    asked = (GET, POST) if 'before' in measured.rates[GET] else ()
    rows = [
        (GET, 'bare', 'a bare Starlette route', GET_TARGET),
        *((POST, place, f'SQLite {where}', POST_TARGET) for place, where in SQLITE.items()),
        *((what, 'before', 'an older Haren', OLDER_TARGET) for what in asked),
    ]
    lines = '\n'.join(measured.row(*row) for row in rows)
    return f"""
## Answers, beside servers that do no more than they must

wrk, {CONNECTIONS} connections, medians of {ROUNDS} rounds of {SECONDS} s in turn; ratios are medians of the rounds’ own. One core serves, the other asks. SQLite (WAL, synchronous=FULL) is behind a Starlette route that parses the same form and commits a report, a case and an event before it answers.

| | Haren | beside | reached | target |
|---|--:|--:|--:|--:|
{lines}
| memory after {VISITS:,} visits | {memory} | ≤ {GROWTH_TARGET:.0f} MB |
"""  # noqa: E501  # a paragraph of Markdown is one line


def _measure_rates(
    measured: Measured, towns: dict[str, Town], pages: dict[str, str], forms: dict[str, tuple[str, Forms]]
) -> None:
    sent = Counter({name: _open_cases(*where) for name, where in forms.items()})
    for round in range(ROUNDS):
        for name, page in pages.items():
            measured.rates[GET][name].append(wrk.visit(page).rate)
        for name, (address, what) in forms.items():
            done = wrk.report(address, what, round)
            measured.rates[POST][name].append(done.rate)
            sent[name] += done.requests
    for name, one in towns.items():
        _require_counted(one, sent[name])


def _open_cases(address: str, forms: Forms) -> int:
    """Report everything once, since most reports of a busy day repeat known problems. Return the number of requests."""
    made, share = 0, ROUNDS
    while made < forms.cases() * 1.2:
        made += wrk.report(address, forms, share).requests
        share += 1
    return made


def _require_counted(haren: Town, sent: int) -> None:
    """Raise RuntimeError if reports were held or taken for repeats: such reports cost less than they should."""
    if (counted := haren.reports()) < sent:
        raise RuntimeError(f'{sent} reports were sent, and {counted} counted')


def _measure_memory(measured: Measured, haren: Town) -> None:
    """Measure once every page has been built, and again after many visits: cached pages are no leak."""
    for path in haren.paths:
        fetch(haren.address + path)
    _visit(haren, 2_000)
    measured.before = _resident(haren.pid)
    _visit(haren, VISITS)
    measured.after = _resident(haren.pid)


def _visit(haren: Town, count: int) -> None:
    """Make so many visits by strangers, spread over the stickers."""
    made = 0
    while made < count:
        for path in haren.paths[:50]:
            made += wrk.visit(haren.address + path, 1).requests


def _resident(pid: int) -> float:
    """Return the megabytes of memory that a process uses."""
    found = re.search(r'VmRSS:\s+(\d+) kB', Path(f'/proc/{pid}/status').read_text(encoding='utf-8'))
    assert found
    return int(found[1]) / 1024


def _main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--beside', type=Path, metavar='CHECKOUT', help='an older Haren to measure beside')
    older = parser.parse_args().beside
    with tempfile.TemporaryDirectory(dir=Path.cwd(), prefix='.bench-') as folder:
        sys.stdout.write(report(measure(Path(folder), older and older.resolve())))


if __name__ == '__main__':
    _main()
