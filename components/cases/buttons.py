"""Say which buttons a case has, and which of them can be pressed now. Each keeps its place whatever happens."""

from __future__ import annotations

from app.domain.case_states import UNSEEN, CaseState
from app.domain.cases import Case
from app.domain.catalogue import Problem
from app.domain.people import Person
from app.i18n import Translator
from app.wording.public import resolve_label
from components.cases.state_types import ActButton


def act_buttons(case: Case, reader: Person, _: Translator) -> list[ActButton]:
    """Return the buttons beside the state of a case, in their places."""
    over, mine = not case.is_open, case.assignee_id == reader.id
    is_paused = case.state is CaseState.PAUSED
    return [
        _button('acknowledge', _('Seen'), done=not over and case.state not in UNSEEN, off=case.state not in UNSEEN),
        _button('take', _('I’ll take it'), done=mine and not over, off=over or mine),
        _button('assign', _('Hand over …'), off=over),
        _button('promise', _('Promise a day …'), off=over),
        _button('resume', _('Resume'), 'pause') if is_paused else _button('pause', _('Pause …'), off=over),
        *([_button('decline', _('Hand back …'))] if may_decline(case, reader) else []),
        *([_button('reopen', _('Open again'))] if over else []),
    ]


def bar_buttons(case: Case, problem: Problem | None, _: Translator) -> list[ActButton]:
    """Return the buttons at the thumb: the main one, and the one for every other outcome."""
    over = not case.is_open
    return [
        _button('fixed', resolve_label(problem, _), done=case.state is CaseState.RESOLVED, off=over),
        _button('close', _('Close …'), off=over),
    ]


def may_decline(case: Case, reader: Person) -> bool:
    """Return True if this person or their team was asked to take care of the case, by somebody else."""
    if not case.is_open or case.assigned_by == reader.id:
        return False
    if case.assignee_id is not None:
        return case.assignee_id == reader.id
    return case.team_before is not None and case.team_id == reader.team_id


def _button(verb: str, label: str, place: str = '', done: bool = False, off: bool = False) -> ActButton:
    return {'place': place or verb, 'verb': verb, 'label': label, 'done': done, 'off': off}
