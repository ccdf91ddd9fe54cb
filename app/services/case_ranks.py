"""Say which views a case is in, and where among the others: each view begins with what somebody should do first."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime

from app.domain.case_states import CaseState
from app.domain.cases import Case
from app.domain.catalogue import Catalogue, Tone
from app.domain.collation import SWEDISH, sort_key
from app.domain.document import sortable
from app.domain.sites import Site
from app.services.case_filter import CaseView

_TONES = {tone: place for place, tone in enumerate(Tone)}
_REVERSED = str.maketrans('0123456789', '9876543210')

LateSince = Callable[[Case], datetime | None]
"""Tells since when a case is late, or None if it isn't."""


class CaseRanks:
    """The ranks of cases, as texts that sort like them.

    What is to do comes by urgency and then the oldest first, what waits by how long it has waited, what is late by how
    long it has been late, and what is over the newest first. Where `sites` are given, places come by name before that.
    """

    def __init__(
        self, catalogue: Catalogue, late_since: LateSince, sites: Collection[Site] = (), language: str = SWEDISH
    ) -> None:
        self._tones = {problem.id: _TONES[problem.tone] for problem in catalogue.problems}
        self._tell_late_since = late_since
        self._known_late: dict[str, datetime | None] = {}
        by_name = sorted(sites, key=lambda site: (sort_key(site.name, language), site.id))
        self._places = {site.id: f'{place:06}|' for place, site in enumerate(by_name)}

    def is_in(self, case: Case, view: CaseView) -> bool:
        """Return True if a view has this case."""
        if view is CaseView.CLOSED:
            return not case.is_open
        if view is CaseView.LATE:
            return case.is_open and self._late_since(case) is not None
        return case.is_open and (case.state is CaseState.PAUSED) is (view is CaseView.WAITING)

    def of(self, case: Case, view: CaseView) -> str:
        """Return the rank of a case that is in this view."""
        if view is CaseView.CLOSED:
            return closed_rank(case.closed_at or case.changed_at, case.id)
        place = self._places.get(case.site_id, '')
        if view is CaseView.TODO:
            return f'{place}{self._tones[case.problem]}|{sortable(case.opened_at)}|{case.id}'
        since = case.pause.since if view is CaseView.WAITING and case.pause else self._late_since(case)
        return f'{place}{sortable(since or case.opened_at)}|{case.id}'

    def _late_since(self, case: Case) -> datetime | None:
        """Return since when a case is late. Each case is asked about several times."""
        if case.id not in self._known_late:
            self._known_late[case.id] = self._tell_late_since(case)
        return self._known_late[case.id]


def closed_rank(closed_at: datetime, case_id: str) -> str:
    """Return the rank of a case that is over. It sorts before that of one that was over earlier."""
    return f'{sortable(closed_at).translate(_REVERSED)}|{case_id}'


def place_of(rank: str) -> str:
    """Return the place in the index of closed cases that has this rank."""
    moment, _, case_id = rank.partition('|')
    return f'{moment.translate(_REVERSED)}|{case_id}'
