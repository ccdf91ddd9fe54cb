"""Working time: when the municipality is at work, and how much of a span counts.

A calendar has opening hours for each weekday, days that are closed, and half days that end earlier. All times are local
times in Sweden: a span over the change to summer time has the hours that really pass.
"""

from __future__ import annotations

from calendar import isleap
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from datetime import time as time_of_day
from itertools import accumulate

from pydantic import Field

from app.domain.document import Value
from app.domain.local_dates import ZONE, day_of

MINUTES_A_DAY = 24 * 60
NOON = 12 * 60

DAYS_AHEAD = 10 * 366
"""The days that are looked through. What would be due after them is due at their end."""

REMEMBERED_DAYS = 4_000

Span = tuple[datetime, datetime]


class Opening(Value):
    """Hours of a day in which work is done, in minutes since midnight. 1440 is the end of the day."""

    opens: int = Field(ge=0, lt=MINUTES_A_DAY)
    closes: int = Field(gt=0, le=MINUTES_A_DAY)


Week = tuple[tuple[Opening, ...], ...]
"""The openings of each weekday, Monday first."""


@dataclass(frozen=True)
class WorkingCalendar:
    """When work is done: the hours of a week, without the days that are closed.

    A half day that isn't closed ends at `half_until`, in minutes since midnight.
    """

    week: Week
    closed: Container[date] = frozenset[date]()
    half: Container[date] = frozenset[date]()
    half_until: int = NOON
    _sums: dict[int, tuple[timedelta, ...]] = field(default_factory=dict, repr=False, compare=False)
    _spans: dict[date, tuple[Span, ...]] = field(default_factory=dict, repr=False, compare=False)

    def add(self, start: datetime, time: timedelta) -> datetime:
        """Return the first moment, in UTC, at which so much working time has passed since `start`."""
        left = time
        for opens, closes in self._spans_from(start):
            if closes - opens >= left:
                return opens + left
            left -= closes - opens
        return start.astimezone(UTC) + timedelta(days=DAYS_AHEAD)

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Return how much working time passes from `start` to `end`: nothing if the end is earlier."""
        if end <= start:
            return timedelta()
        first, last = day_of(start), day_of(end)
        years = sum((self._sums_of(year)[-1] for year in range(first.year, last.year)), timedelta())
        return years + self._since_new_year(last, end) - self._since_new_year(first, start)

    def _spans_from(self, start: datetime) -> Iterator[Span]:
        """Yield what is left of each opening after `start`, in order."""
        start, first = start.astimezone(UTC), day_of(start)
        for ahead in range(DAYS_AHEAD):
            for opens, closes in self._spans_on(first + timedelta(days=ahead)):
                if closes > start:
                    yield max(opens, start), closes

    def _since_new_year(self, day: date, moment: datetime) -> timedelta:
        """Return how much working time has passed in the year of a day until this moment of the day."""
        passed = self._sums_of(day.year)[day.timetuple().tm_yday - 1]
        for opens, closes in self._spans_on(day):
            if opens < moment:
                passed += min(closes, moment) - opens
        return passed

    def _sums_of(self, year: int) -> tuple[timedelta, ...]:
        """Return the working time of a year until each of its days, and until its end.

        With these sums, a case that has been late for years is judged as fast as one of today.
        """
        if (sums := self._sums.get(year)) is None:
            days = (date(year, 1, 1) + timedelta(days=ahead) for ahead in range(366 if isleap(year) else 365))
            each = (sum((closes - opens for opens, closes in self._spans_on(day)), timedelta()) for day in days)
            sums = self._sums[year] = tuple(accumulate(each, initial=timedelta()))
        return sums

    def _spans_on(self, day: date) -> tuple[Span, ...]:
        if (spans := self._spans.get(day)) is None:
            if len(self._spans) >= REMEMBERED_DAYS:
                self._spans.clear()
            spans = self._spans[day] = tuple(self._read(day))
        return spans

    def _read(self, day: date) -> Iterator[Span]:
        if day in self.closed:
            return
        ends = self.half_until if day in self.half else MINUTES_A_DAY
        for opening in self.week[day.weekday()]:
            opens, closes = _moment(day, opening.opens), _moment(day, min(opening.closes, ends))
            if opens < closes:
                yield opens, closes


def _moment(day: date, minutes: int) -> datetime:
    """Return the moment, in UTC, of so many minutes after midnight on the clock of that day."""
    days, minute = divmod(minutes, MINUTES_A_DAY)
    local = datetime.combine(day + timedelta(days=days), time_of_day(*divmod(minute, 60)), ZONE)
    return local.astimezone(UTC)
