"""Tune the garbage collector for serving."""

from __future__ import annotations

import gc

YOUNG, GENERATIONS = 50_000, (20, 50)
"""New objects before the youngest generation is collected, and collections of it before the older ones are.

With Python's own 700, the collector looks through a report's objects while it is still being saved, and finds nothing
to free. That took a fifth of the time of a report.
"""


def tune_gc() -> None:
    """Exempt everything that is in memory now from collection, and collect less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, *GENERATIONS)
