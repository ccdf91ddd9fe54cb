"""What every use case stands on: the store, the clock, and the sources of ids and chance."""

from __future__ import annotations

import functools
import secrets
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ParamSpec, TypeVar

from app.domain.catalogue import Catalogue
from app.domain.document import Stamp
from app.domain.people import Person
from app.domain.sites import KindProblems
from app.store.base import D, Outdated, Store

P = ParamSpec('P')
T = TypeVar('T')

ATTEMPTS = 100
"""Of as many that change one document at once, each round lets at least one through."""


@dataclass(frozen=True)
class Ground:
    """What use cases stand on. Tests pass in a clock and ids that they know."""

    store: Store
    lists: Catalogue
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    new_id: Callable[[], str] = lambda: uuid.uuid4().hex
    new_token: Callable[[], str] = lambda: secrets.token_urlsafe(24)
    randbelow: Callable[[int], int] = secrets.randbelow

    def stamp(self, by: Person | None = None) -> Stamp:
        """The mark of a change made now, by a person or (None) by a resident or Haren itself."""
        return Stamp(self.new_id(), self.now(), by.id if by else None)

    async def find_all(self, kind: type[D]) -> tuple[D, ...]:
        """Every document of a kind, newest first."""
        return (await self.store.find(kind)).documents

    async def catalogue(self) -> Catalogue:
        """The lists, with the problems that the municipality has chosen for each kind of asset."""
        changed = await self.find_all(KindProblems)
        return self.lists.with_problems({kind.id: kind.problems for kind in changed})


def until_current(use_case: Callable[P, Awaitable[T]]) -> Callable[P, Awaitable[T]]:
    """Run the use case again from its start where somebody else saved first; Outdated after ATTEMPTS."""

    @functools.wraps(use_case)
    async def attempt(*args: P.args, **kwargs: P.kwargs) -> T:
        for _ in range(ATTEMPTS - 1):
            try:
                return await use_case(*args, **kwargs)
            except Outdated:
                continue
        return await use_case(*args, **kwargs)

    return attempt
