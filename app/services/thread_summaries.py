"""What the feed shows of an entry's thread: how much was said, and what last."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.entries import Entry
from app.domain.entry_visibility import Reader
from app.domain.people import Person
from app.domain.replies import Reply
from app.services.context import Context
from app.store.protocol import Store

MOST_COUNTED = 99

LOOKED_THROUGH = 500
"""Entries among which those under a team's name are looked for."""


@dataclass(frozen=True)
class ThreadSummary:
    """How many answers and thanks an entry has (MOST_COUNTED at most), and the newest answer with who gave it."""

    answers: int = 0
    thanks: int = 0
    newest: Reply | None = None
    newest_by: Person | None = None


async def summarize_thread(store: Store, entry: Entry | None) -> ThreadSummary:
    """The thread of an entry; an empty one where there is none, or it is withdrawn."""
    if entry is None or entry.is_withdrawn:
        return ThreadSummary()
    answers = (await store.find(Reply, limit=MOST_COUNTED, answers=entry.id)).documents
    thanks = (await store.find(Reply, limit=MOST_COUNTED, thanks=entry.id)).documents
    newest = answers[0] if answers else None
    by = await store.get(Person, newest.author_id) if newest and newest.author_id else None
    return ThreadSummary(len(answers), len(thanks), newest, by)


async def veiled_answers(context: Context, reader: Reader) -> dict[str, int]:
    """How many answers each of the newest entries has that stands under some team's name and this reader may read.

    Who wrote one finds it among these by themselves: Haren is not told for which one they look.
    """
    found, now = (await context.store.find(Entry, limit=LOOKED_THROUGH)).documents, context.now()
    veiled = [entry for entry in found if entry.is_veiled and not entry.is_withdrawn]
    told = [entry for entry in veiled if entry.is_told_to(reader, await context.organisation(entry.team_id), now)]
    return {entry.id: (await summarize_thread(context.store, entry)).answers for entry in told}
