"""The municipality's own description."""

from __future__ import annotations

from app.domain.municipality import Municipality
from app.domain.people import Person, Role
from app.services.ground import Ground, until_current


class MunicipalityService:
    """What can be done with the municipality's description."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    async def get(self) -> Municipality:
        """The municipality as described, or nameless where nobody has yet."""
        return await self._ground.store.get(Municipality, 'municipality') or Municipality(changed_at=self._ground.now())

    @until_current
    async def change(self, admin: Person, name: str, contact_sv: str, contact_en: str) -> Municipality:
        """Describe the municipality otherwise."""
        admin.require(Role.ADMIN)
        municipality, event = (await self.get()).change(name, contact_sv, contact_en, self._ground.stamp(admin))
        await self._ground.store.save(municipality, event)
        return municipality
