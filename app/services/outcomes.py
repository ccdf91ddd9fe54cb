"""What residents may read of how a case ended: the words of staff, their photo, and the case in which it counts."""

from __future__ import annotations

from typing import NamedTuple

from app.domain.case_outcomes import SAYS_WHY
from app.domain.cases import Case
from app.domain.collation import SWEDISH
from app.domain.personal_numbers import mask_numbers
from app.services.context import Context
from app.services.ready_answers import ReadyAnswers


class ToldOutcome(NamedTuple):
    """The part of an outcome that residents may read. Each text is '' where there is nothing to tell.

    `number` is that of the case in which a duplicate counts. `language` is that of the words.
    """

    words: str = ''
    language: str = SWEDISH
    photo: str = ''
    number: str = ''


class Outcomes:
    """The query for how a case ended."""

    def __init__(self, context: Context, ready_answers: ReadyAnswers) -> None:
        self._context = context
        self._ready_answers = ready_answers

    async def told(self, case: Case, language: str = SWEDISH) -> ToldOutcome:
        """Return what residents may read. Whose it is and why it can't be done they always read.

        A ready answer that comes with Haren is in the reader's language. Other words are as staff wrote them.
        """
        if case.is_open:
            return ToldOutcome()
        into = await self._context.store.get(Case, case.merged_into) if case.merged_into else None
        tells = case.outcome_public or case.outcome in SAYS_WHY
        words = self._ready_answers.words_in(case.outcome_words, language)
        return ToldOutcome(
            words=mask_numbers(words) if tells else '',
            language=SWEDISH if words == case.outcome_words else language,
            photo=(case.outcome_photo or '') if case.outcome_public else '',
            number=into.number if into else '',
        )
