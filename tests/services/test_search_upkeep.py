"""Test that the index of words is built in the background, follows every change, and is built anew where it must be."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import AsyncIterator, Sequence

import pytest

from app.domain.entry_content import Content, EntryKind
from app.domain.errors import NotNow
from app.domain.leaving import Leaving
from app.domain.searching import SearchText
from app.domain.sites import SiteDraft
from app.services.search import MOST_AT_ONCE, Search
from app.services.search_upkeep import Pace
from app.store.search_index import IndexQuery, KeyPage, SearchIndexError
from app.store.sqlite.search_index import SqliteSearchIndex
from tests.cast import Cast, send_report

AT_ONCE = Pace(gather=0, rest=0, apart=0)


class WatchedIndex(SqliteSearchIndex):
    """Count what is put, and wait or fail when a test says so."""

    made: int = 0
    puts: int = 0
    may_go_on: asyncio.Event | None = None
    fails: bool = False

    def __init__(self) -> None:
        super().__init__()
        type(self).made += 1

    async def put(self, texts: Sequence[SearchText]) -> None:
        """Wait, and count the texts."""
        if self.may_go_on and texts:
            await self.may_go_on.wait()
        type(self).puts += len(texts)
        await super().put(texts)

    async def find(self, query: IndexQuery, before: str | None, limit: int) -> KeyPage:
        """Fail once."""
        if self.fails:
            type(self).fails = False
            raise SearchIndexError('database disk image is malformed')
        return await super().find(query, before, limit)


@pytest.fixture
def index() -> type[WatchedIndex]:
    """Return the class of a test's indices."""
    return type('WatchedIndex', (WatchedIndex,), {})


@pytest.fixture
async def search(cast: Cast, index: type[WatchedIndex]) -> AsyncIterator[Search]:
    """Return a search that takes no time to rest, after an entry was logged."""
    await cast.services.entries.log(cast.fia, 'an-entry-to-be-found', Content(kind=EntryKind.LESSON, text='Lugnt'))
    search = Search(dataclasses.replace(cast.services.context, new_search_index=index), AT_ONCE)
    yield search
    await search.close()


async def count(cast: Cast, search: Search, words: str) -> int:
    await search.settled()
    return len((await search.find(await cast.services.reader(cast.leo), words)).hits)


async def test_a_search_answers_while_the_index_is_built(cast: Cast, search: Search, index: type[WatchedIndex]) -> None:
    index.may_go_on = asyncio.Event()
    reader = await cast.services.reader(cast.leo)
    first = await search.find(reader, 'lugnt')
    assert (first.hits, first.is_complete) == ((), False)
    index.may_go_on.set()
    await search.settled()
    then = await search.find(reader, 'lugnt')
    assert (len(then.hits), then.is_complete, index.made) == (1, True, 1)


async def test_a_build_can_be_stopped(cast: Cast, search: Search, index: type[WatchedIndex]) -> None:
    index.may_go_on = asyncio.Event()
    search.start()
    while not index.made:
        await asyncio.sleep(0)
    await search.close()
    assert index.puts == 0


async def test_a_change_indexes_what_it_changes_and_no_more(
    cast: Cast, search: Search, index: type[WatchedIndex]
) -> None:
    await search.settled()
    before = index.puts
    await send_report(cast.services, cast.glass.code, 'full', 'a-report-with-a-word', 'En soffa')
    assert await count(cast, search, 'soffa') == 1
    assert index.puts == before + 1
    await send_report(cast.services, cast.glass.code, 'full', 'a-report-without-one')
    await cast.services.people.prefer(cast.leo, 'en', 'auto')
    assert await count(cast, search, 'soffa') == 1
    assert index.puts == before + 2, 'Leo, and not the case'
    assert index.made == 1


async def test_a_new_name_is_found_everywhere(cast: Cast, search: Search, index: type[WatchedIndex]) -> None:
    await send_report(cast.services, cast.glass.code, 'full', 'a-report-of-a-place')
    assert await count(cast, search, 'kransmossen') == 4
    site = cast.kransmossen
    await cast.services.sites.change(cast.alva, site.id, SiteDraft('Torpa', site.kind, site.position, site.team_id))
    assert await count(cast, search, 'torpa') == 4
    assert await count(cast, search, 'kransmossen') == 0
    assert index.made == 2


async def test_words_that_were_erased_are_forgotten(cast: Cast, search: Search, index: type[WatchedIndex]) -> None:
    assert await count(cast, search, 'lugnt') == 1
    await cast.services.municipality.change(cast.alva, 'Borås', '', '', Leaving.ERASE)
    await cast.services.account_erasure.leave(cast.fia, cast.fia.id)
    await cast.services.account_erasure.finish()
    assert await count(cast, search, 'lugnt') == 0
    assert index.made > 1, 'the words are in no index any more'


async def test_words_that_were_taken_back_leave_memory(cast: Cast, index: type[WatchedIndex]) -> None:
    entry = await cast.services.entries.log(
        cast.fia, 'an-entry-to-withdraw', Content(kind=EntryKind.LESSON, text='Hoppsan')
    )
    context = dataclasses.replace(cast.services.context, new_search_index=index)
    search = Search(context, AT_ONCE._replace(forget=0))
    try:
        assert await count(cast, search, 'hoppsan') == 1
        made = index.made
        await cast.services.entries.withdraw(cast.fia, entry.id)
        assert await count(cast, search, 'hoppsan') == 0
        assert index.made == made + 1
    finally:
        await search.close()


async def test_words_of_a_report_that_was_taken_back_leave_memory(cast: Cast, index: type[WatchedIndex]) -> None:
    await send_report(cast.services, cast.glass.code, 'full', 'a-phone-minted-this', 'Hoppsan')
    context = dataclasses.replace(cast.services.context, new_search_index=index)
    search = Search(context, AT_ONCE._replace(forget=0))
    try:
        assert await count(cast, search, 'hoppsan') == 1
        made = index.made
        await cast.services.report_intake.take_back('a-phone-minted-this')
        assert await count(cast, search, 'hoppsan') == 0
        assert index.made == made + 1
    finally:
        await search.close()


async def test_a_broken_index_is_built_anew(
    cast: Cast, search: Search, index: type[WatchedIndex], caplog: pytest.LogCaptureFixture
) -> None:
    assert await count(cast, search, 'lugnt') == 1
    index.fails = True
    with pytest.raises(NotNow):
        await search.find(await cast.services.reader(cast.leo), 'lugnt')
    assert 'broken' in caplog.text
    await asyncio.sleep(0)
    assert await count(cast, search, 'lugnt') == 1
    assert index.made == 2


async def test_not_everybody_can_search_at_once(cast: Cast, search: Search) -> None:
    await search.settled()
    reader = await cast.services.reader(cast.leo)
    tasks = [search.find(reader, 'lugnt') for _ in range(MOST_AT_ONCE + 5)]
    results = await asyncio.gather(*tasks, return_exceptions=True)
    assert sum(isinstance(result, NotNow) for result in results) == 5
