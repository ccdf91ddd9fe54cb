"""Let tests that measure time run alone while workers run tests at the same time.

Each test waits for the queue lock first, and keeps it until it may run. A test that runs alone then waits until no
other test runs, and the tests behind it wait for the queue lock; all other tests share the run lock.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

QUEUE_LOCK = Path(__file__)
RUN_LOCK = Path(__file__).with_name('conftest.py')
"""Existing files, used as locks only: nothing reads or writes them."""


@contextmanager
def exclusive_run(alone: bool) -> Iterator[None]:
    """Run at the same time as others, or alone in this tree."""
    with QUEUE_LOCK.open('rb') as queue_lock, RUN_LOCK.open('rb') as run_lock:
        fcntl.flock(queue_lock, fcntl.LOCK_EX)
        fcntl.flock(run_lock, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
        fcntl.flock(queue_lock, fcntl.LOCK_UN)
        try:
            yield
        finally:
            fcntl.flock(run_lock, fcntl.LOCK_UN)  # by hand, as a forked process may still hold the file
