"""What the reports of residents add up to.

reported ──second report──▶ confirmed
    │                          │
    ├──────── acknowledged ◀───┤          any open case can be resolved;
    │              │           │          one that nobody acknowledged goes stale
    ▼              ▼           ▼
  stale         resolved     stale

Residents can also say that it is fine now: the second one who does closes the case, unless the problem is urgent, which
staff have to see for themselves, or taken on by them already. A report that it is still so takes their word back. Where
the asset is taken away, its open cases are withdrawn.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import ClassVar

from app.domain.catalogue import Problem, Tone
from app.domain.document import ChangeStamp, Document, Moment
from app.domain.errors import Clash
from app.domain.events import Event, EventKind, Showing, Topic, told
from app.domain.reports import Report
from app.domain.sites import Asset


class CaseState(StrEnum):
    """How far a case has come."""

    REPORTED = 'reported'
    CONFIRMED = 'confirmed'
    ACKNOWLEDGED = 'acknowledged'
    RESOLVED = 'resolved'
    STALE = 'stale'
    WITHDRAWN = 'withdrawn'


OPEN = frozenset({CaseState.REPORTED, CaseState.CONFIRMED, CaseState.ACKNOWLEDGED})
UNSEEN = frozenset({CaseState.REPORTED, CaseState.CONFIRMED})

ENOUGH_SAY_FINE = 2
"""How many residents have to say that it is fine now: as a problem, so its end is confirmed by a second one."""


class Case(Document):
    """What the reports about one problem of one asset add up to. `number` is its public name, such as 2026-142.

    `fine` counts those who said that it is fine now since it was last reported; `cleared` says that they closed it.
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
        """The case that a first report opens, for the team that is responsible then."""
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
        return case, case._told(EventKind.CASE_REPORTED, stamp, report.id)

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something."""
        return self.state in OPEN

    @property
    def took(self) -> timedelta | None:
        """The time from the first report to fixed; None where it isn't, or staff were not those who closed it."""
        fixed = self.state is CaseState.RESOLVED and not self.cleared
        return self.closed_at - self.opened_at if self.closed_at and fixed else None

    def join(self, report: Report, stamp: ChangeStamp) -> tuple[Case, Event]:
        """The case with one more person's report; the second one confirms it."""
        confirms = self.state is CaseState.REPORTED
        state = CaseState.CONFIRMED if confirms else self.state
        case = self._moved(state, stamp, reports=self.reports + 1, reported_at=self._last(report), fine=0)
        kind = EventKind.CASE_CONFIRMED if confirms else EventKind.CASE_REPORTED_AGAIN
        return case, case._told(kind, stamp, report.id, _showing(report))

    def remind(self, report: Report, stamp: ChangeStamp) -> tuple[Case, Event]:
        """The case as one that somebody who has reported it already finds unchanged: that confirms nothing."""
        case = self._moved(self.state, stamp, reported_at=self._last(report), fine=0)
        return case, case._told(EventKind.CASE_REPORTED_AGAIN, stamp, report.id, _showing(report))

    def hear_fine(self, report: Report, tone: Tone, stamp: ChangeStamp) -> tuple[Case, Event]:
        """The case with one more person's word that it is fine now.

        Enough of them close it, unless it is urgent or staff have taken it on: then they see for themselves.
        """
        fine = self.fine + 1
        if fine < ENOUGH_SAY_FINE or tone is Tone.URGENT or self.state is CaseState.ACKNOWLEDGED:
            case = self._moved(self.state, stamp, fine=fine)
            return case, case._told(EventKind.CASE_SAID_FINE, stamp, report.id, _showing(report))
        case = self._moved(CaseState.RESOLVED, stamp, fine=fine, cleared=True, closed_at=stamp.at)
        return case, case._told(EventKind.CASE_CLEARED, stamp, report.id)

    def note(self, report: Report, text: str, stamp: ChangeStamp) -> tuple[Report, Event]:
        """The report with a note from the person who made it; the first one is a row of the feed."""
        showing = Showing.FOLDED if report.notes else Showing.ROW
        return report.reworded(text), self._told(EventKind.CASE_NOTED, stamp, report.id, showing)

    def photograph(self, report: Report, name: str, stamp: ChangeStamp) -> tuple[Report, Event]:
        """The report with a photo from the person who made it."""
        return report.photographed(name), self._told(EventKind.CASE_PHOTOGRAPHED, stamp, report.id)

    def acknowledge(self, stamp: ChangeStamp) -> tuple[Case, Event]:
        """The case as seen by somebody who will take care of it."""
        if self.state not in UNSEEN:
            raise Clash('Somebody was faster: this case is already taken care of.')
        case = self._moved(CaseState.ACKNOWLEDGED, stamp)
        return case, case._told(EventKind.CASE_ACKNOWLEDGED, stamp)

    def resolve(self, stamp: ChangeStamp) -> tuple[Case, Event]:
        """The case closed because the problem is gone."""
        if not self.is_open:
            raise Clash('Somebody was faster: this case is already closed.')
        case = self._moved(CaseState.RESOLVED, stamp, closed_at=stamp.at)
        return case, case._told(EventKind.CASE_RESOLVED, stamp)

    def is_stale(self, problem: Problem, now: datetime) -> bool:
        """Whether nobody has confirmed or acknowledged it for the problem's period."""
        return self.state in UNSEEN and now >= self.reported_at + timedelta(hours=problem.stale_after_hours)

    def go_stale(self, stamp: ChangeStamp) -> tuple[Case, Event]:
        """The case closed because nobody has spoken of it for its period."""
        case = self._moved(CaseState.STALE, stamp, closed_at=stamp.at)
        return case, case._told(EventKind.CASE_STALE, stamp)

    def withdraw(self, stamp: ChangeStamp) -> tuple[Case, Event]:
        """The case closed because the thing that it is about was taken away."""
        case = self._moved(CaseState.WITHDRAWN, stamp, closed_at=stamp.at)
        return case, case._told(EventKind.CASE_WITHDRAWN, stamp)

    def _last(self, report: Report) -> datetime:
        """When it was last reported; a report that was held may be older than others that weren't."""
        return max(self.reported_at, report.at)

    def _moved(self, state: CaseState, stamp: ChangeStamp, **fields: object) -> Case:
        return self.model_copy(update={'state': state, 'changed_at': stamp.at, **fields})

    def _told(
        self, kind: EventKind, stamp: ChangeStamp, report_id: str | None = None, showing: Showing = Showing.ROW
    ) -> Event:
        return told(
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
    """Which case is the newest about one problem of one asset.

    Whoever opens another must have seen this one: so there's never more than one open case, however many report at
    once.
    """

    kept_in: ClassVar[str] = 'newest_cases'
    newest_by: ClassVar[str] = 'id'

    case_id: str = ''

    @staticmethod
    def place(asset_id: str, problem: str) -> str:
        """The id of the one document about this problem of this asset."""
        return f'{asset_id}.{problem}'

    def is_now(self, case: Case) -> NewestCase:
        """The same with a newer case."""
        return self.model_copy(update={'case_id': case.id})


def _showing(report: Report) -> Showing:
    """Fifty reports are one row of the feed, whose counter moves; words that came along are a row of their own."""
    return Showing.ROW if report.note else Showing.FOLDED


class CaseNumbers(Document):
    """The last case number given out in one year. Its id is the year."""

    kept_in: ClassVar[str] = 'case_numbers'
    newest_by: ClassVar[str] = 'id'

    last: int = 0

    def next(self) -> tuple[CaseNumbers, str]:
        """The series with one more number given out, and that number."""
        return self.model_copy(update={'last': self.last + 1}), f'{self.id}-{self.last + 1}'
