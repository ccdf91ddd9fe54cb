"""Cases: what the reports of residents add up to.

reported ──second report──▶ confirmed
    │                          │
    ├──────── acknowledged ◀───┤          any open case can be resolved;
    │              │           │          one that nobody acknowledged goes stale
    ▼              ▼           ▼
  stale         resolved     stale

Residents can also say that it is fine now. The second one who does closes the case, unless the problem is urgent or
staff have taken the case on: then staff see for themselves. Another report of the problem takes their word back. If the
asset is taken away, its open cases are withdrawn.

Whoever has resolved a case by mistake can undo that for a while: it is as it was before.

One network may be one person with many ids. So a report from the same network counts as a report, but only one from
another network confirms the case or closes it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import ClassVar

from app.domain.catalogue import Problem, Tone
from app.domain.document import ChangeStamp, Document, Moment
from app.domain.errors import Clash
from app.domain.events import Event, EventKind, Showing, Topic, make_event
from app.domain.reports import Report
from app.domain.sites import Asset


class CaseState(StrEnum):
    """The state of a case."""

    REPORTED = 'reported'
    CONFIRMED = 'confirmed'
    ACKNOWLEDGED = 'acknowledged'
    RESOLVED = 'resolved'
    STALE = 'stale'
    WITHDRAWN = 'withdrawn'


OPEN = frozenset({CaseState.REPORTED, CaseState.CONFIRMED, CaseState.ACKNOWLEDGED})
UNSEEN = frozenset({CaseState.REPORTED, CaseState.CONFIRMED})

ENOUGH_SAY_FINE = 2
"""Residents who must say that it is fine now, before the case is closed."""


class Case(Document):
    """A problem of one asset that one or more people have reported. `number` is its public name, such as 2026-142.

    `fine` counts who has said "fine now" since the last report; `cleared` says that residents closed the case.
    """

    kept_in: ClassVar[str] = 'cases'
    found_by: ClassVar[tuple[str, ...]] = ('number', 'asset_id', 'site_id', 'team_id', 'state')
    newest_by: ClassVar[str] = 'opened_at'

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
        return case, case._event(EventKind.CASE_REPORTED, stamp, report.id)

    @property
    def is_open(self) -> bool:
        """True if somebody still has to do something."""
        return self.state in OPEN

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
        case = self._changed(state, stamp, reports=self.reports + 1, reported_at=self._latest(report), fine=0)
        kind = EventKind.CASE_CONFIRMED if confirms else EventKind.CASE_REPORTED_AGAIN
        return case, case._event(kind, stamp, report.id, _showing(report))

    def remind(self, report: Report, stamp: ChangeStamp) -> tuple[Case, Event]:
        """Return the case after one person has reported it once more: that confirms nothing."""
        case = self._changed(self.state, stamp, reported_at=self._latest(report), fine=0)
        return case, case._event(EventKind.CASE_REPORTED_AGAIN, stamp, report.id, _showing(report))

    def count_fine(
        self, report: Report, tone: Tone, stamp: ChangeStamp, *, from_elsewhere: bool = True
    ) -> tuple[Case, Event]:
        """Return the case after one more person has said that it is fine now.

        ENOUGH_SAY_FINE of them close it if they come from different networks, unless it is urgent or staff have taken
        it on.
        """
        fine = self.fine + 1
        closes = fine >= ENOUGH_SAY_FINE and from_elsewhere
        if not closes or tone is Tone.URGENT or self.state is CaseState.ACKNOWLEDGED:
            case = self._changed(self.state, stamp, fine=fine)
            return case, case._event(EventKind.CASE_SAID_FINE, stamp, report.id, _showing(report))
        case = self._changed(CaseState.RESOLVED, stamp, fine=fine, cleared=True, closed_at=stamp.at)
        return case, case._event(EventKind.CASE_CLEARED, stamp, report.id)

    def note(self, report: Report, text: str, stamp: ChangeStamp) -> tuple[Report, Event]:
        """Return the report with a note from its sender. The first note is a row of the feed."""
        showing = Showing.FOLDED if report.notes else Showing.ROW
        return report.reworded(text), self._event(EventKind.CASE_NOTED, stamp, report.id, showing)

    def photograph(self, report: Report, name: str, stamp: ChangeStamp) -> tuple[Report, Event]:
        """Return the report with a photo from its sender."""
        return report.photographed(name), self._event(EventKind.CASE_PHOTOGRAPHED, stamp, report.id)

    def acknowledge(self, stamp: ChangeStamp) -> tuple[Case, Event]:
        """Return the case as taken on by staff. Raise Clash if it has been already."""
        if self.state not in UNSEEN:
            raise Clash('Somebody was faster: this case is already taken care of.')
        case = self._changed(CaseState.ACKNOWLEDGED, stamp)
        return case, case._event(EventKind.CASE_ACKNOWLEDGED, stamp)

    def resolve(self, stamp: ChangeStamp) -> tuple[Case, Event]:
        """Return the case as closed because the problem is gone. Raise Clash if it is closed already."""
        if not self.is_open:
            raise Clash('Somebody was faster: this case is already closed.')
        case = self._changed(CaseState.RESOLVED, stamp, closed_at=stamp.at)
        return case, case._event(EventKind.CASE_RESOLVED, stamp)

    def reopen(self, before: CaseState, stamp: ChangeStamp) -> tuple[Case, Event]:
        """Return the case in the state that it had `before` staff resolved it.

        Raise Clash if it isn't closed, or not by staff.
        """
        if self.state is not CaseState.RESOLVED or self.cleared:
            raise Clash('This case can not be opened again.')
        case = self._changed(before, stamp, closed_at=None)
        return case, case._event(EventKind.CASE_REOPENED, stamp)

    def is_stale(self, problem: Problem, now: datetime) -> bool:
        """Return True if nobody has reported or acknowledged it for the problem's period."""
        return self.state in UNSEEN and now >= self.reported_at + timedelta(hours=problem.stale_after_hours)

    def go_stale(self, stamp: ChangeStamp) -> tuple[Case, Event]:
        """Return the case as closed because nobody has reported it for its period."""
        case = self._changed(CaseState.STALE, stamp, closed_at=stamp.at)
        return case, case._event(EventKind.CASE_STALE, stamp)

    def withdraw(self, stamp: ChangeStamp) -> tuple[Case, Event]:
        """Return the case as closed because its asset was taken away."""
        case = self._changed(CaseState.WITHDRAWN, stamp, closed_at=stamp.at)
        return case, case._event(EventKind.CASE_WITHDRAWN, stamp)

    def _latest(self, report: Report) -> datetime:
        """Return when it was last reported: a report that was held may be older than the last one."""
        return max(self.reported_at, report.at)

    def _changed(self, state: CaseState, stamp: ChangeStamp, **fields: object) -> Case:
        return self.model_copy(update={'state': state, 'changed_at': stamp.at, **fields})

    def _event(
        self, kind: EventKind, stamp: ChangeStamp, report_id: str | None = None, showing: Showing = Showing.ROW
    ) -> Event:
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
            count=self.reports,
        )


class NewestCase(Document):
    """The newest case about one problem of one asset.

    Whoever opens another case changes this document. So there is never more than one open case, however many report at
    once.
    """

    kept_in: ClassVar[str] = 'newest_cases'
    newest_by: ClassVar[str] = 'id'

    case_id: str = ''

    @staticmethod
    def place(asset_id: str, problem: str) -> str:
        """Return the id of the document about this problem of this asset."""
        return f'{asset_id}.{problem}'

    def is_now(self, case: Case) -> NewestCase:
        """Return the document with a newer case."""
        return self.model_copy(update={'case_id': case.id})


def _showing(report: Report) -> Showing:
    """Return ROW for a report with a note. Others are folded into the case's one row, whose counter goes up."""
    return Showing.ROW if report.note else Showing.FOLDED


class CaseNumbers(Document):
    """The last case number of one year. The id is the year."""

    kept_in: ClassVar[str] = 'case_numbers'
    newest_by: ClassVar[str] = 'id'

    last: int = 0

    def next(self) -> tuple[CaseNumbers, str]:
        """Return the series after one more number, and that number."""
        return self.model_copy(update={'last': self.last + 1}), f'{self.id}-{self.last + 1}'
