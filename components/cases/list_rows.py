"""Turn listed cases into rows: the small JSON that the browser shows as the list of cases."""

from __future__ import annotations

from datetime import datetime

from app.domain.case_states import CaseState
from app.domain.local_dates import day_of
from app.domain.people import Person
from app.i18n import Translator, translator
from app.services.case_list import ListedCase
from app.wording.cases import outcome_name, pause_reason_name, promised_day
from app.wording.deadlines import late_words
from app.wording.public import case_state
from components.cases.list_types import ListRow
from components.theme.icons import icon

STATE_ICONS = {
    CaseState.REPORTED: 'note',
    CaseState.CONFIRMED: 'people',
    CaseState.ACKNOWLEDGED: 'eye',
    CaseState.PAUSED: 'pause',
    CaseState.RESOLVED: 'check',
    CaseState.CLOSED: 'fine',
    CaseState.STALE: 'clock',
    CaseState.WITHDRAWN: 'leave',
}


def list_row(listed: ListedCase, reader: Person, now: datetime) -> ListRow:
    """Return a case as a row of this reader's list."""
    _, case, problem = translator(reader.language), listed.case, listed.problem
    return {
        'id': case.id,
        'number': case.number,
        'href': f'/cases/{case.number}',
        'thing': listed.asset.name if listed.asset else '',
        'place': listed.site.name if listed.site else '',
        'problem': problem.state.in_(_.language),
        'tone': problem.tone.value,
        'icon': icon(problem.tone.value),
        'state': case.state.value,
        'stateWord': state_word(listed, _),
        'stateIcon': icon(STATE_ICONS[case.state], 20),
        'since': (case.opened_at if case.is_open else case.closed_at or case.changed_at).isoformat(),
        'reports': _.plural('{count} report', '{count} reports', case.reports),
        'whose': whose(listed, reader, _),
        'mine': case.assignee_id == reader.id,
        'promised': _promised(listed, now, _),
        'late': lateness_words(listed, _),
        'waits': pause_reason_name(case.pause.reason, _) if case.pause else '',
        'open': case.is_open,
        'rank': listed.rank,
    }


def whose(listed: ListedCase, reader: Person, _: Translator) -> str:
    """Return who takes care of a case: a person, or else a team, or '' for the reader's own team."""
    if listed.assignee:
        return _('You') if listed.assignee.id == reader.id else listed.assignee.name
    if listed.team is None:
        return _('No team')
    return '' if listed.team.id == reader.team_id else listed.team.name


def lateness_words(listed: ListedCase, _: Translator) -> str:
    """Return by how much a case is late, as a fact with a number of hours."""
    hours = late_words(listed.lateness.deadlines, _)
    return hours or (_('Promised day is over') if listed.lateness.promise_over else '')


def state_word(listed: ListedCase, _: Translator) -> str:
    """Return the name of a case's state, or of its outcome once staff have closed it."""
    case = listed.case
    if case.outcome and not case.is_open:
        return outcome_name(case.outcome, listed.problem, _)
    return case_state(case.state, listed.problem, _)


def _promised(listed: ListedCase, now: datetime, _: Translator) -> str:
    day = listed.case.promised_for
    if day is None or not listed.case.is_open:
        return ''
    return _('Promised: {day}', day=promised_day(day, day_of(now), _))
