"""Read from the Events of a case who has done what to it, and how long ago."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

from app.domain.case_states import CaseState
from app.domain.cases import Case
from app.domain.events import Event, EventKind
from app.domain.people import Person
from app.services.pagination import all_pages
from app.store.protocol import Store

UNDO_WITHIN = timedelta(minutes=10)
"""The time within which whoever has resolved a case can undo that: enough for a slow line and a second thought."""

UNDO_OFFERED = timedelta(seconds=10)
"""The time for which pages offer an undo."""

PRESS_APART = timedelta(milliseconds=800)
"""The least time between two presses that are meant as two."""

AT_A_TIME = 20
"""Events of a case that are read at a time."""


_STATES = {
    EventKind.CASE_ACKNOWLEDGED: CaseState.ACKNOWLEDGED,
    EventKind.CASE_CONFIRMED: CaseState.CONFIRMED,
    EventKind.CASE_REPORTED: CaseState.REPORTED,
}
"""The state after each of these Events. A later one of an open case is never taken back."""


async def resolved_by(store: Store, case: Case) -> str | None:
    """Return the id of the person who resolved a case last, or None."""
    async for event in _events(store, case):
        if event.kind is EventKind.CASE_RESOLVED:
            return event.by
    return None


async def state_before_resolved(store: Store, case: Case) -> CaseState:
    """Return the last state that a case had while it was open."""
    async for event in _events(store, case):
        if event.kind in _STATES:
            return _STATES[event.kind]
    return CaseState.REPORTED


async def _events(store: Store, case: Case) -> AsyncIterator[Event]:
    """Yield the Events of a case, newest first."""
    async for events in all_pages(store, Event, AT_A_TIME, case_id=case.id):
        for event in events:
            yield event


async def has_just_pressed(store: Store, person: Person, case: Case, now: datetime) -> bool:
    """Return True if this person has changed the case within PRESS_APART."""
    if not is_within(PRESS_APART, case.changed_at, now):
        return False
    newest = (await store.find(Event, limit=AT_A_TIME, case_id=case.id)).documents
    return any(event.by == person.id and is_within(PRESS_APART, event.at, now) for event in newest)


def is_within(span: timedelta, moment: datetime, now: datetime) -> bool:
    """Return True if a moment was less than `span` ago. After a clock was set back, nothing is known."""
    return timedelta() <= now - moment < span
