"""The municipality's working hours: the hours of each weekday, its own closed days, and half days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import ClassVar, Self

from pydantic import Field, model_validator

from app.domain.document import ChangeStamp, Document, Moment, Text, Value
from app.domain.events import Event, EventKind, make_event
from app.domain.working_time import MINUTES_A_DAY, NOON, Opening, Week

WEEKDAYS = ('monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday')
MOST_DAYS = 366


class Days(Value):
    """One day, or several in a row, and why: such as the week after Christmas."""

    first: date
    last: date
    why: Text = ''

    @model_validator(mode='after')
    def _are_in_order(self) -> Self:
        if not 0 <= (self.last - self.first).days < MOST_DAYS:
            raise ValueError(f'{self.first} to {self.last} are not 1 to {MOST_DAYS} days')
        return self


class WorkingHours(Value):
    """When the municipality is at work.

    Public holidays are closed in any case. With `half_days`, the days before some of them are half days by custom. A
    half day ends at `half_until`, in minutes since midnight.
    """

    week: Week = ((Opening(opens=7 * 60, closes=16 * 60),),) * 5 + ((), ())
    closed: tuple[Days, ...] = ()
    half: tuple[Days, ...] = ()
    half_days: bool = False
    half_until: int = Field(default=NOON, gt=0, le=MINUTES_A_DAY)

    @model_validator(mode='after')
    def _is_possible(self) -> Self:
        if len(self.week) != len(WEEKDAYS) or not any(self.week):
            raise ValueError('a week needs seven days, and hours on one of them')
        for name, openings in zip(WEEKDAYS, self.week, strict=True):
            if not are_in_order(openings):
                raise ValueError(f'the hours of {name} must follow each other')
        return self


class WorkingHoursSettings(Document):
    """The working hours that an administrator has set. There is one document, with the id `working_hours`."""

    kept_in: ClassVar[str] = 'working_hours'
    newest_by: ClassVar[str] = 'changed_at'

    id: str = 'working_hours'
    hours: WorkingHours
    changed_at: Moment

    def change(self, hours: WorkingHours, stamp: ChangeStamp) -> tuple[WorkingHoursSettings, Event]:
        """Set other working hours."""
        changed = self.model_copy(update={'hours': hours, 'changed_at': stamp.at})
        return changed, make_event(EventKind.HOURS_CHANGED, stamp)


def are_in_order(openings: Sequence[Opening]) -> bool:
    """Return True if each opening ends after it begins and before the next one begins."""
    moments = [minute for opening in openings for minute in (opening.opens, opening.closes)]
    return all(earlier < later for earlier, later in pairwise(moments))


def each_day(days: Iterable[Days]) -> frozenset[date]:
    """Return every single day of these."""
    return frozenset(
        one.first + timedelta(days=more) for one in days for more in range((one.last - one.first).days + 1)
    )
