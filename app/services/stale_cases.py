"""Close the cases that nobody has reported again for their period."""

from __future__ import annotations

from app.domain.case_states import UNSEEN
from app.domain.cases import Case
from app.domain.sweeps import SweepKind
from app.services.context import Context
from app.services.retry import retry_on_conflict
from app.services.sweeps import Sweeps


class StaleCases:
    """The use case of closing what went stale."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._store = context.store
        self._sweeps = Sweeps(context)

    async def close(self) -> int:
        """Close the cases that nobody has reported again for their period. Return how many these were.

        If these are many more than on any day before, close none and ask a lead.
        """
        problems = {problem.id: problem for problem in self._context.base_catalogue.problems}
        unseen = (await self._store.find(Case, state=UNSEEN)).documents
        stale = [case for case in unseen if case.is_stale(problems[case.problem], self._context.now())]
        if not await self._sweeps.admits(SweepKind.STALE_CASES, len(stale)):
            return 0
        for case in stale:
            await self._close_if_stale(case.id)
        return len(stale)

    @retry_on_conflict
    async def _close_if_stale(self, case_id: str) -> None:
        case = await self._store.get(Case, case_id)
        problem = self._context.base_catalogue.problem(case.problem) if case else None
        if case and problem and case.is_stale(problem, self._context.now()):
            await self._store.save(*case.go_stale(self._context.stamp()))
