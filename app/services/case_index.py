"""Keep the open cases in memory, and a short row for each case that is over, the newest first.

The store finds the open cases fast enough. But nothing in it orders the closed ones by when they were closed, and to
filter them by what it has no index of would mean to read all of them.
"""

from __future__ import annotations

import asyncio
from bisect import bisect_left, insort
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from sys import intern
from typing import NamedTuple

from app.domain.case_states import CaseState
from app.domain.cases import Case
from app.domain.document import Document, sortable
from app.services.context import Context
from app.services.pagination import all_pages

AT_ONCE = 100
"""Cases that are read before other tasks get their turn. Reading them takes some milliseconds."""


class ClosedCase(NamedTuple):
    """The fields by which a case that is over is filtered."""

    id: str
    revision: int
    closed_at: datetime
    number: str
    asset_id: str
    site_id: str
    team_id: str | None
    assignee_id: str | None
    problem: str
    state: CaseState

    @property
    def place(self) -> str:
        """The place among all that are over: when it was closed."""
        return f'{sortable(self.closed_at)}|{self.id}'


class CaseIndex:
    """All cases. They are read from the store on first use, and then each change is followed."""

    def __init__(self, context: Context) -> None:
        self._store = context.store
        self._open: dict[str, Case] = {}
        self._closed: dict[str, ClosedCase] = {}
        self._places: list[str] = []
        self._is_read = self._is_following = False
        self._read_lock = asyncio.Lock()
        self.closed_changes = 0
        """Grows with each change of a case that is over."""

    @property
    def open(self) -> Mapping[str, Case]:
        """The open cases by their ids."""
        return self._open

    def newest_closed(self, before: str | None = None) -> Iterator[ClosedCase]:
        """Yield the cases that are over, those that ended last first, behind the place `before`."""
        end = len(self._places) if before is None else bisect_left(self._places, before)
        return (self._closed[id_at(self._places[at])] for at in range(end - 1, -1, -1))

    async def ready(self) -> None:
        """Read all cases, unless that has been done."""
        if self._is_read:
            return
        async with self._read_lock:
            if not self._is_read:
                await self._read()

    def forget(self, case_id: str) -> None:
        """Drop a case that is no longer in the store, which does not say what it erases."""
        self._open.pop(case_id, None)
        self._drop_closed(case_id)

    async def _read(self) -> None:
        if not self._is_following:
            self._store.follow(self._on_saved)
            self._is_following = True
        async for cases in all_pages(self._store, Case, AT_ONCE):
            for case in cases:
                self._put(case, case.revision)
        self._is_read = True

    def _on_saved(self, batch: Sequence[Document]) -> None:
        for document in batch:
            if isinstance(document, Case):
                self._put(document, document.revision + 1)

    def _put(self, case: Case, revision: int) -> None:
        if revision < self._revision(case.id):
            return
        self._drop_closed(case.id)
        if case.is_open:
            self._open[case.id] = case if case.revision == revision else case.as_saved()
        else:
            self._open.pop(case.id, None)
            row = _closed(case, revision)
            self._closed[case.id] = row
            insort(self._places, row.place)
            self.closed_changes += 1

    def _revision(self, case_id: str) -> int:
        known = self._open.get(case_id) or self._closed.get(case_id)
        return known.revision if known else 0

    def _drop_closed(self, case_id: str) -> None:
        if known := self._closed.pop(case_id, None):
            del self._places[bisect_left(self._places, known.place)]
            self.closed_changes += 1


def id_at(place: str) -> str:
    """Return the id of the case at this place."""
    return place.partition('|')[2]


def _closed(case: Case, revision: int) -> ClosedCase:
    """Return the row of a case. Most texts are those of other rows, too, and are kept once."""
    return ClosedCase(
        case.id, revision, case.closed_at or case.changed_at, case.number, intern(case.asset_id), intern(case.site_id),
        intern(case.team_id) if case.team_id else None, intern(case.assignee_id) if case.assignee_id else None,
        intern(case.problem), case.state,
    )  # fmt: skip
