"""What can be found, and how the finds are narrowed down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from app.domain.entry_content import Audience
from app.domain.local_dates import start_of_day


class SearchKind(StrEnum):
    """The kind of what is found."""

    PLACE = 'place'
    THING = 'thing'
    PERSON = 'person'
    CASE = 'case'
    OBSTACLE = 'obstacle'
    ENTRY = 'entry'


NAMED = (SearchKind.PLACE, SearchKind.THING, SearchKind.PERSON)
"""Kinds that are looked for by name. All others happened at some time."""


@dataclass(frozen=True)
class SearchFilter:
    """The filters of a search. None filters nothing; `since` and `until` are local days, both included."""

    kind: SearchKind | None = None
    team: str | None = None
    site: str | None = None
    since: date | None = None
    until: date | None = None

    @property
    def period(self) -> tuple[datetime | None, datetime | None]:
        """Return the moments between which it happened; None: no limit."""
        begin = start_of_day(self.since) if self.since else None
        return begin, start_of_day(self.until + timedelta(days=1)) if self.until and self.until < date.max else None

    def matches(self, text: SearchText) -> bool:
        """Return True if a text is not filtered out."""
        begin, end = self.period
        is_in_period = (begin is None or (text.at is not None and begin <= text.at)) and (
            end is None or (text.at is not None and text.at < end)
        )
        return (
            self.kind in (None, text.key.kind)
            and self.team in (None, text.team_id)
            and self.site in (None, text.site_id)
            and is_in_period
        )


EVERYTHING = SearchFilter()


class Key(NamedTuple):
    """The kind and id of what is found."""

    kind: SearchKind
    id: str


@dataclass(frozen=True)
class SearchText:
    """The words of one document, with what decides who finds it.

    `name` is that of a place, a thing or a person, and `at` is when something else happened. Without an `audience`, all
    staff may read it. Something under a team's name has no `author_id`. `visible_from` is the time from which others
    may know of it.
    """

    key: Key
    words: frozenset[str] = frozenset()
    name: str = ''
    at: datetime | None = None
    team_id: str | None = None
    site_id: str | None = None
    audience: Audience | None = None
    author_id: str | None = None
    visible_from: datetime | None = None
