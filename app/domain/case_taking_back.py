"""How a resident takes a report back that was a mistake.

A case that nobody had acted on, and of which it was the only report, ends with it. Otherwise it counts one less.
"""

from __future__ import annotations

from datetime import datetime

from app.domain.case_closing import not_closed
from app.domain.case_states import UNSEEN, CaseState
from app.domain.cases import Case
from app.domain.document import ChangeStamp
from app.domain.events import Event, EventKind, Showing
from app.domain.reports import Report


def take_back(case: Case, report: Report, last_at: datetime | None, stamp: ChangeStamp) -> tuple[Case, Event]:
    """Return the case without a report of the problem. `last_at` is the time of the newest that is left, or None."""
    reports = max(0, case.reports - report.counts)
    if reports == 0 and case.state in UNSEEN:
        case = case.ended(CaseState.WITHDRAWN, stamp).changed(stamp, reports=0)
        return case, case.event(EventKind.CASE_TAKEN_BACK, stamp, report.id)
    case = count_less(case, reports, last_at, stamp)
    return case, case.event(EventKind.CASE_REPORT_TAKEN_BACK, stamp, report.id, Showing.FOLDED)


def count_less(case: Case, reports: int, last_at: datetime | None, stamp: ChangeStamp) -> Case:
    """Return the case with so many reports. One person alone confirms nothing."""
    unconfirmed = case.state is CaseState.CONFIRMED and reports < 2
    return case.changed(
        stamp, reports=max(0, reports), state=CaseState.REPORTED if unconfirmed else case.state,
        reported_at=last_at or case.reported_at,
    )  # fmt: skip


def take_fine_back(
    case: Case, report: Report, stamp: ChangeStamp, *, counted: bool, may_reopen: bool
) -> tuple[Case, Event]:
    """Return the case without the word of somebody who said that it is fine now. `counted` says if it did count then.

    If that closed the case, it is open again, unless it may not be, as the problem was reported anew.
    """
    counts_still = counted and report.at >= case.reported_at and (case.closed_at or report.at) >= report.at
    fine = max(0, case.fine - counts_still)
    if may_reopen and closed_the_case(report, case):
        before = case.closed_from or (CaseState.CONFIRMED if case.reports > 1 else CaseState.REPORTED)
        case = case.changed(stamp, state=before, **not_closed()).changed(stamp, fine=fine)
        return case, case.event(EventKind.CASE_STILL_SO, stamp, report.id)
    if not case.cleared:
        case = case.changed(stamp, fine=fine)
    return case, case.event(EventKind.CASE_REPORT_TAKEN_BACK, stamp, report.id, Showing.FOLDED)


def closed_the_case(report: Report, case: Case) -> bool:
    """Return True if residents have closed the case, with this report as the last word."""
    return report.fine and case.cleared and case.closed_at == report.at
