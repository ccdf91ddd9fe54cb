"""Add, read and withdraw the replies in an entry's thread."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from app.domain.document import ChangeStamp, Document, checked_text
from app.domain.entries import Entry
from app.domain.entry_visibility import Reader
from app.domain.errors import Clash, NotAllowed, NotFound
from app.domain.events import Event
from app.domain.notifications import Notification, NotificationReason
from app.domain.people import Person, Role, Team
from app.domain.replies import MOST_REPLIES, Reply, ReplyKind, checked_reply
from app.services.context import Context, require_client_id
from app.services.entries import Entries
from app.services.notifications import Notifications
from app.services.retry import retry_on_conflict
from app.services.thread_summaries import ThreadSummary, nameless_answer_counts, summarize_thread
from app.store.protocol import Page

PAGE = 30
"""Replies on one page of a thread."""

MOST_ASKERS = 20
"""Questions in a thread whose authors are notified of an answer."""

RelatedChanges = Callable[[Entry, Reply, ChangeStamp], Awaitable[Sequence[Document]]]
"""Return what else changes with a reply and is saved with it.

An obstacle counts as explored after a "Ja, och …", for instance.
"""


@dataclass(frozen=True)
class ReplyDetails:
    """A reply with its author (None: they have left) and the team that they were in."""

    reply: Reply
    author: Person | None
    team: Team | None


class Replies:
    """The use cases for replies."""

    def __init__(
        self,
        context: Context,
        entries: Entries,
        notifications: Notifications,
        related_changes: RelatedChanges | None = None,
    ) -> None:
        self._context = context
        self._store = context.store
        self._entries = entries
        self._notifications = notifications
        self._related_changes = related_changes

    @retry_on_conflict
    async def add(self, person: Person, entry_id: str, reply_id: str, kind: ReplyKind, text: str = '') -> Reply:
        """Save a reply to an entry that the person may read.

        Sending the same id again returns the saved reply. Raise Clash if the content differs. A person can thank for an
        entry only once, whatever the id.
        """
        person.require(Role.FIELD)
        entry = await self._entries.get(await self._context.reader(person), entry_id)
        id = thanks_id(entry_id, person.id) if kind is ReplyKind.THANKS else require_client_id(reply_id)
        stamp = self._context.stamp(person)
        kept = await self._store.get(Reply, id)
        if kept and not (kept.kind is kind is ReplyKind.THANKS and kept.is_withdrawn):
            return _repeat(kept, kind, text, entry, person)
        reply, event = kept.renew(entry, stamp) if kept else Reply.write(id, kind, text, entry, person, stamp)
        await self._require_below_limit(entry)
        notified = [] if kept else await self._notify(entry, reply, event)
        await self._store.save(reply, event, *notified, *await self._changed_with(entry, reply, stamp))
        return reply.as_saved()

    async def thread(self, entry: Entry, before: str | None = None, limit: int = PAGE) -> Page[Reply]:
        """Return the replies to an entry that are not withdrawn, newest first.

        The caller has checked that the reader may read the entry.
        """
        return await self._store.find(Reply, limit=limit, before=before, answers=entry.id)

    async def get(self, reply_id: str) -> Reply:
        """Return one reply. Raise NotFound if there is none.

        The caller has checked that the reader may read its entry.
        """
        reply = await self._store.get(Reply, reply_id)
        if reply is None:
            raise NotFound('There is no such answer, or it is not for you to read.')
        return reply

    async def details(self, reply: Reply) -> ReplyDetails:
        """Return a reply with its author and their team."""
        author = await self._store.get(Person, reply.author_id) if reply.author_id else None
        return ReplyDetails(reply, author, await self._context.team(reply.team_id))

    async def thanks(self, entry: Entry) -> tuple[Reply, ...]:
        """Return the thanks for an entry."""
        return (await self._store.find(Reply, limit=MOST_REPLIES, thanks=entry.id)).documents

    async def summary(self, entry: Entry) -> ThreadSummary:
        """Count the answers and thanks of an entry."""
        return await summarize_thread(self._store, entry)

    async def nameless_answer_counts(self, reader: Reader) -> dict[str, int]:
        """Count the answers of the newest entries under a team's name, by entry id."""
        return await nameless_answer_counts(self._context, reader)

    async def mine(self, person: Person, limit: int = PAGE, before: str | None = None) -> Page[Reply]:
        """Return a person's own replies, newest first."""
        return await self._store.find(Reply, limit=limit, before=before, author_id=person.id)

    @retry_on_conflict
    async def withdraw(self, person: Person, reply_id: str, reason: str = '') -> Reply:
        """Withdraw a reply, as its author or as an administrator who gives a reason.

        Withdrawing it again changes nothing.
        """
        person.require(Role.FIELD)
        reply = await self.get(reply_id)
        entry = await self._store.get(Entry, reply.entry_id)
        if entry is None or not (reply.is_by(person) or await self._may_read(person, entry)):
            raise NotFound('There is no such answer, or it is not for you to read.')
        reason = checked_text(reason, 'reason') if reason.strip() else ''
        if reply.is_withdrawn:
            return reply
        reply, event = reply.withdraw(person, reason, entry, self._context.stamp(person))
        await self._store.save(reply, event)
        return reply.as_saved()

    async def _may_read(self, person: Person, entry: Entry) -> bool:
        return await self._entries.is_readable_by(await self._context.reader(person), entry)

    async def _require_below_limit(self, entry: Entry) -> None:
        if len((await self._store.find(Reply, limit=MOST_REPLIES, entry_id=entry.id)).documents) >= MOST_REPLIES:
            raise NotAllowed('This has {count} answers, and no room for more. Log what you mean.', count=MOST_REPLIES)

    async def _notify(self, entry: Entry, reply: Reply, event: Event) -> list[Notification]:
        return await self._notifications.of_reply(entry, reply, event, await self._others_to_notify(entry, reply))

    async def _others_to_notify(self, entry: Entry, reply: Reply) -> dict[str, NotificationReason]:
        """Return who is notified without a mention: the author of the entry, and of the questions answered."""
        why = NotificationReason.THANKED if reply.kind is ReplyKind.THANKS else NotificationReason.ANSWERED
        notified = {entry.author_id: why} if entry.author_id else {}
        if reply.kind is ReplyKind.ANSWER:
            replies = (await self.thread(entry, limit=MOST_REPLIES)).documents
            asked = [question for question in replies if question.kind is ReplyKind.QUESTION][:MOST_ASKERS]
            notified |= {question.author_id: why for question in asked if question.author_id}
        return notified

    async def _changed_with(self, entry: Entry, reply: Reply, stamp: ChangeStamp) -> Sequence[Document]:
        return await self._related_changes(entry, reply, stamp) if self._related_changes else ()


def thanks_id(entry_id: str, person_id: str) -> str:
    """Return the id of a person's thanks for an entry. It is derived from both, so there can't be two."""
    return sha256(f'{entry_id}\0{person_id}'.encode()).hexdigest()[:32]


def _repeat(kept: Reply, kind: ReplyKind, text: str, entry: Entry, person: Person) -> Reply:
    sent = kept.model_copy(
        update={'kind': kind, 'text': checked_reply(kind, text), 'entry_id': entry.id, 'author_id': person.id}
    )
    if not kept.has_same_content(sent):
        raise Clash('This id has been used for another answer. Nothing was changed.')
    return kept
