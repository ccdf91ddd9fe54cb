"""The log as somebody reads it: what others have written and they may read."""

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
    """Which entries are asked for; nothing chosen asks for all."""

    kind: EntryKind | None = None
    team_id: str | None = None
    site_id: str | None = None


class ReadableEntry(NamedTuple):
    """An entry, with who wrote it (None: it stands under the team's name) and their team then.

    `is_own` says whether the reader wrote it.
    """

    entry: Entry
    author: Person | None
    team: Team | None
    is_own: bool


class EntryPage(NamedTuple):
    """Some entries, newest first, and the cursor behind which there are more (None: these were the last)."""

    entries: tuple[ReadableEntry, ...]
    older: str | None


class EntryReader:
    """What can be read of the log."""

    def __init__(self, context: Context, entries: Entries) -> None:
        self._context = context
        self._store = context.store
        self._entries = entries

    async def page(
        self, reader: Reader, wanted: EntryQuery = EntryQuery(), before: str | None = None, limit: int = 30
    ) -> EntryPage:
        """Entries that this reader may read: about `limit`, fewer where many are not theirs to read."""
        asked = {'kind': wanted.kind, 'team_id': wanted.team_id, 'site_id': wanted.site_id}
        where = {name: value for name, value in asked.items() if value is not None}

        async def fetch(before: str | None, limit: int) -> Page[Entry]:
            return await self._store.find(Entry, limit=limit, before=before, **where)

        async def tell(entry: Entry) -> ReadableEntry | None:
            return await self._written(entry, reader) if await self._entries.is_told_to(reader, entry) else None

        return EntryPage(*await paginate(fetch, tell, before, limit))

    async def entry(self, reader: Reader, entry_id: str, claim: str = '') -> ReadableEntry:
        """One entry. NotFound where there is none that this reader may read, or may read already."""
        entry = await self._entries.get(reader, entry_id, claim)
        return await self._written(entry, reader, claim)

    async def photo(self, reader: Reader, entry_id: str, place: int, claim: str = '') -> bytes:
        """A photo of an entry; NotFound where there is none at this place."""
        entry = (await self.entry(reader, entry_id, claim)).entry
        photos = () if entry.is_withdrawn else entry.photos
        name = next((photo.name for photo in photos if photo.place == place), None)
        content = await self._store.photos.read(name) if name else None
        if content is None:
            raise NotFound('There is no such photo.')
        return content

    async def _written(self, entry: Entry, reader: Reader, claim: str = '') -> ReadableEntry:
        author = await self._store.get(Person, entry.author_id) if entry.author_id else None
        is_own = entry.is_by(author_of(reader.person, claim))
        return ReadableEntry(entry, author, await self._context.team(entry.team_id), is_own)
