"""What staff log: what they did, what happened, what they saw and learnt, and what stopped them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar, NamedTuple

from app.domain.document import ChangeStamp, Document, Moment
from app.domain.entry_content import OF_TEAMS, Audience, Content, EntryKind, EntryText, Photo, Version
from app.domain.errors import Gone, Invalid, NotAllowed
from app.domain.events import Event, EventKind, Showing, Topic, told
from app.domain.people import Person, Role

MOST_PHOTOS = 4

MOST_VERSIONS = 50
"""How often an entry can be corrected."""

MOST_SENT = 20
"""Photos that can be sent to one entry in all, each in place of another: changes of mind, and no flood."""


A_MINUTE = timedelta(minutes=1)

FEWEST = 3
"""Members of a team who have come in, before one can write under its name: of two, the other one knows."""


class Author(NamedTuple):
    """Who asks to change an entry: a person, and the mark of the claim that they have shown (or None)."""

    person: Person
    claim: str | None = None


class Reader(NamedTuple):
    """Somebody who reads, and the organisation of their team (None: they are in no team)."""

    person: Person
    organisation: str | None


class Entry(EntryText, Document):
    """What somebody logged. Its id was minted on their phone; `logged_at` is when Haren heard of it.

    An obstacle may stand under the team's name. Then nothing that is kept leads to its author: `author_id` is None,
    times are to the minute, and `claim` is the SHA-256 of a secret that the author's phone alone has. Whoever shows
    that secret is the author.
    """

    kept_in: ClassVar[str] = 'entries'
    found_by: ClassVar[tuple[str, ...]] = ('kind', 'author_id', 'team_id', 'site_id', 'audience')
    newest_by: ClassVar[str] = 'happened_at'

    happened_at: Moment
    author_id: str | None
    claim: str | None = None
    team_id: str | None
    logged_at: Moment
    photos: tuple[Photo, ...] = ()
    photos_sent: int = 0
    versions: tuple[Version, ...] = ()
    withdrawn_at: Moment | None = None
    withdrawn_by: str | None = None
    withdrawn_why: str = ''

    @classmethod
    def log(cls, id: str, content: Content, author: Author, stamp: ChangeStamp) -> tuple[Entry, Event]:
        """What `author` logged, as it is kept; under their team's name where a claim comes with it."""
        person, claim = author
        _require_team_for(content, person, claim)
        stamp = stamp.veiled() if claim else stamp
        happened_at = content.happened_at or stamp.at
        entry = cls(
            id=id,
            **dict(content) | {'happened_at': to_the_minute(happened_at) if claim else happened_at},
            author_id=None if claim else person.id,
            claim=claim,
            team_id=person.team_id,
            logged_at=stamp.at,
        )
        return entry, entry.told(EventKind.ENTRY_LOGGED, stamp)

    @property
    def content(self) -> Content:
        """What it says now."""
        return Content(**{name: getattr(self, name) for name in Content.model_fields})

    @property
    def is_veiled(self) -> bool:
        """Whether it stands under the team's name."""
        return self.claim is not None

    @property
    def is_withdrawn(self) -> bool:
        """Whether it has been taken back."""
        return self.withdrawn_at is not None

    @property
    def is_public(self) -> bool:
        """Whether anybody may read it."""
        return self.audience is Audience.PUBLIC and not self.is_withdrawn

    @property
    def told_from(self) -> datetime:
        """From when on others are told of it."""
        return told_from(self.logged_at, is_veiled=self.is_veiled)

    def is_by(self, author: Author) -> bool:
        """Whether this is who wrote it, as far as anybody can tell."""
        return self.claim == author.claim if self.is_veiled else self.author_id == author.person.id

    def is_open_to(self, reader: Reader, organisation: str | None) -> bool:
        """Whether somebody may read it; `organisation` is that of its team."""
        return is_for(reader, self.audience, self.author_id, self.team_id, organisation)

    def is_told_to(self, reader: Reader, organisation: str | None, now: datetime) -> bool:
        """Whether somebody may read it, and already."""
        return self.told_from <= now and self.is_open_to(reader, organisation)

    def says_the_same_as(self, content: Content, author: Author) -> bool:
        """Whether a request with this entry's id is a repeat of it, also where it has been corrected since.

        A time left open matches any.
        """
        first = self.versions[0].content if self.versions else self.content
        happened_at = content.happened_at and (
            to_the_minute(content.happened_at) if self.is_veiled else content.happened_at
        )
        said = content.model_copy(update={'happened_at': happened_at or first.happened_at})
        return self.is_veiled == bool(author.claim) and self.is_by(author) and said == first

    def correct(self, content: Content, author: Author, reason: str, stamp: ChangeStamp) -> tuple[Entry, Event]:
        """What it should have said. NotAllowed where it's somebody else's, but for an administrator with a reason."""
        self._require_changeable(author, reason)
        if self.kind is EntryKind.OBSTACLE and content.kind is not EntryKind.OBSTACLE:
            raise Invalid('kind', 'An obstacle stays one. Withdraw it, and log what you mean anew.')
        if _is_for_nobody(content.audience, self.team_id):
            raise Invalid('audience', 'It belongs to no team that could read it. Choose everyone who is signed in.')
        if len(self.versions) >= MOST_VERSIONS:
            raise NotAllowed('This has been corrected {count} times. Log it anew.', count=MOST_VERSIONS)
        stamp = self._worn(stamp, author)
        happened_at = content.happened_at or self.happened_at
        version = Version(content=self.content, until=stamp.at, by=stamp.by, reason=reason)
        corrected = self.model_copy(
            update=dict(content)
            | {
                'happened_at': to_the_minute(happened_at) if self.is_veiled else happened_at,
                'versions': (*self.versions, version),
            }
        )
        return corrected, corrected.told(EventKind.ENTRY_CORRECTED, stamp)

    def withdraw(self, author: Author, reason: str, stamp: ChangeStamp) -> tuple[Entry, Event]:
        """The entry taken back: nobody is shown what it said, which is kept until it is erased."""
        self._require_changeable(author, reason)
        stamp = self._worn(stamp, author)
        withdrawn = self.model_copy(
            update={'withdrawn_at': stamp.at, 'withdrawn_by': stamp.by, 'withdrawn_why': reason}
        )
        return withdrawn, withdrawn.told(EventKind.ENTRY_WITHDRAWN, stamp)

    def require_photographable(self, place: int, author: Author) -> None:
        """Gone, NotAllowed or Invalid where this author can't put a photo at this place."""
        if self.is_withdrawn:
            raise Gone('This has been withdrawn.')
        if not self.is_by(author):
            raise NotAllowed('Only who wrote it can change it, or an administrator.')
        if not 1 <= place <= MOST_PHOTOS:
            raise Invalid('photos', 'At most {limit} photos fit.', limit=MOST_PHOTOS)
        if self.photos_sent >= MOST_SENT:
            raise NotAllowed('You have sent {count} photos. The last ones stay.', count=self.photos_sent)

    def photographed(self, place: int, name: str, author: Author, stamp: ChangeStamp) -> tuple[Entry, Event] | None:
        """The entry with a photo at this place; None where that is there already."""
        self.require_photographable(place, author)
        photo = Photo(place=place, name=name)
        if photo in self.photos:
            return None
        others = (kept for kept in self.photos if kept.place != place)
        photos = tuple(sorted((*others, photo), key=lambda kept: kept.place))
        entry = self.model_copy(update={'photos': photos, 'photos_sent': self.photos_sent + 1})
        stamp = self._worn(stamp, author)
        return entry, entry.told(EventKind.ENTRY_PHOTOGRAPHED, stamp, showing=Showing.FOLDED)

    def told(self, kind: EventKind, stamp: ChangeStamp, **concerns: str | int | None) -> Event:
        """The Event that something about this entry changed."""
        return told(
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

    def _worn(self, stamp: ChangeStamp, author: Author) -> ChangeStamp:
        """The stamp as this entry may wear it: its author under the team's name leaves no trace."""
        return stamp.veiled() if self.is_veiled and self.is_by(author) else stamp


def is_for(
    reader: Reader, audience: Audience, author_id: str | None, team_id: str | None, organisation: str | None
) -> bool:
    """Whether somebody may read what this author wrote for this audience; `team_id` and `organisation` are theirs."""
    person = reader.person
    if person.role.covers(Role.ADMIN) or (author_id is not None and author_id == person.id):
        return True
    return {
        Audience.TEAM: team_id is not None and team_id == person.team_id,
        Audience.ORGANISATION: organisation is not None and organisation == reader.organisation,
    }.get(audience, True)


def told_from(moment: datetime, *, is_veiled: bool) -> datetime:
    """From when on others are told of what was done at this moment.

    Of what was done under a team's name nobody learns at which second that was.
    """
    return to_the_minute(moment) + A_MINUTE if is_veiled else moment


def to_the_minute(moment: datetime) -> datetime:
    """The minute in which a moment lies."""
    return moment.replace(second=0, microsecond=0)


def _require_team_for(content: Content, person: Person, claim: str | None) -> None:
    if claim and content.kind is not EntryKind.OBSTACLE:
        raise Invalid('claim', 'Only an obstacle can stand under your team’s name.')
    if claim and person.team_id is None:
        raise Invalid('claim', 'You are in no team. Ask an administrator, or log it under your own name.')
    if _is_for_nobody(content.audience, person.team_id):
        raise Invalid('audience', 'You are in no team that could read it. Choose everyone who is signed in.')


def _is_for_nobody(audience: Audience, team_id: str | None) -> bool:
    return team_id is None and audience in OF_TEAMS
