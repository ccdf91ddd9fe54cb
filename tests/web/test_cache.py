"""Test the response cache: it keeps a value until something that it shows changes."""

from __future__ import annotations

import asyncio
import gc
import tracemalloc
import urllib.parse
from collections.abc import Awaitable, Iterable

import pytest

from app.domain.document import Document
from app.domain.errors import NotFound
from app.domain.sites import Asset, AssetDraft, Site, SiteDraft, SiteKind
from app.services.sites import Sites
from app.web.http.cache import EVERYTHING, ChangeCounts, ResponseCache
from tests.cast import Cast


def concerns(document: Document) -> Iterable[str]:
    match document:
        case Site():
            return (document.id,)
        case Asset():
            return (document.site_id,)
        case _:
            return ()


class Maker:
    """Makes a value from the names at a site, and counts how often it was called."""

    def __init__(self, sites: Sites, site_id: str = 'kransmossen') -> None:
        self._sites = sites
        self._site_id = site_id
        self.made = 0

    async def __call__(self) -> str:
        self.made += 1
        site = await self._sites.get(self._site_id)
        await asyncio.sleep(0)
        return ', '.join((site.name, *[asset.name for asset in await self._sites.assets(self._site_id)]))


async def test_a_thousand_requests_make_one_value(cast: Cast) -> None:
    cache: ResponseCache[str] = ResponseCache(ChangeCounts(cast.services.context.store, concerns))
    make = Maker(cast.services.sites)
    for _ in range(1_000):
        assert await cache.get_or_make('names', ('kransmossen',), make) == 'Kransmossen, Färgat glas, Tidningar'
    assert make.made == 1


async def test_a_change_shows_at_once_and_another_places_makes_nothing_old(cast: Cast) -> None:
    cache: ResponseCache[str] = ResponseCache(ChangeCounts(cast.services.context.store, concerns))
    make = Maker(cast.services.sites)
    await cache.get_or_make('names', ('kransmossen',), make)
    annelund = await cast.services.sites.add(cast.alva, SiteDraft('Annelund', SiteKind.PLAYGROUND))
    await cast.services.people.rename_team(cast.alva, cast.collectors.id, 'Insamling', 'EM')
    await cache.get_or_make('names', ('kransmossen',), make)
    assert make.made == 1
    await cast.services.sites.change_asset(cast.alva, cast.glass.id, AssetDraft('Glas', 'container_coloured_glass'))
    assert await cache.get_or_make('names', ('kransmossen',), make) == 'Kransmossen, Glas, Tidningar'
    everywhere = Maker(cast.services.sites, annelund.id)
    await cache.get_or_make('all', (EVERYTHING,), everywhere)
    await cast.services.people.rename_team(cast.alva, cast.collectors.id, 'Insamlingen', 'EM')
    await cache.get_or_make('all', (EVERYTHING,), everywhere)
    assert everywhere.made == 1
    await cast.services.sites.add_asset(cast.alva, annelund.id, AssetDraft('Gungan', 'swing'))
    assert await cache.get_or_make('all', (EVERYTHING,), everywhere) == 'Annelund, Gungan'


async def test_what_changes_while_it_is_made_makes_it_old(cast: Cast) -> None:
    cache: ResponseCache[str] = ResponseCache(ChangeCounts(cast.services.context.store, concerns))

    async def make_slowly() -> str:
        seen = (await cast.services.sites.get('kransmossen')).name
        await cast.services.sites.change(cast.alva, 'kransmossen', SiteDraft('Mossen', SiteKind.OTHER))
        return seen

    assert await cache.get_or_make('name', ('kransmossen',), make_slowly) == 'Kransmossen'
    assert (
        await cache.get_or_make('name', ('kransmossen',), Maker(cast.services.sites))
        == 'Mossen, Färgat glas, Tidningar'
    )


async def test_what_was_erased_does_not_stay_in_memory(cast: Cast) -> None:
    cache: ResponseCache[str] = ResponseCache(ChangeCounts(cast.services.context.store, concerns))
    await cache.get_or_make('names', ('kransmossen',), Maker(cast.services.sites))
    await cast.services.context.store.erase(cast.glass)
    assert cache.taken == 0
    assert await cache.get_or_make('names', ('kransmossen',), Maker(cast.services.sites)) == 'Kransmossen, Tidningar'


async def test_room_is_made_by_what_nobody_asked_for(cast: Cast) -> None:
    cache: ResponseCache[bytes] = ResponseCache(ChangeCounts(cast.services.context.store, concerns), room=1_000)
    made: list[int] = []

    def make(number: int, size: int = 90) -> Awaitable[bytes]:
        async def make_one() -> bytes:
            made.append(number)
            return bytes(size)

        return cache.get_or_make(number, (), make_one)

    for number in range(1_000):
        await make(number)
        await make(0)
    assert cache.taken <= 1_000
    assert made == list(range(1_000))
    await make(2_000, 5_000)  # larger than the limit, so it is the only one kept
    assert cache.taken == 5_000
    await make(2_000)
    assert made[-1] == 2_000
    assert made.count(2_000) == 1


async def test_what_fails_leaves_nothing(cast: Cast) -> None:
    cache: ResponseCache[str] = ResponseCache(ChangeCounts(cast.services.context.store, concerns))
    for _ in range(2):
        with pytest.raises(NotFound):
            await cache.get_or_make('atlantis', ('atlantis',), Maker(cast.services.sites, 'atlantis'))
    assert cache.taken == 0


async def test_a_long_key_is_not_kept(cast: Cast) -> None:
    cache: ResponseCache[bytes] = ResponseCache(ChangeCounts(cast.services.context.store, concerns))

    async def make() -> bytes:
        return b'x'

    for number in range(100):
        for key in ('x' * 100_000 + str(number), ('site', 'y' * 100_000, number), b'z' * 100_000 + bytes([number])):
            assert await cache.get_or_make(key, (), make) == b'x'
    assert cache.taken == 0
    await cache.get_or_make(('site', 'kransmossen'), (), make)
    assert cache.taken == 1


LONG = [
    '/q/{}', '/Q/{}', '/s/{}', '/s/{}.json', '/s/{}/badge.svg', '/q/{}.atom', '/c/{}', '/{}', '/q?code={}', '/?lang={}',
    '/manifest.webmanifest?lang={}', '/join/{}', '/photos/{}', '/entries/{}/photos/1', '/api/v1/reports/{}',
    '/offline?lang={}',
]  # fmt: skip


async def test_long_addresses_leave_nothing_in_memory(cast: Cast) -> None:
    browser = cast.browser()

    async def ask(first: int, count: int) -> None:
        for number in range(first, first + count):
            address = LONG[number % len(LONG)].format(f'{number}' + 'x' * 30_000)
            await browser.get(address, headers={'accept-language': f'{number}' + 'y' * 30_000})

    await ask(0, 2 * len(LONG))
    gc.collect()
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    await ask(1_000, 400)
    urllib.parse.clear_cache()  # type: ignore[attr-defined]  # of the test's browser
    gc.collect()
    grown = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    assert grown < 2 * 2**20, 'of 24 MB'
