"""Say what happens with a case, as residents read it: on pages, in their own list and in open data.

Only what was fixed is ever said to be fixed. What staff wrote is shown beside these sentences, see `Outcomes`.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from app.domain.case_outcomes import Outcome
from app.domain.case_pauses import PauseReason
from app.domain.case_states import CaseState
from app.domain.cases import Case
from app.domain.catalogue import Problem, Tone
from app.domain.local_dates import day_of
from app.i18n import Translator, msgid
from app.wording.public import case_state, was_full

A_WEEK = 7
"""Days within which a day is said by its name."""


class PublicCase(NamedTuple):
    """What residents may read of a case. `case` is None for a report that waits in quarantine.

    The names are marked for the page that they stand on. `team` is '' where no team is responsible.
    """

    case: Case | None
    problem: Problem
    asset: str
    team: str


def state_words(case: Case, problem: Problem | None, _: Translator) -> str:
    """Return the name of a case's state, or of how it ended."""
    if is_taken_back(case):
        return _('Taken back')
    if case.state is CaseState.CLOSED and case.outcome in _ENDED:
        return _(_ENDED[case.outcome])
    return case_state(case.state, problem, _)


def state_tone(case: Case, problem: Problem) -> str:
    """Return how a case's state looks: as its problem while it is open, `fine` only if it was fixed, else `calm`."""
    if case.is_open:
        return problem.tone
    return 'fine' if case.state is CaseState.RESOLVED else 'calm'


def is_taken_back(case: Case) -> bool:
    """Return True if whoever reported it has taken that back."""
    return case.state is CaseState.WITHDRAWN and case.reports == 0


def short_state(case: Case, now: datetime, _: Translator) -> str:
    """Return in a few words, for a list, what staff do about an open case, or '' if nothing yet."""
    if case.state is CaseState.PAUSED:
        return _('paused')
    if case.promised_for and case.promised_for >= day_of(now):
        return _('promised {day}', day=day_words(case.promised_for, now, _))
    return _('seen') if case.state is CaseState.ACKNOWLEDGED else ''


def promise_words(case: Case, now: datetime, _: Translator) -> str:
    """Return until when it will be done, or '' if no day is promised or it is over."""
    if case.promised_for is None or not case.is_open:
        return ''
    if case.promised_for < day_of(now):
        return _('It was promised for {day} and is late.', day=_.short_date(case.promised_for, day_of(now)))
    return _('Promised {day}.', day=day_words(case.promised_for, now, _))


def day_words(day: date, now: datetime, _: Translator) -> str:
    """Return a day as people say it: today, tomorrow, Thursday, 12 Dec."""
    ahead = (day - day_of(now)).days
    if ahead in (0, 1):
        return _('tomorrow') if ahead else _('today')
    return _.weekday(day) if 0 < ahead < A_WEEK else _.short_date(day, day_of(now))


def next_step(about: PublicCase, _: Translator, *, fine: bool = False) -> str:
    """Return what happens next, or how it ended. `fine` is for whoever has just said that it is fine now."""
    team = about.team or _('The municipality')
    case = about.case
    if case is None:
        return _('We have what you told us. {team} is responsible.', team=team)
    if fine and case.is_open:
        return _step_after_fine(case, about.problem, team, _)
    return _open_step(case, team, _) if case.is_open else _ending(case, about, team, _)


def pause_words(case: Case, team: str, _: Translator) -> str:
    """Return what a paused case waits for, or '' if it isn't paused."""
    return _(_WAITS[case.pause.reason], team=team or _('The municipality')) if case.pause else ''


def _step_after_fine(case: Case, problem: Problem, team: str, _: Translator) -> str:
    if problem.tone is Tone.URGENT or case.state in (CaseState.ACKNOWLEDGED, CaseState.PAUSED):
        return _('{team} will look before the case is closed.', team=team)
    return _('When somebody else says the same, the case is closed.')


def _open_step(case: Case, team: str, _: Translator) -> str:
    if case.pause:
        return _(_WAITS[case.pause.reason], team=team)
    if case.state is CaseState.ACKNOWLEDGED:
        return _('{team} has seen it and will take care of it.', team=team)
    if case.state is CaseState.CONFIRMED:
        return _(
            '{team} is responsible and has been told. Several of you have reported it, so it counts as confirmed.',
            team=team,
        )
    return _(
        '{team} is responsible and has been told. When somebody else reports the same, it counts as confirmed.',
        team=team,
    )


def _ending(case: Case, about: PublicCase, team: str, _: Translator) -> str:
    if is_taken_back(case):
        return _('Whoever reported it has taken it back, so the case is closed.')
    if case.state is CaseState.STALE:
        return _(
            'There have been no new reports for a while, so the case is closed. If it is still so, report it again.'
        )
    if case.state is CaseState.WITHDRAWN:
        return _('{asset} has been taken away, so the case is closed.', asset=about.asset)
    if case.state is CaseState.CLOSED:
        return _(_BECAUSE.get(case.outcome or Outcome.CANNOT, _CLOSED), team=team)
    if was_full(about.problem):
        return _('It has been emptied. If it is full again, report it again.')
    return _('It is fixed. If you see it again, report it again.')


_ENDED = {
    Outcome.NOTHING_FOUND: msgid('Nothing wrong found'),
    Outcome.NOT_OURS: msgid('Closed, it is not ours'),
    Outcome.CANNOT: msgid('Closed, it can’t be done'),
    Outcome.DUPLICATE: msgid('Counts in another case'),
}

_CLOSED = msgid('The case is closed.')

_BECAUSE = {
    Outcome.NOTHING_FOUND: msgid('{team} has looked and found nothing wrong. If it is still so, report it again.'),
    Outcome.NOT_OURS: msgid('Somebody else is responsible for this. Here is where to turn:'),
    Outcome.CANNOT: msgid('{team} can’t do anything about it. This is why:'),
    Outcome.DUPLICATE: msgid('The same thing is taken care of in another case.'),
}

_WAITS = {
    PauseReason.PART: msgid('{team} is waiting for a part and will go on once it is here.'),
    PauseReason.OTHERS: msgid('{team} is waiting for somebody else and will go on after that.'),
    PauseReason.OBSTACLE: msgid('Something is in the way. {team} will go on as soon as it is gone.'),
}
