"""Regular expressions that are never run on more text than a declared bound.

A pattern's time can grow with the square of the text or faster, and texts come from anybody. So no module uses `re` but
this one: each pattern names the longest text that it is run on, and a test times it on the worst text of that length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import AnyStr, Generic


class BoundedPattern(Generic[AnyStr]):
    """A regular expression, and the most characters (or bytes) of a text that it looks at.

    Longer text has no full match. A match at a place looks at no more than `longest` from there. Whoever searches must
    have limited the text before: for a longer one, that raises ValueError.
    """

    def __init__(self, pattern: AnyStr, longest: int) -> None:
        self.pattern: AnyStr = pattern
        self.longest = longest
        self._compiled: re.Pattern[AnyStr] = re.compile(pattern)

    def __repr__(self) -> str:
        return f'BoundedPattern({self.pattern!r}, {self.longest})'

    def fullmatch(self, text: AnyStr) -> re.Match[AnyStr] | None:
        """Return the match of the whole text, or None."""
        return self._compiled.fullmatch(text) if len(text) <= self.longest else None

    def match(self, text: AnyStr, start: int = 0) -> re.Match[AnyStr] | None:
        """Return the match that begins at this place, or None."""
        return self._compiled.match(text, start, start + self.longest)

    def search(self, text: AnyStr) -> re.Match[AnyStr] | None:
        """Return the first match, or None."""
        return self._compiled.search(self._limited(text))

    def finditer(self, text: AnyStr) -> Iterator[re.Match[AnyStr]]:
        """Yield each match."""
        return self._compiled.finditer(self._limited(text))

    def findall(self, text: AnyStr) -> list[AnyStr]:
        """Return the text of each match, or that of the pattern's only group."""
        return self._compiled.findall(self._limited(text))

    def split(self, text: AnyStr) -> list[AnyStr]:
        """Return the text between the matches, with what their groups hold."""
        return self._compiled.split(self._limited(text))

    def sub(self, replacement: AnyStr, text: AnyStr) -> AnyStr:
        """Return the text with each match replaced."""
        return self._compiled.sub(replacement, self._limited(text))

    def _limited(self, text: AnyStr) -> AnyStr:
        if len(text) > self.longest:
            raise ValueError(f'{self} is run on {len(text)}')
        return text
