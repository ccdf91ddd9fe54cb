"""Personal identity numbers, which no note should hold and some will."""

from __future__ import annotations

import re
from datetime import date

MASK = '••••••-••••'

_NUMBER = re.compile(r'(?<!\d)(?:19|20)?(\d{2})(\d{2})(\d{2})[ \t]?[-+–]?[ \t]?(\d{3})(\d)(?!\d)')

_COORDINATION = 60
"""What a coordination number (samordningsnummer) adds to the day of birth."""


def masked(text: str) -> str:
    """The text with every Swedish personal identity or coordination number covered.

    What looks like one is one where its date exists and its check digit fits (SKV 704): a phone number stays readable.
    """
    return _NUMBER.sub(lambda found: MASK if _is_one(*found.groups()) else found[0], text)


def _is_one(year: str, month: str, day: str, birth: str, check: str) -> bool:
    return _is_day(int(month), int(day)) and _check_digit(year + month + day + birth) == int(check)


def _is_day(month: int, day: int) -> bool:
    try:
        date(2000, month, day - _COORDINATION if day > _COORDINATION else day)  # a leap year
    except ValueError:
        return False
    return True


def _check_digit(digits: str) -> int:
    """The tenth digit (Luhn): digits doubled in turn, the sums of their digits added up to a multiple of ten."""
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(digits))
    return -sum(sum(divmod(product, 10)) for product in doubled) % 10
