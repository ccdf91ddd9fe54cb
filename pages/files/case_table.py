"""The columns of the files with cases."""

from __future__ import annotations

from datetime import date, datetime

from app.i18n import Translator
from app.services.case_list import ListedCase
from app.wording.cases import pause_reason_name
from components.cases.list_rows import state_word

Cell = str | int | float | date | datetime | None
Cells = tuple[Cell, ...]


def headings(_: Translator) -> tuple[str, ...]:
    """Return the names of the columns."""
    return (
        _('Number'), _('Place'), _('Thing'), _('Problem'), _('State'), _('Reports'), _('First reported'),
        _('Last reported'), _('Team'), _('Person'), _('Promised day'), _('Waits for'), _('Hours late'), _('Over since'),
    )  # fmt: skip


def cells(listed: ListedCase, _: Translator) -> Cells:
    """Return a case as the cells of one row, in the order of the columns."""
    case, late_hours = listed.case, listed.lateness.deadlines.late_hours
    return (
        case.number,
        listed.site.name if listed.site else '',
        listed.asset.name if listed.asset else '',
        listed.problem.state.in_(_.language),
        state_word(listed, _),
        case.reports,
        case.opened_at,
        case.reported_at,
        listed.team.name if listed.team else '',
        listed.assignee.name if listed.assignee else '',
        case.promised_for,
        pause_reason_name(case.pause.reason, _) if case.pause else '',
        None if late_hours is None else round(late_hours, 1),
        None if case.is_open else case.closed_at or case.changed_at,
    )
