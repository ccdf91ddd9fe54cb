"""Tell a case from its beginning: what residents said, and what staff did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.domain.case_acts import CaseAct
from app.domain.case_notes import CaseNote
from app.domain.cases import Case
from app.domain.events import Event
from app.domain.people import Person
from app.domain.reports import Report
from app.services.case_merges import cases_below, reports_in, similar_cases
from app.services.context import Context
from app.services.feed import Feed, Story

MOST_STEPS = 500
"""Steps and reports of one case that are read: nobody reads more, and a flood may bring thousands."""


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

    @property
    def words(self) -> str:
        """What staff wrote with it, or ''."""
        return self.note.text if self.note else self.act.content.words if self.act else ''


class CaseTimeline:
    """The queries for everything that has happened to a case."""

    def __init__(self, context: Context, feed: Feed) -> None:
        self._store = context.store
        self._feed = feed

    async def of(self, case: Case) -> tuple[TimelineStep, ...]:
        """Return the newest steps of a case and of those merged into it, the newest first."""
        below = await cases_below(self._store, case)
        steps = [step for one in below for step in await self._steps(one)]
        told = {step.report.id for step in steps if step.report}
        steps += [
            TimelineStep(report.at, report=report) for report in await self.reports(case) if report.id not in told
        ]
        return tuple(sorted(steps, key=lambda step: step.at, reverse=True)[:MOST_STEPS])

    async def reports(self, case: Case) -> tuple[Report, ...]:
        """Return the newest reports that count in a case, also those of cases merged into it, the newest first."""
        return (await reports_in(self._store, case))[:MOST_STEPS]

    async def similar(self, case: Case, limit: int) -> tuple[Case, ...]:
        """Return other open cases of the same place: those of the same thing first, then of the same problem."""
        return await similar_cases(self._store, case, limit)

    async def _steps(self, case: Case) -> list[TimelineStep]:
        events = (await self._store.find(Event, limit=MOST_STEPS, case_id=case.id)).documents
        acts = (await self._store.find(CaseAct, limit=MOST_STEPS, case_id=case.id)).documents
        late = [await self._too_late(act) for act in acts if act.met]
        return [*[await self._happened(event) for event in events], *late]

    async def _happened(self, event: Event) -> TimelineStep:
        story = await self._feed.story(event)
        note = await self._store.get(CaseNote, event.act_id) if event.act_id else None
        return TimelineStep(event.at, story, story.act, note, story.report, story.actor, to=story.person)

    async def _too_late(self, act: CaseAct) -> TimelineStep:
        by = await self._store.get(Person, act.by) if act.by else None
        return TimelineStep(act.at, act=act, by=by, met=await self._store.get(Event, act.met))
