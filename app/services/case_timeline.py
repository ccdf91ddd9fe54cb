"""Read what has happened to one case, and what residents have said about it."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.case_acts import CaseAct
from app.domain.case_notes import CaseNote
from app.domain.case_states import OPEN
from app.domain.cases import Case
from app.domain.document import Moment
from app.domain.events import Event
from app.domain.people import Person
from app.domain.reports import Report
from app.services.context import Context
from app.services.feed import Feed, Story

MOST_STEPS = 500
MOST_REPORTS = 500
"""Steps and reports of one case that are shown: people read no more, and a flood may bring thousands."""


@dataclass(frozen=True)
class TimelineStep:
    """Something that happened to a case: the story of an Event, or an act that came `too_late`, by
    `too_late_by`.

    `note` is the note that a colleague wrote with it, and `other` another case that it concerns.
    """

    story: Story
    note: CaseNote | None = None
    other: Case | None = None
    too_late: CaseAct | None = None
    too_late_by: Person | None = None

    @property
    def id(self) -> str:
        """The id of the step."""
        return self.too_late.id if self.too_late else self.story.event.id

    @property
    def at(self) -> Moment:
        """When it happened."""
        return self.too_late.at if self.too_late else self.story.event.at

    @property
    def words(self) -> str:
        """What staff wrote with it, or ''."""
        if self.note:
            return self.note.text
        act = self.too_late or self.story.act
        return act.content.words if act else ''


class CaseTimeline:
    """The queries about one case."""

    def __init__(self, context: Context, feed: Feed) -> None:
        self._store = context.store
        self._feed = feed

    async def of(self, case: Case) -> tuple[TimelineStep, ...]:
        """Return the steps of a case and of those that count in it, the newest first."""
        cases = (case, *await self.merged(case))
        steps = [step for each in cases for step in await self._steps(each)]
        return tuple(sorted(steps, key=lambda step: step.at, reverse=True)[:MOST_STEPS])

    async def reports(self, case: Case) -> tuple[Report, ...]:
        """Return the reports that count in a case, the newest first."""
        cases = (case, *await self.merged(case))
        found = [report for each in cases for report in await self._counted_in(each)]
        return tuple(sorted(found, key=lambda report: report.at, reverse=True)[:MOST_REPORTS])

    async def merged(self, case: Case) -> tuple[Case, ...]:
        """Return the cases whose reports count in this one."""
        return (await self._store.find(Case, merged_into=case.id)).documents

    async def similar(self, case: Case, limit: int) -> tuple[Case, ...]:
        """Return other open cases of the same place: those of the same thing first, then the newest."""
        found = (await self._store.find(Case, site_id=case.site_id, state=OPEN)).documents
        others = [other for other in found if other.id != case.id]
        return tuple(sorted(others, key=lambda other: other.asset_id != case.asset_id)[:limit])

    async def _counted_in(self, case: Case) -> list[Report]:
        """Return the reports of a case that count in it. Those of a split case were made in another one."""
        found = [
            report
            for case_id in filter(None, (case.id, case.split_from))
            for report in (await self._store.find(Report, limit=MOST_REPORTS, case_id=case_id)).documents
        ]
        return [report for report in found if (report.counted_in or report.case_id) == case.id]

    async def _steps(self, case: Case) -> list[TimelineStep]:
        events = (await self._store.find(Event, limit=MOST_STEPS, case_id=case.id)).documents
        steps = [await self._step(event, case) for event in events]
        newest = steps[0].story if steps else None
        acts = (await self._store.find(CaseAct, limit=MOST_STEPS, case_id=case.id)).documents
        late = [await self._late(newest, act) for act in acts if act.met] if newest else []
        return [*steps, *late]

    async def _late(self, newest: Story, act: CaseAct) -> TimelineStep:
        return TimelineStep(newest, too_late=act, too_late_by=await self._store.get(Person, act.by) if act.by else None)

    async def _step(self, event: Event, case: Case) -> TimelineStep:
        story = await self._feed.story(event)
        note = await self._store.get(CaseNote, story.act.id) if story.act else None
        return TimelineStep(story, note, await self._other(story, case))

    async def _other(self, story: Story, case: Case) -> Case | None:
        """Return the other case of a merge or a split."""
        if story.act is None:
            return None
        ids = (story.act.case_id, story.act.content.other_case_id, story.act.made_id)
        other_id = next((id for id in ids if id and id != case.id), None)
        return await self._store.get(Case, other_id) if other_id else None
