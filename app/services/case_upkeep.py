"""Keep cases right without a person's act: wake them, and give back what people who left had."""

from __future__ import annotations

from app.domain.case_states import OPEN
from app.domain.cases import Case
from app.domain.people import Person
from app.services.case_assignments import left_behind
from app.services.context import Context
from app.services.paused_cases import PausedCases
from app.services.retry import retry_on_conflict


class CaseUpkeep:
    """What is usually saved with the change that causes it, and is caught up here if it wasn't."""

    def __init__(self, context: Context, paused_cases: PausedCases) -> None:
        self._context = context
        self._store = context.store
        self._paused_cases = paused_cases

    async def catch_up(self) -> int:
        """Wake cases whose obstacle is gone, and give back those of people who have left. Return how many there were.

        It may be called at any time: what is right already stays as it is.
        """
        return await self._paused_cases.wake_all() + await self._give_back()

    async def _give_back(self) -> int:
        assigned = await self._store.count(Case, 'assignee_id')
        people = [await self._store.get(Person, id) for id in assigned if id]
        gone = [id for id, person in zip(filter(None, assigned), people, strict=True) if not (person and person.active)]
        return sum([await self._give_back_of(id) for id in gone])

    @retry_on_conflict
    async def _give_back_of(self, person_id: str) -> int:
        documents = await left_behind(self._context, person_id)
        if documents:
            await self._store.save(*documents)
        return sum(isinstance(document, Case) and document.state in OPEN for document in documents)
