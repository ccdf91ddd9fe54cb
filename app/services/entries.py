"""Log entries, correct and withdraw them, and add photos to them."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import NamedTuple

from app.domain.bounded_pattern import BoundedPattern
from app.domain.entries import FEWEST_MEMBERS, Author, Entry
from app.domain.entry_content import Audience, Content
from app.domain.entry_visibility import Reader, time_until
from app.domain.errors import Clash, Invalid, NotFound, NotNow
from app.domain.people import Person, Role, Team
from app.domain.personal_numbers import mask_numbers
from app.domain.photo_names import photo_name
from app.services.context import Context, require_client_id
from app.services.entry_validation import validated_content, validated_reason
from app.services.notifications import Notifications
from app.services.people import fingerprint
from app.services.retry import retry_on_conflict
from app.store.protocol import Page

LOOKED_BACK_ON = 2_000
"""Newest entries in which partners are looked for."""

AT_A_TIME = 200
"""Entries of these that are read before other tasks get their turn."""

SAID_PUBLICLY = 3
MAY_BE_WITHDRAWN = 20
"""Public entries that are read in addition, because some may have been withdrawn."""

CLAIM = BoundedPattern(r'[0-9A-Za-z_-]{22,64}', longest=64)
"""The pattern of a claim, the only proof that somebody wrote an entry under their team's name.

It has 128 random bits or more.
"""


class PublicEntry(NamedTuple):
    """A public entry and the team under whose name it is shown."""

    entry: Entry
    team: Team | None


class Entries:
    """The use cases for entries.

    `claim` is the secret that a phone keeps when somebody writes under their team's name, or '' for an entry under
    one's own name. Haren stores only its SHA-256.
    """

    def __init__(self, context: Context, notifications: Notifications) -> None:
        self._context = context
        self._store = context.store
        self._notifications = notifications

    @retry_on_conflict
    async def log(self, person: Person, entry_id: str, content: Content, claim: str = '') -> Entry:
        """Save a new entry, under the team's name if a claim comes with it.

        Sending the same id again returns the saved entry. Raise Clash if the content differs. Raise Invalid if the team
        is too small for its name to hide the author.
        """
        person.require(Role.FIELD)
        require_client_id(entry_id)
        author = author_of(person, claim)
        content = await validated_content(self._context, content)
        if kept := await self._store.get(Entry, entry_id):
            return _repeat(kept, content, author)
        entry, event = Entry.log(entry_id, content, author, self._context.stamp(person))
        if entry.is_under_team_name:
            await self._require_large_team(person)
        await self._store.save(entry, event, *await self._notifications.of_entry(entry, event))
        return entry.as_saved()

    async def get(self, reader: Reader, entry_id: str, claim: str = '') -> Entry:
        """Return one entry. Raise NotFound if there is none, or none that this reader may read now."""
        entry, author = await self._store.get(Entry, entry_id), author_of(reader.person, claim)
        if entry is None or not (entry.is_by(author) or await self.is_readable_now(reader, entry)):
            raise NotFound('There is no such entry, or it is not for you to read.')
        return entry

    async def is_readable_by(self, reader: Reader, entry: Entry) -> bool:
        """Return True if somebody may read an entry, now or once it is shown."""
        return entry.is_readable_by(reader, await self._context.organisation(entry.team_id))

    async def is_readable_now(self, reader: Reader, entry: Entry) -> bool:
        """Return True if somebody may read an entry now.

        An entry under a team's name is shown only after the minute in which it was written.
        """
        return entry.is_readable_now(reader, await self._context.organisation(entry.team_id), self._context.now())

    async def mine(self, person: Person, limit: int = 30, before: str | None = None) -> Page[Entry]:
        """Return what somebody logged under their own name, newest first."""
        return await self._store.find(Entry, limit=limit, before=before, author_id=person.id)

    @retry_on_conflict
    async def correct(
        self, person: Person, entry_id: str, content: Content, *, seen: int | None = None, reason: str = '',
        claim: str = '',
    ) -> Entry:  # fmt: skip
        """Replace the content of an entry. The old content stays in its history.

        Its author may do this, and an administrator who gives a reason. `seen` is the revision that a form showed.
        Raise Clash if it is not the newest one. The same content changes nothing.
        """
        entry = await self.get(await self._context.reader(person), entry_id, claim)
        content = await validated_content(self._context, content, entry)
        if entry.content == content.model_copy(update={'happened_at': content.happened_at or entry.happened_at}):
            return entry
        author, stamp = author_of(person, claim), self._context.stamp(person)
        corrected, event = entry.require_revision(seen).correct(content, author, validated_reason(reason), stamp)
        await self._store.save(corrected, event, *await self._notifications.of_entry(corrected, event, before=entry))
        return corrected.as_saved()

    @retry_on_conflict
    async def withdraw(self, person: Person, entry_id: str, reason: str = '', claim: str = '') -> Entry:
        """Withdraw an entry, as its author or as an administrator who gives a reason.

        Withdrawing it again changes nothing.
        """
        entry, reason = await self.get(await self._context.reader(person), entry_id, claim), validated_reason(reason)
        if entry.is_withdrawn:
            return entry
        entry, event = entry.withdraw(author_of(person, claim), reason, self._context.stamp(person))
        await self._store.save(entry, event)
        return entry.as_saved()

    async def expect_photo(self, person: Person, entry_id: str, place: int, claim: str = '') -> None:
        """Check before the upload that a photo can be added at this place of an entry.

        Raise NotFound, Gone, NotAllowed or Invalid if it may not be added, and NotNow if no photo can be saved.
        """
        entry = await self.get(await self._context.reader(person), entry_id, claim)
        entry.require_photographable(place, author_of(person, claim))
        if not (self._store.state.is_writable and await self._store.photos.has_room()):
            raise photo_later()

    async def add_photo(
        self, person: Person, entry_id: str, place: int, content: bytes | bytearray, claim: str = ''
    ) -> Entry:
        """Add a photo to one's own entry at a place from 1, in place of an earlier one there.

        Sending the same photo again changes nothing.
        """
        photo = await self._context.photo_processor.process(content)
        return await self._save_photo(person, entry_id, place, photo, claim)

    @retry_on_conflict
    async def _save_photo(self, person: Person, entry_id: str, place: int, photo: bytes, claim: str) -> Entry:
        entry = await self.get(await self._context.reader(person), entry_id, claim)
        author, stamp = author_of(person, claim), self._context.stamp(person)
        changed = entry.photographed(place, photo_name(photo), author, stamp)
        if changed is None:
            return entry
        await self._context.save_with_photo(photo, *changed)
        return changed[0].as_saved()

    async def newest_public_entries(
        self, site_id: str | None = None, limit: int = SAID_PUBLICLY
    ) -> tuple[PublicEntry, ...]:
        """Return the newest public entries: of one site, or of all."""
        where = {'site_id': site_id} if site_id else {}
        found = await self._store.find(Entry, limit=limit + MAY_BE_WITHDRAWN, audience=Audience.PUBLIC, **where)
        now = self._context.now()
        public = [entry for entry in found.documents if entry.is_public and not time_until(entry.visible_from, now)]
        return tuple([PublicEntry(entry, await self._context.team(entry.team_id)) for entry in public[:limit]])

    async def partners(self, reader: Reader, limit: int = 50) -> tuple[str, ...]:
        """Return the partners named in recent entries that this reader may read, the most frequent first.

        Names that contain a personal identity number are left out.
        """
        newest = (await self._store.find(Entry, limit=LOOKED_BACK_ON)).documents
        named: Counter[str] = Counter()
        for number, entry in enumerate(newest, 1):
            if not entry.is_withdrawn and await self.is_readable_now(reader, entry):
                named.update(partner for partner in entry.partners if mask_numbers(partner) == partner)
            if number % AT_A_TIME == 0:
                await asyncio.sleep(0)
        return tuple(name for name, _ in named.most_common(limit))

    async def _require_large_team(self, person: Person) -> None:
        if await self._context.active_members(person.team_id, person) < FEWEST_MEMBERS:
            raise Invalid(
                'claim',
                'Fewer than {count} of your team have signed in: its name hides nobody. Log it under your own name.',
                count=FEWEST_MEMBERS,
            )


def photo_later() -> NotNow:
    """Return the refusal of an entry's photo that can be sent again later."""
    return NotNow('The photo can not be kept right now. What you wrote is: the photo follows by itself.')


def author_of(person: Person, claim: str = '') -> Author:
    """Return the person as an author, with the hash of their claim. Raise Invalid if the claim is malformed."""
    if claim and not CLAIM.fullmatch(claim):
        raise Invalid('claim', 'The claim must be 22 to 64 letters, digits, hyphens or underscores.')
    return Author(person, fingerprint(claim) if claim else None)


def _repeat(kept: Entry, content: Content, author: Author) -> Entry:
    if not kept.has_same_content(content, author):
        raise Clash('This id has been used for another entry. Nothing was changed.')
    return kept
