"""Read opening hours and days as people type them, and write them as a field shows them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from pydantic import ValidationError

from app.domain.bounded_pattern import BoundedPattern
from app.domain.document import readable
from app.domain.errors import Invalid
from app.domain.working_hours import MOST_DAYS, WEEKDAYS, Days, are_in_order
from app.domain.working_time import MINUTES_A_DAY, Opening, Week

LONGEST_HOURS = 200
MOST_LINES = 100

_OPENING = BoundedPattern(r'(\d{1,2})(?:[.:](\d{2}))?\s*[-–—]\s*(\d{1,2})(?:[.:](\d{2}))?', longest=40)
_TIME = BoundedPattern(r'(\d{1,2})(?:[.:](\d{2}))?', longest=5)
_DAYS = BoundedPattern(r'(\d{4}-\d{2}-\d{2})(?:\s*[-–—]\s*(\d{4}-\d{2}-\d{2}))?(?:\s+(\S.*))?', longest=200)


def typed_openings(text: str, field: str) -> tuple[Opening, ...]:
    """Return the openings of a day, such as '07.00–12.00, 13–16': none if nothing stands there."""
    parts = [part.strip() for part in text.split(',')] if text.strip() else []
    openings = tuple([_opening(part, field) for part in parts])
    if not are_in_order(openings):
        raise Invalid(field, 'Each span must end after it begins, and before the next one begins.')
    return openings


def typed_week(texts: Mapping[str, str]) -> Week:
    """Return the openings of a week from the text of each day, by its name. Raise Invalid if no day has any."""
    week = tuple([typed_openings(texts[day], day) for day in WEEKDAYS])
    if not any(week):
        raise Invalid(WEEKDAYS[0], 'Write hours on at least one day, or every case would be in time for ever.')
    return week


def typed_time(text: str, field: str) -> int:
    """Return a time of day, such as '12' or '12.30', in minutes since midnight."""
    match = _TIME.fullmatch(text.strip())
    minutes = _minutes(*match.groups()) if match else 0
    if not 0 < minutes <= MINUTES_A_DAY:
        raise Invalid(field, 'Write a time such as 12.00.')
    return minutes


def typed_days(text: str, field: str) -> tuple[Days, ...]:
    """Return the days that stand on the lines of a text, sorted."""
    lines = [line.strip() for line in readable(text, field).split('\n')]
    written = [(number, line) for number, line in enumerate(lines, start=1) if line]
    if len(written) > MOST_LINES:
        raise Invalid(field, 'That is more than {most} lines. Take away what is over.', most=MOST_LINES)
    return tuple(sorted([_days(line, number, field) for number, line in written], key=lambda days: days.first))


def shown_openings(openings: Iterable[Opening]) -> str:
    """Return the openings of a day as a field shows them."""
    return ', '.join(f'{shown_time(opening.opens)}–{shown_time(opening.closes)}' for opening in openings)


def shown_time(minutes: int) -> str:
    """Return a time of day as a field shows it."""
    hour, minute = divmod(minutes, 60)
    return f'{hour:02}.{minute:02}'


def shown_days(days: Iterable[Days]) -> str:
    """Return days as a field shows them: one line for each, or for several in a row."""
    return '\n'.join(_shown_days(one) for one in days)


def _shown_days(days: Days) -> str:
    span = f'{days.first}' if days.first == days.last else f'{days.first} – {days.last}'
    return f'{span} {days.why}'.rstrip()


def _opening(part: str, field: str) -> Opening:
    match = _OPENING.fullmatch(part)
    if match is not None:
        opens, closes = _minutes(*match.group(1, 2)), _minutes(*match.group(3, 4))
        if 0 <= opens < MINUTES_A_DAY and 0 < closes <= MINUTES_A_DAY:
            return Opening(opens=opens, closes=closes)
    raise Invalid(
        field, 'Write hours such as 07.00–16.00, and a comma between several. Leave it empty if it is closed.'
    )


def _minutes(hour: str, minute: str | None) -> int:
    """Return minutes since midnight, or -1 if no clock shows this."""
    return int(hour) * 60 + int(minute or 0) if int(minute or 0) < 60 else -1


def _days(line: str, number: int, field: str) -> Days:
    match = _DAYS.fullmatch(line)
    if match is not None:
        try:
            first = date.fromisoformat(match[1])
            last = date.fromisoformat(match[2]) if match[2] else first
            return Days(first=first, last=last, why=match[3] or '')
        except (ValueError, ValidationError):
            pass
    raise Invalid(
        field,
        'Line {number} can not be read. Write a day such as 2026-12-28, or the first and the last with a dash between, '
        'at most {most} days.',
        number=number,
        most=MOST_DAYS,
    )
