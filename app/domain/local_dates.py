"""Calendar days in Sweden."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.domain.errors import Invalid

LATEST_ASKING = timedelta(days=3 * 366)

ZONE = ZoneInfo('Europe/Stockholm')
"""The time zone in which days begin and end."""


def day_of(moment: datetime) -> date:
    """Return the local day of a moment."""
    return moment.astimezone(ZONE).date()


def year_of(moment: datetime) -> int:
    """Return the local year of a moment."""
    return day_of(moment).year


def start_of_day(day: date) -> datetime:
    """Return the moment at which a local day begins."""
    return datetime.combine(day, time.min, ZONE)


def checked_day(on: date, now: datetime) -> date:
    """Return a day on which to ask again. Raise Invalid if it isn't in the future, or too far off."""
    if not day_of(now) < on <= day_of(now + LATEST_ASKING):
        raise Invalid('ask_again_on', 'Choose a day that is still to come, within three years.')
    return on
