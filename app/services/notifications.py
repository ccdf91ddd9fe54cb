"""Create the notifications of people, list them and mark them as seen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import NamedTuple

from app.domain.case_acts import CaseAct
from app.domain.cases import Case
from app.domain.catalogue import Problem
from app.domain.collation import sort_key
from app.domain.entries import Entry
from app.domain.entry_visibility import Reader, time_until, visible_from
from app.domain.events import Event
from app.domain.mentions import MentionNames, find_mentions
from app.domain.notifications import Notification, NotificationReason
from app.domain.people import Person, Team
from app.domain.replies import Reply
from app.domain.sites import Asset
from app.services.context import Context
from app.services.retry import retry_on_conflict

MOST_COUNTED = 99
"""Notifications that are counted. More of them are shown as 'many'."""

PAGE = 20


@dataclass(frozen=True)
class NotificationDetails:
    """A notification with what it is about.

    `by` is the author of that, or None if Haren does not know who it is.
    """

    notice: Notification
    entry: Entry
    reply: Reply | None
    by: Person | None
    team: Team | None


@dataclass(frozen=True)
class CaseNotificationDetails:
    """A notification about a case, with the thing that it is about.

    `by` is the colleague who did something, or None if nobody did or they have left. `text` is what they wrote, or ''.
    """

    notice: Notification
    case: Case
    asset: Asset | None
    problem: Problem
    by: Person | None
    text: str


@dataclass(frozen=True)
class NotificationPage:
    """Notifications, newest first, and the cursor of the next page (None: there is none)."""

    notifications: tuple[NotificationDetails | CaseNotificationDetails, ...]
    older: str | None


class Cause(NamedTuple):
    """The reason for a notification, and the name by which a text mentions the recipient ('': by none)."""

    reason: NotificationReason
    named: str = ''


class Notifications:
    """The use cases for notifications."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._store = context.store

    async def mentions_in(self, text: str) -> tuple[MentionNames, ...]:
        """Return the people and teams that a text mentions. Raise Invalid if these are too many."""
        if '@' not in text:
            return ()
        people = [person for person in await self._context.find_all(Person) if person.active]
        return find_mentions(text, people, await self._context.find_all(Team))

    async def mentionable_names(self, person: Person) -> tuple[str, ...]:
        """Return the names that a person can mention: active colleagues first, then teams.

        Both are in the order of the person's language.
        """
        known = await self._context.find_all(Person)
        colleagues = [other.name for other in known if other.active and other.id != person.id]
        teams = [team.name for team in await self._context.find_all(Team)]
        order = partial(sort_key, language=person.language)
        return *sorted(colleagues, key=order), *sorted(teams, key=order)

    async def of_entry(self, entry: Entry, event: Event, before: Entry | None = None) -> list[Notification]:
        """Return the notifications for those whom an entry mentions, without those whom it mentioned `before`."""
        earlier = {_mentioned(mention) for mention in await self.mentions_in(_text_of(before))} if before else set()
        mentions = [
            mention for mention in await self.mentions_in(_text_of(entry)) if _mentioned(mention) not in earlier
        ]
        at = visible_from(event.at, is_under_team_name=entry.is_under_team_name and event.by is None) or event.at
        # A known author is left out. Leaving an unknown one out would reveal who wrote the entry.
        return await self._create(entry, None, at, await self.recipients(mentions), entry.author_id)

    async def of_reply(
        self, entry: Entry, reply: Reply, event: Event, others: Mapping[str, NotificationReason]
    ) -> list[Notification]:
        """Return the notifications for those whom a reply mentions, and for `others` (reasons by person id)."""
        recipients = await self.recipients(await self.mentions_in(reply.text))
        for person_id, reason in others.items():
            known = recipients.get(person_id)
            if known is None or known.reason is NotificationReason.TEAM_MENTIONED:
                recipients[person_id] = Cause(reason, known.named if known else '')
        return await self._create(entry, reply, event.at, recipients, reply.author_id)

    async def page(
        self, person: Person, *, unseen: bool, before: str | None = None, limit: int = PAGE
    ) -> NotificationPage:
        """Return a person's notifications, newest first: the unseen ones, or the seen ones."""
        where = {'unseen_by': person.id} if unseen else {'person_id': person.id, 'unseen_by': None}
        found = await self._store.find(Notification, limit=limit, before=before, **where)
        reader = await self._context.reader(person)
        details = [
            await (self._case_details(notice) if notice.case_id else self._details(notice, reader))
            for notice in found.documents
        ]
        return NotificationPage(tuple(each for each in details if each), found.older)

    async def unseen(self, person: Person) -> int:
        """Return how many notifications a person has not seen, MOST_COUNTED at most."""
        return len((await self.page(person, unseen=True, limit=MOST_COUNTED)).notifications)

    @retry_on_conflict
    async def see(self, person: Person, notice_ids: Iterable[str]) -> None:
        """Mark notifications as seen. Those of other people stay as they are."""
        found = [await self._store.get(Notification, id) for id in notice_ids]
        unseen = [notice.seen() for notice in found if notice and notice.unseen_by == person.id]
        if unseen:
            await self._store.save(*unseen)

    async def _details(self, notice: Notification, reader: Reader) -> NotificationDetails | None:
        """Return a notification with what it is about, or None if the reader may not read that, or not yet."""
        entry = await self._context.readable_entry(reader, notice.entry_id)
        if entry is not None and entry.is_under_team_name and time_until(notice.at, self._context.now()):
            return None
        reply = await self._store.get(Reply, notice.reply_id) if notice.reply_id else None
        if entry is None or (notice.reply_id and (reply is None or reply.is_withdrawn)):
            return None
        written = reply or entry
        by = await self._store.get(Person, written.author_id) if written.author_id else None
        return NotificationDetails(notice, entry, reply, by, await self._context.team(written.team_id))

    async def _case_details(self, notice: Notification) -> CaseNotificationDetails | None:
        """Return a notification with the case that it is about, or None if what was done has been undone."""
        case = await self._store.get(Case, notice.case_id or '')
        act = await self._store.get(CaseAct, notice.act_id) if notice.act_id else None
        if case is None or (act and act.undone_at):
            return None
        return CaseNotificationDetails(
            notice, case, await self._store.get(Asset, case.asset_id),
            self._context.base_catalogue.problem(case.problem),
            await self._store.get(Person, act.by) if act and act.by else None, act.content.words if act else '',
        )  # fmt: skip

    async def recipients(self, mentions: Iterable[MentionNames]) -> dict[str, Cause]:
        """Return why each mentioned person is notified, by person id. A mention by name outranks one of their team."""
        recipients: dict[str, Cause] = {}
        for mention in sorted(mentions, key=lambda mention: mention.person_id is None):
            if mention.person_id:
                recipients[mention.person_id] = Cause(NotificationReason.MENTIONED, mention.named)
            elif mention.team_id:
                for member in (await self._store.find(Person, team_id=mention.team_id)).documents:
                    recipients.setdefault(member.id, Cause(NotificationReason.TEAM_MENTIONED))
        return recipients

    async def _create(
        self, entry: Entry, reply: Reply | None, at: datetime, recipients: Mapping[str, Cause], author_id: str | None
    ) -> list[Notification]:
        """Return a notification for each active recipient who may read the entry, except the author."""
        organisation = await self._context.organisation(entry.team_id)
        people = [await self._store.get(Person, id) for id in recipients if id != author_id]
        readers = [await self._context.reader(person) for person in people if person and person.active]
        return [
            Notification(
                id=self._context.new_id(), person_id=reader.person.id, entry_id=entry.id,
                reply_id=reply.id if reply else None, why=recipients[reader.person.id].reason, at=at,
                named=recipients[reader.person.id].named, unseen_by=reader.person.id,
            )
            for reader in readers
            if entry.is_readable_by(reader, organisation)
        ]  # fmt: skip


def _mentioned(mention: MentionNames) -> tuple[str | None, str | None]:
    return mention.person_id, mention.team_id


def _text_of(entry: Entry) -> str:
    return '\n'.join((entry.text, entry.hits, entry.tried))
