"""The JSON objects that the obstacle diary shows in the browser. Times and days are ISO 8601."""

from __future__ import annotations

from typing import TypedDict


class StateLabel(TypedDict):
    """The state of an obstacle: its id, its name and its icon."""

    id: str
    word: str
    icon: str


class KindLabel(TypedDict):
    """The kind of an obstacle, with an explanation or ''."""

    label: str
    hint: str


class OrganisationCount(TypedDict):
    """The number of people of an organisation who share an obstacle. `other` is true if it is not the team's own."""

    name: str
    count: int
    other: bool


class SharingSummary(TypedDict):
    """The people who share an obstacle, in words."""

    words: str
    names: str
    organisations: list[OrganisationCount]


class ObstacleLink(TypedDict):
    """A link to another obstacle."""

    href: str
    text: str


class PatternSummary(TypedDict):
    """The obstacles that are the same."""

    words: str
    teams: str
    others: list[ObstacleLink]


class PossibilityRow(TypedDict):
    """A reply that says what could be done."""

    text: str
    by: str
    at: str


class PossibilitySummary(TypedDict):
    """The number of possibilities, in words, and the newest of them."""

    words: str
    newest: list[PossibilityRow]


class RaisedSummary(TypedDict):
    """The person or body that an obstacle was raised to, when to ask again, and the text that was sent."""

    to: str
    day: str
    words: str


class StepRow(TypedDict):
    """A step of an obstacle. `text` says how it was cleared, or is ''."""

    words: str
    by: str
    at: str
    text: str


class ActButton(TypedDict):
    """A button for something that can be done now."""

    act: str
    spent: bool
    label: str


class ObstacleRow(TypedDict):
    """A card of the diary."""

    id: str
    href: str
    revision: int
    state: StateLabel
    kind: KindLabel | None
    text: str
    hits: str
    tried: str
    at: str
    by: str
    veiled: str
    place: str
    rests: str
    mine: bool
    shared: bool
    sharing: SharingSummary
    pattern: PatternSummary | None
    possibilities: PossibilitySummary | None
    raised: RaisedSummary | None
    steps: list[StepRow]
    acts: list[ActButton]


class ViewOption(TypedDict):
    """A view of the diary, and what it says while it is empty."""

    id: str
    label: str
    empty: str


class FilterChoice(TypedDict):
    """A choice of a filter."""

    id: str
    label: str


class Filter(TypedDict):
    """A filter of the diary."""

    id: str
    label: str
    choices: list[FilterChoice]
