"""Read and change the periods in which cases should be seen and done."""

from __future__ import annotations

from app.domain.errors import Invalid
from app.domain.people import Person, Role
from app.domain.periods import Periods, ProblemPeriods
from app.services.context import Context
from app.services.retry import retry_on_conflict


class ProblemPeriodsService:
    """The use cases for the periods of problems, and of problems of one kind of asset."""

    def __init__(self, context: Context) -> None:
        self._context = context

    async def get(self, problem: str, asset_kind: str | None = None) -> ProblemPeriods:
        """Return what has been set for a problem of all things, or of one kind. Raise Invalid if there is none."""
        self._require_known(problem, asset_kind)
        place = ProblemPeriods.place(problem, asset_kind)
        kept = await self._context.store.get(ProblemPeriods, place)
        return kept or ProblemPeriods(id=place, problem=problem, asset_kind=asset_kind, changed_at=self._context.now())

    async def all(self) -> tuple[ProblemPeriods, ...]:
        """Return everything that has been set."""
        return tuple([one for one in await self._context.find_all(ProblemPeriods) if one.periods is not None])

    async def of_problem(self, problem: str) -> dict[str | None, ProblemPeriods]:
        """Return what has been set for a problem, by the kind of asset, or by None for all of them."""
        return {one.asset_kind: one for one in await self.all() if one.problem == problem}

    @retry_on_conflict
    async def change(
        self, lead: Person, problem: str, asset_kind: str | None, periods: Periods | None, *, seen: int | None = None
    ) -> ProblemPeriods:
        """Set periods, or take them back with None: then the more general ones hold.

        `seen` is the revision that a form showed. Raise Clash if it is not the newest one.
        """
        lead.require(Role.LEAD)
        kept = (await self.get(problem, asset_kind)).require_revision(seen)
        changed, event = kept.change(periods, self._context.stamp(lead))
        await self._context.store.save(changed, event)
        return changed

    def _require_known(self, problem: str, asset_kind: str | None) -> None:
        catalogue = self._context.base_catalogue
        if problem not in {known.id for known in catalogue.problems}:
            raise Invalid('problem', 'Choose what is wrong.')
        if asset_kind not in {None, *(known.id for known in catalogue.asset_kinds)}:
            raise Invalid('kind', 'Choose what kind of thing it is.')
