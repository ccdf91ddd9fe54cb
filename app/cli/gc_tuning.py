"""Tune the garbage collector for serving: it must neither slow a report down nor hold everybody up.

A collection takes a second for a million objects, and nobody is served meanwhile. An open screen has some 2,000 that
the collector looks at. So while people are served it looks at young objects alone, in small portions, and at all of
them when few screens are open.
"""

from __future__ import annotations

import asyncio
import ctypes
import gc
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

YOUNG, GENERATIONS = 5_000, (4, 1_000_000)
"""New objects before the youngest generation is collected, and collections of it before the older ones are.

With Python's own 700, the collector looks through a report's objects while it is still being saved, and finds nothing
to free. That took a fifth of the time of a report. With 50,000 and 20, a collection took 0.5 to 0.9 s when 400 screens
were open. The oldest generation is left to `collect_when_idle`.
"""

AFFORDABLE = 40_000
"""Objects of the oldest generation that may be looked at while the server runs, in some 40 ms."""

QUIET = 1_000
"""Objects that the oldest generation gains or loses in a period in which hardly anybody comes or goes."""

WORTH_IT = 10_000
"""Objects that have piled up since the last collection, so that a longer one is worth it in a quiet period.

Without this, memory would stay taken for good once there are more than AFFORDABLE. Screens that stay open are looked
through once, and not each time: a quarter of what was left must be new, as for Python's own collections of everything.
"""

PERIOD = 20.0
"""Seconds between two collections of everything."""

SPARE = 600
"""More objects than Python and uvloop keep in reserve of one kind, which are 250 or 255."""


def tune_gc() -> None:
    """Exempt everything that is in memory now from collection, and collect in small portions."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, *GENERATIONS)


@asynccontextmanager
async def collecting_when_idle() -> AsyncIterator[None]:
    """Collect garbage and give memory back from time to time, for as long as this is open."""
    task = asyncio.create_task(_collect_for_ever())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _collect_for_ever() -> None:
    before = left = 0
    while True:
        await asyncio.sleep(PERIOD)
        count = _count_old()
        is_quiet = abs(count - before) < QUIET
        if count <= AFFORDABLE or (is_quiet and count - left > max(WORTH_IT, left // 4)):
            await _renew_reserves()
            gc.collect()
            _return_memory()
            count = left = _count_old()
        before = count


def _count_old() -> int:
    return len(gc.get_objects(generation=2))


async def _renew_reserves() -> None:
    """Let Python and uvloop keep other objects in reserve than those that closed screens have left.

    Memory goes back to the system by the megabyte, and one object in reserve is enough to keep one: after 400 screens
    90 of 96 megabytes. New ones lie together. They are dropped first, so that they stay and the old ones go.
    """
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    waiting = [future.__await__() for _ in range(SPARE)]
    while waiting:
        waiting.pop()
    timers: list[asyncio.Handle] = [loop.call_later(3600, _nothing) for _ in range(SPARE)]
    await _drop(timers)
    await _drop([loop.call_soon(_nothing) for _ in range(SPARE)])


async def _drop(handles: list[asyncio.Handle]) -> None:
    for number in range(len(handles)):
        handles[number].cancel()
    await asyncio.sleep(0.1)  # the loop lets go of them
    while handles:
        handles.pop()


def _nothing() -> None:
    """Do nothing."""


def _return_memory() -> None:
    # Python's cache of attributes holds up to 4,096 names of which NiceGUI makes new ones all the time. It fills again
    # within milliseconds.
    sys._clear_type_cache()
    trim = getattr(ctypes.CDLL(None), 'malloc_trim', None)  # only glibc has it
    if trim is not None:
        trim(0)
