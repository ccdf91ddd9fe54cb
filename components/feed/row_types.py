"""The JSON objects that feed.js and cases.js show. Times are ISO 8601."""

from __future__ import annotations

from typing import TypedDict


class PhotoLink(TypedDict):
    """A photo: its address, and its text alternative."""

    src: str
    alt: str


class RowLink(TypedDict):
    """A link to another screen."""

    href: str
    label: str


class CaseNote(TypedDict):
    """A note that a resident wrote, or its beginning. `id` is that of its report's mark, which opens nothing."""

    id: str
    text: str


class CaseAction(TypedDict):
    """A button of a case. `named` is its name for screen readers.

    A `spent` one has done its work. It stays in its place, so that no other button slides under a finger.
    """

    verb: str
    label: str
    named: str
    spent: bool


class CaseRow(TypedDict):
    """A case as it is now, with what can be done about it."""

    id: str
    number: str
    thing: str
    place: str
    code: str
    problem: str
    tone: str
    icon: str
    state: str
    reports: str
    fine: str
    since: str
    open: bool
    photos: list[PhotoLink]
    notes: list[CaseNote] | None
    actions: list[CaseAction]


class CaseSummary(TypedDict):
    """The case that a row of the feed is about, as it is now.

    `earlier` tells how many steps have no row any more, or is None if they were not counted: the browser keeps what it
    has.
    """

    id: str
    number: str
    state: str
    reports: str
    earlier: str | None
    fine: str


class EntrySummary(TypedDict):
    """The entry that a row is about, as it is now.

    `said` counts the answers, `newest` quotes the newest of them, and `about` is the beginning of the entry's text.
    """

    id: str
    said: str
    newest: str
    about: str
    withdrawn: bool


class FeedRow(TypedDict):
    """A row of the feed: the newest step of a case, or another Event.

    The id is that of the case, so that its row moves when it takes another step. `happened` is set if it was not at
    about the same time as `at`, and `shows` tells how many photos there are. `href` leads to the case or entry, if any.
    """

    id: str
    at: str
    happened: str | None
    sentence: str
    text: str
    icon: str
    tone: str
    href: str
    where: str
    team: str
    tags: list[str]
    photos: list[PhotoLink]
    shows: str
    case: CaseSummary | None
    reply: str | None
    logged: bool
    entry: EntrySummary | None
    link: RowLink | None
