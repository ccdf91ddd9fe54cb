"""The JSON objects that list.js shows. Times are ISO 8601."""

from __future__ import annotations

from typing import TypedDict


class ListRow(TypedDict):
    """A case as a row of the list. Texts are finished, except how long ago `since` was.

    `rank` orders the rows of a view; it is '' once the view no longer has the case. `whose` names who takes care of it,
    `late` says by how much it is late, and `waits` for what. They are '' where there is nothing to say.
    """

    id: str
    number: str
    href: str
    thing: str
    place: str
    problem: str
    tone: str
    icon: str
    state: str
    stateWord: str
    stateIcon: str
    since: str
    reports: str
    whose: str
    mine: bool
    promised: str
    late: str
    waits: str
    open: bool
    rank: str


class Choice(TypedDict):
    """An option of a filter. `views` are those that offer it (None: all)."""

    id: str
    label: str
    views: list[str] | None


class ListFilter(TypedDict):
    """A filter with its options, or a field for a day (None)."""

    id: str
    label: str
    choices: list[Choice] | None


class ViewTab(TypedDict):
    """A view, and what it says when it is empty."""

    id: str
    label: str
    empty: str
