"""The log: what staff write down."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from app.domain.document import LONGEST_NAME, checked_text, readable
from app.domain.entries import FEWEST, Author, Entry
from app.domain.entry_content import Audience, Content, EntryKind
from app.domain.entry_visibility import Reader
from app.domain.errors import Clash, Invalid, NotFound, NotNow
from app.domain.people import Person, Role, Team
from app.domain.personal_numbers import mask_numbers
from app.domain.photo_names import photo_name
from app.domain.sites import Site
from app.services.context import Context, require_client_id
from app.services.notifications import Notifications
from app.services.people import fingerprint
from app.services.retry import retry_on_conflict
from app.store.protocol import Page

MOST_PARTNERS = 12

LOOKED_BACK_ON = 2_000
"""Entries in which partners are looked for."""

AT_A_TIME = 200
"""Entries of these that are looked at before others have their turn."""

SAID_PUBLICLY = 3
MAY_BE_WITHDRAWN = 20
"""Public entries that are looked past, as their authors have taken them back."""

EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)

CLOCKS_DIFFER = timedelta(minutes=10)
"""How far ahead a phone's clock may be."""

CLAIM = re.compile(r'[0-9A-Za-z_-]{22,64}')
"""What an author may keep as the only proof that they wrote something: 128 random bits or more."""


class EntryInput(NamedTuple):
    """What anybody may read, and the team under whose name."""

    entry: Entry
    team: Team | None


class Entries:
    """What can be done with entries.

    `claim` is what the phone of somebody who wrote under their team's name has kept, or '': Haren keeps its SHA-256.
    """

    def __init__(self, context: Context, notices: Notifications) -> None:
        self._context = context
        self._store = context.store
        self._notices = notices

    @retry_on_conflict
    async def log(self, person: Person, entry_id: str, content: Content, claim: str = '') -> Entry:
        """Keep what somebody logged, under their team's name where a claim comes with it.

        A repeat of the same id answers the same, another content is a Clash.
        """
        person.require(Role.FIELD)
        require_client_id(entry_id)
        author = author_of(person, claim)
        content = await self._checked(content)
        if kept := await self._store.get(Entry, entry_id):
            if not kept.says_the_same_as(content, author):
                raise Clash('This id has been used for another entry. Nothing was changed.')
            return kept
        entry, event = Entry.log(entry_id, content, author, self._context.stamp(person))
        if entry.is_veiled:
            await self._require_crowd(person)
        await self._store.save(entry, event, *await self._notices.of_entry(entry, event))
        return entry.once_kept()

    async def get(self, reader: Reader, entry_id: str, claim: str = '') -> Entry:
        """One entry; NotFound where there is none that this reader may read, or may read already."""
        entry, author = await self._store.get(Entry, entry_id), author_of(reader.person, claim)
        if entry is None or not (entry.is_by(author) or await self.is_told_to(reader, entry)):
            raise NotFound('There is no such entry, or it is not for you to read.')
        return entry

    async def is_open_to(self, reader: Reader, entry: Entry) -> bool:
        """Whether somebody may read an entry."""
        return entry.is_open_to(reader, await self._context.organisation(entry.team_id))

    async def is_told_to(self, reader: Reader, entry: Entry) -> bool:
        """Whether somebody may read an entry, and already: one under a team's name is told once its minute is over."""
        return entry.is_told_to(reader, await self._context.organisation(entry.team_id), self._context.now())

    async def mine(self, person: Person, limit: int = 30, before: str | None = None) -> Page[Entry]:
        """What somebody logged under their own name, newest first."""
        return await self._store.find(Entry, limit=limit, before=before, author_id=person.id)

    @retry_on_conflict
    async def correct(
        self, person: Person, entry_id: str, content: Content, *, seen: int | None = None, reason: str = '',
        claim: str = '',
    ) -> Entry:  # fmt: skip
        """What an entry should have said; what it said stays in its history.

        Its author may, and an administrator who gives a reason. Clash where it isn't as `seen`. Saying what it says
        already changes nothing.
        """
        entry = await self.get(await self._context.reader(person), entry_id, claim)
        content = await self._checked(content, entry)
        if entry.content == content.model_copy(update={'happened_at': content.happened_at or entry.happened_at}):
            return entry
        author, stamp = author_of(person, claim), self._context.stamp(person)
        corrected, event = entry.require_revision(seen).correct(content, author, _checked_reason(reason), stamp)
        await self._store.save(corrected, event, *await self._notices.of_entry(corrected, event, before=entry))
        return corrected.once_kept()

    @retry_on_conflict
    async def withdraw(self, person: Person, entry_id: str, reason: str = '', claim: str = '') -> Entry:
        """Take an entry back, as its author or as an administrator with a reason. Again changes nothing."""
        entry, reason = await self.get(await self._context.reader(person), entry_id, claim), _checked_reason(reason)
        if entry.is_withdrawn:
            return entry
        entry, event = entry.withdraw(author_of(person, claim), reason, self._context.stamp(person))
        await self._store.save(entry, event)
        return entry.once_kept()

    async def expect_photo(self, person: Person, entry_id: str, place: int, claim: str = '') -> None:
        """Refuse a photo before a byte of it is read, where it could not be kept: NotFound, NotNow, or as the entry."""
        entry = await self.get(await self._context.reader(person), entry_id, claim)
        entry.require_photographable(place, author_of(person, claim))
        if not (self._store.state.is_writable and await self._store.photos.has_room()):
            raise photo_later()

    async def add_photo(
        self, person: Person, entry_id: str, place: int, content: bytes | bytearray, claim: str = ''
    ) -> Entry:
        """A photo of one's own entry at a place from 1, instead of an earlier one there. Again changes nothing."""
        return await self._attach(person, entry_id, place, await self._context.photo_processor.develop(content), claim)

    @retry_on_conflict
    async def _attach(self, person: Person, entry_id: str, place: int, photo: bytes, claim: str) -> Entry:
        entry = await self.get(await self._context.reader(person), entry_id, claim)
        author, stamp = author_of(person, claim), self._context.stamp(person)
        changed = entry.photographed(place, photo_name(photo), author, stamp)
        if changed is None:
            return entry
        await self._context.save_with_photo(photo, *changed)
        return changed[0].once_kept()

    async def said_publicly(self, site_id: str | None = None, limit: int = SAID_PUBLICLY) -> tuple[EntryInput, ...]:
        """The newest entries that are for everybody: of one site, or of all."""
        where = {'site_id': site_id} if site_id else {}
        found = await self._store.find(Entry, limit=limit + MAY_BE_WITHDRAWN, audience=Audience.PUBLIC, **where)
        now = self._context.now()
        shown = [entry for entry in found.documents if entry.is_public and entry.told_from <= now]
        return tuple([EntryInput(entry, await self._context.team(entry.team_id)) for entry in shown[:limit]])

    async def partners(self, reader: Reader, limit: int = 50) -> tuple[str, ...]:
        """The partners that have been named in entries which this reader may read, most often first.

        What holds a personal identity number is offered to nobody.
        """
        newest = (await self._store.find(Entry, limit=LOOKED_BACK_ON)).documents
        named: Counter[str] = Counter()
        for number, entry in enumerate(newest, 1):
            if not entry.is_withdrawn and await self.is_told_to(reader, entry):
                named.update(partner for partner in entry.partners if mask_numbers(partner) == partner)
            if number % AT_A_TIME == 0:
                await asyncio.sleep(0)
        return tuple(name for name, _ in named.most_common(limit))

    async def _require_crowd(self, person: Person) -> None:
        if await self._context.active_members(person.team_id, person) < FEWEST:
            raise Invalid(
                'claim',
                'Fewer than {count} of your team have signed in: its name hides nobody. Log it under your own name.',
                count=FEWEST,
            )

    async def _checked(self, content: Content, now: Entry | None = None) -> Content:
        """The content as it can be kept. What a correction leaves as it was is not asked for again."""
        roots = tuple(dict.fromkeys(content.roots))
        _require_known(roots, {root.id for root in self._context.lists.roots} | {*(now.roots if now else ())}, 'roots')
        self._require_obstacle(content)
        if content.site_id is not None and await self._store.get(Site, content.site_id) is None:
            raise Invalid('site_id', 'There is no such place.')
        self._require_plausible_time(content)
        return content.model_copy(
            update={
                'text': checked_text(content.text),
                'hits': checked_text(content.hits, 'hits') if content.hits.strip() else '',
                'tried': checked_text(content.tried, 'tried') if content.tried.strip() else '',
                'roots': roots,
                'partners': _checked_partners(content.partners),
            }
        )

    def _require_plausible_time(self, content: Content) -> None:
        if content.happened_at is None:
            return
        if content.happened_at > self._context.now() + CLOCKS_DIFFER:
            raise Invalid('happened_at', 'That is in the future. Log it once it has happened.')
        if content.happened_at < EARLIEST:
            raise Invalid('happened_at', 'That is too long ago. Choose a later day.')

    def _require_obstacle(self, content: Content) -> None:
        if content.kind is EntryKind.OBSTACLE:
            chosen = (content.obstacle_kind,) if content.obstacle_kind is not None else ()
            _require_known(chosen, {kind.id for kind in self._context.lists.obstacle_kinds}, 'obstacle_kind')
            return
        for field in ('obstacle_kind', 'hits', 'tried'):
            if getattr(content, field):
                raise Invalid(field, 'Only an obstacle has this. Choose obstacle, or leave it out.')


def photo_later() -> NotNow:
    """The refusal of an entry's photo that may go well later."""
    return NotNow('The photo can not be kept right now. What you wrote is: the photo follows by itself.')


def author_of(person: Person, claim: str = '') -> Author:
    """Somebody with the mark of the claim that they show; Invalid where it can't be one."""
    if claim and not CLAIM.fullmatch(claim):
        raise Invalid('claim', 'The claim must be 22 to 64 letters, digits, hyphens or underscores.')
    return Author(person, fingerprint(claim) if claim else None)


def _checked_reason(reason: str) -> str:
    return checked_text(reason, 'reason') if reason.strip() else ''


def _require_known(chosen: tuple[str, ...], known: set[str], field: str) -> None:
    if unknown := set(chosen) - known:
        raise Invalid(field, 'There is no such choice: {choice}.', choice=ascii(sorted(unknown)[0]))


def _checked_partners(partners: tuple[str, ...]) -> tuple[str, ...]:
    named = tuple(
        dict.fromkeys(' '.join(readable(partner, 'partners').split()) for partner in partners if partner.strip())
    )
    if len(named) > MOST_PARTNERS:
        raise Invalid('partners', 'Name at most {limit} partners.', limit=MOST_PARTNERS)
    if any(len(partner) > LONGEST_NAME for partner in named):
        raise Invalid('partners', 'A partner’s name has at most {limit} characters.', limit=LONGEST_NAME)
    return named
