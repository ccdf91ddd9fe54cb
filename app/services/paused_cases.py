"""Paused cases that wait for an obstacle: they wake once it is gone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from app.domain import case_handling
from app.domain.case_states import CaseState
from app.domain.cases import Case
from app.domain.document import Document
from app.domain.entries import Entry
from app.domain.entry_content import EntryKind
from app.domain.errors import Invalid
from app.domain.obstacles import Obstacle
from app.domain.people import Person
from app.services.context import Context
from app.services.retry import retry_on_conflict

NO_LONGER_TELLING = timedelta(days=1)
"""The age at which an obstacle under a team's name can be named as the reason of a pause.

Whoever pauses a case for an obstacle that was noted a moment ago has probably noted it.
"""


class PausedCases:
    """The use cases of pauses because of an obstacle."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._store = context.store

    async def require_obstacle(self, person: Person, obstacle_id: str | None) -> None:
        """Raise Invalid unless a case can wait for this obstacle: the person can read it, and it is still there."""
        if obstacle_id is None:
            return
        entry = await self._context.readable_entry(await self._context.reader(person), obstacle_id)
        if entry is None or not await self._still_there(entry.id):
            raise Invalid('obstacle_id', 'This obstacle is not in the way any more. Choose another one.')
        is_young = self._context.now() - entry.logged_at < NO_LONGER_TELLING
        if entry.is_under_team_name and entry.team_id == person.team_id and is_young:
            raise Invalid(
                'obstacle_id',
                'This obstacle was noted under your team’s name today. Choose it tomorrow, so that nobody can guess '
                'who noted it.',
            )

    async def waiting_for(self, obstacle_id: str) -> tuple[Case, ...]:
        """Return the paused cases that wait for an obstacle."""
        paused = (await self._store.find(Case, state=CaseState.PAUSED)).documents
        return tuple(case for case in paused if case.pause and case.pause.obstacle_id == obstacle_id)

    async def woken(self, obstacle: Obstacle) -> Sequence[Document]:
        """Return the cases that wake because an obstacle is gone, with an Event each, to be saved with it."""
        if not obstacle.is_closed:
            return ()
        waiting = await self.waiting_for(obstacle.id)
        return [part for case in waiting for part in case_handling.wake(case, self._context.stamp())]

    async def wake_all(self) -> int:
        """Wake every case whose obstacle is gone, withdrawn or erased. Return how many these were.

        Most wake with their obstacle. This finds the others, also after a restart.
        """
        paused = (await self._store.find(Case, state=CaseState.PAUSED)).documents
        return sum([await self._wake(case.id) for case in paused if case.pause and case.pause.obstacle_id])

    @retry_on_conflict
    async def _wake(self, case_id: str) -> bool:
        case = await self._store.get(Case, case_id)
        if case is None or case.pause is None or not case.pause.obstacle_id:
            return False
        if await self._still_there(case.pause.obstacle_id):
            return False
        await self._store.save(*case_handling.wake(case, self._context.stamp()))
        return True

    async def _still_there(self, obstacle_id: str) -> bool:
        entry, obstacle = await self._store.get(Entry, obstacle_id), await self._store.get(Obstacle, obstacle_id)
        is_told = entry is not None and entry.kind is EntryKind.OBSTACLE and not entry.is_withdrawn
        return is_told and not (obstacle and obstacle.is_closed)
