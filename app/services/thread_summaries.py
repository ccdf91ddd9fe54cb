"""Summarise an entry's thread for the feed."""

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
"""Newest entries among which those under a team's name are looked for."""


@dataclass(frozen=True)
class ThreadSummary:
    """The numbers of answers and thanks of an entry, and its newest answer with its author.

    Both numbers are MOST_COUNTED at most.
    """

    answers: int = 0
    thanks: int = 0
    newest: Reply | None = None
    newest_by: Person | None = None


async def summarize_thread(store: Store, entry: Entry | None) -> ThreadSummary:
    """Return the summary of a thread. It is empty if there is no entry or it is withdrawn."""
    if entry is None or entry.is_withdrawn:
        return ThreadSummary()
    answers = (await store.find(Reply, limit=MOST_COUNTED, answers=entry.id)).documents
    thanks = (await store.find(Reply, limit=MOST_COUNTED, thanks=entry.id)).documents
    newest = answers[0] if answers else None
    by = await store.get(Person, newest.author_id) if newest and newest.author_id else None
    return ThreadSummary(len(answers), len(thanks), newest, by)


async def nameless_answer_counts(context: Context, reader: Reader) -> dict[str, int]:
    """Return the number of answers to each recent entry under a team's name that the reader may read.

    The author's own phone picks its entries from these. Haren must not be asked about a single one: the question would
    reveal who wrote it.
    """
    found, now = (await context.store.find(Entry, limit=LOOKED_THROUGH)).documents, context.now()
    nameless = [entry for entry in found if entry.is_under_team_name and not entry.is_withdrawn]
    readable = [
        entry for entry in nameless if entry.is_readable_now(reader, await context.organisation(entry.team_id), now)
    ]
    return {entry.id: (await summarize_thread(context.store, entry)).answers for entry in readable}
