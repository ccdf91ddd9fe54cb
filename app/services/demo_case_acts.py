"""What staff of the demo do with its cases."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import date, timedelta
from typing import Any

from app.domain.case_outcomes import Outcome
from app.domain.case_pauses import PauseReason
from app.domain.people import Person
from app.services.container import Services


class DemoCaseActs:
    """Do what a row of the demo's data says. `obstacles` are the ids of entries by their key in the data."""

    def __init__(self, services: Services, today: date, obstacles: Mapping[str, str]) -> None:
        self._services = services
        self._today = today
        self._obstacles = obstacles

    async def do(self, person: Person, case_id: str, row: Mapping[str, Any]) -> object:
        """Do one act."""
        acts, id, words = self._services.case_acts, self._services.context.new_id(), row.get('words', '')
        known: dict[str, Callable[[], Awaitable[object]]] = {
            'assign': lambda: acts.assign(person, case_id, id, person_id=row['to']),
            'decline': lambda: acts.decline(person, case_id, id, words),
            'promise': lambda: acts.promise(person, case_id, id, self._today + timedelta(days=row['in_days'])),
            'wait': lambda: acts.pause(person, case_id, id, PauseReason(row['reason']), words),
            'wait_for': lambda: acts.pause(
                person, case_id, id, PauseReason.OBSTACLE, words, self._obstacles[row['obstacle']]
            ),
            'close': lambda: acts.close(person, case_id, id, Outcome(row['outcome']), words, row.get('public', False)),
            'note': lambda: acts.note(person, case_id, id, words),
        }
        return await known[row['do']]()
