"""Entries: what staff log about what they did, what happened, what they saw and learnt, and what stopped them."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, NamedTuple

from app.domain.document import ChangeStamp, Document, Moment, Text
from app.domain.entry_content import (
    OF_TEAMS,
    Audience,
    Content,
    EntryKind,
    EntryText,
    Photo,
    Version,
    is_plausible_time,
)
from app.domain.entry_visibility import Reader, is_for, time_until, to_the_minute, visible_from
from app.domain.errors import Gone, Invalid, NotAllowed
from app.domain.events import Event, EventKind, Showing, Topic, make_event
from app.domain.people import Person, Role

MOST_PHOTOS = 4

MOST_VERSIONS = 50
"""The number of times that an entry can be corrected."""

MOST_SENT = 20
"""The number of photos that can be sent to one entry in all, replaced ones included.

It leaves room for changes of mind.
"""

FEWEST_MEMBERS = 3
"""The fewest members of a team who have signed in, before one of them can write under the team's name.

In a team of two, the other member would know who it was.
"""


class Author(NamedTuple):
    """Somebody who asks to change an entry: a person, and the mark of the claim that they have shown (or None)."""

    person: Person
    claim: str | None = None


class Entry(EntryText, Document):
    """An entry of the log. The author's phone mints its id; `logged_at` is when the server received it.

    `phone_time` is the time that the phone sent, if that can't be right: then `happened_at` is `logged_at`.

    An obstacle may stand under the team's name. Then nothing that is stored leads to its author: `author_id` is None,
    times are rounded to the minute, and `claim` is the SHA-256 of a secret that only the author's phone has. Whoever
    shows that secret is the author.
    """

    kept_in: ClassVar[str] = 'entries'
    found_by: ClassVar[tuple[str, ...]] = ('kind', 'author_id', 'team_id', 'site_id', 'audience')
    newest_by: ClassVar[str] = 'happened_at'
    photo_fields: ClassVar[tuple[str, ...]] = ('photos.name',)

    happened_at: Moment
    author_id: str | None
    claim: str | None = None
    team_id: str | None
    logged_at: Moment
    photos: tuple[Photo, ...] = ()
    photos_sent: int = 0
    versions: tuple[Version, ...] = ()
    phone_time: Moment | None = None
    withdrawn_at: Moment | None = None
    withdrawn_by: str | None = None
    withdrawn_why: Text = ''

    @classmethod
    def log(cls, id: str, content: Content, author: Author, stamp: ChangeStamp) -> tuple[Entry, Event]:
        """Create an entry by `author`. It stands under their team's name if a claim comes with it."""
        person, claim = author
        _require_team_for(content, person, claim)
        stamp = stamp.anonymous() if claim else stamp
        said = content.happened_at and (to_the_minute(content.happened_at) if claim else content.happened_at)
        is_plausible = said is not None and is_plausible_time(said, stamp.at)
        entry = cls(
            id=id,
            **dict(content) | {'happened_at': said if is_plausible else stamp.at},
            phone_time=None if is_plausible else said,
            author_id=None if claim else person.id,
            claim=claim,
            team_id=person.team_id,
            logged_at=stamp.at,
        )
        return entry, entry.make_event(EventKind.ENTRY_LOGGED, stamp)

    @property
    def content(self) -> Content:
        """Return the current content."""
        return Content(**{name: getattr(self, name) for name in Content.model_fields})

    @property
    def is_under_team_name(self) -> bool:
        """Return True if the entry stands under the team's name."""
        return self.claim is not None

    @property
    def is_withdrawn(self) -> bool:
        """Return True if the entry has been withdrawn."""
        return self.withdrawn_at is not None

    @property
    def is_public(self) -> bool:
        """Return True if anybody may read the entry."""
        return self.audience is Audience.PUBLIC and not self.is_withdrawn

    @property
    def visible_from(self) -> datetime | None:
        """Return the time from which others are notified of the entry; None: at once."""
        return visible_from(self.logged_at, is_under_team_name=self.is_under_team_name)

    def is_by(self, author: Author) -> bool:
        """Return True if this author wrote the entry, as far as anybody can tell."""
        return self.claim == author.claim if self.is_under_team_name else self.author_id == author.person.id

    def is_readable_by(self, reader: Reader, organisation: str | None) -> bool:
        """Return True if this person may read the entry. `organisation` is that of the entry's team."""
        return is_for(reader, self.audience, self.author_id, self.team_id, organisation)

    def is_readable_now(self, reader: Reader, organisation: str | None, now: datetime) -> bool:
        """Return True if this person may read the entry now."""
        return not time_until(self.visible_from, now) and self.is_readable_by(reader, organisation)

    def has_same_content(self, content: Content, author: Author) -> bool:
        """Return True if a request with this entry's id repeats it, even if the entry has been corrected since.

        A request without a time matches any time.
        """
        first = self.versions[0].content if self.versions else self.content
        happened_at = content.happened_at and (
            to_the_minute(content.happened_at) if self.is_under_team_name else content.happened_at
        )
        if happened_at is None or happened_at == self.phone_time:
            happened_at = first.happened_at
        repeated = content.model_copy(update={'happened_at': happened_at})
        return self.is_under_team_name == bool(author.claim) and self.is_by(author) and repeated == first

    def correct(self, content: Content, author: Author, reason: str, stamp: ChangeStamp) -> tuple[Entry, Event]:
        """Correct the content.

        Raise NotAllowed if the entry is somebody else's; an administrator may do it with a reason.
        """
        self._require_changeable(author, reason)
        if self.kind is EntryKind.OBSTACLE and content.kind is not EntryKind.OBSTACLE:
            raise Invalid('kind', 'An obstacle stays one. Withdraw it, and log what you mean anew.')
        if _has_no_reader(content.audience, self.team_id):
            raise Invalid('audience', 'It belongs to no team that could read it. Choose everyone who is signed in.')
        if len(self.versions) >= MOST_VERSIONS:
            raise NotAllowed('This has been corrected {count} times. Log it anew.', count=MOST_VERSIONS)
        stamp = self._hide_author(stamp, author)
        happened_at = content.happened_at or self.happened_at
        version = Version(content=self.content, until=stamp.at, by=stamp.by, reason=reason)
        corrected = self.model_copy(
            update=dict(content)
            | {
                'happened_at': to_the_minute(happened_at) if self.is_under_team_name else happened_at,
                'versions': (*self.versions, version),
            }
        )
        return corrected, corrected.make_event(EventKind.ENTRY_CORRECTED, stamp)

    def withdraw(self, author: Author, reason: str, stamp: ChangeStamp) -> tuple[Entry, Event]:
        """Withdraw the entry. Its content is no longer shown to anybody, and stays stored until it is erased."""
        self._require_changeable(author, reason)
        stamp = self._hide_author(stamp, author)
        withdrawn = self.model_copy(
            update={'withdrawn_at': stamp.at, 'withdrawn_by': stamp.by, 'withdrawn_why': reason}
        )
        return withdrawn, withdrawn.make_event(EventKind.ENTRY_WITHDRAWN, stamp)

    def require_photographable(self, place: int, author: Author) -> None:
        """Raise Gone, NotAllowed or Invalid if this author can't put a photo at this place."""
        if self.is_withdrawn:
            raise Gone('This has been withdrawn.')
        if not self.is_by(author):
            raise NotAllowed('Only who wrote it can change it, or an administrator.')
        if not 1 <= place <= MOST_PHOTOS:
            raise Invalid('photos', 'At most {limit} photos fit.', limit=MOST_PHOTOS)
        if self.photos_sent >= MOST_SENT:
            raise NotAllowed('You have sent {count} photos. The last ones stay.', count=self.photos_sent)

    def photographed(self, place: int, name: str, author: Author, stamp: ChangeStamp) -> tuple[Entry, Event] | None:
        """Put a photo at this place. Return None if the same photo is already there."""
        self.require_photographable(place, author)
        photo = Photo(place=place, name=name)
        if photo in self.photos:
            return None
        others = (kept for kept in self.photos if kept.place != place)
        photos = tuple(sorted((*others, photo), key=lambda kept: kept.place))
        entry = self.model_copy(update={'photos': photos, 'photos_sent': self.photos_sent + 1})
        stamp = self._hide_author(stamp, author)
        return entry, entry.make_event(EventKind.ENTRY_PHOTOGRAPHED, stamp, showing=Showing.FOLDED)

    def make_event(self, kind: EventKind, stamp: ChangeStamp, **concerns: str | int | None) -> Event:
        """Return an Event about this entry."""
        return make_event(
            kind, stamp, Topic(self.kind.value), entry_id=self.id, site_id=self.site_id, team_id=self.team_id,
            **concerns,
        )  # fmt: skip

    def _require_changeable(self, author: Author, reason: str) -> None:
        if self.is_withdrawn:
            raise Gone('This has been withdrawn.')
        if self.is_by(author):
            return
        if not author.person.role.covers(Role.ADMIN):
            raise NotAllowed('Only who wrote it can change it, or an administrator.')
        if not reason:
            raise Invalid('reason', 'Say why, so that whoever wrote it can read it.')

    def _hide_author(self, stamp: ChangeStamp, author: Author) -> ChangeStamp:
        """Hide the person and the exact time if the entry stands under the team's name and this is its author."""
        return stamp.anonymous() if self.is_under_team_name and self.is_by(author) else stamp


def _require_team_for(content: Content, person: Person, claim: str | None) -> None:
    if claim and content.kind is not EntryKind.OBSTACLE:
        raise Invalid('claim', 'Only an obstacle can stand under your team’s name.')
    if claim and person.team_id is None:
        raise Invalid('claim', 'You are in no team. Ask an administrator, or log it under your own name.')
    if _has_no_reader(content.audience, person.team_id):
        raise Invalid('audience', 'You are in no team that could read it. Choose everyone who is signed in.')


def _has_no_reader(audience: Audience, team_id: str | None) -> bool:
    return team_id is None and audience in OF_TEAMS
