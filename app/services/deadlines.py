"""Tell which cases are late, in the municipality's working hours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from app.domain.cases import Case
from app.domain.catalogue import Catalogue
from app.domain.deadlines import CaseDeadlines, DueMoments, late_since
from app.domain.document import Document
from app.domain.periods import Periods, ProblemPeriods
from app.domain.sites import Asset
from app.domain.working_hours import WorkingHours, WorkingHoursSettings
from app.domain.working_time import WorkingCalendar
from app.services.context import Context
from app.services.periods import ProblemPeriodsService
from app.services.working_hours import WorkingHoursService

REMEMBERED_CASES = 20_000


class DeadlineRules:
    """The working hours and periods as they are now. They answer without the store.

    Due moments are kept by the revision of their case: a list of thousands asks for them again and again.
    """

    def __init__(
        self,
        calendar: WorkingCalendar,
        catalogue: Catalogue,
        changed: Mapping[str, Periods],
        asset_kinds: dict[str, str],
    ) -> None:
        self._calendar = calendar
        self._changed = changed
        self._asset_kinds = asset_kinds
        self._by_problem = {problem.id: problem.periods for problem in catalogue.problems}
        self._by_kind = {kind.id: kind.periods for kind in catalogue.asset_kinds}
        self._moments: dict[str, tuple[int, DueMoments]] = {}

    def of(self, case: Case, now: datetime) -> CaseDeadlines:
        """Return the deadlines of a case as they are at this moment."""
        return CaseDeadlines.at(now, case, self._moments_of(case), self._calendar)

    def late_since(self, case: Case, now: datetime) -> datetime | None:
        """Return since when a case is late, or None. This costs less than all of its deadlines."""
        return late_since(now, case, self._moments_of(case))

    def next_change(self, case: Case, now: datetime) -> datetime | None:
        """Return when a case becomes late, or late by one hour more, if nothing happens before. None if it won't."""
        return self.of(case, now).next_change(self._calendar)

    def periods(self, problem: str, asset_kind: str | None = None) -> Periods:
        """Return the periods of a problem: those of this kind of asset before those of all, set ones before usual ones.

        A problem that nobody knows any more has none.
        """
        of_kind = self._by_kind.get(asset_kind or '', {}).get(problem)
        if asset_kind:
            of_kind = self._changed.get(ProblemPeriods.place(problem, asset_kind), of_kind)
        return of_kind or self._changed.get(problem) or self._by_problem.get(problem, Periods())

    def learn(self, asset: Asset) -> None:
        """Take over what an asset is now."""
        if self._asset_kinds.get(asset.id) != asset.kind:
            self._asset_kinds[asset.id] = asset.kind
            self._moments.clear()

    def _moments_of(self, case: Case) -> DueMoments:
        revision, moments = self._moments.get(case.id, (None, None))
        if moments is None or revision != case.revision:
            if len(self._moments) >= REMEMBERED_CASES:
                self._moments.clear()
            periods = self.periods(case.problem, self._asset_kinds.get(case.asset_id))
            moments = DueMoments.of(case, periods, self._calendar)
            self._moments[case.id] = case.revision, moments
        return moments


class Settings(NamedTuple):
    """What the municipality has set, and the rules are made of."""

    hours: WorkingHours
    periods: dict[str, Periods]


class Deadlines:
    """The deadlines of cases. The rules are made anew only after the settings have changed."""

    def __init__(self, context: Context, working_hours: WorkingHoursService, periods: ProblemPeriodsService) -> None:
        self._context = context
        self._working_hours = working_hours
        self._periods = periods
        self._rules: DeadlineRules | None = None
        self._made_of: Settings | None = None
        self._changes = 0
        self._changes_seen = -1
        context.store.follow(self._follow)

    async def of(self, case: Case) -> CaseDeadlines:
        """Return the deadlines of one case as they are now."""
        return (await self.rules()).of(case, self._context.now())

    async def rules(self) -> DeadlineRules:
        """Return the rules as they are now: with them, many cases are judged at once."""
        if self._rules is not None and self._changes == self._changes_seen:
            return self._rules
        changes, settings, rules = self._changes, await self._settings(), self._rules
        if rules is None or settings != self._made_of:
            rules = await self._make(settings)
        if changes == self._changes:  # nothing was saved while they were made
            self._rules, self._made_of, self._changes_seen = rules, settings, changes
        return rules

    async def _settings(self) -> Settings:
        changed = {one.id: one.periods for one in await self._periods.all() if one.periods}
        return Settings((await self._working_hours.get()).hours, changed)

    async def _make(self, settings: Settings) -> DeadlineRules:
        calendar = await self._working_hours.calendar(settings.hours)
        kinds = {asset.id: asset.kind for asset in await self._context.find_all(Asset)}
        return DeadlineRules(calendar, self._context.base_catalogue, settings.periods, kinds)

    def _follow(self, batch: Sequence[Document]) -> None:
        """Look at the settings again after they or an asset were saved, or something was erased."""
        if not batch or any(isinstance(one, WorkingHoursSettings | ProblemPeriods | Asset) for one in batch):
            self._changes += 1
        for asset in batch:
            if isinstance(asset, Asset) and self._rules is not None:
                self._rules.learn(asset)
