"""Pauses of a case: why nothing can be done for now, and for how long that was so."""

from __future__ import annotations

from enum import StrEnum

from app.domain.case_states import CaseState
from app.domain.document import Moment, Text, Value, checked_text
from app.domain.errors import Invalid

MOST_PAUSES = 100
"""Pauses of one case. Each is kept, so that the time when nothing could be done does not count."""


class PauseReason(StrEnum):
    """What a paused case waits for: a part, somebody else, or the end of an obstacle of the diary."""

    PART = 'part'
    OTHERS = 'others'
    OBSTACLE = 'obstacle'


class PauseSpan(Value):
    """The time of a pause that is over."""

    since: Moment
    until: Moment


class Pause(Value):
    """A pause that lasts. `words` are for staff; `obstacle_id` is the entry of the obstacle that it waits for."""

    reason: PauseReason
    words: Text = ''
    obstacle_id: str | None = None
    since: Moment
    by: str
    state_before: CaseState


def checked_pause(reason: PauseReason, words: str, obstacle_id: str | None) -> tuple[str, str | None]:
    """Return the words and the obstacle of a pause. Raise Invalid if the reason and the obstacle don't agree."""
    if reason is PauseReason.OBSTACLE and not obstacle_id:
        raise Invalid('obstacle_id', 'Choose the obstacle that it waits for.')
    if reason is not PauseReason.OBSTACLE and obstacle_id:
        raise Invalid('reason', 'Choose either an obstacle or another reason.')
    return checked_text(words, 'words') if words.strip() else '', obstacle_id or None
