"""Notifications: somebody was answered, thanked or mentioned, or has to know about a case."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field

from app.domain.document import Document, Moment, Text


class NotificationReason(StrEnum):
    """The reason why somebody is notified. If there are several reasons, the first of these counts."""

    MENTIONED = 'mentioned'
    ANSWERED = 'answered'
    THANKED = 'thanked'
    TEAM_MENTIONED = 'team_mentioned'
    CASE_ASSIGNED = 'case_assigned'
    CASE_DECLINED = 'case_declined'
    CASE_STILL_SO = 'case_still_so'


class Notification(Document):
    """Something for somebody to read: an entry, a reply to one, or a case and what a colleague did with it.

    `at` is the time from which they are notified. For something under a team's name that is after its minute has
    passed, so that nobody learns at which second it came. `named` is the name by which a text mentioned them.
    `unseen_by` is the person's id until they have seen it.
    """

    kept_in: ClassVar[str] = 'notices'
    found_by: ClassVar[tuple[str, ...]] = ('person_id', 'unseen_by', 'entry_id')
    newest_by: ClassVar[str] = 'at'

    person_id: str
    entry_id: str = ''
    reply_id: str | None = None
    case_id: Annotated[str | None, Field(exclude_if=lambda case_id: case_id is None)] = None
    act_id: Annotated[str | None, Field(exclude_if=lambda act_id: act_id is None)] = None
    why: NotificationReason
    at: Moment
    named: Text = ''
    unseen_by: str | None

    @property
    def is_seen(self) -> bool:
        """Return True if the person has seen it."""
        return self.unseen_by is None

    def seen(self) -> Notification:
        """Return the notification as seen. There is no Event: it is nobody else's business."""
        return self.model_copy(update={'unseen_by': None})
