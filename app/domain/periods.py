"""Periods: within how many working hours a case should be seen and done, by its problem and kind of asset."""

from __future__ import annotations

from typing import ClassVar, Self

from pydantic import model_validator

from app.domain.document import ChangeStamp, Document, Moment, Value
from app.domain.errors import Invalid
from app.domain.events import Event, EventKind, make_event

LONGEST_PERIOD = 2_000
"""The most working hours of a period: about a year."""


class Periods(Value):
    """The working hours in which a case should be seen and done. None sets no deadline."""

    seen_hours: int | None = None
    done_hours: int | None = None

    @model_validator(mode='after')
    def _is_possible(self) -> Self:
        for hours in (self.seen_hours, self.done_hours):
            if hours is not None and not 1 <= hours <= LONGEST_PERIOD:
                raise ValueError(f'a period has 1 to {LONGEST_PERIOD} working hours, not {hours}')
        if self.seen_hours and self.done_hours and self.seen_hours > self.done_hours:
            raise ValueError(f'done within {self.done_hours} hours comes before seen within {self.seen_hours}')
        return self


class ProblemPeriods(Document):
    """The periods that the municipality has set for a problem, for all things or for one kind of them.

    `periods` is None where it has taken them back: then those of the catalogue hold.
    """

    kept_in: ClassVar[str] = 'problem_periods'
    newest_by: ClassVar[str] = 'changed_at'

    problem: str
    asset_kind: str | None = None
    periods: Periods | None = None
    changed_at: Moment

    @staticmethod
    def place(problem: str, asset_kind: str | None) -> str:
        """Return the id of the document about a problem of a kind of asset, or of all kinds."""
        return f'{problem}.{asset_kind}' if asset_kind else problem

    def change(self, periods: Periods | None, stamp: ChangeStamp) -> tuple[ProblemPeriods, Event]:
        """Set the periods, or take them back."""
        changed = self.model_copy(update={'periods': periods, 'changed_at': stamp.at})
        return changed, make_event(EventKind.PERIODS_CHANGED, stamp, asset_kind=self.asset_kind)


def typed_periods(seen: str, done: str) -> Periods:
    """Return the periods that somebody typed: no deadline where nothing stands. Raise Invalid if they can't be."""
    seen_hours, done_hours = _typed_hours(seen, 'seen'), _typed_hours(done, 'done')
    if seen_hours and done_hours and seen_hours > done_hours:
        raise Invalid('done', 'It can not be done before it is seen: write at least {hours} hours.', hours=seen_hours)
    return Periods(seen_hours=seen_hours, done_hours=done_hours)


def _typed_hours(typed: str, field: str) -> int | None:
    typed = typed.strip()
    if not typed:
        return None
    hours = int(typed) if typed.isdecimal() and len(typed) <= len(str(LONGEST_PERIOD)) else 0
    if not 1 <= hours <= LONGEST_PERIOD:
        raise Invalid(field, 'Write whole hours from 1 to {most}, or nothing for no deadline.', most=LONGEST_PERIOD)
    return hours
