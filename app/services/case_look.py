"""Look at all cases with one filter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import islice

from app.domain.cases import Case
from app.services.case_filter import CaseFilter, CaseMatcher, CaseView
from app.services.case_index import CaseIndex, ClosedCase
from app.services.case_ranks import CaseRanks, closed_rank, place_of

OPEN_VIEWS = (CaseView.TODO, CaseView.WAITING, CaseView.LATE)

LookKey = tuple[CaseFilter, str, str | None, str]


class CaseLook:
    """One look at the index with one filter."""

    def __init__(self, index: CaseIndex, matcher: CaseMatcher, ranks: CaseRanks) -> None:
        self._index, self._matcher, self._ranks = index, matcher, ranks

    @cached_property
    def _open(self) -> list[Case]:
        return [case for case in self._index.open.values() if self._matches(case)]

    def ranked(self, before: str | None) -> Iterable[tuple[str, str]]:
        """Return the ranks and ids of the cases of the view behind a cursor, in order."""
        view = self._matcher.chosen.view
        if view is CaseView.CLOSED:
            closed = self._closed(place_of(before) if before else None)
            return ((closed_rank(row.closed_at, row.id), row.id) for row in closed)
        ranked = ((self._ranks.of(case, view), case.id) for case in self._open if self._ranks.is_in(case, view))
        return sorted(one for one in ranked if before is None or one[0] > before)

    def rank(self, case: Case) -> str:
        """Return the rank of a case in the view, or '' if it is not in it."""
        view = self._matcher.chosen.view
        is_shown = self._ranks.is_in(case, view) and self._matches(case)
        return self._ranks.of(case, view) if is_shown else ''

    @property
    def key(self) -> LookKey:
        """What two looks have in common that see the same."""
        person = self._matcher.person
        return self._matcher.chosen, person.id, person.team_id, person.language

    def count_open(self) -> dict[CaseView, int]:
        """Return how many matching cases there are in each view of open ones."""
        return {view: sum(self._ranks.is_in(case, view) for case in self._open) for view in OPEN_VIEWS}

    def count_closed(self, most: int) -> int:
        """Return how many matching cases are over, at most so many."""
        return sum(1 for _ in islice(self._closed(), most))

    def _closed(self, before: str | None = None) -> Iterator[ClosedCase]:
        matches, is_within = self._matcher.matches, self._matcher.is_within
        return (row for row in self._index.newest_closed(before) if matches(row) and is_within(row.closed_at))

    def _matches(self, case: Case) -> bool:
        moment = case.opened_at if case.is_open else case.closed_at or case.changed_at
        return self._matcher.matches(case) and self._matcher.is_within(moment)
