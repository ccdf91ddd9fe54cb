"""Replies of colleagues to an entry: "Ja, och …", questions, answers and thanks."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from app.domain.bounded_pattern import BoundedPattern
from app.domain.document import LONGEST_TEXT, ChangeStamp, Document, Moment, Text, checked_text
from app.domain.entries import Entry
from app.domain.errors import Gone, Invalid, NotAllowed
from app.domain.events import Event, EventKind, Showing
from app.domain.people import Person, Role

MOST_REPLIES = 500
"""The most replies that one entry can have."""

MOST_CHANGES_OF_MIND = 20
"""The number of times that thanks can be withdrawn and given again."""

_YES_AND = BoundedPattern(r'(?i:ja|yes)(?:\s*,)?\s+(?i:och|and)\b[\s….,:]*', LONGEST_TEXT)


class ReplyKind(StrEnum):
    """The kind of a reply. The text of a `yes_and` is what follows these words."""

    YES_AND = 'yes_and'
    QUESTION = 'question'
    ANSWER = 'answer'
    THANKS = 'thanks'


EVENTS = {
    ReplyKind.YES_AND: EventKind.ENTRY_BUILT_ON,
    ReplyKind.QUESTION: EventKind.ENTRY_ASKED,
    ReplyKind.ANSWER: EventKind.ENTRY_ANSWERED,
    ReplyKind.THANKS: EventKind.ENTRY_THANKED,
}


class Reply(Document):
    """A colleague's reply to an entry. The client mints its id.

    `answers` is the entry's id for as long as the reply stands. For thanks, `thanks` is.
    """

    kept_in: ClassVar[str] = 'replies'
    found_by: ClassVar[tuple[str, ...]] = ('entry_id', 'author_id', 'answers', 'thanks')
    newest_by: ClassVar[str] = 'at'

    entry_id: str
    kind: ReplyKind
    text: Text
    author_id: str | None
    team_id: str | None
    at: Moment
    answers: str | None = None
    thanks: str | None = None
    withdrawn_at: Moment | None = None
    withdrawn_by: str | None = None
    withdrawn_why: Text = ''

    @classmethod
    def write(
        cls, id: str, kind: ReplyKind, text: str, entry: Entry, author: Person, stamp: ChangeStamp
    ) -> tuple[Reply, Event]:
        """Create a reply by `author`. Raise Gone if the entry has been withdrawn."""
        if entry.is_withdrawn:
            raise Gone('This has been withdrawn.')
        reply = cls(
            id=id, entry_id=entry.id, kind=kind, text=checked_reply(kind, text), author_id=author.id,
            team_id=author.team_id, at=stamp.at,
        )._linked()  # fmt: skip
        return reply, reply._event(EVENTS[kind], entry, stamp)

    @property
    def is_withdrawn(self) -> bool:
        """Return True if the reply has been withdrawn."""
        return self.withdrawn_at is not None

    def is_by(self, person: Person) -> bool:
        """Return True if this person wrote the reply."""
        return self.author_id == person.id

    def has_same_content(self, other: Reply) -> bool:
        """Return True if a request with this reply's id repeats it."""
        return all(getattr(self, field) == getattr(other, field) for field in ('entry_id', 'kind', 'text', 'author_id'))

    def withdraw(self, by: Person, reason: str, entry: Entry, stamp: ChangeStamp) -> tuple[Reply, Event]:
        """Withdraw the reply. Its text is no longer shown to anybody.

        Raise NotAllowed if it is somebody else's; an administrator may do it with a reason.
        """
        if not self.is_by(by):
            if not by.role.covers(Role.ADMIN):
                raise NotAllowed('Only who wrote it can change it, or an administrator.')
            if not reason:
                raise Invalid('reason', 'Say why, so that whoever wrote it can read it.')
        withdrawn = self.model_copy(
            update={
                'withdrawn_at': stamp.at,
                'withdrawn_by': stamp.by,
                'withdrawn_why': reason,
                'answers': None,
                'thanks': None,
            }
        )
        return withdrawn, withdrawn._event(EventKind.REPLY_WITHDRAWN, entry, stamp)

    def renew(self, entry: Entry, stamp: ChangeStamp) -> tuple[Reply, Event]:
        """Give thanks again that were withdrawn. Raise NotAllowed after MOST_CHANGES_OF_MIND changes."""
        if entry.is_withdrawn:
            raise Gone('This has been withdrawn.')
        if self.revision >= MOST_CHANGES_OF_MIND:
            raise NotAllowed('You have changed your mind {count} times. It stays as it is.', count=self.revision)
        renewed = self.model_copy(
            update={'withdrawn_at': None, 'withdrawn_by': None, 'withdrawn_why': '', 'at': stamp.at}
        )._linked()
        return renewed, renewed._event(EventKind.ENTRY_THANKED, entry, stamp)

    def _linked(self) -> Reply:
        field = 'thanks' if self.kind is ReplyKind.THANKS else 'answers'
        return self.model_copy(update={field: self.entry_id})

    def _event(self, kind: EventKind, entry: Entry, stamp: ChangeStamp) -> Event:
        is_folded = kind in (EventKind.ENTRY_THANKED, EventKind.REPLY_WITHDRAWN)
        return entry.make_event(kind, stamp, reply_id=self.id, showing=Showing.FOLDED if is_folded else Showing.ROW)


def checked_reply(kind: ReplyKind, text: str) -> str:
    """Return the text of a reply of this kind.

    A "Ja, och" that somebody typed is removed, as the form shows these words anyway. Raise Invalid if nothing is left,
    or if thanks come with words.
    """
    if kind is ReplyKind.THANKS:
        if text.strip():
            raise Invalid('text', 'Thanks need no words. Answer instead.')
        return ''
    text = checked_text(text)
    opening = _YES_AND.match(text) if kind is ReplyKind.YES_AND else None
    return checked_text(text[opening.end() :]) if opening else text
