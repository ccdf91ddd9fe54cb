"""Know the addresses of the staff screens, some of which have parameters."""

from __future__ import annotations

import re

_PARAMETER = re.compile(r'\{\w+\}')
_ANY_ID = '[0-9A-Za-z_-]{1,64}'
"""A pattern of the ids that may replace a parameter. No page is built for anything else."""


class RoutePatterns:
    """The addresses of screens, such as `/feed` and `/entries/{entry_id}`. `in` tells whether one matches."""

    def __init__(self) -> None:
        self._exact: set[str] = set()
        self._patterns: list[re.Pattern[str]] = []

    def add(self, path: str) -> None:
        """Add an address."""
        if not _PARAMETER.search(path):
            self._exact.add(path)
            return
        parts = (re.escape(part) for part in _PARAMETER.split(path))
        self._patterns.append(re.compile(_ANY_ID.join(parts)))

    def __contains__(self, path: object) -> bool:
        """Return True if there is a screen at this decoded path."""
        if path in self._exact:
            return True
        return isinstance(path, str) and any(pattern.fullmatch(path) for pattern in self._patterns)
