"""The outcomes with which staff close a case. Only the first one counts as fixed."""

from __future__ import annotations

from enum import StrEnum

from app.domain.document import checked_text
from app.domain.errors import Invalid


class Outcome(StrEnum):
    """The outcome of a case that staff have closed."""

    FIXED = 'fixed'
    NOTHING_FOUND = 'nothing_found'
    NOT_OURS = 'not_ours'
    CANNOT = 'cannot'
    DUPLICATE = 'duplicate'


SAYS_WHY = frozenset({Outcome.NOT_OURS, Outcome.CANNOT})
"""Outcomes whose words residents always read: whose it is, or why it can't be done."""


def checked_outcome_words(outcome: Outcome, words: str) -> str:
    """Return the words of an outcome. Raise Invalid if this outcome needs words and there are none."""
    if words.strip():
        return checked_text(words, 'words')
    if outcome is Outcome.NOT_OURS:
        raise Invalid('words', 'Write whose it is, so that residents know where to turn.')
    if outcome is Outcome.CANNOT:
        raise Invalid('words', 'Write why it can’t be done. Residents read it.')
    return ''
