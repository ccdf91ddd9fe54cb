"""What somebody says in the log: the words, who may read them, and what they were before they were put right."""

from __future__ import annotations

from enum import StrEnum

from app.domain.document import Moment, Value


class EntryKind(StrEnum):
    """What an entry is about."""

    ACTIVITY = 'activity'
    OCCURRENCE = 'occurrence'
    OBSERVATION = 'observation'
    LESSON = 'lesson'
    OBSTACLE = 'obstacle'


class Audience(StrEnum):
    """Who may read an entry, besides its author and administrators: the author's team, their organisation, all staff,
    or everybody. Everybody reads it under the team's name.
    """

    TEAM = 'team'
    ORGANISATION = 'organisation'
    STAFF = 'staff'
    PUBLIC = 'public'


OF_TEAMS = (Audience.TEAM, Audience.ORGANISATION)
"""Who reads as one of a team: nobody, where an entry belongs to none."""


class EntryText(Value):
    """What somebody has to say. `roots`, `obstacle_kind` and `site_id` are ids.

    Of an obstacle alone: its kind, who it `hits`, and what was `tried`.
    """

    kind: EntryKind
    text: str
    roots: tuple[str, ...] = ()
    obstacle_kind: str | None = None
    hits: str = ''
    tried: str = ''
    partners: tuple[str, ...] = ()
    site_id: str | None = None
    audience: Audience = Audience.STAFF


class Content(EntryText):
    """What somebody sends. `happened_at` is when it was; None stands for now."""

    happened_at: Moment | None = None


class Version(Value):
    """What an entry said until it was corrected: by whom (None: whoever wrote it under the team's name), and why."""

    content: Content
    until: Moment
    by: str | None
    reason: str = ''


class Photo(Value):
    """A photo of an entry. `place` is its number, from 1; `name` is what it's kept under."""

    place: int
    name: str
