"""Describe to the index of words each document that can be found."""

from __future__ import annotations

from dataclasses import replace

from app.domain.cases import Case
from app.domain.entries import Entry
from app.domain.entry_content import EntryKind
from app.domain.people import Person
from app.domain.search_words import words_in
from app.domain.searching import Key, SearchKind, SearchText
from app.domain.sites import Asset, Site
from app.services.context import Context
from app.services.search_parts import Found, SearchParts

KINDS: tuple[type[Found], ...] = (Site, Asset, Person, Case, Entry)

TABLES: dict[SearchKind, type[Found]] = {
    SearchKind.PLACE: Site,
    SearchKind.THING: Asset,
    SearchKind.PERSON: Person,
    SearchKind.CASE: Case,
    SearchKind.OBSTACLE: Entry,
    SearchKind.ENTRY: Entry,
}


def keys_of(kind: type[Found], id: str) -> tuple[Key, ...]:
    """Return the keys by which a document may be found. There are two for an entry: it may become an obstacle."""
    return tuple(Key(each, id) for each, table in TABLES.items() if table is kind)


class SearchTexts:
    """The descriptions of documents for the index."""

    def __init__(self, context: Context, parts: SearchParts) -> None:
        self._store = context.store
        self._parts = parts

    async def text(self, document: Found) -> SearchText | None:
        """Return the words of a document with what decides who finds it, or None if nobody can find it."""
        described = await self.described(document)
        if described is None:
            return None
        words: set[str] = set()
        async for part in self._parts.of(document):
            if part.text:
                words |= words_in(part.searched)
        return replace(described, words=frozenset(words))

    async def described(self, document: Found) -> SearchText | None:
        """Return what decides who finds a document, without its words, or None if nobody can find it."""
        match document:
            case Entry():
                return None if document.is_withdrawn else _described_entry(document)
            case Case():
                key = Key(SearchKind.CASE, document.id)
                return SearchText(key, at=document.opened_at, team_id=document.team_id, site_id=document.site_id)
            case Site():
                key = Key(SearchKind.PLACE, document.id)
                return SearchText(key, name=document.name, team_id=document.team_id, site_id=document.id)
            case Asset():
                return None if document.retired_at else await self._described_asset(document)
            case Person():
                key = Key(SearchKind.PERSON, document.id)
                return SearchText(key, name=document.name, team_id=document.team_id) if document.active else None

    async def _described_asset(self, asset: Asset) -> SearchText:
        site = await self._store.get(Site, asset.site_id)
        team_id = asset.team_at(site) if site else asset.team_id
        return SearchText(Key(SearchKind.THING, asset.id), name=asset.name, team_id=team_id, site_id=asset.site_id)


def _described_entry(entry: Entry) -> SearchText:
    kind = SearchKind.OBSTACLE if entry.kind is EntryKind.OBSTACLE else SearchKind.ENTRY
    return SearchText(
        Key(kind, entry.id), at=entry.happened_at, team_id=entry.team_id, site_id=entry.site_id,
        audience=entry.audience, author_id=entry.author_id, visible_from=entry.visible_from,
    )  # fmt: skip
