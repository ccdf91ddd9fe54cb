"""Notify people about cases: of an assignment, of one declined, of a mention, and of what was not fixed."""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.cases import Case
from app.domain.document import ChangeStamp
from app.domain.notifications import Notification, NotificationReason
from app.domain.people import Person
from app.services.context import Context
from app.services.notifications import Cause, Notifications


class CaseNotifications:
    """Create the notifications about cases. They are saved with what they are about."""

    def __init__(self, context: Context, notifications: Notifications) -> None:
        self._context = context
        self._store = context.store
        self._notifications = notifications

    async def tell(
        self, person_id: str | None, why: NotificationReason, case: Case, stamp: ChangeStamp, act_id: str | None = None
    ) -> list[Notification]:
        """Return the notification of one person, or none if they did it themselves or have left."""
        return await self._create({person_id: Cause(why)} if person_id else {}, case, stamp, act_id)

    async def of_note(self, text: str, case: Case, stamp: ChangeStamp, act_id: str) -> list[Notification]:
        """Return the notifications for those whom a note about a case mentions."""
        mentions = await self._notifications.mentions_in(text)
        return await self._create(await self._notifications.recipients(mentions), case, stamp, act_id)

    async def _create(
        self, recipients: Mapping[str, Cause], case: Case, stamp: ChangeStamp, act_id: str | None
    ) -> list[Notification]:
        people = [await self._store.get(Person, id) for id in recipients if id != stamp.by]
        return [
            Notification(
                id=self._context.new_id(), person_id=person.id, case_id=case.id, act_id=act_id,
                why=recipients[person.id].reason, named=recipients[person.id].named, at=stamp.at, unseen_by=person.id,
            )
            for person in people
            if person and person.active
        ]  # fmt: skip
