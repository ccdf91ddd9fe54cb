"""The states of a case, and which of them are open."""

from __future__ import annotations

from enum import StrEnum


class CaseState(StrEnum):
    """The state of a case.

    `resolved` is what was fixed: by staff, or because residents say that it is fine now. `closed` is what staff have
    ended with another outcome.
    """

    REPORTED = 'reported'
    CONFIRMED = 'confirmed'
    ACKNOWLEDGED = 'acknowledged'
    PAUSED = 'paused'
    RESOLVED = 'resolved'
    CLOSED = 'closed'
    STALE = 'stale'
    WITHDRAWN = 'withdrawn'


OPEN = frozenset({CaseState.REPORTED, CaseState.CONFIRMED, CaseState.ACKNOWLEDGED, CaseState.PAUSED})
UNSEEN = frozenset({CaseState.REPORTED, CaseState.CONFIRMED})
