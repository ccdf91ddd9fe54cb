"""Ready answers: words with which staff close a case, so that nobody has to think them up each time."""

from __future__ import annotations

from typing import ClassVar

from app.domain.case_outcomes import Outcome
from app.domain.document import ChangeStamp, Document, Moment, Text, checked_text
from app.domain.errors import Invalid
from app.domain.events import Event, EventKind, make_event

LONGEST_ANSWER = 300

ANSWERED = (Outcome.FIXED, Outcome.NOTHING_FOUND, Outcome.NOT_OURS, Outcome.CANNOT)
"""The outcomes that have answers. A duplicate leads to its case instead."""


class OwnAnswer(Document):
    """An answer that a lead has written, in one language. It fits one problem, or all of them if that is None.

    One that was taken away is kept, so that this can be undone.
    """

    kept_in: ClassVar[str] = 'ready_answers'
    newest_by: ClassVar[str] = 'added_at'

    problem: str | None
    outcome: Outcome
    words: Text
    added_at: Moment
    removed_at: Moment | None = None

    @classmethod
    def add(
        cls, id: str, problem: str | None, outcome: Outcome, words: str, stamp: ChangeStamp
    ) -> tuple[OwnAnswer, Event]:
        """Create an answer."""
        answer = cls(id=id, problem=problem, outcome=_checked(outcome), words=_checked_words(words), added_at=stamp.at)
        return answer, _changed(stamp)

    def reword(self, outcome: Outcome, words: str, stamp: ChangeStamp) -> tuple[OwnAnswer, Event]:
        """Change the words, or the outcome that they belong to. An answer that was taken away is there again."""
        changed = {'outcome': _checked(outcome), 'words': _checked_words(words), 'removed_at': None}
        return self.model_copy(update=changed), _changed(stamp)

    def remove(self, stamp: ChangeStamp) -> tuple[OwnAnswer, Event]:
        """Take the answer away. What was closed with it keeps its words."""
        return self.model_copy(update={'removed_at': stamp.at}), _changed(stamp)

    def restore(self, stamp: ChangeStamp) -> tuple[OwnAnswer, Event]:
        """Take back that it was taken away."""
        return self.model_copy(update={'removed_at': None}), _changed(stamp)

    def fits(self, problem: str, outcome: Outcome) -> bool:
        """Return True if it can be said about a case with this problem and this outcome."""
        return self.removed_at is None and self.outcome is outcome and self.problem in (None, problem)


def _checked(outcome: Outcome) -> Outcome:
    if outcome not in ANSWERED:
        raise Invalid('outcome', 'Choose how the case ends.')
    return outcome


def _checked_words(words: str) -> str:
    return checked_text(words, 'words', LONGEST_ANSWER)


def _changed(stamp: ChangeStamp) -> Event:
    return make_event(EventKind.ANSWERS_CHANGED, stamp)
