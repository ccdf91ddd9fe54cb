"""Test what every engine behind the Store protocol has to do."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from app.domain.document import Document
from app.store.protocol import Outdated, Store
from app.store.tinydb.store import TinyStore
from tests.store.sample_documents import Leaf, Tree, leaf


@pytest.fixture(params=[TinyStore])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    store: Store = request.param(tmp_path)
    yield store
    await store.close()


async def ids(store: Store, **asked: Any) -> list[str]:
    return [leaf.id for leaf in (await store.find(Leaf, **asked)).documents]


async def test_what_is_saved_is_there_with_a_revision(store: Store) -> None:
    await store.save(leaf(1))
    assert await store.get(Leaf, 'leaf-01') == leaf(1).model_copy(update={'revision': 1})
    assert await store.get(Leaf, 'leaf-02') is None
    assert await store.get(Tree, 'leaf-01') is None


async def test_whoever_is_slower_is_refused_and_nothing_of_the_batch_is_kept(store: Store) -> None:
    await store.save(leaf(1))
    seen = await store.get(Leaf, 'leaf-01')
    assert seen is not None
    await store.save(seen.model_copy(update={'colour': 'red'}))
    with pytest.raises(Outdated):
        await store.save(Tree(id='oak'), seen.model_copy(update={'colour': 'brown'}))
    with pytest.raises(Outdated):
        await store.save(leaf(1, colour='green'))
    kept = await store.get(Leaf, 'leaf-01')
    assert kept is not None
    assert kept.colour == 'red'
    assert await store.get(Tree, 'oak') is None


async def test_a_batch_may_not_hold_a_document_twice_at_one_revision(store: Store) -> None:
    with pytest.raises(Outdated):
        await store.save(leaf(1), leaf(1, colour='red'))
    assert await store.get(Leaf, 'leaf-01') is None


async def test_saving_and_erasing_nothing_is_nothing(store: Store) -> None:
    await store.save()
    await store.erase()
    await store.erase(leaf(1))
    assert await ids(store) == []


async def test_it_can_be_written_to(store: Store) -> None:
    assert store.state.is_writable


async def test_of_many_at_once_each_round_lets_one_through(store: Store) -> None:
    await store.save(Tree(id='oak'))

    async def drop() -> None:
        while True:
            oak = await store.get(Tree, 'oak')
            assert oak is not None
            try:
                return await store.save(oak.model_copy(update={'leaves': oak.leaves + 1}))
            except Outdated:
                continue

    await asyncio.gather(*(drop() for _ in range(30)))
    oak = await store.get(Tree, 'oak')
    assert oak is not None
    assert oak.leaves == 30


async def test_found_newest_first_by_what_was_asked(store: Store) -> None:
    await store.save(leaf(1, hours=3), leaf(2, 'elm', hours=2), leaf(3, colour='red', hours=1), leaf(4, hours=1.5))
    assert await ids(store) == ['leaf-03', 'leaf-04', 'leaf-02', 'leaf-01']
    assert await ids(store, tree='oak') == ['leaf-03', 'leaf-04', 'leaf-01']
    assert await ids(store, tree='oak', colour=None) == ['leaf-04', 'leaf-01']
    assert await ids(store, tree=frozenset({'elm', 'fir'})) == ['leaf-02']
    assert await ids(store, tree='fir') == []


async def test_moments_within_a_second_keep_their_order(store: Store) -> None:
    await store.save(leaf(1), leaf(2, microseconds=-1), leaf(3, microseconds=1))
    assert await ids(store) == ['leaf-02', 'leaf-01', 'leaf-03']


async def test_pages_follow_each_other_though_newer_ones_arrive(store: Store) -> None:
    await store.save(*(leaf(number, hours=number) for number in range(1, 8)))
    first = await store.find(Leaf, limit=3, tree='oak')
    await store.save(leaf(0))
    second = await store.find(Leaf, limit=3, before=first.older, tree='oak')
    third = await store.find(Leaf, limit=3, before=second.older, tree='oak')
    seen = [found.id for page in (first, second, third) for found in page.documents]
    assert seen == [f'leaf-{number:02}' for number in range(1, 8)]
    assert third.older is None


async def test_a_page_that_ends_with_the_last_one_says_so(store: Store) -> None:
    await store.save(*(leaf(number, hours=number) for number in range(1, 5)))
    assert (await store.find(Leaf, limit=4)).older is None
    assert (await store.find(Leaf, limit=3)).older is not None


async def test_documents_of_the_same_moment_are_all_seen_once(store: Store) -> None:
    await store.save(*(leaf(number) for number in range(1, 6)))
    first = await store.find(Leaf, limit=2)
    second = await store.find(Leaf, limit=9, before=first.older)
    assert sorted(found.id for page in (first, second) for found in page.documents) == sorted(await ids(store))


async def test_a_changed_document_is_found_as_it_is_now(store: Store) -> None:
    await store.save(leaf(1, colour='green'))
    assert await ids(store, colour='green') == ['leaf-01']
    kept = await store.get(Leaf, 'leaf-01')
    assert kept is not None
    await store.save(kept.model_copy(update={'colour': 'red'}))
    assert await ids(store, colour='green') == []
    assert await ids(store, colour='red') == ['leaf-01']


async def test_only_declared_fields_can_be_asked_for(store: Store) -> None:
    with pytest.raises(ValueError, match='fell_at'):
        await store.find(Leaf, fell_at='now')
    with pytest.raises(ValueError, match='fell_at'):
        await store.count(Leaf, 'fell_at')


async def test_counted_by_a_field(store: Store) -> None:
    await store.save(leaf(1), leaf(2), leaf(3, 'elm', 'red'))
    assert await store.count(Leaf, 'tree') == {'oak': 2, 'elm': 1}
    assert await store.count(Leaf, 'colour') == {None: 2, 'red': 1}


async def test_erased_is_gone(store: Store) -> None:
    await store.save(leaf(1), leaf(2))
    await store.erase(leaf(1), leaf(3))
    assert await ids(store) == ['leaf-02']
    assert await store.get(Leaf, 'leaf-01') is None
    await store.save(leaf(1))
    assert await ids(store) == ['leaf-02', 'leaf-01']


async def test_followers_get_each_batch_once_it_is_kept(store: Store) -> None:
    followed: list[Sequence[Document]] = []
    stop = store.follow(followed.append)
    await store.save(leaf(1), Tree(id='oak'))
    with pytest.raises(Outdated):
        await store.save(leaf(1))
    stop()
    await store.save(leaf(2))
    assert followed == [(leaf(1), Tree(id='oak'))]


async def test_followers_learn_that_something_was_erased(store: Store) -> None:
    followed: list[Sequence[Document]] = []
    await store.save(leaf(1))
    store.follow(followed.append)
    await store.erase(leaf(1))
    assert [list(batch) for batch in followed] == [[]]


async def test_a_follower_that_fails_takes_nobody_down(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    def fail(_: Sequence[Document]) -> None:
        raise RuntimeError('a bad listener')

    store.follow(fail)
    await store.save(leaf(1))
    assert await ids(store) == ['leaf-01']
    assert 'a listener failed' in caplog.text
