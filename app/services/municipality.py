"""Read and change the municipality's own description."""

from __future__ import annotations

from app.domain.leaving import Leaving
from app.domain.municipality import LegalPages, Municipality
from app.domain.people import Person, Role
from app.services.context import Context
from app.services.retry import retry_on_conflict


class MunicipalityService:
    """The use cases for the municipality's description."""

    def __init__(self, context: Context) -> None:
        self._context = context

    async def get(self) -> Municipality:
        """Return the municipality's description, without a name if nobody has described it yet."""
        return await self._context.store.get(Municipality, 'municipality') or Municipality(
            changed_at=self._context.now()
        )

    @retry_on_conflict
    async def change(
        self, admin: Person, name: str, contact_sv: str, contact_en: str, leaving: Leaving | None = None, *,
        emergency: str | None = None, pages: LegalPages | None = None, seen: int | None = None,
    ) -> Municipality:  # fmt: skip
        """Change the description. What is None stays as it is.

        `leaving` says what happens when somebody leaves, `pages` names the municipality's own pages, and `seen` is
        the revision that a form showed. Raise Clash if it is not the newest one.
        """
        admin.require(Role.ADMIN)
        municipality = (await self.get()).require_revision(seen)
        municipality, event = municipality.change(
            name, contact_sv, contact_en, municipality.emergency if emergency is None else emergency,
            leaving or municipality.leaving, municipality.legal_pages if pages is None else pages,
            self._context.stamp(admin),
        )  # fmt: skip
        await self._context.store.save(municipality, event)
        return municipality
