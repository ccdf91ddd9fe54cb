"""Generate load with wrk, and read how many requests a second a server answers."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from bench.server_process import run

SECONDS = 3
CONNECTIONS = 64
SHARE = 10_000
"""Stamps for one run. Each stands for a report of each of five problems, so that no id occurs twice in a run."""


class Done(NamedTuple):
    """The counts of wrk."""

    requests: int
    rate: float


class Forms(NamedTuple):
    """The forms to send: a file of "/q/CODE problem" lines, and a file of stamps, which make their ids."""

    targets: Path
    stamps: Path

    def cases(self) -> int:
        """Return the number of cases that they open: one for each problem of each asset."""
        return len(self.targets.read_text(encoding='utf-8').splitlines())


def visit(address: str, seconds: int = SECONDS) -> Done:
    """Load a page repeatedly. Raise RuntimeError if an answer isn't one that a visitor should get."""
    return _wrk(address, seconds)


def report(address: str, forms: Forms, share: int) -> Done:
    """Send the forms with one share of the stamps. Each share makes its own reports."""
    script = str(Path(__file__).with_name('post_reports.lua'))
    return _wrk(
        address, SECONDS, '-s', script,
        TARGETS=str(forms.targets), STAMPS=str(forms.stamps), FIRST=str(share * SHARE), SHARE=str(SHARE),
    )  # fmt: skip


def _wrk(address: str, seconds: int, *script: str, **environment: str) -> Done:
    output = run('wrk', '-t1', f'-c{CONNECTIONS}', f'-d{seconds}s', '--timeout', '20s', *script, address, **environment)
    if 'Non-2xx' in output or 'Socket errors' in output:
        raise RuntimeError(output)
    return Done(int(_found(r'(\d+) requests in', output)), float(_found(r'Requests/sec:\s+([\d.]+)', output)))


def _found(pattern: str, output: str) -> str:
    found = re.search(pattern, output)
    if found is None:
        raise RuntimeError(output)
    return found[1]
