"""Decide who may read an entry, and from when on others are notified of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from app.domain.entry_content import Audience
from app.domain.people import Person, Role

A_MINUTE = timedelta(minutes=1)


class Reader(NamedTuple):
    """Somebody who reads, and the organisation of their team (None if they are in no team)."""

    person: Person
    organisation: str | None


def is_for(
    reader: Reader, audience: Audience, author_id: str | None, team_id: str | None, organisation: str | None
) -> bool:
    """Return True if this reader may read what this author wrote for this audience.

    `team_id` and `organisation` are the author's.
    """
    person = reader.person
    if person.role.covers(Role.ADMIN) or (author_id is not None and author_id == person.id):
        return True
    return {
        Audience.TEAM: team_id is not None and team_id == person.team_id,
        Audience.ORGANISATION: organisation is not None and organisation == reader.organisation,
    }.get(audience, True)


def visible_from(moment: datetime, *, is_under_team_name: bool) -> datetime | None:
    """Return the time from which others are notified of something done at this moment; None: at once.

    If it was done under a team's name, they must not learn at which second it was.
    """
    return to_the_minute(moment) + A_MINUTE if is_under_team_name else None


def time_until(visible_from: datetime | None, now: datetime) -> timedelta:
    """Return how long something is still hidden: a minute at most.

    A longer time means that the clock was set back since, which must hide nothing.
    """
    wait = visible_from - now if visible_from else timedelta()
    return wait if timedelta() < wait <= A_MINUTE else timedelta()


def to_the_minute(moment: datetime) -> datetime:
    """Round a moment down to the minute."""
    return moment.replace(second=0, microsecond=0)
