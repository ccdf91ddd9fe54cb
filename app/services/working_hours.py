"""Read and change the working hours, and make the calendar that counts them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import date
from functools import partial

from app.domain.people import Person, Role
from app.domain.working_hours import WorkingHours, WorkingHoursSettings, each_day
from app.domain.working_time import WorkingCalendar
from app.services.context import Context
from app.services.public_holidays import PublicHolidays
from app.services.retry import retry_on_conflict


@dataclass(frozen=True)
class _Closed:
    own: frozenset[date]
    public: PublicHolidays

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and (day in self.own or self.public.is_closed(day))


@dataclass(frozen=True)
class _Half:
    own: frozenset[date]
    public: PublicHolidays | None

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and (day in self.own or (self.public is not None and self.public.is_half(day)))


class WorkingHoursService:
    """The use cases for the municipality's working hours."""

    def __init__(self, context: Context) -> None:
        self._context = context

    async def get(self) -> WorkingHoursSettings:
        """Return what an administrator has set, or else the hours of the catalogue."""
        kept = await self._context.store.get(WorkingHoursSettings, 'working_hours')
        usual = self._context.base_catalogue.working_hours
        return kept or WorkingHoursSettings(hours=usual, changed_at=self._context.now())

    @retry_on_conflict
    async def change(self, admin: Person, hours: WorkingHours, *, seen: int | None = None) -> WorkingHoursSettings:
        """Set other working hours.

        `seen` is the revision that a form showed. Raise Clash if it is not the newest one.
        """
        admin.require(Role.ADMIN)
        settings = (await self.get()).require_revision(seen)
        settings, event = settings.change(hours, self._context.stamp(admin))
        await self._context.store.save(settings, event)
        return settings

    async def calendar(self, hours: WorkingHours) -> WorkingCalendar:
        """Return the calendar of these hours and of Sweden's public holidays."""
        return await asyncio.to_thread(partial(calendar_of, hours))  # the first one loads a library


def calendar_of(hours: WorkingHours) -> WorkingCalendar:
    """Return the calendar of these hours and of Sweden's public holidays."""
    public = PublicHolidays()
    return WorkingCalendar(
        hours.week,
        _Closed(each_day(hours.closed), public),
        _Half(each_day(hours.half), public if hours.half_days else None),
        hours.half_until,
    )
