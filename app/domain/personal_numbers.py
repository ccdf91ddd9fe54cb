"""Hide personal identity numbers. Notes should not hold them, and some will."""

from __future__ import annotations

import re
from datetime import date

from app.domain.people import Person, Role

MASK = '••••••-••••'

_BETWEEN = r'\s\-\u00ad\u200b\u2010-\u2015\u2060\u2212\ufe63\uff0d./_'
"""Characters that may stand between the parts: white space, dots, strokes, and lookalikes of the hyphen."""

_NUMBER = re.compile(
    rf'((?<!\d)|(?<=(?<!\d)19)|(?<=(?<!\d)20))'
    rf'(\d\d)([{_BETWEEN}]{{0,3}})(\d\d)([{_BETWEEN}]{{0,3}})(\d\d)[+{_BETWEEN}]{{0,3}}'
    rf'(\d\d)[{_BETWEEN}]{{0,3}}(\d)(\d)(?!\d)'
)

_COORDINATION = 60
"""The number that a coordination number (samordningsnummer) adds to the day of birth."""


def mask_numbers(text: str) -> str:
    """Return the text with every Swedish personal identity or coordination number masked.

    A sequence of digits counts as one if its date exists and its check digit fits (SKV 704), so phone numbers stay
    readable.
    """
    parts, end, begin = [], 0, 0
    while found := _NUMBER.search(text, begin):
        begin = found.start() + 1  # other digits may overlap a number: "Hus 12 81 12 18 98 76"
        if _is_personal(found):
            century = 2 if found.start() and text[found.start() - 1].isdigit() else 0
            parts += [text[end : found.start() - century], MASK]
            begin = end = found.end()
    return ''.join(parts) + text[end:]


def mask_for(text: str, reader: Person, *, is_own: bool = False) -> str:
    """Return the text as this member of staff may see it. Only leads and the text's author see numbers in it."""
    return text if is_own or reader.role.covers(Role.LEAD) else mask_numbers(text)


def _is_personal(found: re.Match[str]) -> bool:
    _, year, first, month, second, day, *birth, check = found.groups()
    if year.startswith('0') and first != second:  # "0705-12 34 56" is a phone number
        return False
    return _is_day(int(month), int(day)) and _check_digit(''.join((year, month, day, *birth))) == int(check)


def _is_day(month: int, day: int) -> bool:
    try:
        date(2000, month, day - _COORDINATION if day > _COORDINATION else day)  # a leap year
    except ValueError:
        return False
    return True


def _check_digit(digits: str) -> int:
    """Return the tenth digit (Luhn algorithm).

    Every other digit is doubled, and the sums of the products' digits are filled up to a multiple of ten.
    """
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(digits))
    return -sum(sum(divmod(product, 10)) for product in doubled) % 10
