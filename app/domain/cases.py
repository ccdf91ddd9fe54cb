"""Reports from residents, and the cases that they add up to.

reported ──second report──▶ confirmed
    │                          │
    ├──────── acknowledged ◀───┤          any open case can be resolved;
    │              │           │          one that nobody acknowledged goes stale
    ▼              ▼           ▼
  stale         resolved     stale

Where the asset is taken away, its open cases are withdrawn.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import ClassVar

from app.domain.catalogue import Problem
from app.domain.document import Document, Moment, Stamp, checked_text
from app.domain.errors import Clash
from app.domain.events import Event, EventKind, Topic, told
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


class Report(Document):
    """One message from one person about one asset.

    Its id was minted on their phone, and is the key to their thanks page. `sent` is a fingerprint of what they sent.
    """

    kept_in: ClassVar[str] = 'reports'
    found_by: ClassVar[tuple[str, ...]] = ('case_id',)
    newest_by: ClassVar[str] = 'at'

    asset_id: str
    problem: str
    case_id: str
    at: Moment
    note: str = ''
    sent: str

    @classmethod
    def of(cls, id: str, asset_id: str, problem: str, note: str, case_id: str, stamp: Stamp) -> Report:
        """A report as it was sent."""
        sent = _fingerprint(asset_id, problem, note)
        return cls(id=id, asset_id=asset_id, problem=problem, case_id=case_id, at=stamp.at, note=note, sent=sent)

    def says_the_same_as(self, asset_id: str, problem: str, note: str) -> bool:
        """Whether a request with this report's id is a repeat of it, also where the note has been reworded since."""
        return self.sent == _fingerprint(asset_id, problem, note)


class Case(Document):
    """What the reports about one problem of one asset add up to. `number` is its public name, such as 2026-142."""

    kept_in: ClassVar[str] = 'cases'
    found_by: ClassVar[tuple[str, ...]] = ('asset_id', 'site_id', 'team_id', 'state')
    newest_by: ClassVar[str] = 'opened_at'

    number: str
    asset_id: str
    site_id: str
    team_id: str | None
    problem: str
    state: CaseState
    reports: int
    opened_at: Moment
    reported_at: Moment
    changed_at: Moment
    closed_at: Moment | None = None

    @classmethod
    def open(
        cls, id: str, number: str, asset: Asset, team_id: str | None, report: Report, stamp: Stamp
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

    def join(self, report: Report, stamp: Stamp) -> tuple[Case, Event]:
        """The case with one more report; the second one confirms it."""
        confirms = self.state is CaseState.REPORTED
        case = self._moved(
            CaseState.CONFIRMED if confirms else self.state, stamp, reports=self.reports + 1, reported_at=report.at
        )
        return case, case._told(
            EventKind.CASE_CONFIRMED if confirms else EventKind.CASE_REPORTED_AGAIN, stamp, report.id
        )

    def note(self, report: Report, text: str, stamp: Stamp) -> tuple[Report, Event]:
        """The report with a note from the person who made it."""
        noted = report.model_copy(update={'note': checked_text(text, 'note')})
        return noted, self._told(EventKind.CASE_NOTED, stamp, report.id)

    def acknowledge(self, stamp: Stamp) -> tuple[Case, Event]:
        """The case as seen by somebody who will take care of it."""
        if self.state not in UNSEEN:
            raise Clash('Somebody was faster: this case is already taken care of.')
        case = self._moved(CaseState.ACKNOWLEDGED, stamp)
        return case, case._told(EventKind.CASE_ACKNOWLEDGED, stamp)

    def resolve(self, stamp: Stamp) -> tuple[Case, Event]:
        """The case closed because the problem is gone."""
        if not self.is_open:
            raise Clash('Somebody was faster: this case is already closed.')
        case = self._moved(CaseState.RESOLVED, stamp, closed_at=stamp.at)
        return case, case._told(EventKind.CASE_RESOLVED, stamp)

    def is_stale(self, problem: Problem, now: datetime) -> bool:
        """Whether nobody has confirmed or acknowledged it for the problem's period."""
        return self.state in UNSEEN and now >= self.reported_at + timedelta(hours=problem.stale_after_hours)

    def go_stale(self, stamp: Stamp) -> tuple[Case, Event]:
        """The case closed because nobody has spoken of it for its period."""
        case = self._moved(CaseState.STALE, stamp, closed_at=stamp.at)
        return case, case._told(EventKind.CASE_STALE, stamp)

    def withdraw(self, stamp: Stamp) -> tuple[Case, Event]:
        """The case closed because the thing that it is about was taken away."""
        case = self._moved(CaseState.WITHDRAWN, stamp, closed_at=stamp.at)
        return case, case._told(EventKind.CASE_WITHDRAWN, stamp)

    def _moved(self, state: CaseState, stamp: Stamp, **fields: object) -> Case:
        return self.model_copy(update={'state': state, 'changed_at': stamp.at, **fields})

    def _told(self, kind: EventKind, stamp: Stamp, report_id: str | None = None) -> Event:
        return told(
            kind,
            stamp,
            Topic.CASES,
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


def _fingerprint(*content: str) -> str:
    return sha256('\0'.join(content).encode()).hexdigest()


class CaseNumbers(Document):
    """The last case number given out in one year. Its id is the year."""

    kept_in: ClassVar[str] = 'case_numbers'
    newest_by: ClassVar[str] = 'id'

    last: int = 0

    def next(self) -> tuple[CaseNumbers, str]:
        """The series with one more number given out, and that number."""
        return self.model_copy(update={'last': self.last + 1}), f'{self.id}-{self.last + 1}'
