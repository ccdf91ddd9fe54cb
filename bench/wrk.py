"""Load from wrk: how many requests a second somebody answers."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from bench.server_process import run

SECONDS = 3
CONNECTIONS = 64
SHARE = 10_000
"""Stamps of one run: each for a report of each of five problems, so that no id comes twice in it."""


class Done(NamedTuple):
    """What wrk has counted."""

    requests: int
    rate: float


class Forms(NamedTuple):
    """The forms to send: a file of "/q/CODE problem" lines, and a file of stamps, from which they have their ids."""

    targets: Path
    stamps: Path

    def cases(self) -> int:
        """Return how many cases they open: one for each problem of each thing."""
        return len(self.targets.read_text().splitlines())


def visit(address: str, seconds: int = SECONDS) -> Done:
    """Load a page over and over. RuntimeError where an answer is none that a visitor should get."""
    return _wrk(address, seconds)


def report(address: str, forms: Forms, share: int) -> Done:
    """Send the forms with one share of the stamps; each share stands for reports of its own."""
    script = str(Path(__file__).with_name('post_reports.lua'))
    return _wrk(
        address, SECONDS, '-s', script,
        TARGETS=str(forms.targets), STAMPS=str(forms.stamps), FIRST=str(share * SHARE), SHARE=str(SHARE),
    )  # fmt: skip


def _wrk(address: str, seconds: int, *script: str, **environment: str) -> Done:
    told = run('wrk', '-t1', f'-c{CONNECTIONS}', f'-d{seconds}s', '--timeout', '20s', *script, address, **environment)
    if 'Non-2xx' in told or 'Socket errors' in told:
        raise RuntimeError(told)
    return Done(int(_found(r'(\d+) requests in', told)), float(_found(r'Requests/sec:\s+([\d.]+)', told)))


def _found(pattern: str, told: str) -> str:
    found = re.search(pattern, told)
    if found is None:
        raise RuntimeError(told)
    return found[1]
