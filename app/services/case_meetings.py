"""Tell people who act second what the first did: who it was, and when."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime

from app.domain.cases import Case
from app.domain.errors import Clash
from app.domain.events import Event, EventKind
from app.domain.local_dates import day_of
from app.domain.people import Person
from app.services.pagination import all_pages
from app.store.protocol import Store

AT_A_TIME = 20
"""Events of a case that are read at a time."""

Values = Mapping[str, object]

ENDED: Mapping[EventKind, Callable[[Values], Clash]] = {
    EventKind.CASE_RESOLVED: lambda who: Clash('{name} had fixed this already ({when}).', **who),
    EventKind.CASE_NOTHING_FOUND: lambda who: Clash('{name} had looked already and found nothing ({when}).', **who),
    EventKind.CASE_NOT_OURS: lambda who: Clash('{name} had closed this already, as it is not ours ({when}).', **who),
    EventKind.CASE_CANNOT: lambda who: Clash('{name} had closed this already, as it can’t be done ({when}).', **who),
    EventKind.CASE_DUPLICATE: lambda who: Clash('{name} had closed this already as a duplicate ({when}).', **who),
    EventKind.CASE_UNSPLIT: lambda who: Clash('{name} had closed this already as a duplicate ({when}).', **who),
    EventKind.CASE_UNDONE: lambda who: Clash('{name} had closed this again already ({when}).', **who),
}
"""The refusals of an act on a case that somebody has closed."""

ENDED_BY_ITSELF: Mapping[EventKind, Callable[[Values], Clash]] = {
    EventKind.CASE_CLEARED: lambda when: Clash('Residents had said already that this is fine now ({when}).', **when),
    EventKind.CASE_STALE: lambda when: Clash('This had been closed already, without new reports ({when}).', **when),
    EventKind.CASE_WITHDRAWN: lambda when: Clash('This thing is gone, so its case is closed ({when}).', **when),
}
"""The same, of a case that nobody of the staff has closed."""

CHANGED: Mapping[EventKind, Callable[[Values], Clash]] = {
    EventKind.CASE_ACKNOWLEDGED: lambda who: Clash('{name} had taken this on already ({when}).', **who),
    EventKind.CASE_ASSIGNED: lambda who: Clash('{person} has had this since {when}.', **who),
    EventKind.CASE_HANDED_OVER: lambda who: Clash('{name} had handed this over already ({when}).', **who),
    EventKind.CASE_DECLINED: lambda who: Clash('{name} had declined this already ({when}).', **who),
    EventKind.CASE_PROMISED: lambda who: Clash('{name} had promised a day already ({when}).', **who),
    EventKind.CASE_PAUSED_FOR_PART: lambda who: Clash('{name} had paused this already ({when}).', **who),
    EventKind.CASE_PAUSED_FOR_OTHERS: lambda who: Clash('{name} had paused this already ({when}).', **who),
    EventKind.CASE_PAUSED_FOR_OBSTACLE: lambda who: Clash('{name} had paused this already ({when}).', **who),
    EventKind.CASE_RESUMED: lambda who: Clash('{name} had gone on with this already ({when}).', **who),
    EventKind.CASE_REOPENED: lambda who: Clash('{name} had opened this again already ({when}).', **who),
    EventKind.CASE_UNMERGED: lambda who: Clash('{name} had opened this again already ({when}).', **who),
    EventKind.CASE_UNDONE: lambda who: Clash('{name} had undone the last step already ({when}).', **who),
    EventKind.CASE_SPLIT: lambda who: Clash('{name} had made a case of its own already ({when}).', **who),
}
"""The refusals of an act on an open case that somebody has changed."""

CHANGED_BY_ITSELF: Mapping[EventKind, Callable[[Values], Clash]] = {
    EventKind.CASE_WOKEN: lambda when: Clash('The obstacle is gone, so this is not paused any more ({when}).', **when),
    EventKind.CASE_STILL_SO: lambda when: Clash('A resident reported that this is still so ({when}).', **when),
    EventKind.CASE_UNASSIGNED: lambda when: Clash('Whoever had this has left, so it is the team’s ({when}).', **when),
}
"""The same, of a case that nobody of the staff has changed."""


async def event_met(store: Store, case: Case) -> Event | None:
    """Return the Event that an act on this case came too late for, or None if there is none."""
    kinds = {**ENDED, **ENDED_BY_ITSELF} if not case.is_open else {**CHANGED, **CHANGED_BY_ITSELF}
    async for events in all_pages(store, Event, AT_A_TIME, case_id=case.id):
        for event in events:
            if event.kind in kinds:
                return event
    return None


async def refusal_of(store: Store, case: Case, event: Event, now: datetime) -> Clash | None:
    """Return the refusal of an act that met this Event of a case, or None if whoever did it has left."""
    alone = {**ENDED_BY_ITSELF, **CHANGED_BY_ITSELF}
    when = _when(event.at, now)
    if event.kind in alone:
        return alone[event.kind]({'when': when})
    name, person = await _name(store, event.by), await _name(store, event.person_id)
    is_assigned = event.kind is EventKind.CASE_ASSIGNED
    if not (person if is_assigned else name):
        return None
    kinds = CHANGED if case.is_open else {**CHANGED, **ENDED}
    return kinds[event.kind]({'person': person, 'when': when} if is_assigned else {'name': name, 'when': when})


async def _name(store: Store, person_id: str | None) -> str | None:
    person = await store.get(Person, person_id) if person_id else None
    return person.name if person else None


def _when(moment: datetime, now: datetime) -> datetime | date:
    """Return the moment if it was today, and its day otherwise."""
    return moment if day_of(moment) == day_of(now) else day_of(moment)
