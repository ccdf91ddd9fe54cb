"""Read what was found from the store again, decide if its reader may have it, and mark the words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.domain.cases import Case
from app.domain.catalogue import Problem
from app.domain.entries import Entry
from app.domain.entry_visibility import Reader
from app.domain.people import Person, Team
from app.domain.personal_numbers import mask_for
from app.domain.search_words import Pieces, SearchQuery
from app.domain.searching import Key, SearchFilter, SearchText
from app.domain.sites import Asset, Site
from app.services.context import Context
from app.services.search_parts import Found, Part, SearchParts
from app.services.search_texts import TABLES, SearchTexts


@dataclass(frozen=True)
class SearchHit:
    """A document that was found, with what a list shows of it.

    `name` is that of a place, a thing or a person, and for a case that of its thing; an entry has none. `excerpt` is a
    part of what somebody wrote. In both, the words that were looked for are pieces of their own. What stands under a
    team's name has no `author`.
    """

    key: Key
    document: Found
    name: Pieces
    excerpt: Pieces
    at: datetime | None
    team: Team | None
    site: Site | None
    asset: Asset | None = None
    problem: Problem | None = None
    author: Person | None = None


class SearchHits:
    """The hits of one search by one reader."""

    def __init__(
        self, context: Context, parts: SearchParts, query: SearchQuery, chosen: SearchFilter, reader: Reader
    ) -> None:
        self._context, self._store = context, context.store
        self._parts, self._texts = parts, SearchTexts(context, parts)
        self._query, self._chosen, self._reader = query, chosen, reader

    async def read(self, key: Key, *, by_number: bool = False) -> SearchHit | None:
        """Return the hit as it is now, or None if this reader may not find it, or not by these words.

        A case that is found `by_number` need not have all the words.
        """
        document = await self._readable(key)
        described = await self._texts.described(document) if document else None
        if document is None or described is None or described.key != key or not self._chosen.matches(described):
            return None
        quoted, is_met = await self._look(document)
        return await self._hit(document, described, quoted) if is_met or by_number else None

    async def _readable(self, key: Key) -> Found | None:
        kind = TABLES[key.kind]
        if kind is Entry:
            return await self._context.readable_entry(self._reader, key.id)
        return await self._store.get(kind, key.id)

    async def _look(self, document: Found) -> tuple[Part | None, bool]:
        """Return the part of a document to quote, and whether its parts have all the words.

        An entry is quoted in any case, and something else where somebody used one of the words.
        """
        first: Part | None = None
        marked: Part | None = None
        found = frozenset[str]()
        async for part in self._parts.of(document):
            here = self._query.found_in(part.searched)
            found |= here
            if part.is_quotable:
                first = first or part
                marked = marked or (part if here else None)
            if self._query.is_met_by(found):
                return marked or (first if isinstance(document, Entry) else None), True
        return None, False

    async def _hit(self, document: Found, described: SearchText, quoted: Part | None) -> SearchHit:
        case = document if isinstance(document, Case) else None
        asset = await self._store.get(Asset, case.asset_id) if case else None
        author_id = document.author_id if isinstance(document, Entry) else None
        return SearchHit(
            key=described.key,
            document=document,
            name=self._query.mark(asset.name if asset else described.name),
            excerpt=self._query.excerpt(self._masked(quoted)) if quoted else (),
            at=described.at,
            team=await self._context.team(described.team_id),
            site=await self._store.get(Site, described.site_id) if described.site_id else None,
            asset=asset,
            problem=self._context.base_catalogue.problem(case.problem) if case else None,
            author=await self._store.get(Person, author_id) if author_id else None,
        )

    def _masked(self, part: Part) -> str:
        reader = self._reader.person
        return mask_for(part.text, reader, is_own=part.by == reader.id)
