"""Cases that are one, and cases that are two: reports stay where they are, and are counted elsewhere.

A merged case is closed as a duplicate. Its reports count in itself and in the case that it was merged into, so that it
can be taken out again at any time.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.case_closing import closed_as
from app.domain.case_outcomes import Outcome
from app.domain.case_states import CaseState
from app.domain.cases import Case
from app.domain.document import ChangeStamp
from app.domain.errors import Invalid, Overtaken
from app.domain.events import Event, EventKind
from app.domain.reports import Report


def merge(
    case: Case, target: Case, stamp: ChangeStamp, kind: EventKind = EventKind.CASE_DUPLICATE
) -> tuple[Case, Case, Event]:
    """Return a case as a duplicate of another one, that one with its reports as well, and the Event.

    Raise Invalid if they are the same or at different places.
    """
    case.require_open()
    if case.id == target.id:
        raise Invalid('into_id', 'A case can’t be a duplicate of itself.')
    if case.site_id != target.site_id:
        raise Invalid('into_id', 'Choose a case of the same place.')
    merged = closed_as(case, Outcome.DUPLICATE, '', stamp).changed(stamp, merged_into=target.id)
    return merged, count_in(target, case.reports, case, stamp), merged.event(kind, stamp)


def count_in(target: Case, reports: int, case: Case, stamp: ChangeStamp) -> Case:
    """Return a case in which so many reports of another one count as well (fewer than 0: no longer)."""
    total = target.reports + reports
    confirmed = target.state is CaseState.REPORTED and total > 1
    return target.changed(
        stamp, reports=total, state=CaseState.CONFIRMED if confirmed else target.state,
        reported_at=max(target.reported_at, case.reported_at),
    )  # fmt: skip


def unmerge(case: Case, stamp: ChangeStamp) -> tuple[Case, Event]:
    """Return a merged case as it was before. Its reports are to be counted out elsewhere, see `count_out`."""
    if case.merged_into is None:
        raise Overtaken('Somebody was faster: this case is not a duplicate any more.')
    fields = {'closed_at': None, 'closed_by': None, 'closed_from': None, 'outcome': None, 'merged_into': None}
    case = case.changed(stamp, state=case.closed_from or CaseState.REPORTED, **fields)
    return case, case.event(EventKind.CASE_UNMERGED, stamp)


def count_out(case: Case, reports: int, stamp: ChangeStamp) -> Case:
    """Return a case in which so many reports no longer count."""
    return case.changed(stamp, reports=max(0, case.reports - reports))


def split(
    case: Case, reports: Sequence[Report], id: str, number: str, stamp: ChangeStamp
) -> tuple[Case, tuple[Report, ...], Event]:
    """Return a new case for some of the reports, those reports as counted there, and the Event.

    The reports are to be counted out of `case`, see `count_out`. Raise Invalid if nobody's report would count in one
    of the two.
    """
    case.require_open()
    count = sum(report.counts for report in reports)
    if not 0 < count < case.reports:
        raise Invalid('report_ids', 'Leave the report of at least one person in each of the two cases.')
    first, last = min(reports, key=lambda one: one.at), max(reports, key=lambda one: one.at)
    new = Case(
        id=id, number=number, asset_id=first.asset_id, site_id=case.site_id, team_id=case.team_id,
        problem=first.problem, state=CaseState.CONFIRMED if count > 1 else CaseState.REPORTED, reports=count,
        opened_at=first.at, reported_at=last.at, changed_at=stamp.at, split_from=case.id,
    )  # fmt: skip
    return new, tuple(report.counting_in(id) for report in reports), new.event(EventKind.CASE_SPLIT, stamp)
