"""Find what people remember: entries, obstacles, cases, places, things and people."""

from __future__ import annotations

import logging
from typing import NamedTuple

from app.domain.cases import Case
from app.domain.entry_visibility import Reader
from app.domain.errors import Invalid, NotNow
from app.domain.people import Role, Team
from app.domain.search_words import SearchQuery
from app.domain.searching import EVERYTHING, Key, SearchFilter, SearchKind
from app.services.context import Context
from app.services.search_hits import SearchHit, SearchHits
from app.services.search_parts import SearchParts
from app.services.search_upkeep import PACE, Pace, SearchUpkeep
from app.store.search_index import Access, IndexQuery, KeyPage, SearchIndexError, TookTooLong

PAGE = 20
"""Hits on one page."""

MOST_LOOKS = 10
"""Pages of the index that are read for one page of hits."""

MOST_AT_ONCE = 32
"""Searches that wait for the index at the same time. They take turns, of some milliseconds."""

log = logging.getLogger(__name__)


class SearchPage(NamedTuple):
    """What was found, and the cursor of the next page (None: there is none).

    `is_complete` is False while the index is being built: there may be more then.
    """

    hits: tuple[SearchHit, ...]
    older: str | None
    is_complete: bool


class Search:
    """The queries on the index of words."""

    def __init__(self, context: Context, pace: Pace = PACE) -> None:
        self._context = context
        self._parts = SearchParts(context)
        self._upkeep = SearchUpkeep(context, self._parts, pace)
        self._waiting = 0

    def start(self) -> None:
        """Begin to build the index in the background. The first search does it, too."""
        self._upkeep.start()

    async def settled(self) -> None:
        """Wait until all changes up to now can be found."""
        await self._upkeep.settled()

    async def close(self) -> None:
        """Stop, and free the memory."""
        await self._upkeep.close()

    async def find(
        self,
        reader: Reader,
        typed: str,
        chosen: SearchFilter = EVERYTHING,
        before: str | None = None,
        limit: int = PAGE,
    ) -> SearchPage:
        """Return what this reader may read now and has all these words, or words that begin so.

        There are about `limit` of them. A case whose number was typed comes first. Raise Invalid if there are too many
        words or if it takes too long, and NotNow if the index can't answer.
        """
        query = SearchQuery.read(typed)
        self.start()
        numbered = await self._case_with_number(query)
        known = SearchHits(self._context, self._parts, query, chosen, reader)
        hits = [hit for key in numbered if before is None and (hit := await known.read(key, by_number=True))]
        for _ in range(MOST_LOOKS if query.words else 0):
            keys, before = await self._look_up(reader, query, chosen, before, limit)
            hits += [hit for key in keys if key not in numbered and (hit := await known.read(key))]
            limit -= len(keys)
            if before is None or limit <= 0:
                break
        return SearchPage(tuple(hits), before, self._upkeep.is_complete)

    async def _case_with_number(self, query: SearchQuery) -> tuple[Key, ...]:
        if query.case_number is None:
            return ()
        cases = (await self._context.store.find(Case, limit=1, number=query.case_number)).documents
        return tuple(Key(SearchKind.CASE, case.id) for case in cases)

    async def _look_up(
        self, reader: Reader, query: SearchQuery, chosen: SearchFilter, before: str | None, limit: int
    ) -> KeyPage:
        index = self._upkeep.index
        if index is None:
            return KeyPage((), None)
        wanted = IndexQuery(query.alternatives, await self._access(reader), self._context.now(), chosen)
        if self._waiting >= MOST_AT_ONCE:
            raise NotNow('Many are searching right now. Try again in a moment.')
        self._waiting += 1
        try:
            return await index.find(wanted, before, limit)
        except TookTooLong as error:
            raise Invalid('q', 'That takes too long. Write another word, or more of it.') from error
        except SearchIndexError as error:
            log.exception('the index of words is broken; building it anew')
            self._upkeep.rebuild()
            raise NotNow('Nothing can be searched right now. Try again in a while.') from error
        finally:
            self._waiting -= 1

    async def _access(self, reader: Reader) -> Access:
        person, teams = reader.person, await self._context.find_all(Team)
        of_organisation = tuple(team.id for team in teams if team.organisation == reader.organisation)
        return Access(person.id, person.team_id, of_organisation, person.role.covers(Role.ADMIN))
