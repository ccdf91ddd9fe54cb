"""What somebody wants to see of the cases: a view, and filters that a case has to match."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from app.domain.case_states import CaseState
from app.domain.cases import Case
from app.domain.composed_text import folded
from app.domain.local_dates import day_of
from app.domain.people import Person
from app.services.case_index import ClosedCase

MINE, EVERY, NONE = 'mine', 'all', 'none'
"""Teams that no id names: the reader's own with what is assigned to them, every team, and no team at all."""

ME = 'me'

LONGEST_SOUGHT = 200
"""Characters of the words that cases are searched for."""


class CaseView(StrEnum):
    """The views of the list. Each case is in one of them, and a late one in LATE, too."""

    TODO = 'todo'
    WAITING = 'waiting'
    LATE = 'late'
    CLOSED = 'closed'


@dataclass(frozen=True)
class CaseFilter:
    """A view and its filters. '' and None filter nothing, except that without a `team` the reader sees MINE.

    `since` and `until` are days: of the first report, and in the view CLOSED of the end. With `by_place` the cases of
    a place follow each other.
    """

    view: CaseView = CaseView.TODO
    team: str = ''
    person: str = ''
    site: str = ''
    asset_kind: str = ''
    problem: str = ''
    state: CaseState | None = None
    since: date | None = None
    until: date | None = None
    q: str = ''
    by_place: bool = False


Filterable = Case | ClosedCase
"""What a case is filtered by: itself while it is open, and then its short row."""


class CaseWords(NamedTuple):
    """The words by which a case is found: which of those that somebody typed are in each part of it.

    Each typed word is a bit, so that a case is compared without reading a text. `typed` are the words in small letters.
    """

    typed: tuple[str, ...]
    assets: Mapping[str, int]
    problems: Mapping[str, int]
    teams: Mapping[str | None, int]
    people: Mapping[str | None, int]

    def are_in(self, case: Filterable) -> bool:
        """Return True if each word is in one of the case's names, or in its number."""
        found = (
            self.assets.get(case.asset_id, 0)
            | self.problems.get(case.problem, 0)
            | self.teams.get(case.team_id, 0)
            | self.people.get(case.assignee_id, 0)
        )
        return all(found >> place & 1 or word in case.number for place, word in enumerate(self.typed))


def bits(typed: Collection[str], text: str) -> int:
    """Return a bit for each of the typed words that the text contains."""
    within = folded(text)
    return sum(1 << place for place, word in enumerate(typed) if word in within)


@dataclass(frozen=True)
class CaseMatcher:
    """A filter that is ready to be compared with cases: whose team is known, and what is sought.

    `assets` are the ids of the things of the kind that was chosen. None filters nothing.
    """

    chosen: CaseFilter
    person: Person
    assets: Collection[str] | None
    words: CaseWords | None

    def matches(self, case: Filterable) -> bool:
        """Return True if everything fits but the view and the days."""
        chosen = self.chosen
        return (
            self._is_of_team(case)
            and (not chosen.person or case.assignee_id == (self.person.id if chosen.person == ME else chosen.person))
            and (not chosen.site or case.site_id == chosen.site)
            and (not chosen.problem or case.problem == chosen.problem)
            and (chosen.state is None or case.state is chosen.state)
            and (self.assets is None or case.asset_id in self.assets)
            and (self.words is None or self.words.are_in(case))
        )

    def is_within(self, moment: datetime) -> bool:
        """Return True if a moment is in the chosen period."""
        since, until = self.chosen.since, self.chosen.until
        if since is None and until is None:
            return True
        day = day_of(moment)
        return (since is None or since <= day) and (until is None or day <= until)

    def _is_of_team(self, case: Filterable) -> bool:
        team = self.chosen.team or (EVERY if self.chosen.person else MINE)
        if team == EVERY or (team == MINE and self.person.team_id is None):
            return True
        if team == MINE:
            return case.team_id == self.person.team_id or case.assignee_id == self.person.id
        return case.team_id == (None if team == NONE else team)
