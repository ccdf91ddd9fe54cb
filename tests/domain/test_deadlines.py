"""Test when cases are due: a table that was computed by hand with a wall calendar, and not by the code."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.deadlines import CaseClock
from app.domain.local_dates import ZONE
from app.domain.working_hours import Days, WorkingHours
from app.domain.working_time import Opening, WorkingCalendar
from app.services.working_hours import calendar_of

ALL_DAY = (Opening(opens=0, closes=24 * 60),)
DAY = (Opening(opens=7 * 60, closes=16 * 60),)
NIGHT = (Opening(opens=0, closes=6 * 60),)
LUNCH = (Opening(opens=7 * 60, closes=12 * 60), Opening(opens=13 * 60, closes=16 * 60))


def days(first: str, last: str = '') -> tuple[Days, ...]:
    return (Days(first=date.fromisoformat(first), last=date.fromisoformat(last or first)),)


USUAL: dict[str, Any] = {}
HALF_DAYS: dict[str, Any] = {'half_days': True}
ROUND_THE_CLOCK: dict[str, Any] = {'week': (ALL_DAY,) * 7}
SUNDAY_NIGHT: dict[str, Any] = {'week': (DAY, (), (), (), (), (), NIGHT)}


class Row(NamedTuple):
    """A case: reported at `start`, due after so many working hours, with these options of the calendar.

    `pauses` are over; since `stopped` it is paused. `due` is None if its clock stands still before.
    """

    start: str
    hours: int
    due: str | None
    options: dict[str, Any] = USUAL
    pauses: tuple[tuple[str, str], ...] = ()
    stopped: str | None = None


TABLE = {
    # Midsummer 2026: Friday 19 June is Midsummer Eve; Monday 22 June is the next working day.
    'the last hours of the day before': Row('2026-06-18 14:00', 2, '2026-06-18 16:00'),
    'one hour more goes on after Midsummer': Row('2026-06-18 14:00', 3, '2026-06-22 08:00'),
    'reported on Midsummer Eve': Row('2026-06-19 10:00', 1, '2026-06-22 08:00'),
    'reported on Midsummer Day': Row('2026-06-20 10:00', 9, '2026-06-22 16:00'),
    'two days around Midsummer': Row('2026-06-17 15:30', 18, '2026-06-22 15:30'),
    'reported as work ends': Row('2026-06-18 16:00', 1, '2026-06-22 08:00'),
    'reported before work begins': Row('2026-06-18 06:00', 4, '2026-06-18 11:00'),
    'a bridge day of our own': Row('2026-06-18 14:00', 3, '2026-06-23 08:00', {'closed': days('2026-06-22')}),
    'a half day of our own': Row('2026-06-18 10:00', 3, '2026-06-22 08:00', {'half': days('2026-06-18')}),
    'on the free half of a day': Row('2026-06-18 13:00', 1, '2026-06-22 08:00', {'half': days('2026-06-18')}),
    'Midsummer a year later': Row('2027-06-24 15:00', 2, '2027-06-28 08:00'),
    'the National Day on a Friday': Row('2025-06-06 09:00', 4, '2025-06-09 11:00'),
    'paused over Midsummer': Row(
        '2026-06-17 13:00', 9, '2026-06-22 16:00', pauses=(('2026-06-17 15:00', '2026-06-22 09:00'),)
    ),
    'paused while nobody works': Row(
        '2026-06-18 08:00', 10, '2026-06-22 09:00', pauses=(('2026-06-18 18:00', '2026-06-20 12:00'),)
    ),
    'a week from Monday morning': Row('2026-06-15 07:00', 45, '2026-06-22 16:00'),
    # Christmas 2026: closed from Thursday 24 to Sunday 27, on New Year's Eve, on 1 and on 6 January.
    'an hour before Christmas': Row('2026-12-23 15:00', 2, '2026-12-28 08:00'),
    'reported on Christmas Eve': Row('2026-12-24 12:00', 9, '2026-12-28 16:00'),
    'a day before and a day after Christmas': Row('2026-12-23 07:00', 18, '2026-12-28 16:00'),
    'over New Year': Row('2026-12-30 12:00', 5, '2027-01-04 08:00'),
    'ten working days over all of them': Row('2026-12-22 07:00', 90, '2027-01-11 16:00'),
    'closed between Christmas and New Year': Row(
        '2026-12-23 15:00', 2, '2027-01-04 08:00', {'closed': days('2026-12-28', '2026-12-30')}
    ),
    'half day before Epiphany': Row('2027-01-05 09:00', 4, '2027-01-07 08:00', HALF_DAYS),
    'the same without half days': Row('2027-01-05 09:00', 4, '2027-01-05 13:00'),
    '23 December is no half day by custom': Row('2026-12-23 11:00', 4, '2026-12-23 15:00', HALF_DAYS),
    'half days until two': Row('2026-01-05 12:00', 3, '2026-01-07 08:00', HALF_DAYS | {'half_until': 14 * 60}),
    'New Year’s Eve on a Wednesday': Row('2025-12-31 10:00', 9, '2026-01-02 16:00'),
    'paused from before Christmas until after Epiphany': Row(
        '2026-12-21 10:00', 9, '2027-01-07 10:00', pauses=(('2026-12-22 08:00', '2027-01-07 08:00'),)
    ),
    'paused twice': Row(
        '2026-12-28 08:00',
        9,
        '2026-12-29 15:00',
        pauses=(('2026-12-28 09:00', '2026-12-28 11:00'), ('2026-12-28 13:00', '2026-12-29 09:00')),
    ),
    'paused now': Row('2026-12-28 08:00', 9, None, stopped='2026-12-28 12:00'),
    'paused when it was late already': Row('2026-12-28 08:00', 4, '2026-12-28 12:00', stopped='2026-12-28 13:00'),
    'paused in the moment it was due': Row('2026-12-28 08:00', 4, '2026-12-28 12:00', stopped='2026-12-28 12:00'),
    # Summer time begins on Sunday 29 March 2026 at two, and ends on Sunday 25 October at three.
    'a weekend that is an hour shorter': Row('2026-03-27 15:00', 2, '2026-03-30 08:00'),
    'a weekend that is an hour longer': Row('2026-10-23 15:00', 2, '2026-10-26 08:00'),
    'through the night into summer time': Row('2026-03-28 20:00', 8, '2026-03-29 05:00', ROUND_THE_CLOCK),
    'a day and a night into summer time': Row('2026-03-28 12:00', 24, '2026-03-29 13:00', ROUND_THE_CLOCK),
    'a day and a night out of summer time': Row('2026-10-24 12:00', 24, '2026-10-25 11:00', ROUND_THE_CLOCK),
    'a night shift of five hours': Row('2026-03-29 00:00', 6, '2026-03-30 08:00', SUNDAY_NIGHT),
    'a night shift of seven hours': Row('2026-10-25 00:00', 7, '2026-10-25 06:00', SUNDAY_NIGHT),
    'paused while the clock is put forward': Row(
        '2026-03-28 22:00',
        6,
        '2026-03-29 08:00',
        ROUND_THE_CLOCK,
        pauses=(('2026-03-29 00:00', '2026-03-29 04:00'),),
    ),
    'Easter on the day of summer time': Row('2027-03-25 15:00', 2, '2027-03-30 08:00'),
    'Maundy Thursday is a half day': Row('2027-03-25 11:00', 2, '2027-03-30 08:00', HALF_DAYS),
    'lunch does not count': Row('2026-03-30 11:00', 3, '2026-03-30 15:00', {'week': (LUNCH,) * 5 + ((), ())}),
}


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize('row', TABLE.values(), ids=TABLE)
def test_a_case_is_due_when_the_table_says(row: Row) -> None:
    pauses = tuple((local(since), local(until)) for since, until in row.pauses)
    clock = CaseClock(local(row.start), pauses, local(row.stopped) if row.stopped else None)
    due = clock.due(row.hours, calendar_of(WorkingHours(**row.options)))
    assert (f'{due.astimezone(ZONE):%Y-%m-%d %H:%M}' if due else None) == row.due


def test_no_period_sets_no_deadline() -> None:
    assert CaseClock(local('2026-06-18 14:00')).due(None, calendar_of(WorkingHours())) is None


QUARTER = timedelta(minutes=15)
QUARTERS = st.integers(0, 5 * 96)


@settings(max_examples=40)
@given(QUARTERS, QUARTERS, st.sampled_from(['2026-03-27', '2026-10-23', '2026-06-17', '2026-12-22', '2026-12-30']))
def test_working_time_is_what_a_loop_over_quarters_counts(begin: int, end: int, day: str) -> None:
    options: tuple[Any, ...] = (
        (LUNCH,) * 5 + (DAY, NIGHT),
        {date(2026, 6, 19), date(2026, 12, 24)},
        {date(2026, 6, 18)},
    )
    first, calendar = local(day).timestamp(), WorkingCalendar(*options)

    def moment(quarters: int) -> datetime:
        return datetime.fromtimestamp(first + quarters * QUARTER.total_seconds(), ZONE)

    def is_open(at: datetime) -> bool:
        minute = at.hour * 60 + at.minute
        is_half_over = at.date() in options[2] and minute >= 12 * 60
        hours = any(opening.opens <= minute < opening.closes for opening in options[0][at.weekday()])
        return hours and at.date() not in options[1] and not is_half_over

    counted = sum(map(is_open, map(moment, range(begin, end)))) * QUARTER
    assert calendar.between(moment(begin), moment(end)) == counted
    if counted:
        reached = calendar.add(moment(begin), counted)
        assert reached <= moment(end)
        assert calendar.between(moment(begin), reached) == counted


def test_a_calendar_without_any_open_day_ends() -> None:
    class Always:
        def __contains__(self, day: object) -> bool:
            return True

    calendar = WorkingCalendar((DAY,) * 7, closed=Always())
    assert calendar.add(local('2026-06-18 14:00'), QUARTER) > local('2036-01-01 00:00')
    assert calendar.between(local('2026-06-18 14:00'), local('2026-07-18 14:00')) == timedelta()
