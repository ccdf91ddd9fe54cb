"""Leafing through what is kept, page by page."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import TypeVar

from app.domain.document import Document
from app.store.protocol import Page, Store

MOST_LOOKS = 10
"""Pages that are looked through, before a reader is asked whether to go on."""

D = TypeVar('D', bound=Document)
T = TypeVar('T')


async def paginate(
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


async def all_pages(store: Store, kind: type[D], limit: int, /, **where: str) -> AsyncIterator[Sequence[D]]:
    """All documents of a kind, newest first, at most `limit` of them at a time: others have their turn in between."""
    before: str | None = None
    while True:
        page = await store.find(kind, limit=limit, before=before, **where)
        yield page.documents
        before = page.older
        if before is None:
            return
        await asyncio.sleep(0)
