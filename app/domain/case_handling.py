"""What staff do with an open case: take it on, assign it, promise a day, pause it and go on.

Each function returns the changed case and its Event. Raise Overtaken if it no longer applies, as somebody was faster.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from app.domain.case_pauses import MOST_PAUSES, Pause, PauseReason, checked_pause
from app.domain.case_states import UNSEEN, CaseState
from app.domain.cases import Case
from app.domain.document import ChangeStamp
from app.domain.errors import Invalid, NotAllowed, Overtaken
from app.domain.events import Event, EventKind
from app.domain.local_dates import day_of
from app.domain.people import Person

LATEST_PROMISE = timedelta(days=2 * 366)
"""The farthest day that can be promised."""

_PAUSED = {
    PauseReason.PART: EventKind.CASE_PAUSED_FOR_PART,
    PauseReason.OTHERS: EventKind.CASE_PAUSED_FOR_OTHERS,
    PauseReason.OBSTACLE: EventKind.CASE_PAUSED_FOR_OBSTACLE,
}


def acknowledge(case: Case, stamp: ChangeStamp) -> tuple[Case, Event]:
    """Return the case as taken on by its team."""
    case.require_unseen()
    case = _seen(case, stamp)
    return case, case.event(EventKind.CASE_ACKNOWLEDGED, stamp)


def assign(case: Case, to: Person, stamp: ChangeStamp) -> tuple[Case, Event]:
    """Return the case as taken care of by one person. Raise Invalid if they no longer work here."""
    case.require_open()
    if not to.active:
        raise Invalid('person_id', '{name} no longer works here. Choose somebody else.', name=to.name)
    if case.assignee_id == to.id:
        raise Overtaken('Somebody was faster: this person has the case already.')
    case = _seen(case, stamp).changed(stamp, assignee_id=to.id, assigned_by=stamp.by, assigned_at=stamp.at)
    return case, case.event(EventKind.CASE_ASSIGNED, stamp, person_id=to.id)


def hand_over(case: Case, team_id: str, stamp: ChangeStamp) -> tuple[Case, Event]:
    """Return the case as one of another team, or as one of its whole team if one person had it."""
    case.require_open()
    if case.team_id == team_id and case.assignee_id is None:
        raise Overtaken('Somebody was faster: this team has the case already.')
    before = case.team_before if case.team_id == team_id else case.team_id or ''
    case = case.changed(
        stamp, team_id=team_id, team_before=before, assignee_id=None, assigned_by=stamp.by, assigned_at=stamp.at
    )
    return case, case.event(EventKind.CASE_HANDED_OVER, stamp)


def decline(case: Case, person: Person, stamp: ChangeStamp) -> tuple[Case, Event]:
    """Return the case as it was before it was assigned: to this person, or else to their team.

    Raise NotAllowed if it was assigned to neither.
    """
    case.require_open()
    if case.assignee_id is not None:
        if case.assignee_id != person.id:
            raise NotAllowed('This was not assigned to you. Assign it to somebody else instead.')
        case = unassigned(case, stamp)
    elif case.team_before is not None and case.team_id == person.team_id:
        case = unassigned(case, stamp).changed(stamp, team_id=case.team_before or None, team_before=None)
    else:
        raise NotAllowed('This was not assigned to you or handed over to your team.')
    return case, case.event(EventKind.CASE_DECLINED, stamp)


def leave_behind(case: Case, stamp: ChangeStamp) -> tuple[Case, Event]:
    """Return the case as its team's again, because the person who had it no longer works here."""
    case = unassigned(case, stamp)
    return case, case.event(EventKind.CASE_UNASSIGNED, stamp)


def promise(case: Case, day: date, stamp: ChangeStamp) -> tuple[Case, Event]:
    """Return the case with a day until which it will be done. Raise Invalid if it is in the past or too far off."""
    case.require_open()
    _require_promisable(day, stamp.at)
    if case.promised_for == day:
        raise Overtaken('Somebody was faster: this day is promised already.')
    case = _seen(case, stamp).changed(stamp, promised_for=day)
    return case, case.event(EventKind.CASE_PROMISED, stamp)


def pause(
    case: Case, reason: PauseReason, words: str, obstacle_id: str | None, stamp: ChangeStamp
) -> tuple[Case, Event]:
    """Return the case as paused, for a reason. Raise Invalid if it is paused already, or if the reason lacks."""
    case.require_open()
    if case.pause is not None:
        raise Invalid('reason', 'This case is paused already. Go on with it first.')
    if len(case.pauses) >= MOST_PAUSES:
        raise NotAllowed('This case has been paused {count} times. It stays as it is.', count=len(case.pauses))
    words, obstacle_id = checked_pause(reason, words, obstacle_id)
    waits = Pause(
        reason=reason, words=words, obstacle_id=obstacle_id, since=stamp.at, by=stamp.by or '', state_before=case.state
    )
    case = _seen(case, stamp).changed(stamp, state=CaseState.PAUSED, pause=waits)
    return case, case.event(_PAUSED[reason], stamp)


def resume(case: Case, stamp: ChangeStamp) -> tuple[Case, Event]:
    """Return the case as taken care of again."""
    return _resumed(case, EventKind.CASE_RESUMED, stamp)


def wake(case: Case, stamp: ChangeStamp) -> tuple[Case, Event]:
    """Return the case as taken care of again, because its obstacle is gone."""
    return _resumed(case, EventKind.CASE_WOKEN, stamp)


def unassigned(case: Case, stamp: ChangeStamp) -> Case:
    """Return the case without a person who has it."""
    return case.changed(stamp, assignee_id=None, assigned_by=None, assigned_at=None)


def _resumed(case: Case, kind: EventKind, stamp: ChangeStamp) -> tuple[Case, Event]:
    case.require_open()
    if case.pause is None:
        raise Overtaken('Somebody was faster: this case is not paused any more.')
    case = case.without_pause(stamp).changed(stamp, state=CaseState.ACKNOWLEDGED)
    return case, case.event(kind, stamp)


def _seen(case: Case, stamp: ChangeStamp) -> Case:
    """Return the case as one that staff have seen, or itself if they had."""
    if case.state not in UNSEEN:
        return case
    return case.changed(stamp, state=CaseState.ACKNOWLEDGED, acknowledged_by=stamp.by, acknowledged_at=stamp.at)


def _require_promisable(day: date, now: datetime) -> None:
    if day < day_of(now):
        raise Invalid('day', 'That day is over. Choose today or a later day.')
    if day > day_of(now + LATEST_PROMISE):
        raise Invalid('day', 'That day is too far off. Choose one within two years.')
