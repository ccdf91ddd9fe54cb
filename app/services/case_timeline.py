"""Tell a case from its beginning: what residents said, and what staff did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.domain.case_acts import CaseAct
from app.domain.case_notes import CaseNote
from app.domain.case_states import OPEN
from app.domain.cases import Case
from app.domain.events import Event
from app.domain.people import Person
from app.domain.reports import Report
from app.services.context import Context
from app.services.feed import Feed, Story


@dataclass(frozen=True)
class TimelineStep:
    """One step of a case.

    Usually it is a `story` (an Event with what it names), with the act or the note that made it. An act that came too
    late has no story, but the Event that it `met`. A report without an Event in this case stands alone. `by` is the
    person who did it (None: a resident, Haren, or somebody who has left), `to` the one to whom it was assigned.
    """

    at: datetime
    story: Story | None = None
    act: CaseAct | None = None
    note: CaseNote | None = None
    report: Report | None = None
    by: Person | None = None
    to: Person | None = None
    met: Event | None = None


class CaseTimeline:
    """The queries for everything that has happened to a case."""

    def __init__(self, context: Context, feed: Feed) -> None:
        self._store = context.store
        self._feed = feed

    async def of(self, case: Case) -> tuple[TimelineStep, ...]:
        """Return every step of a case, the newest first."""
        events = (await self._store.find(Event, case_id=case.id)).documents
        acts = (await self._store.find(CaseAct, case_id=case.id)).documents
        steps = [await self._happened(event) for event in events]
        steps += [await self._too_late(act) for act in acts if act.met]
        return tuple(sorted(steps, key=lambda step: step.at, reverse=True))

    async def reports(self, case: Case) -> tuple[Report, ...]:
        """Return the reports that count in a case, the newest first."""
        found = (await self._store.find(Report, case_id=case.id)).documents
        return tuple(report for report in found if report.counted_in in ('', case.id))

    async def similar(self, case: Case, limit: int) -> tuple[Case, ...]:
        """Return other open cases of the same place: those of the same thing first, then the newest."""
        found = (await self._store.find(Case, site_id=case.site_id, state=OPEN)).documents
        others = [other for other in found if other.id != case.id]
        return tuple(sorted(others, key=lambda other: other.asset_id != case.asset_id)[:limit])

    async def _happened(self, event: Event) -> TimelineStep:
        story = await self._feed.story(event)
        note = await self._store.get(CaseNote, event.act_id) if event.act_id else None
        return TimelineStep(event.at, story, story.act, note, story.report, story.actor, to=story.person)

    async def _too_late(self, act: CaseAct) -> TimelineStep:
        by = await self._store.get(Person, act.by) if act.by else None
        return TimelineStep(act.at, act=act, by=by, met=await self._store.get(Event, act.met))
