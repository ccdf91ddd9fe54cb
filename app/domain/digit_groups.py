"""Read the figures in a text, in whatever script and however they are spaced."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from app.domain.bounded_pattern import BoundedPattern
from app.domain.characters import digit_of, is_invisible

LONGEST_GAP = 5
"""Characters that may stand between two groups of one number, with white space counted as one: ') - ('."""

_LETTER, _INVISIBLE = 'a', '\0'


class DigitGroup(NamedTuple):
    """Digits in a row, as ASCII. `gap` is what stands between the group before and this one; '' for the first.

    `sign` is the character in front of it. `start` and `end` are its place in the text.
    """

    digits: str
    gap: str
    sign: str
    start: int
    end: int


def chains_in(text: str) -> Iterator[list[DigitGroup]]:
    """Yield the groups of digits that no letter and no long gap parts. Invisible marks count for nothing."""
    place = 0
    for part in text.translate(_PLAIN).split(_LETTER):
        yield from _chains(part, place)
        place += len(part) + 1


_DIGITS = BoundedPattern(f'[0-9](?:{_INVISIBLE}*[0-9])*', longest=2**16)


def _chains(part: str, place: int) -> Iterator[list[DigitGroup]]:
    chain: list[DigitGroup] = []
    end = 0
    for found in _DIGITS.finditer(part):
        gap = _shown(part[end : found.start()])
        if chain and len(gap) > LONGEST_GAP:
            yield chain
            chain = []
        digits = found[0].replace(_INVISIBLE, '')
        chain.append(DigitGroup(digits, gap if chain else '', gap[-1:], place + found.start(), place + found.end()))
        end = found.end()
    if chain:
        yield chain


def _shown(gap: str) -> str:
    """Return the gap without invisible marks, and with white space as one space."""
    gap = gap.replace(_INVISIBLE, '')
    return gap if '  ' not in gap else f'{" " * gap.startswith(" ")}{" ".join(gap.split())}{" " * gap.endswith(" ")}'


class _PlainCharacters(dict[int, str]):
    """A translation of each character: a digit to ASCII, white space to a space, letters and invisible marks to one."""

    def __missing__(self, code: int) -> str:
        return _plain(chr(code))


@lru_cache(maxsize=1_024)
def _plain(character: str) -> str:
    if is_invisible(character):
        return _INVISIBLE
    if character.isspace():
        return ' '
    return digit_of(character) or (_LETTER if character.isalnum() else character)


_LATIN = range(0x180)
_PLAIN = _PlainCharacters({code: _plain(chr(code)) for code in _LATIN})
