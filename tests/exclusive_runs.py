"""Workers that run tests at the same time take turns: a test that measures time runs alone.

Each takes its place at the door, and keeps it until it is let in. Whoever runs alone is let in once the room is empty,
and those behind wait at the door meanwhile; all others share the room.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DOOR = Path(__file__)
ROOM = Path(__file__).with_name('conftest.py')
"""Files that are there anyway: they are locked, and not so much as read."""


@contextmanager
def exclusive_run(alone: bool) -> Iterator[None]:
    """Run among others, or alone in this tree."""
    with DOOR.open() as door, ROOM.open() as room:
        fcntl.flock(door, fcntl.LOCK_EX)
        fcntl.flock(room, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
        fcntl.flock(door, fcntl.LOCK_UN)
        try:
            yield
        finally:
            fcntl.flock(room, fcntl.LOCK_UN)  # by hand, as a forked process may still hold the file
