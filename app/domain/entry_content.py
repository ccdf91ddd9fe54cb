"""The content of an entry: its words, who may read them, and earlier versions."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from enum import StrEnum

from app.domain.document import Moment, Text, Value


class EntryKind(StrEnum):
    """The subject of an entry."""

    ACTIVITY = 'activity'
    OCCURRENCE = 'occurrence'
    OBSERVATION = 'observation'
    LESSON = 'lesson'
    OBSTACLE = 'obstacle'


class Audience(StrEnum):
    """The people who may read an entry, besides its author and administrators.

    That is the author's team, their organisation, all staff, or everybody. The public reads it under the team's name.
    """

    TEAM = 'team'
    ORGANISATION = 'organisation'
    STAFF = 'staff'
    PUBLIC = 'public'


OF_TEAMS = (Audience.TEAM, Audience.ORGANISATION)
"""Audiences of team members. Nobody belongs to them if the entry has no team."""


EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)

CLOCKS_DIFFER = timedelta(minutes=10)
"""The most that a phone's clock may be ahead."""


def is_plausible_time(moment: datetime, now: datetime) -> bool:
    """Return True if something can have happened at this moment, by a clock that is about right."""
    return EARLIEST <= moment <= now + CLOCKS_DIFFER


class EntryText(Value):
    """The words of an entry. `roots`, `obstacle_kind` and `site_id` are ids.

    Only an obstacle has a kind, people that it `hits`, and attempts that were `tried`.
    """

    kind: EntryKind
    text: Text
    roots: tuple[str, ...] = ()
    obstacle_kind: str | None = None
    hits: Text = ''
    tried: Text = ''
    partners: tuple[Text, ...] = ()
    site_id: str | None = None
    audience: Audience = Audience.STAFF


class Content(EntryText):
    """The content that somebody sends. `happened_at` is None for "now"."""

    happened_at: Moment | None = None


class Version(Value):
    """The content of an entry until a correction, who corrected it, and why.

    `by` is None if it was the author under the team's name.
    """

    content: Content
    until: Moment
    by: str | None
    reason: Text = ''


class Photo(Value):
    """A photo of an entry. `place` is its number, from 1; `name` is its name in the photo store."""

    place: int
    name: str
