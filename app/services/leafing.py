"""Leafing through what is kept for what somebody may be told of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

from app.domain.document import Document
from app.store.base import Page

MOST_LOOKS = 10
"""Pages that are looked through, before a reader is asked whether to go on."""

D = TypeVar('D', bound=Document)
T = TypeVar('T')


async def leaf_through(
    fetch: Callable[[str | None, int], Awaitable[Page[D]]],
    tell: Callable[[D], Awaitable[T | None]],
    before: str | None,
    limit: int,
) -> tuple[tuple[T, ...], str | None]:
    """What is told of the documents behind a cursor, in their order, and the cursor behind which there are more.

    `fetch` finds a page of at most so many behind a cursor; `tell` gives None for what isn’t theirs to know. At
    most `limit` come back, and fewer where little of MOST_LOOKS pages is theirs. The cursor is None at the end.
    """
    told: list[T] = []
    for _ in range(MOST_LOOKS):
        page = await fetch(before, limit - len(told))
        told += [each for document in page.documents if (each := await tell(document)) is not None]
        before = page.older
        if before is None or len(told) >= limit:
            break
    return tuple(told), before
