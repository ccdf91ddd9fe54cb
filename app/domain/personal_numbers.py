"""Hide personal identity numbers. Texts should not hold them, and some will."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from app.domain.digit_groups import DigitGroup, chains_in
from app.domain.figures import Figures, figures_in
from app.domain.people import Person, Role

MASK = '••••••-••••'

_LENGTH = 10
_WITH_CENTURY = 12
_CENTURIES = ('18', '19', '20')

_COORDINATION = 60
"""The number that a coordination number (samordningsnummer) adds to the day of birth."""


def mask_numbers(text: str) -> str:
    """Return the text with every Swedish personal identity or coordination number masked.

    Ten digits in a row count as one if their date exists and the check digit fits (SKV 704), in any script and with any
    marks between them. Phone numbers, dates, times, positions and case numbers stay readable.
    """
    if sum(map(str.isdigit, text)) < _LENGTH:
        return text
    parts, end = [], 0
    for chain in chains_in(text):
        for number in _numbers_in(chain):
            parts += [text[end : number[0].start], MASK]
            end = number[-1].end
    return ''.join(parts) + text[end:]


def mask_for(text: str, reader: Person, *, is_own: bool = False) -> str:
    """Return the text as this member of staff may see it. Only leads and the text's author see numbers in it."""
    return text if is_own or reader.role.covers(Role.LEAD) else mask_numbers(text)


def _numbers_in(chain: Sequence[DigitGroup]) -> list[Sequence[DigitGroup]]:
    found: list[Sequence[DigitGroup]] = []
    if sum(len(group.digits) for group in chain) < _LENGTH:
        return found
    figures = figures_in(chain)
    first = 0
    while first < len(chain):
        end = _end_of_number(chain, first, figures)
        if end is not None:
            found.append(chain[first:end])
        first = end or first + 1
    return found


def _end_of_number(chain: Sequence[DigitGroup], first: int, figures: Figures) -> int | None:
    """Return the end of the number that begins with this group, or None."""
    digits = ''
    for end, group in enumerate(chain[first : first + _WITH_CENTURY], first + 1):
        digits += group.digits
        if first in figures.starts or len(digits) > _WITH_CENTURY:
            return None
        may_end = len(digits) in (_LENGTH, _WITH_CENTURY) and end not in figures.ends
        if may_end and _is_personal(chain[first:end], digits):
            return end
    return None


def _is_personal(groups: Sequence[DigitGroup], digits: str) -> bool:
    ten = digits[-_LENGTH:]
    # A century that stands alone is left out: it may be the number of a house.
    if len(digits) == _WITH_CENTURY and (digits[:2] not in _CENTURIES or len(groups[0].digits) == 2):
        return False
    return (
        _is_day(int(ten[2:4]), int(ten[4:6]))
        and _check_digit(ten[:-1]) == int(ten[-1])
        and _is_written_as_one(groups, len(digits) - _LENGTH, is_like_phone=digits[0] == '0')
    )


def _is_written_as_one(groups: Sequence[DigitGroup], century: int, *, is_like_phone: bool) -> bool:
    """Return True if the digits are grouped as those of a personal number: by year, month and day, or one by one."""
    gaps: dict[int, str] = {}
    place = -century
    for before, group in pairwise(groups):
        place += len(before.digits)
        gaps[place] = group.gap
    in_date = {place for place in gaps if 0 < place < 6}
    if in_date == {1, 2, 3, 4, 5}:
        return True
    is_aligned, is_even = in_date <= {2, 4}, len(set(gaps.values())) <= 1
    if is_like_phone:  # "0705-12 34 56" and "08 11 22 33 44" are phone numbers, and "05-07-09 1234" is none
        is_split_as_phone = is_even and bool(in_date) and max(gaps) > 6
        return is_aligned and gaps.get(2) == gaps.get(4) and not is_split_as_phone
    return not _ends_with_time(groups, gaps) and (is_aligned or is_even)


def _ends_with_time(groups: Sequence[DigitGroup], gaps: dict[int, str]) -> bool:
    """Return True for a date with a time of day: 2026-11-30 20:45."""
    if gaps.get(8) not in (':', '.') or ' ' not in gaps.get(6, ''):
        return False
    hour, minute = groups[-2:]
    return len(hour.digits) == len(minute.digits) == 2 and int(hour.digits) < 24 and int(minute.digits) < 60


def _is_day(month: int, day: int) -> bool:
    """Return True if there is such a day. In a coordination number, month and day are 0 where they aren't known."""
    if day >= _COORDINATION:
        month, day = month or 1, day - _COORDINATION or 1
    try:
        date(2000, month, day)  # a leap year
    except ValueError:
        return False
    return True


def _check_digit(digits: str) -> int:
    """Return the tenth digit (Luhn algorithm).

    Every other digit is doubled, and the sums of the products' digits are filled up to a multiple of ten.
    """
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(digits))
    return -sum(sum(divmod(product, 10)) for product in doubled) % 10
