"""Word whether a case is late: as a number of hours, not by a colour alone."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.domain.deadlines import CaseDeadlines, Deadline
from app.domain.local_dates import day_of
from app.domain.periods import Periods
from app.i18n import Translator

NAMED_DAYS = timedelta(days=6)
"""Days so near are called by their weekday: no other day near has the same name."""


def late_words(deadlines: CaseDeadlines, _: Translator) -> str:
    """Return for how many working hours a case has been late, such as "12 hours late", or '' if it isn't."""
    if deadlines.late_hours is None:
        return ''
    hours = int(deadlines.late_hours)
    return _.plural('{count} hour late', '{count} hours late', hours) if hours else _('Less than an hour late')


def late_reason(deadlines: CaseDeadlines, now: datetime, _: Translator) -> str:
    """Return the sentence that says what should have happened, and when; '' if a case isn't late."""
    if deadlines.late_since is None:
        return ''
    when = moment_words(deadlines.late_since, now, _)
    message = {
        Deadline.SEEN: _('It should have been seen by {when}. Only working hours are counted.', when=when),
        Deadline.DONE: _('It should have been done by {when}. Only working hours are counted.', when=when),
    }
    return message[deadlines.which or Deadline.DONE]


def due_words(deadlines: CaseDeadlines, now: datetime, _: Translator) -> str:
    """Return what should happen next and when, such as "to be done by Thursday 14:00"; '' if nothing is due."""
    if deadlines.due is None:
        return ''
    when = moment_words(deadlines.due, now, _)
    if deadlines.due_for is Deadline.SEEN:
        return _('to be seen by {when}', when=when)
    return _('to be done by {when}', when=when)


def period_words(periods: Periods, _: Translator) -> str:
    """Return periods in words, such as "Seen within 4 h · done within 18 h"."""
    words = [
        _('Seen within {hours} h', hours=periods.seen_hours) if periods.seen_hours else '',
        _('Done within {hours} h', hours=periods.done_hours) if periods.done_hours else '',
    ]
    return ' · '.join(filter(None, words)) or _('No deadline')


def moment_words(moment: datetime, now: datetime, _: Translator) -> str:
    """Return a moment in few words: its time today, its weekday and time near today, else its date and time."""
    day, today = day_of(moment), day_of(now)
    if day == today:
        return _.time(moment)
    named = abs(day - today) <= NAMED_DAYS
    return f'{_.weekday(day) if named else _.short_date(day, today)} {_.time(moment)}'
