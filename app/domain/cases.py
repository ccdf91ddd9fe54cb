"""Cases: what the reports of residents add up to.

reported ──second report──▶ confirmed
    │                          │
    ├──────── acknowledged ◀───┤          any open case can be closed with an outcome;
    │          ▲       ▼       │          one that nobody acknowledged goes stale
    │          └ paused┘       │
    ▼              ▼           ▼
  stale     resolved/closed   stale

Residents can also say that it is fine now. The second one who does closes the case, unless the problem is urgent or
staff have taken the case on: then staff see for themselves. Another report of the problem takes their word back. If the
asset is taken away, its open cases are withdrawn.

What staff do is in `case_handling`, `case_closing` and `case_merging`.

One network may be one person with many ids. So a report from the same network counts as a report, but only one from
another network confirms the case or closes it.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Annotated, ClassVar

from pydantic import Field

from app.domain.case_outcomes import Outcome
from app.domain.case_pauses import Pause, PauseSpan
from app.domain.case_states import OPEN, UNSEEN, CaseState
from app.domain.catalogue import Problem, Tone
from app.domain.document import ChangeStamp, Document, Moment, Text
from app.domain.errors import Overtaken
from app.domain.events import Event, EventKind, Showing, Topic, make_event
from app.domain.reports import Report
from app.domain.sites import Asset

ENOUGH_SAY_FINE = 2
"""Residents who must say that it is fine now, before the case is closed."""

if_set = Field(exclude_if=lambda value: not value)
"""Marks a field that is stored only if it is set: most cases have few of them."""


class Case(Document):
    """A problem of one asset that one or more people have reported. `number` is its public name, such as 2026-142.

    `fine` counts who has said "fine now" since the last report; `cleared` says that residents closed the case.
    `closed_from` is the state before it was closed. `team_before` is the team that handed it over ('': none did, but
    it had no team; None: nobody handed it over). In `merged_into` its reports are counted as well; `split_from` is the
    case in which they were counted before. `reopened_soon` counts the times that it was open again within a day.
    """

    kept_in: ClassVar[str] = 'cases'
    found_by: ClassVar[tuple[str, ...]] = (
        'number', 'asset_id', 'site_id', 'team_id', 'state', 'assignee_id', 'merged_into',
    )  # fmt: skip
    newest_by: ClassVar[str] = 'opened_at'
    photo_fields: ClassVar[tuple[str, ...]] = ('outcome_photo',)

    number: str
    asset_id: str
    site_id: str
    team_id: str | None
    problem: str
    state: CaseState
    reports: int
    fine: int = 0
    cleared: bool = False
    opened_at: Moment
    reported_at: Moment
    changed_at: Moment
    closed_at: Moment | None = None
    acknowledged_by: Annotated[str | None, if_set] = None
    acknowledged_at: Annotated[Moment | None, if_set] = None
    assignee_id: Annotated[str | None, if_set] = None
    assigned_by: Annotated[str | None, if_set] = None
    assigned_at: Annotated[Moment | None, if_set] = None
    team_before: Annotated[str | None, Field(exclude_if=lambda team: team is None)] = None
    promised_for: Annotated[date | None, if_set] = None
    pause: Annotated[Pause | None, if_set] = None
    pauses: Annotated[tuple[PauseSpan, ...], if_set] = ()
    outcome: Annotated[Outcome | None, if_set] = None
    outcome_words: Annotated[Text, if_set] = ''
    outcome_photo: Annotated[str | None, if_set] = None
    outcome_public: Annotated[bool, if_set] = False
    closed_by: Annotated[str | None, if_set] = None
    closed_from: Annotated[CaseState | None, if_set] = None
    merged_into: Annotated[str | None, if_set] = None
    split_from: Annotated[str | None, if_set] = None
    reopened_at: Annotated[Moment | None, if_set] = None
    reopenings: Annotated[int, if_set] = 0
    reopened_soon: Annotated[int, if_set] = 0

    @classmethod
    def open(
        cls, id: str, number: str, asset: Asset, team_id: str | None, report: Report, stamp: ChangeStamp
    ) -> tuple[Case, Event]:
        """Return the case that a first report opens, for the team that is responsible now."""
        case = cls(
            id=id,
            number=number,
            asset_id=asset.id,
            site_id=asset.site_id,
            team_id=team_id,
            problem=report.problem,
            state=CaseState.REPORTED,
            reports=1,
            opened_at=report.at,
            reported_at=report.at,
            changed_at=stamp.at,
        )
        return case, case.event(EventKind.CASE_REPORTED, stamp, report.id)

    @property
    def is_open(self) -> bool:
        """True if somebody still has to do something."""
        return self.state in OPEN

    def require_open(self) -> None:
        """Raise Clash if it is closed."""
        if not self.is_open:
            raise Overtaken('Somebody was faster: this case is already closed.')

    def require_unseen(self) -> None:
        """Raise Clash if staff have taken it on, or if it is closed."""
        if self.state not in UNSEEN:
            raise Overtaken('Somebody was faster: this case is already taken care of.')

    @property
    def ended_as(self) -> Outcome | None:
        """The outcome, or None if it is open, went stale or was withdrawn.

        What was fixed before there were outcomes, or what residents say is fine, is fixed.
        """
        return Outcome.FIXED if self.state is CaseState.RESOLVED else self.outcome

    @property
    def took(self) -> timedelta | None:
        """The time from the first report until staff resolved the case, or None if they haven't.

        It is None, too, if the clock was set back meanwhile.
        """
        resolved = self.state is CaseState.RESOLVED and not self.cleared
        if not resolved or self.closed_at is None or self.closed_at < self.opened_at:
            return None
        return self.closed_at - self.opened_at

    def join(self, report: Report, stamp: ChangeStamp, *, from_elsewhere: bool = True) -> tuple[Case, Event]:
        """Return the case with one more person's report. The second one confirms it, if it comes from elsewhere."""
        confirms = self.state is CaseState.REPORTED and from_elsewhere
        state = CaseState.CONFIRMED if confirms else self.state
        case = self.changed(stamp, state=state, reports=self.reports + 1, reported_at=self.latest(report), fine=0)
        kind = EventKind.CASE_CONFIRMED if confirms else EventKind.CASE_REPORTED_AGAIN
        return case, case.event(kind, stamp, report.id, _showing(report))

    def remind(self, report: Report, stamp: ChangeStamp) -> tuple[Case, Event]:
        """Return the case after one person has reported it once more: that confirms nothing."""
        case = self.changed(stamp, reported_at=self.latest(report), fine=0)
        return case, case.event(EventKind.CASE_REPORTED_AGAIN, stamp, report.id, _showing(report))

    def count_fine(
        self, report: Report, tone: Tone, stamp: ChangeStamp, *, from_elsewhere: bool = True
    ) -> tuple[Case, Event]:
        """Return the case after one more person has said that it is fine now.

        ENOUGH_SAY_FINE of them close it if they come from different networks, unless it is urgent or staff have taken
        it on.
        """
        fine = self.fine + 1
        closes = fine >= ENOUGH_SAY_FINE and from_elsewhere
        if not closes or tone is Tone.URGENT or self.state not in UNSEEN:
            case = self.changed(stamp, fine=fine)
            return case, case.event(EventKind.CASE_SAID_FINE, stamp, report.id, _showing(report))
        case = self.ended(CaseState.RESOLVED, stamp).changed(stamp, fine=fine, cleared=True)
        return case, case.event(EventKind.CASE_CLEARED, stamp, report.id)

    def note(self, report: Report, text: str, stamp: ChangeStamp) -> tuple[Report, Event]:
        """Return the report with a note from its sender. The first note is a row of the feed."""
        showing = Showing.FOLDED if report.notes else Showing.ROW
        return report.reworded(text), self.event(EventKind.CASE_NOTED, stamp, report.id, showing)

    def photograph(self, report: Report, name: str, stamp: ChangeStamp) -> tuple[Report, Event]:
        """Return the report with a photo from its sender."""
        return report.photographed(name), self.event(EventKind.CASE_PHOTOGRAPHED, stamp, report.id)

    def is_stale(self, problem: Problem, now: datetime) -> bool:
        """Return True if nobody has reported or acknowledged it for the problem's period."""
        believed = max(self.reported_at, self.reopened_at or self.reported_at)
        return self.state in UNSEEN and now >= believed + timedelta(hours=problem.stale_after_hours)

    def go_stale(self, stamp: ChangeStamp) -> tuple[Case, Event]:
        """Return the case as closed because nobody has reported it for its period."""
        case = self.ended(CaseState.STALE, stamp)
        return case, case.event(EventKind.CASE_STALE, stamp)

    def withdraw(self, stamp: ChangeStamp) -> tuple[Case, Event]:
        """Return the case as closed because its asset was taken away."""
        case = self.ended(CaseState.WITHDRAWN, stamp)
        return case, case.event(EventKind.CASE_WITHDRAWN, stamp)

    def ended(self, state: CaseState, stamp: ChangeStamp) -> Case:
        """Return the case as closed from now on. A pause ends with it."""
        before = self.pause.state_before if self.pause else self.state
        fields = {'closed_at': stamp.at, 'closed_from': before, 'outcome': None, 'closed_by': None}
        return self.without_pause(stamp).changed(stamp, state=state, outcome_words='', outcome_photo=None, **fields)

    def without_pause(self, stamp: ChangeStamp) -> Case:
        """Return the case with its pause among those that are over, or itself if it isn't paused."""
        if self.pause is None:
            return self
        over = PauseSpan(since=self.pause.since, until=max(self.pause.since, stamp.at))
        return self.changed(stamp, pause=None, pauses=(*self.pauses, over))

    def latest(self, report: Report) -> datetime:
        """Return when it was last reported: a report that was held may be older than the last one."""
        return max(self.reported_at, report.at)

    def changed(self, stamp: ChangeStamp, **fields: object) -> Case:
        """Return the case with these fields, changed now."""
        return self.model_copy(update={'changed_at': stamp.at, **fields})

    def event(
        self,
        kind: EventKind,
        stamp: ChangeStamp,
        report_id: str | None = None,
        showing: Showing = Showing.ROW,
        person_id: str | None = None,
    ) -> Event:
        """Return the Event of a change of this case."""
        return make_event(
            kind,
            stamp,
            Topic.CASES,
            showing=showing,
            case_id=self.id,
            asset_id=self.asset_id,
            site_id=self.site_id,
            team_id=self.team_id,
            report_id=report_id,
            person_id=person_id,
            count=self.reports,
        )


def _showing(report: Report) -> Showing:
    """Return ROW for a report with a note. Others are folded into the case's one row, whose counter goes up."""
    return Showing.ROW if report.note else Showing.FOLDED
