"""Haren's answers beside a bare server's, under load from wrk, in rounds that follow each other."""

from __future__ import annotations

import json
import os
import re
import sys
from collections import defaultdict
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from app.store.catalogue_files import load_catalogue
from bench.server_process import fetch, run, served

ROUNDS = 5
SECONDS = 3
CONNECTIONS = 64
VISITS = 50_000
SHARE = 10_000
"""Stamps of one run: each for a report of each of five problems, so that no id comes twice in it."""

GET_TARGET, POST_TARGET, GROWTH_TARGET = 0.6, 0.5, 20.0


@dataclass
class Load:
    """What was measured: requests a second of each contender, and megabytes."""

    rates: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    before: float = 0
    after: float = 0
    posted: int = 0

    def ratio(self, what: str) -> str:
        """The median of the rounds' ratios."""
        rounds = zip(self.rates[f'haren {what}'], self.rates[f'bare {what}'], strict=True)
        return f'{median(ours / bare for ours, bare in rounds):.2f} ×'


def measure(folder: Path) -> Load:
    """All of it; some two minutes."""
    load = Load()
    with ExitStack() as stack:
        haren, pid = stack.enter_context(
            served('bench.sample_town', HAREN_DATA=str(folder / 'town'), STAMPS=str(folder / 'stamps'))
        )
        paths = _stickers(haren)
        targets = _write_targets(folder, paths)
        (folder / 'page').write_bytes(fetch(haren + paths[0]))
        bare, _ = stack.enter_context(served('bench.bare_server', str(folder / 'page')))
        load.before = _warm_memory(haren, pid, paths)
        _visit(haren, paths, VISITS)
        load.after = _resident(pid)
        load.posted = _open_cases(haren, targets, len(paths))
        for round in range(ROUNDS):
            for name, address in (('bare', bare), ('haren', haren)):
                load.rates[f'{name} get'].append(_rate(_wrk(address + paths[0])))
                told = _wrk(address, targets, round)
                load.rates[f'{name} post'].append(_rate(told))
                load.posted += _requests(told) if name == 'haren' else 0
        _require_counted(haren, load.posted)
    return load


def report(load: Load) -> str:
    """What was measured as a table."""
    rates = {name: f'{median(values):,.0f}/s' for name, values in load.rates.items()}
    memory = f'{load.after:.0f} MB | {load.before:.0f} MB before | + {load.after - load.before:.1f} MB'
    return f"""
## Answers, beside a bare Starlette route

wrk, {CONNECTIONS} connections, medians of {ROUNDS} rounds of {SECONDS} s in turn; one core serves, the other asks.

| | Haren | bare | reached | target |
|---|--:|--:|--:|--:|
| `GET /q` | {rates['haren get']} | {rates['bare get']} | {load.ratio('get')} | ≥ {GET_TARGET} |
| a durable report | {rates['haren post']} | {rates['bare post']} | {load.ratio('post')} | ≥ {POST_TARGET} |
| memory after {VISITS:,} visits | {memory} | ≤ {GROWTH_TARGET:.0f} MB |
"""


def _stickers(address: str) -> list[str]:
    sites = json.loads(fetch(f'{address}/sites.json'))['sites']
    return ['/q/' + str(asset['url'])[-6:] for site in sites for asset in _assets(address, site['id'])]


def _assets(address: str, site_id: str) -> list[dict[str, object]]:
    assets: list[dict[str, object]] = json.loads(fetch(f'{address}/s/{site_id}.json'))['assets']
    return assets


def _write_targets(folder: Path, paths: list[str]) -> Path:
    problems = load_catalogue().asset_kind('container_coloured_glass').problems
    file = folder / 'targets'
    file.write_text(''.join(f'{path} {problem}\n' for path in paths for problem in problems))
    return file


def _open_cases(address: str, targets: Path, count: int) -> int:
    """Report everything once: what is measured then is one more report of the same, which is most of a busy day."""
    made, round = 0, ROUNDS
    while made < count * 6:
        made += _requests(_wrk(address, targets, round))
        round += 1
    return made


def _require_counted(address: str, posted: int) -> None:
    """RuntimeError where reports were held or taken for repeats of others: they cost less than they should."""
    counted = sum(site['reports'] for site in json.loads(fetch(f'{address}/sites.json'))['sites'])
    if counted < posted:
        raise RuntimeError(f'{posted} reports were sent, and {counted} counted')


def _warm_memory(address: str, pid: int, paths: list[str]) -> float:
    """Megabytes once every page has been made: what is kept on purpose is no leak."""
    for path in paths:
        fetch(address + path)
    _visit(address, paths, 2_000)
    return _resident(pid)


def _visit(address: str, paths: list[str], count: int) -> None:
    """So many visits by strangers, over all stickers."""
    made = 0
    while made < count:
        for path in paths[:50]:
            made += _requests(_run_wrk(address + path, 1))


def _resident(pid: int) -> float:
    """Megabytes of memory that a process holds."""
    found = re.search(r'VmRSS:\s+(\d+) kB', Path(f'/proc/{pid}/status').read_text())
    assert found
    return int(found[1]) / 1024


def _wrk(url: str, targets: Path | None = None, round: int = 0) -> str:
    """What wrk says. RuntimeError where an answer was none that a visitor should get."""
    told = _run_wrk(url, SECONDS, targets, round)
    if 'Non-2xx' in told or 'Socket errors' in told:
        raise RuntimeError(told)
    return told


def _rate(told: str) -> float:
    """Requests a second."""
    found = re.search(r'Requests/sec:\s+([\d.]+)', told)
    assert found
    return float(found[1])


def _run_wrk(url: str, seconds: int, targets: Path | None = None, round: int = 0) -> str:
    script = ['-s', str(Path(__file__).with_name('post_reports.lua'))] if targets else []
    return run(
        'wrk', '-t1', f'-c{CONNECTIONS}', f'-d{seconds}s', *script, url,
        TARGETS=str(targets), STAMPS=str(targets and targets.with_name('stamps')), FIRST=str(round * SHARE),
        SHARE=str(SHARE),
    )  # fmt: skip


def _requests(told: str) -> int:
    found = re.search(r'(\d+) requests in', told)
    assert found
    return int(found[1])


if __name__ == '__main__':
    import tempfile

    with tempfile.TemporaryDirectory(dir=os.getcwd(), prefix='.bench-') as folder:
        sys.stdout.write(report(measure(Path(folder))))
