"""How often the crash tests try: a little in `make test`, a lot in `make crash`."""

from __future__ import annotations

import os

IS_LONG = os.environ.get('HAREN_CRASH') == 'long'


def rounds(short: int, long: int) -> range:
    """As many as this form takes."""
    return range(long if IS_LONG else short)
