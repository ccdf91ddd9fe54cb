"""Days as Haren's people live them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.domain.errors import Invalid

LATEST_ASKING = timedelta(days=3 * 366)

ZONE = ZoneInfo('Europe/Stockholm')
"""Where days begin and end."""


def day_of(moment: datetime) -> date:
    """The day on which a moment lies, where Haren's people live."""
    return moment.astimezone(ZONE).date()


def checked_day(on: date, now: datetime) -> date:
    """A day on which to ask again; Invalid where it isn't to come, or too far off."""
    if not day_of(now) < on <= day_of(now + LATEST_ASKING):
        raise Invalid('ask_again_on', 'Choose a day that is still to come, within three years.')
    return on
