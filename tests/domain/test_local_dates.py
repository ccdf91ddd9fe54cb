"""Test the days and years of Sweden."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from app.domain.local_dates import day_of, year_of


@pytest.mark.parametrize(
    ('moment', 'day', 'year'),
    [
        ('2026-12-31T22:59:59+00:00', '2026-12-31', 2026),
        ('2026-12-31T23:00:00+00:00', '2027-01-01', 2027),
        ('2026-12-31T23:30:00+00:00', '2027-01-01', 2027),
        ('2027-01-01T00:30:00+00:00', '2027-01-01', 2027),
        ('2026-06-30T21:59:59+00:00', '2026-06-30', 2026),  # summer time: midnight is an hour earlier in UTC
        ('2026-06-30T22:00:00+00:00', '2026-07-01', 2026),
        ('2026-03-28T23:00:00+00:00', '2026-03-29', 2026),  # a day of 23 hours
        ('2026-03-29T21:59:59+00:00', '2026-03-29', 2026),
        ('2026-03-29T22:00:00+00:00', '2026-03-30', 2026),
        ('2026-10-24T22:00:00+00:00', '2026-10-25', 2026),  # a day of 25 hours
        ('2026-10-25T22:59:59+00:00', '2026-10-25', 2026),
        ('2026-10-25T23:00:00+00:00', '2026-10-26', 2026),
    ],
)
def test_days_and_years_begin_in_sweden(moment: str, day: str, year: int) -> None:
    for zone in (UTC, timezone(timedelta(hours=13)), timezone(timedelta(hours=-9))):
        told = datetime.fromisoformat(moment).astimezone(zone)
        assert (day_of(told).isoformat(), year_of(told)) == (day, year)
