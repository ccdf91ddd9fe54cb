"""The work that is done from time to time for as long as the server runs."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

from app.domain.entry_content import CLOCKS_DIFFER
from app.services.container import Services

PERIOD = 300
"""Seconds between two runs of all tasks."""

logger = logging.getLogger(__name__)


@asynccontextmanager
async def background_tasks(services: Services) -> AsyncIterator[None]:
    """Run the tasks for as long as this is open. At the end, store who was seen in the hour that is not over yet."""
    await warn_of_clock(services)
    running = asyncio.create_task(_run_for_ever(services))
    yield
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
    await _keep_last_hour(services)


def _tasks(services: Services) -> tuple[Callable[[], Awaitable[object]], ...]:
    return (
        services.case_list.prepare,
        services.cases.close_stale,
        services.case_upkeep.catch_up,
        services.quarantine_cleanup.erase_expired,
        services.account_erasure.finish,
        services.last_seen.keep,
        services.audit_log.erase_expired,
    )


async def warn_of_clock(services: Services) -> None:
    """Log a warning if the newest change was made later than now: a clock was ahead then, or is behind now."""
    newest, now = (await services.feed.page(limit=1)).documents, services.now()
    if newest and newest[0].at > now + CLOCKS_DIFFER:
        logger.warning('the clock may be wrong: it says %s, and the newest change was made at %s', now, newest[0].at)


async def _run_for_ever(services: Services) -> None:
    while True:
        for task in _tasks(services):
            try:
                await task()
            except Exception:
                logger.exception('%s failed; trying again in %s s', task.__name__, PERIOD)
        await asyncio.sleep(PERIOD)


async def _keep_last_hour(services: Services) -> None:
    try:
        await services.last_seen.keep(unfinished=True)
    except Exception:
        logger.exception('the staff who were seen in the last hour could not be stored')
