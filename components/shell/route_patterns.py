"""Where the staff's screens are: addresses, some of which have a part that differs."""

from __future__ import annotations

import re

_PART = re.compile(r'\{\w+\}')
_ANY_ID = '[0-9A-Za-z_-]{1,64}'
"""What may stand in a part that differs: an id. Anything else leads nowhere, and no page is built for it."""


class RoutePatterns:
    """The addresses of screens: `/feed`, `/entries/{entry_id}`. An address is in it where a screen answers there."""

    def __init__(self) -> None:
        self._exact: set[str] = set()
        self._patterns: list[re.Pattern[str]] = []

    def add(self, path: str) -> None:
        """Take in one more address."""
        if not _PART.search(path):
            self._exact.add(path)
            return
        parts = (re.escape(part) for part in _PART.split(path))
        self._patterns.append(re.compile(_ANY_ID.join(parts)))

    def __contains__(self, path: object) -> bool:
        """Whether a screen answers at this address, decoded as servers hand it on."""
        if path in self._exact:
            return True
        return isinstance(path, str) and any(pattern.fullmatch(path) for pattern in self._patterns)
