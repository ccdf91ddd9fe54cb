"""Codes of stickers: five characters of Crockford's base32 and a check character.

Alphabet and reading rules: https://www.crockford.com/base32.html. Crockford's own check symbol needs five characters
that should not stand on a sticker. So the check is the weighted sum over GF(32) that a Reed-Solomon code with one check
symbol uses: it finds every single wrong character and every swap of two.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import lru_cache

from app.domain.typed_text import is_around, last_part, plain_text

ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
LENGTH = 6

_ALIKE = {
    'O': '0', 'I': '1', 'L': '1', 'İ': '1',
    'А': 'A', 'В': 'B', 'Е': 'E', 'З': '3', 'І': '1', 'Ј': 'J', 'К': 'K', 'М': 'M', 'Н': 'H', 'О': '0', 'Р': 'P',
    'С': 'C', 'Т': 'T', 'У': 'Y', 'Х': 'X', 'Ѕ': 'S', 'Ԛ': 'Q', 'Ԝ': 'W',
    'Α': 'A', 'Β': 'B', 'Ε': 'E', 'Ζ': 'Z', 'Η': 'H', 'Ι': '1', 'Κ': 'K', 'Μ': 'M', 'Ν': 'N', 'Ο': '0', 'Ρ': 'P',
    'Τ': 'T', 'Υ': 'Y', 'Χ': 'X', 'Ϲ': 'C',
}  # fmt: skip
"""Crockford's own rules, and the capitals of Cyrillic and Greek that look like Latin ones."""

_GENERATOR = 0b100101  # x^5 + x^2 + 1, primitive over GF(2)


class CodeError(StrEnum):
    """The reason why a typed text is not a code."""

    LENGTH = 'length'
    CHARACTER = 'character'
    CHECK = 'check'


def read(typed: str) -> str | CodeError:
    """Return the code that somebody typed or pasted in its one spelling, or the reason why it is none.

    It may be the whole address that stands on a sticker, with brackets around or a full stop behind it, in digits of
    any script, and with capitals of other scripts that look the same.
    """
    return _read(typed) if len(typed) <= _USUALLY else _read.__wrapped__(typed)


_USUALLY = 40
"""Characters of a text that is worth remembering: longer ones are rare, and strangers can send many."""


@lru_cache(maxsize=4_096)
def _read(typed: str) -> str | CodeError:
    letters = last_part(plain_text(typed)).upper()
    code = ''.join(_ALIKE.get(letter, letter) for letter in letters if not is_around(letter))
    if len(code) != LENGTH:
        return CodeError.LENGTH
    if any(character not in ALPHABET for character in code):
        return CodeError.CHARACTER
    return code if check_character(code[:-1]) == code[-1] else CodeError.CHECK


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
