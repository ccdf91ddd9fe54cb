"""Read the entries that others have written, as far as the reader may."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from app.domain.entries import Entry
from app.domain.entry_content import EntryKind
from app.domain.entry_visibility import Reader
from app.domain.errors import NotFound
from app.domain.people import Person, Team
from app.services.context import Context
from app.services.entries import Entries, author_of
from app.services.pagination import paginate
from app.store.protocol import Page


@dataclass(frozen=True)
class EntryQuery:
    """The filters for a list of entries. None filters nothing."""

    kind: EntryKind | None = None
    team_id: str | None = None
    site_id: str | None = None


class ReadableEntry(NamedTuple):
    """An entry with its author and the team that the author was in when writing it.

    `author` is None if the entry stands under the team's name. `is_own` is True if the reader wrote it.
    """

    entry: Entry
    author: Person | None
    team: Team | None
    is_own: bool


class EntryPage(NamedTuple):
    """Entries, newest first, and the cursor of the next page (None: there is none)."""

    entries: tuple[ReadableEntry, ...]
    older: str | None


class EntryReader:
    """The queries on the log of entries."""

    def __init__(self, context: Context, entries: Entries) -> None:
        self._context = context
        self._store = context.store
        self._entries = entries

    async def page(
        self, reader: Reader, wanted: EntryQuery = EntryQuery(), before: str | None = None, limit: int = 30
    ) -> EntryPage:
        """Return entries that this reader may read.

        There are about `limit` of them, and fewer if many are not for this reader.
        """
        filters = {'kind': wanted.kind, 'team_id': wanted.team_id, 'site_id': wanted.site_id}
        where = {name: value for name, value in filters.items() if value is not None}

        async def fetch(before: str | None, limit: int) -> Page[Entry]:
            return await self._store.find(Entry, limit=limit, before=before, **where)

        async def select(entry: Entry) -> ReadableEntry | None:
            return await self._readable(entry, reader) if await self._entries.is_readable_now(reader, entry) else None

        return EntryPage(*await paginate(fetch, select, before, limit))

    async def entry(self, reader: Reader, entry_id: str, claim: str = '') -> ReadableEntry:
        """Return one entry. Raise NotFound if there is none, or none that this reader may read now."""
        entry = await self._entries.get(reader, entry_id, claim)
        return await self._readable(entry, reader, claim)

    async def find(self, entry_id: str) -> Entry | None:
        """Return the entry, whoever may read it, or None if there is none with this id."""
        return await self._context.store.get(Entry, entry_id)

    async def photo(self, reader: Reader, entry_id: str, place: int, claim: str = '') -> bytes:
        """Return the photo at a place (from 1) of an entry. Raise NotFound if there is none."""
        entry = (await self.entry(reader, entry_id, claim)).entry
        photos = () if entry.is_withdrawn else entry.photos
        name = next((photo.name for photo in photos if photo.place == place), None)
        content = await self._store.photos.read(name) if name else None
        if content is None:
            raise NotFound('There is no such photo.')
        return content

    async def _readable(self, entry: Entry, reader: Reader, claim: str = '') -> ReadableEntry:
        author = await self._store.get(Person, entry.author_id) if entry.author_id else None
        is_own = entry.is_by(author_of(reader.person, claim))
        return ReadableEntry(entry, author, await self._context.team(entry.team_id), is_own)
