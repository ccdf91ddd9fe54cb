"""Run a use case again if somebody else has saved first."""

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
"""Attempts of the first in the queue.

It can lose only to newcomers that win at their first attempt. Losing this often means a fault in Haren.
"""


class HasContext(Protocol):
    """A service: it has a Context."""

    _context: Context


def retry_on_conflict(use_case: Callable[Concatenate[S, P], Awaitable[T]]) -> Callable[Concatenate[S, P], Awaitable[T]]:
    """Run the use case again from its start if somebody else has saved first.

    A caller that has lost once waits in a queue for its next attempts, so that many callers do not keep losing to each
    other. Raise NotNow if the store takes no writes.
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
    log.error('%s still conflicts after %s attempts at the head of the queue', use_case.__qualname__, ATTEMPTS)
    raise NotNow('That did not go through just now. Nothing is lost: try again.')
