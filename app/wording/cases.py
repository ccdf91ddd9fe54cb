"""Word how a case stands, what can be done about it, and what has been done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.domain.case_outcomes import Outcome
from app.domain.case_pauses import Pause, PauseReason
from app.domain.case_states import CaseState
from app.domain.cases import Case
from app.domain.catalogue import Problem
from app.domain.local_dates import day_of
from app.i18n import Translator, msgid
from app.wording.public import was_full

WITHIN_DAYS = 6
"""Days ahead that are called by their weekday."""


@dataclass(frozen=True)
class CaseFacts:
    """A case with the names that its sentence needs; '' for what there is none of.

    `taken_by` is the person or team that takes care of it, `closed_by` the person who has closed it, `counts_in` the
    number of the case in which its reports count, and `obstacle` the beginning of the obstacle that it waits for.
    """

    case: Case
    problem: Problem | None
    now: datetime
    taken_by: str = ''
    closed_by: str = ''
    counts_in: str = ''
    obstacle: str = ''


def case_sentence(facts: CaseFacts, _: Translator) -> str:
    """Say in one sentence how a case stands: "Taken care of by Filip since 09:12, promised for Thursday"."""
    state = _(_message(facts), **_slots(facts, _))
    promised = facts.case.promised_for
    if promised is None or not facts.case.is_open:
        return state
    return _('{state}, promised for {day}', state=state, day=promised_day(promised, day_of(facts.now), _))


def _message(facts: CaseFacts) -> str:
    case = facts.case
    if case.state is CaseState.CLOSED and case.outcome:
        return _OUTCOMES[case.outcome]
    if case.state is CaseState.RESOLVED and not case.cleared and was_full(facts.problem):
        return _EMPTIED
    if case.state is CaseState.RESOLVED and case.cleared:
        return _CLEARED
    return _STATES[case.state]


def _slots(facts: CaseFacts, _: Translator) -> dict[str, str]:
    case = facts.case
    return {
        'name': (facts.taken_by if case.is_open else facts.closed_by) or _('a colleague'),
        'when': moment_words(_since(case), facts.now, _),
        'number': facts.counts_in,
        'why': pause_words(case.pause, facts.obstacle, _) if case.pause else '',
    }


def _since(case: Case) -> datetime:
    """Return the moment from which the case has stood as it stands."""
    if case.pause:
        return case.pause.since
    if case.state is CaseState.ACKNOWLEDGED:
        return case.assigned_at or case.acknowledged_at or case.changed_at
    return case.opened_at if case.is_open else case.closed_at or case.changed_at


_STATES = {
    CaseState.REPORTED: msgid('Reported {when}, nobody has taken it yet'),
    CaseState.CONFIRMED: msgid('Reported {when} and confirmed, nobody has taken it yet'),
    CaseState.ACKNOWLEDGED: msgid('Taken care of by {name} since {when}'),
    CaseState.PAUSED: msgid('Paused since {when}: {why}'),
    CaseState.RESOLVED: msgid('Fixed by {name} {when}'),
    CaseState.CLOSED: msgid('Closed by {name} {when}'),
    CaseState.STALE: msgid('Closed {when}, as there were no new reports'),
    CaseState.WITHDRAWN: msgid('Closed {when}, as it was removed'),
}

_EMPTIED = msgid('Emptied by {name} {when}')
_CLEARED = msgid('Closed {when}, as residents say that it is fine now')

_OUTCOMES = {
    Outcome.FIXED: _STATES[CaseState.RESOLVED],
    Outcome.NOTHING_FOUND: msgid('Closed by {name} {when}: nothing was wrong'),
    Outcome.NOT_OURS: msgid('Closed by {name} {when}: it isn’t ours'),
    Outcome.CANNOT: msgid('Closed by {name} {when}: it can’t be done'),
    Outcome.DUPLICATE: msgid('Closed by {name} {when}: it counts in case {number}'),
}


def outcome_name(outcome: Outcome, problem: Problem | None, _: Translator) -> str:
    """Return the name of an outcome. What was full is emptied."""
    return {
        Outcome.FIXED: _('Emptied') if was_full(problem) else _('Fixed'),
        Outcome.NOTHING_FOUND: _('Found nothing wrong'),
        Outcome.NOT_OURS: _('Not ours'),
        Outcome.CANNOT: _('Can’t be done'),
        Outcome.DUPLICATE: _('Duplicate of another case'),
    }[outcome]


def pause_reason_name(reason: PauseReason, _: Translator) -> str:
    """Return what a paused case waits for."""
    return {
        PauseReason.PART: _('waiting for a part'),
        PauseReason.OTHERS: _('waiting for somebody else'),
        PauseReason.OBSTACLE: _('waiting for an obstacle to go'),
    }[reason]


def pause_words(pause: Pause, obstacle: str, _: Translator) -> str:
    """Return what a paused case waits for, with the words that say more."""
    reason, more = pause_reason_name(pause.reason, _), obstacle or pause.words
    return _('{reason} ({more})', reason=reason, more=more) if more else reason


def promised_day(day: date, today: date, _: Translator) -> str:
    """Return a promised day as people say it: "today", "tomorrow", "Thursday", "12 Dec"."""
    ahead = (day - today).days
    if ahead in (0, 1):
        return (_('today'), _('tomorrow'))[ahead]
    return _.weekday(day) if 0 < ahead <= WITHIN_DAYS else _.short_date(day, today)


def moment_words(moment: datetime, now: datetime, _: Translator) -> str:
    """Return a moment of the past as people say it: "09:12", "yesterday 09:12", "3 Dec 09:12"."""
    day, today = day_of(moment), day_of(now)
    if day == today:
        return _.time(moment)
    if (today - day).days == 1:
        return _('yesterday {time}', time=_.time(moment))
    return f'{_.short_date(day, today)} {_.time(moment)}'
