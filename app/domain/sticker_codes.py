"""Codes of stickers: five characters of Crockford's base32 and a check character.

Alphabet and reading rules: https://www.crockford.com/base32.html. Crockford's own check symbol needs five characters
that should not stand on a sticker. So the check is the weighted sum over GF(32) that a Reed-Solomon code with one check
symbol uses: it finds every single wrong character and every swap of two.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import lru_cache

ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
LENGTH = 6

_ALIKE = str.maketrans({'O': '0', 'I': '1', 'L': '1', '-': None, ' ': None})
_GENERATOR = 0b100101  # x^5 + x^2 + 1, primitive over GF(2)


class CodeError(StrEnum):
    """The reason why a typed text is not a code."""

    LENGTH = 'length'
    CHARACTER = 'character'
    CHECK = 'check'


@lru_cache(maxsize=4_096)
def read(typed: str) -> str | CodeError:
    """Return the code that somebody typed in its one spelling, or the reason why it is none."""
    code = typed.strip().upper().translate(_ALIKE)
    if len(code) != LENGTH:
        return CodeError.LENGTH
    if any(character not in ALPHABET for character in code):
        return CodeError.CHARACTER
    return code if check_character(code[:-1]) == code[-1] else CodeError.CHECK


def code_from(text: str) -> str | CodeError:
    """Return the code in a text: the code alone, or the whole address that stands on a sticker."""
    return read(last_part(text))


def last_part(text: str) -> str:
    """Return the last part of an address, or the text itself if it is none."""
    return text.strip().partition('?')[0].rstrip('/').rpartition('/')[2]


def mint(randbelow: Callable[[int], int]) -> str:
    """Return a new code, from a source of randomness such as `secrets.randbelow`."""
    body = ''.join(ALPHABET[randbelow(32)] for _ in range(LENGTH - 1))
    return body + check_character(body)


def check_character(body: str) -> str:
    """Return the character that makes `body` a code."""
    total = 0
    for character in body:
        total = _doubled(total ^ ALPHABET.index(character))
    return ALPHABET[total]


def _doubled(value: int) -> int:
    value <<= 1
    return value ^ _GENERATOR if value & 32 else value


def spaced(code: str) -> str:
    """Return the code in two groups, as it is printed: K7M 2QR."""
    return f'{code[:3]} {code[3:]}'
