"""Offer ready answers for closing a case, and let leads write their own."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.case_outcomes import Outcome
from app.domain.catalogue import BuiltInAnswer
from app.domain.collation import SWEDISH
from app.domain.errors import Invalid, NotFound
from app.domain.people import Person, Role
from app.domain.ready_answers import OwnAnswer
from app.services.context import Context
from app.services.retry import retry_on_conflict

MOST_ANSWERS = 200
"""Own answers that a municipality can have. Nobody finds the right one among more."""


@dataclass(frozen=True)
class ReadyAnswer:
    """An answer to choose: one of the municipality's own, or one that comes with Haren."""

    id: str
    answer: OwnAnswer | BuiltInAnswer

    def words_in(self, language: str) -> str:
        """Return its words in this language. An answer of the municipality's own has one language only."""
        words = self.answer.words
        return words if isinstance(words, str) else words.in_(language)


class ReadyAnswers:
    """The use cases for ready answers."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._store = context.store
        self._built_in = context.base_catalogue.ready_answers
        self._by_words = {
            getattr(answer.words, language): answer
            for answer in self._built_in
            for language in type(answer.words).model_fields
        }

    async def for_problem(self, problem: str, outcome: Outcome) -> tuple[ReadyAnswer, ...]:
        """Return the answers that fit, the municipality's own first, and those about this problem before general ones.

        Each is offered once, also if a lead has written what comes with Haren.
        """
        own = sorted(await self.own(), key=lambda answer: answer.problem is None)
        built_in = sorted(self._built_in, key=lambda answer: not answer.problems)
        offered: dict[str, ReadyAnswer] = {}
        answers: tuple[OwnAnswer | BuiltInAnswer, ...] = (*own, *built_in)
        for answer in answers:
            if answer.fits(problem, outcome):
                ready = ReadyAnswer(answer.id, answer)
                offered.setdefault(ready.words_in(SWEDISH), ready)
        return tuple(offered.values())

    def words_in(self, words: str, language: str) -> str:
        """Return the words of an outcome as a reader of this language reads them.

        Those of a built-in answer are known again, in whichever language they were kept. Others stay as they are.
        """
        answer = self._by_words.get(words.strip())
        return answer.words.in_(language) if answer else words

    async def own(self) -> tuple[OwnAnswer, ...]:
        """Return the municipality's own answers, the oldest first."""
        return tuple([answer for answer in reversed(await self._all()) if answer.removed_at is None])

    async def get(self, answer_id: str) -> OwnAnswer:
        """Return an own answer, also one that was taken away. Raise NotFound if there is none."""
        answer = await self._store.get(OwnAnswer, answer_id)
        if answer is None:
            raise NotFound('There is no such answer.')
        return answer

    @retry_on_conflict
    async def add(self, lead: Person, problem: str | None, outcome: Outcome, words: str) -> OwnAnswer:
        """Add an answer about a problem, or about all of them with None."""
        lead.require(Role.LEAD)
        if problem not in {None, *(known.id for known in self._context.base_catalogue.problems)}:
            raise Invalid('problem', 'Choose what is wrong.')
        if len(await self.own()) >= MOST_ANSWERS:
            raise Invalid('words', 'There are {most} answers already. Take one away first.', most=MOST_ANSWERS)
        answer, event = OwnAnswer.add(self._context.new_id(), problem, outcome, words, self._context.stamp(lead))
        await self._store.save(answer, event)
        return answer

    @retry_on_conflict
    async def reword(
        self, lead: Person, answer_id: str, outcome: Outcome, words: str, *, seen: int | None = None
    ) -> OwnAnswer:
        """Change an answer.

        `seen` is the revision that a form showed. Raise Clash if it is not the newest one.
        """
        lead.require(Role.LEAD)
        answer = (await self.get(answer_id)).require_revision(seen)
        answer, event = answer.reword(outcome, words, self._context.stamp(lead))
        await self._store.save(answer, event)
        return answer

    @retry_on_conflict
    async def remove(self, lead: Person, answer_id: str) -> OwnAnswer:
        """Take an answer away. A second time changes nothing."""
        lead.require(Role.LEAD)
        answer = await self.get(answer_id)
        if answer.removed_at is not None:
            return answer
        answer, event = answer.remove(self._context.stamp(lead))
        await self._store.save(answer, event)
        return answer

    @retry_on_conflict
    async def restore(self, lead: Person, answer_id: str) -> OwnAnswer:
        """Take back that an answer was taken away. A second time changes nothing."""
        lead.require(Role.LEAD)
        answer = await self.get(answer_id)
        if answer.removed_at is None:
            return answer
        answer, event = answer.restore(self._context.stamp(lead))
        await self._store.save(answer, event)
        return answer

    async def _all(self) -> tuple[OwnAnswer, ...]:
        return await self._context.find_all(OwnAnswer)
