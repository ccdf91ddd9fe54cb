"""Assign cases to people and teams, and give them back."""

from __future__ import annotations

from app.domain import case_handling
from app.domain.case_acts import ActContent
from app.domain.case_states import OPEN
from app.domain.cases import Case
from app.domain.document import ChangeStamp, Document, checked_text
from app.domain.errors import Invalid, Overtaken
from app.domain.notifications import NotificationReason
from app.domain.people import Person, Team
from app.services.case_act_recorder import Change
from app.services.case_notifications import CaseNotifications
from app.services.context import Context


class CaseAssignments:
    """Decide who takes care of a case."""

    def __init__(self, context: Context, notifications: CaseNotifications) -> None:
        self._store = context.store
        self._notifications = notifications

    async def assign(
        self, case: Case, by: Person, act_id: str, content: ActContent, stamp: ChangeStamp, *, has_seen: bool
    ) -> Change:
        """Assign a case to a person or a team. Whoever takes it for themselves unseen doesn't take it from another."""
        if (content.assigned_to is None) == (content.team_id is None):
            raise Invalid('person_id', 'Choose either a person or a team.')
        if content.team_id is not None:
            return await self._hand_over(case, content.team_id, stamp)
        to = await self._store.get(Person, content.assigned_to or '')
        if to is None or to.leaving:
            raise Invalid('person_id', 'That person no longer works here. Choose somebody else.')
        if to.id == by.id and case.assignee_id not in (None, by.id) and not has_seen:
            raise Overtaken('Somebody was faster: this person has the case already.')
        assigned, event = case_handling.assign(case, to, stamp)
        told = await self._notifications.tell(to.id, NotificationReason.CASE_ASSIGNED, case, stamp, act_id)
        return Change(assigned, event, tuple(told))

    async def decline(self, case: Case, by: Person, act_id: str, words: str, stamp: ChangeStamp) -> Change:
        """Give a case back, and tell whoever assigned it."""
        checked_text(words, 'words')
        declined, event = case_handling.decline(case, by, stamp)
        told = await self._notifications.tell(case.assigned_by, NotificationReason.CASE_DECLINED, case, stamp, act_id)
        return Change(declined, event, tuple(told))

    async def _hand_over(self, case: Case, team_id: str, stamp: ChangeStamp) -> Change:
        if await self._store.get(Team, team_id) is None:
            raise Invalid('team_id', 'That team doesn’t exist any more. Choose another one.')
        return Change(*case_handling.hand_over(case, team_id, stamp))


async def left_behind(context: Context, person_id: str) -> list[Document]:
    """Return the open cases of somebody who no longer works here as their teams', with an Event each, unsaved."""
    found = (await context.store.find(Case, assignee_id=person_id, state=OPEN)).documents
    return [part for case in found for part in case_handling.leave_behind(case, context.stamp())]
