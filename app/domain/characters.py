"""Classify characters, whatever keyboard, script or program they come from."""

from __future__ import annotations

from unicodedata import category, digit

_BLANKS = frozenset('\u115f\u1160\u2800\u3164\uffa0')
"""Letters and symbols that are drawn as nothing."""

_MINUS = '\u2212'


def digit_of(character: str) -> str:
    """Return a digit of any script as ASCII, or '' if the character is none."""
    value = digit(character, None)
    return '' if value is None else str(value)


def is_invisible(character: str) -> bool:
    """Return True for a mark that readers don't see, or see as a part of the character before."""
    kind = category(character)
    return kind in ('Cf', 'Mn', 'Me') or (kind == 'Cc' and not character.isspace()) or character in _BLANKS


def is_dash(character: str) -> bool:
    """Return True for a hyphen, a dash or a minus sign."""
    return category(character) == 'Pd' or character == _MINUS


def plain(character: str) -> str:
    """Return digits, dashes and white space as ASCII, invisible marks as '', and other characters as they are."""
    if character.isspace():
        return ' '
    if is_invisible(character):
        return ''
    return '-' if is_dash(character) else digit_of(character) or character
