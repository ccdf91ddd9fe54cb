"""Read documents page by page."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import TypeVar

from app.domain.document import Document
from app.store.protocol import Page, Store

MOST_LOOKS = 10
"""Pages that are read in one call, before the reader has to ask for more."""

D = TypeVar('D', bound=Document)
T = TypeVar('T')


async def paginate(
    fetch: Callable[[str | None, int], Awaitable[Page[D]]],
    select: Callable[[D], Awaitable[T | None]],
    before: str | None,
    limit: int,
) -> tuple[tuple[T, ...], str | None]:
    """Return what `select` makes of the documents after a cursor, and the next cursor (None: no more).

    `fetch(before, limit)` returns one page of documents. `select` returns None for a document that the reader may not
    see. At most `limit` results come back, in the order of the documents. Fewer come back if MOST_LOOKS pages hold
    fewer.
    """
    selected: list[T] = []
    for _ in range(MOST_LOOKS):
        page = await fetch(before, limit - len(selected))
        selected += [each for document in page.documents if (each := await select(document)) is not None]
        before = page.older
        if before is None or len(selected) >= limit:
            break
    return tuple(selected), before


async def all_pages(store: Store, kind: type[D], limit: int, /, **where: str) -> AsyncIterator[Sequence[D]]:
    """Yield all documents of a kind, newest first, at most `limit` at a time.

    Other tasks get their turn between the pages.
    """
    before: str | None = None
    while True:
        page = await store.find(kind, limit=limit, before=before, **where)
        yield page.documents
        before = page.older
        if before is None:
            return
        await asyncio.sleep(0)
