"""What staff log: what they did, what happened, what they saw and learnt, and what stopped them."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from app.domain.document import Document, Moment, Stamp, Value
from app.domain.events import Event, EventKind, Topic, told
from app.domain.people import Person


class EntryKind(StrEnum):
    """What an entry is about."""

    ACTIVITY = 'activity'
    OCCURRENCE = 'occurrence'
    OBSERVATION = 'observation'
    LESSON = 'lesson'
    OBSTACLE = 'obstacle'


class Content(Value):
    """What somebody has to say. `roots`, `obstacle_kind` (for obstacles alone) and `site_id` are ids.

    `happened_at` is when it was; None stands for now.
    """

    kind: EntryKind
    text: str
    roots: tuple[str, ...] = ()
    obstacle_kind: str | None = None
    partners: tuple[str, ...] = ()
    site_id: str | None = None
    happened_at: Moment | None = None


class Entry(Document):
    """What somebody logged. Its id was minted on their phone; `logged_at` is when Haren heard of it."""

    kept_in: ClassVar[str] = 'entries'
    found_by: ClassVar[tuple[str, ...]] = ('kind', 'author_id', 'team_id', 'site_id')
    newest_by: ClassVar[str] = 'happened_at'

    kind: EntryKind
    text: str
    roots: tuple[str, ...] = ()
    obstacle_kind: str | None = None
    partners: tuple[str, ...] = ()
    site_id: str | None = None
    happened_at: Moment
    author_id: str
    team_id: str | None
    logged_at: Moment

    @classmethod
    def log(cls, id: str, content: Content, author: Person, stamp: Stamp) -> tuple[Entry, Event]:
        """What `author` logged, as it is kept."""
        happened_at = content.happened_at or stamp.at
        entry = cls(
            id=id,
            **dict(content) | {'happened_at': happened_at},
            author_id=author.id,
            team_id=author.team_id,
            logged_at=stamp.at,
        )
        return entry, told(
            EventKind.ENTRY_LOGGED,
            stamp,
            Topic(entry.kind.value),
            entry_id=id,
            site_id=entry.site_id,
            team_id=author.team_id,
        )

    def says_the_same_as(self, content: Content, author: Person) -> bool:
        """Whether a request with this entry's id is a repeat of it. A time left open matches any."""
        return self.author_id == author.id and all(
            getattr(self, name) == value for name, value in content if value is not None or name != 'happened_at'
        )
