"""How staff close a case with an outcome, and how it is opened again.

Each function returns the changed case and its Event. Raise Overtaken if it no longer applies, as somebody was faster.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from app.domain.case_handling import unassigned
from app.domain.case_outcomes import Outcome, checked_outcome_words
from app.domain.case_states import CaseState
from app.domain.cases import Case
from app.domain.catalogue import Tone
from app.domain.document import ChangeStamp
from app.domain.errors import Clash, Invalid, Overtaken
from app.domain.events import Event, EventKind
from app.domain.reports import Report

SOON = timedelta(hours=24)
"""A case that is open again so soon after it was fixed was perhaps not fixed."""

STILL_SO_WITHIN = timedelta(days=7)
"""The time after it was fixed within which another report opens the case again."""

CLOSED_AS = {
    Outcome.FIXED: EventKind.CASE_RESOLVED,
    Outcome.NOTHING_FOUND: EventKind.CASE_NOTHING_FOUND,
    Outcome.NOT_OURS: EventKind.CASE_NOT_OURS,
    Outcome.CANNOT: EventKind.CASE_CANNOT,
    Outcome.DUPLICATE: EventKind.CASE_DUPLICATE,
}
"""The Event of each outcome."""


def close(
    case: Case, outcome: Outcome, stamp: ChangeStamp, words: str = '', *, public: bool = False
) -> tuple[Case, Event]:
    """Return the case as closed with this outcome. `public` says that residents may read the words, too.

    Raise Invalid if the outcome needs words and there are none. A duplicate is merged instead, see `case_merging`.
    """
    case.require_open()
    if outcome is Outcome.DUPLICATE:
        raise Invalid('duplicate_of', 'Choose the case that it is a duplicate of.')
    case = closed_as(case, outcome, checked_outcome_words(outcome, words), stamp).changed(stamp, outcome_public=public)
    return case, case.event(CLOSED_AS[outcome], stamp)


def closed_as(case: Case, outcome: Outcome, words: str, stamp: ChangeStamp) -> Case:
    """Return the case as closed by staff. Only what was fixed is resolved."""
    state = CaseState.RESOLVED if outcome is Outcome.FIXED else CaseState.CLOSED
    return case.ended(state, stamp).changed(
        stamp, outcome=outcome, outcome_words=words, closed_by=stamp.by, outcome_public=False
    )


def show_outcome(case: Case, photo: str, stamp: ChangeStamp) -> tuple[Case, Event]:
    """Return a closed case with a photo of how it is now, in place of an earlier one."""
    if case.outcome is None:
        raise Clash('This case is open again, so the photo shows nothing any more.')
    case = case.changed(stamp, outcome_photo=photo)
    return case, case.event(EventKind.CASE_OUTCOME_PHOTOGRAPHED, stamp)


def reopen(case: Case, before: CaseState, stamp: ChangeStamp) -> tuple[Case, Event]:
    """Return a closed case as open again, in the state that it had `before`."""
    if case.is_open or case.merged_into:
        raise Overtaken('Somebody was faster: this case is open.')
    case = _counted(case, stamp).changed(stamp, state=before, **_NOT_CLOSED)
    return case, case.event(EventKind.CASE_REOPENED, stamp)


def undo_closing(case: Case, before: CaseState, stamp: ChangeStamp) -> tuple[Case, Event]:
    """Return the case as it was before staff closed it by mistake. That does not count as open again."""
    case = case.changed(stamp, state=before, **_NOT_CLOSED)
    return case, case.event(EventKind.CASE_REOPENED, stamp)


def is_still_so(case: Case, tone: Tone, now: datetime, *, is_own: bool) -> bool:
    """Return True if a report made `now` says that a case which staff have fixed is not.

    What was emptied fills up again. So a stranger's word is believed for a day only, unless it was theirs before.
    """
    if case.state is not CaseState.RESOLVED or case.cleared or case.closed_at is None:
        return False
    within = SOON if tone is Tone.FULL and not is_own else STILL_SO_WITHIN
    return timedelta() <= now - case.closed_at < within


def reopen_by_report(
    case: Case, report: Report, stamp: ChangeStamp, *, is_own: bool, from_elsewhere: bool
) -> tuple[Case, Event]:
    """Return a fixed case as open again, because a resident reports that it is still so. Nobody has it then."""
    reports = case.reports + (0 if is_own else 1)
    confirmed = case.reports > 1 or (from_elsewhere and not is_own)
    case = unassigned(_counted(case, stamp), stamp).changed(
        stamp, state=CaseState.CONFIRMED if confirmed else CaseState.REPORTED, reports=reports,
        reported_at=case.latest(report), promised_for=None, acknowledged_by=None, acknowledged_at=None, **_NOT_CLOSED,
    )  # fmt: skip
    return case, case.event(EventKind.CASE_STILL_SO, stamp, report.id)


def not_closed() -> dict[str, object]:
    """Return the fields of a case that is open."""
    return dict(_NOT_CLOSED)


_NOT_CLOSED: dict[str, object] = {
    'closed_at': None,
    'closed_by': None,
    'closed_from': None,
    'cleared': False,
    'outcome': None,
    'outcome_words': '',
    'outcome_photo': None,
    'outcome_public': False,
    'merged_into': None,
}


def _counted(case: Case, stamp: ChangeStamp) -> Case:
    """Return the case with one more time that it was opened again, and without a "fine now"."""
    fixed_at = case.closed_at if case.state is CaseState.RESOLVED and not case.cleared else None
    soon = fixed_at is not None and stamp.at - fixed_at < SOON
    return case.changed(
        stamp, fine=0, reopenings=case.reopenings + 1, reopened_at=stamp.at, reopened_soon=case.reopened_soon + soon
    )
