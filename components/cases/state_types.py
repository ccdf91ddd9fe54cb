"""The JSON objects that case_view.js shows. Times are ISO 8601."""

from __future__ import annotations

from typing import TypedDict

from components.feed.row_types import PhotoLink, RowLink


class Choice(TypedDict):
    """Something that can be chosen in a form."""

    id: str
    label: str


class ActButton(TypedDict):
    """A button. `place` is where it stands, whatever it says; `done` has done its work; `off` can't be pressed now."""

    place: str
    verb: str
    label: str
    done: bool
    off: bool


class SaidReport(TypedDict):
    """What one resident has said. `id` is the report's mark, which opens nothing."""

    id: str
    at: str
    text: str


class TimelineRow(TypedDict):
    """A step of the timeline."""

    id: str
    at: str
    icon: str
    tone: str
    sentence: str
    text: str
    photo: PhotoLink | None
    link: RowLink | None
    undoes: str


class SimilarCase(TypedDict):
    """Another open case of the same place."""

    id: str
    href: str
    words: str


class MapPosition(TypedDict):
    """A position in WGS 84."""

    latitude: float
    longitude: float


class CaseState(TypedDict):
    """A case as this reader may see it now.

    `reports` are those with what was said, the newest first, and `answers` the ready answers of each outcome. `words`
    and `outcomePhotos` say how it ended, and `merged` is the case in which it counts.
    """

    id: str
    revision: int
    href: str
    title: str
    site: str
    tone: str
    icon: str
    problem: str
    thing: RowLink
    place: RowLink
    position: MapPosition | None
    isOpen: bool
    stateIcon: str
    sentence: str
    late: str
    words: str
    seenByResidents: str
    outcomePhotos: list[PhotoLink]
    merged: RowLink | None
    heard: str
    fine: str
    photos: list[PhotoLink]
    reports: list[SaidReport]
    similar: list[SimilarCase]
    acts: list[ActButton]
    bar: list[ActButton]
    days: list[Choice]
    outcomes: list[Choice]
    answers: dict[str, list[str]]
    timeline: list[TimelineRow]


class Choices(TypedDict):
    """What the forms of every case offer. `names` can be mentioned."""

    people: list[Choice]
    teams: list[Choice]
    obstacles: list[Choice]
    reasons: list[Choice]
    names: list[str]
