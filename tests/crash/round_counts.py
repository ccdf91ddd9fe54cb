"""Numbers of rounds of the crash tests: few in `make test`, many in `make crash`."""

from __future__ import annotations

import os

IS_LONG = os.environ.get('HAREN_CRASH') == 'long'


def rounds(short: int, long: int) -> range:
    """Return the number of rounds for this kind of run."""
    return range(long if IS_LONG else short)
