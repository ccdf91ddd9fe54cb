"""Word the outcomes under which ready answers are listed."""

from __future__ import annotations

from app.domain.case_outcomes import Outcome
from app.i18n import Translator


def answered_outcome(outcome: Outcome, problem: str | None, _: Translator) -> str:
    """Return the name of an outcome that has answers."""
    return {
        Outcome.FIXED: _('Emptied') if problem == 'full' else _('Fixed'),
        Outcome.NOTHING_FOUND: _('Found nothing wrong'),
        Outcome.NOT_OURS: _('Not ours'),
        Outcome.CANNOT: _('Can not be done'),
        Outcome.DUPLICATE: _('Duplicate'),
    }[outcome]
