"""What reaches somebody on their page: that they were answered, thanked or called."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from app.domain.document import Document, Moment


class NotificationReason(StrEnum):
    """Why somebody is told; where there are several reasons, the first of these counts."""

    MENTIONED = 'mentioned'
    ANSWERED = 'answered'
    THANKED = 'thanked'
    TEAM_MENTIONED = 'team_mentioned'


class Notification(Document):
    """That somebody has something to read: an entry, or a reply to one.

    `at` is from when on they are told: what stands under a team's name is told of after its minute, so that nobody
    learns at which second it came. `named` is how a text called them. `unseen_by` is whose it is until they have seen
    it.
    """

    kept_in: ClassVar[str] = 'notices'
    found_by: ClassVar[tuple[str, ...]] = ('person_id', 'unseen_by', 'entry_id')
    newest_by: ClassVar[str] = 'at'

    person_id: str
    entry_id: str
    reply_id: str | None
    why: NotificationReason
    at: Moment
    named: str = ''
    unseen_by: str | None

    @property
    def is_seen(self) -> bool:
        """Whether they have seen it."""
        return self.unseen_by is None

    def seen(self) -> Notification:
        """The same as seen: nobody else's business, so no Event."""
        return self.model_copy(update={'unseen_by': None})
