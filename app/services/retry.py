"""Run a use case again where somebody else has saved first."""

from __future__ import annotations

import functools
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from app.domain.errors import NotNow
from app.services.context import Context
from app.store.protocol import Outdated, ReadOnly

log = logging.getLogger(__name__)

P = ParamSpec('P')
T = TypeVar('T')
S = TypeVar('S', bound='HasContext')

ATTEMPTS = 100
"""How often the first in the queue tries: it loses only to those who have just come and won at their first attempt.

Whoever loses so often does not lose to others: it is a fault of ours.
"""


class HasContext(Protocol):
    """A service: it stands on a Ground."""

    _context: Context


def retry_on_conflict(use_case: Callable[Concatenate[S, P], Awaitable[T]]) -> Callable[Concatenate[S, P], Awaitable[T]]:
    """Run the use case again from its start where somebody else saved first.

    Whoever has lost once queues for the next attempts, so that many at once do not keep losing to each other. NotNow
    where the store takes nothing.
    """

    @functools.wraps(use_case)
    async def attempt(self: S, /, *args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return await _retry(use_case, self, *args, **kwargs)
        except ReadOnly as error:
            raise NotNow(
                'Nothing can be saved right now. What you wrote is still here: try again in a while.'
            ) from error

    return attempt


async def _retry(
    use_case: Callable[Concatenate[S, P], Awaitable[T]], service: S, /, *args: P.args, **kwargs: P.kwargs
) -> T:
    with suppress(Outdated):
        return await use_case(service, *args, **kwargs)
    async with service._context.queue:
        for _ in range(ATTEMPTS):
            with suppress(Outdated):
                return await use_case(service, *args, **kwargs)
    log.error('%s was never current, though nobody else was before it', use_case.__qualname__)
    raise NotNow('That did not go through just now. Nothing is lost: try again.')
