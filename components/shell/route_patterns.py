"""Know the addresses of the staff screens, some of which have parameters."""

from __future__ import annotations

from app.domain.bounded_pattern import BoundedPattern

_PARAMETER = BoundedPattern(r'\{\w+\}', longest=32)
_ANY_ID = BoundedPattern('[0-9A-Za-z_-]{1,64}', longest=64)
"""A pattern of the ids that may replace a parameter. No page is built for anything else."""


LONGEST_PATH = 300

Part = str | None
"""A part of an address between two slashes, or None for a parameter."""


class RoutePatterns:
    """The addresses of screens, such as `/feed` and `/entries/{entry_id}`. `in` tells whether one matches."""

    def __init__(self) -> None:
        self._routes: set[tuple[Part, ...]] = set()

    def add(self, path: str) -> None:
        """Add an address."""
        self._routes.add(tuple(None if _PARAMETER.fullmatch(part) else part for part in path.split('/')))

    def __contains__(self, path: object) -> bool:
        """Return True if there is a screen at this decoded path."""
        if not isinstance(path, str) or len(path) > LONGEST_PATH:
            return False
        parts = path.split('/')
        return any(len(route) == len(parts) and all(map(_fits, route, parts)) for route in self._routes)


def _fits(expected: Part, part: str) -> bool:
    return part == expected if expected is not None else _ANY_ID.fullmatch(part) is not None
