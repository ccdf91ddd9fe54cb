"""How the interpreter looks after memory while Haren serves."""

from __future__ import annotations

import gc

YOUNG, GENERATIONS = 50_000, (20, 50)
"""Objects that may come before the youngest are looked through, and how often that happens before older ones are.

Python's own 700 has the collector look through a report's objects while it is still being kept, which nothing comes of:
that took a fifth of what a report costs.
"""


def tune_gc() -> None:
    """Take what is in memory by now for what stays, and look through what comes less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, *GENERATIONS)
