"""What reaches people on their page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from app.domain.entries import Entry
from app.domain.entry_visibility import Reader, told_from
from app.domain.events import Event
from app.domain.mentions import MentionNames, find_mentions
from app.domain.notifications import Notification, NotificationReason
from app.domain.people import Person, Team
from app.domain.replies import Reply
from app.services.context import Context
from app.services.retry import retry_on_conflict

MOST_COUNTED = 99
"""Notices that are counted; beyond it is 'many'."""

PAGE = 20


@dataclass(frozen=True)
class NotificationDetails:
    """A Notice with what it is about. `by` is who it comes from, None where that is nobody that Haren knows."""

    notice: Notification
    entry: Entry
    reply: Reply | None
    by: Person | None
    team: Team | None


@dataclass(frozen=True)
class NotificationPage:
    """Some of what somebody is told, newest first, and the cursor behind which there is more (None: this was all)."""

    told: tuple[NotificationDetails, ...]
    older: str | None


class Notifications:
    """Who is told of what, and what they have seen of it."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._store = context.store

    async def calls(self, text: str) -> tuple[MentionNames, ...]:
        """Whom a text calls. Invalid where it calls too many."""
        if '@' not in text:
            return ()
        people = [person for person in await self._context.find_all(Person) if person.active]
        return find_mentions(text, people, await self._context.find_all(Team))

    async def names(self, person: Person) -> tuple[str, ...]:
        """By which names somebody can call others: those of all active colleagues, then of the teams, each in order."""
        known = await self._context.find_all(Person)
        colleagues = [other.name for other in known if other.active and other.id != person.id]
        teams = [team.name for team in await self._context.find_all(Team)]
        return *sorted(colleagues, key=str.casefold), *sorted(teams, key=str.casefold)

    async def of_entry(self, entry: Entry, event: Event, before: Entry | None = None) -> list[Notification]:
        """The Notices for those whom an entry calls, but for those whom it called `before`."""
        earlier = {(who.person_id, who.team_id) for who in await self.calls(_words(before))} if before else set()
        calls = [who for who in await self.calls(_words(entry)) if (who.person_id, who.team_id) not in earlier]
        # Who wrote it is left out where that is known: where it isn't, leaving anybody out would tell who it was.
        at = told_from(event.at, is_veiled=entry.is_veiled and event.by is None)
        return await self._notices(entry, None, at, await self._whys(calls), entry.author_id)

    async def of_reply(
        self, entry: Entry, reply: Reply, event: Event, others: Mapping[str, NotificationReason]
    ) -> list[Notification]:
        """The Notices of a reply: for those whom it calls, and `others` besides."""
        whys = await self._whys(await self.calls(reply.text))
        for person_id, why in others.items():
            known = whys.get(person_id)
            if known is None or known[0] is NotificationReason.TEAM_MENTIONED:
                whys[person_id] = why, known[1] if known else ''
        return await self._notices(entry, reply, event.at, whys, reply.author_id)

    async def page(
        self, person: Person, *, unseen: bool, before: str | None = None, limit: int = PAGE
    ) -> NotificationPage:
        """What somebody is told, newest first: what they haven't seen, or what they have."""
        where = {'unseen_by': person.id} if unseen else {'person_id': person.id, 'unseen_by': None}
        found = await self._store.find(Notification, limit=limit, before=before, **where)
        reader = await self._context.reader(person)
        told = [await self._told(notice, reader) for notice in found.documents]
        return NotificationPage(tuple(each for each in told if each), found.older)

    async def unseen(self, person: Person) -> int:
        """How much somebody hasn't seen, MOST_COUNTED at most."""
        return len((await self.page(person, unseen=True, limit=MOST_COUNTED)).told)

    @retry_on_conflict
    async def see(self, person: Person, notice_ids: Iterable[str]) -> None:
        """Take it that somebody has seen these."""
        found = [await self._store.get(Notification, id) for id in notice_ids]
        unseen = [notice.seen() for notice in found if notice and notice.unseen_by == person.id]
        if unseen:
            await self._store.save(*unseen)

    async def _told(self, notice: Notification, reader: Reader) -> NotificationDetails | None:
        """The Notice with what it is about; None where that isn't there to be read, or not yet."""
        entry = await self._store.get(Entry, notice.entry_id)
        reply = await self._store.get(Reply, notice.reply_id) if notice.reply_id else None
        now = self._context.now()
        if entry is None or entry.is_withdrawn or notice.at > now:
            return None
        if notice.reply_id and (reply is None or reply.is_withdrawn):
            return None
        if not entry.is_told_to(reader, await self._context.organisation(entry.team_id), now):
            return None
        author_id = reply.author_id if reply else entry.author_id
        by = await self._store.get(Person, author_id) if author_id else None
        return NotificationDetails(
            notice, entry, reply, by, await self._context.team(reply.team_id if reply else entry.team_id)
        )

    async def _whys(self, calls: Iterable[MentionNames]) -> dict[str, tuple[NotificationReason, str]]:
        """Why each person is told who is called, and by which name."""
        whys: dict[str, tuple[NotificationReason, str]] = {}
        for who in sorted(calls, key=lambda who: who.person_id is None):
            if who.person_id:
                whys[who.person_id] = NotificationReason.MENTIONED, who.named
            elif who.team_id:
                for member in (await self._store.find(Person, team_id=who.team_id)).documents:
                    whys.setdefault(member.id, (NotificationReason.TEAM_MENTIONED, ''))
        return whys

    async def _notices(
        self,
        entry: Entry,
        reply: Reply | None,
        at: datetime,
        whys: Mapping[str, tuple[NotificationReason, str]],
        but: str | None,
    ) -> list[Notification]:
        organisation = await self._context.organisation(entry.team_id)
        people = [await self._store.get(Person, id) for id in whys if id != but]
        readers = [await self._context.reader(person) for person in people if person and person.active]
        return [
            Notification(
                id=self._context.new_id(), person_id=reader.person.id, entry_id=entry.id,
                reply_id=reply.id if reply else None, why=whys[reader.person.id][0], at=at,
                named=whys[reader.person.id][1], unseen_by=reader.person.id,
            )
            for reader in readers
            if entry.is_open_to(reader, organisation)
        ]  # fmt: skip


def _words(entry: Entry) -> str:
    return '\n'.join((entry.text, entry.hits, entry.tried))
