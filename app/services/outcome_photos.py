"""Photos of how it is after a case was closed."""

from __future__ import annotations

from app.domain import case_closing
from app.domain.case_acts import CaseAct, CaseActKind
from app.domain.cases import Case
from app.domain.errors import Gone, NotAllowed, NotFound
from app.domain.people import Person, Role
from app.domain.photo_names import photo_name
from app.services.case_act_recorder import CaseActReceipt
from app.services.context import Context, no_room_for_photos
from app.services.retry import retry_on_conflict


class OutcomePhotos:
    """The use case of adding a photo to the closing of a case."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._store = context.store

    async def expect(self, person: Person, act_id: str) -> CaseActReceipt:
        """Return the closing to which a photo is about to come.

        Raise NotFound, NotAllowed or Gone if none can be added, and NotNow if none can be kept.
        """
        receipt = await self._photographable(person, act_id)
        if not (self._store.state.is_writable and await self._store.photos.has_room()):
            raise no_room_for_photos()
        return receipt

    async def add(self, person: Person, act_id: str, content: bytes | bytearray) -> CaseActReceipt:
        """Add a photo, in place of an earlier one. The same photo again changes nothing."""
        await self._photographable(person, act_id)
        return await self._save(person, act_id, await self._context.photo_processor.process(content))

    @retry_on_conflict
    async def _save(self, person: Person, act_id: str, photo: bytes) -> CaseActReceipt:
        receipt = await self._photographable(person, act_id)
        if receipt.case.outcome_photo == (name := photo_name(photo)):
            return receipt
        case, event = case_closing.show_outcome(receipt.case, name, self._context.stamp(person))
        await self._context.save_with_photo(photo, case, event.of_act(act_id))
        return CaseActReceipt(case.as_saved(), receipt.act)

    async def _photographable(self, person: Person, act_id: str) -> CaseActReceipt:
        person.require(Role.FIELD)
        act = await self._store.get(CaseAct, act_id)
        case = await self._store.get(Case, act.case_id) if act else None
        if act is None or case is None or act.kind is not CaseActKind.CLOSE:
            raise NotFound('No case was closed by this.')
        if act.by != person.id:
            raise NotAllowed('Only the person who closed the case can add a photo to that.')
        if not act.is_done or case.closed_at != act.at:
            raise Gone('This case has been opened again, so the photo shows nothing any more.')
        return CaseActReceipt(case, act)
