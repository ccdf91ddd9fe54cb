"""Find figures that are no personal numbers: dates, case numbers, times, positions, international phone numbers."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from typing import NamedTuple

from app.domain.digit_groups import DigitGroup

_STROKES = frozenset('-\u2010\u2011\u2012\u2013\u2212')
_IN_PHONE = frozenset(' -()./\u2010\u2011\u2013')

FEWEST_DECIMALS = 3
"""The decimals of a position that tells one house from the next."""

LONGEST_PHONE = 13
"""Digits of an international phone number with its country code."""


class Figures(NamedTuple):
    """The places in a chain of groups where no personal number begins or ends, since that would cut a figure in two."""

    starts: frozenset[int]
    ends: frozenset[int]


def figures_in(chain: Sequence[DigitGroup]) -> Figures:
    """Find the figures of a chain."""
    starts: set[int] = set()
    ends: set[int] = set()
    for first, group in enumerate(chain):
        inside = range(first + 1, max(find(chain, first) for find in _FINDERS))
        ends.update(inside)
        starts.update(inside)
        if _begins_phone(group):
            starts.add(first)
    return Figures(frozenset(starts), frozenset(ends))


def _end_of_date_or_case(chain: Sequence[DigitGroup], first: int) -> int:
    year, *rest = chain[first : first + 3]
    if len(year.digits) != 4 or year.digits[:2] not in ('19', '20') or year.gap[-1:] in _STROKES or not rest:
        return first
    if len(rest) == 2 and _is_month_and_day(*rest):
        return first + 3
    return first + 2 if rest[0].gap in _STROKES and len(rest[0].digits) <= 9 else first


def _is_month_and_day(month: DigitGroup, day: DigitGroup) -> bool:
    return (
        month.gap == day.gap
        and (month.gap in _STROKES or month.gap in ('.', '/'))
        and max(len(month.digits), len(day.digits)) <= 2
        and 1 <= int(month.digits) <= 12
        and 1 <= int(day.digits) <= 31
    )


def _end_of_time(chain: Sequence[DigitGroup], first: int) -> int:
    hour, *rest = chain[first : first + 3]
    if len(hour.digits) > 2 or int(hour.digits) >= 24:
        return first
    parts = takewhile(lambda part: part.gap == ':' and len(part.digits) == 2 and int(part.digits) < 60, rest)
    return first + 1 + len(list(parts))


def _end_of_position(chain: Sequence[DigitGroup], first: int) -> int:
    four = chain[first : first + 4]
    return first + 4 if len(four) == 4 and _is_degrees(*four[:2]) and _is_degrees(*four[2:]) else first


def _is_degrees(whole: DigitGroup, decimals: DigitGroup) -> bool:
    return len(whole.digits) <= 3 and decimals.gap in ('.', ',') and len(decimals.digits) >= FEWEST_DECIMALS


def _end_of_phone(chain: Sequence[DigitGroup], first: int) -> int:
    if not _begins_phone(chain[first]):
        return first
    end, length = first + 1, len(chain[first].digits)
    while end < len(chain) and set(chain[end].gap) <= _IN_PHONE and length + len(chain[end].digits) <= LONGEST_PHONE:
        length += len(chain[end].digits)
        end += 1
    return end


def _begins_phone(group: DigitGroup) -> bool:
    return group.sign == '+' and group.gap != '+'  # 181218+9876 is somebody over a hundred


_FINDERS = (_end_of_date_or_case, _end_of_time, _end_of_position, _end_of_phone)
