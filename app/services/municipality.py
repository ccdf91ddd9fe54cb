"""The municipality's own description."""

from __future__ import annotations

from app.domain.leaving import Leaving
from app.domain.municipality import Municipality
from app.domain.people import Person, Role
from app.services.context import Ground
from app.services.retry import until_current


class MunicipalityService:
    """What can be done with the municipality's description."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    async def get(self) -> Municipality:
        """The municipality as described, or nameless where nobody has yet."""
        return await self._ground.store.get(Municipality, 'municipality') or Municipality(changed_at=self._ground.now())

    @until_current
    async def change(
        self, admin: Person, name: str, contact_sv: str, contact_en: str, leaving: Leaving | None = None, *,
        seen: int | None = None,
    ) -> Municipality:  # fmt: skip
        """Describe the municipality otherwise; None leaves it as it is.

        Clash where it isn't as `seen`: the revision that a form showed.
        """
        admin.require(Role.ADMIN)
        municipality = (await self.get()).require_revision(seen)
        municipality, event = municipality.change(
            name, contact_sv, contact_en, leaving or municipality.leaving, self._ground.stamp(admin)
        )
        await self._ground.store.save(municipality, event)
        return municipality
