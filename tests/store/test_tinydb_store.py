"""Test what is particular to TinyStore and its journal."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import cast

import pytest
from tinydb.table import Document as Row

from app.domain.document import Document
from app.store.engine.disk import Disk
from app.store.protocol import InUse, Outdated, ReadOnly, State, Unreadable
from app.store.tinydb.journal_storage import Pace
from app.store.tinydb.journal_table import JournalDB
from app.store.tinydb.store import TinyStore
from tests.store.sample_documents import Leaf, Tree, leaf


class Stubborn(Disk):
    """A disk that fails all writes, or all syncs, while it is set to."""

    def __init__(self) -> None:
        self.refuses: str | None = None

    def write(self, file: int, content: bytes) -> None:
        if self.refuses == 'write':
            os.write(file, content[: len(content) // 2])
            raise OSError(28, 'No space left on device')
        super().write(file, content)

    def sync(self, file: int) -> None:
        if self.refuses == 'sync':
            raise OSError(5, 'Input/output error')
        super().sync(file)


class Slow(Disk):
    """A disk whose syncs wait for permission."""

    def __init__(self) -> None:
        self.may_go_on = threading.Event()
        self.may_go_on.set()
        self.syncs = 0

    def sync(self, file: int) -> None:
        self.may_go_on.wait(10)
        self.syncs += 1
        super().sync(file)


SOON = Pace(erase_within=0.05, try_again_every=0.02)


async def test_a_restart_keeps_everything(tmp_path: Path) -> None:
    store = TinyStore(tmp_path)
    await store.save(leaf(1, colour='röd'), Tree(id='oak'))
    await store.close()
    again = TinyStore(tmp_path)
    assert await again.get(Leaf, 'leaf-01') == leaf(1, colour='röd').model_copy(update={'revision': 1})
    assert [found.id for found in (await again.find(Leaf, colour='röd')).documents] == ['leaf-01']
    await again.close()


async def test_a_second_process_is_refused(tmp_path: Path) -> None:
    store = TinyStore(tmp_path)
    with pytest.raises(InUse, match='stop it first'):
        TinyStore(tmp_path)
    await store.close()
    await TinyStore(tmp_path).close()


async def test_a_folder_that_can_not_be_opened_is_said_so(tmp_path: Path) -> None:
    (tmp_path / 'file').touch()
    with pytest.raises(Unreadable, match='file can not be opened'):
        TinyStore(tmp_path / 'file')


async def test_closing_twice_is_closing_once(tmp_path: Path) -> None:
    store = TinyStore(tmp_path)
    await store.close()
    await store.close()


async def test_a_document_kept_before_its_kind_had_a_field_is_found_by_what_that_means(tmp_path: Path) -> None:
    with JournalDB(tmp_path) as db:
        db.table('leaves').insert(Row({'id': 'old', 'revision': 1, 'tree': 'oak'}, doc_id=cast(int, 'old')))
    store = TinyStore(tmp_path)
    assert await store.count(Leaf, 'colour') == {None: 1}
    [old] = (await store.find(Leaf, colour=None)).documents
    assert old == Leaf(id='old', revision=1, tree='oak')
    await store.save(old.model_copy(update={'colour': 'red'}), leaf(1))
    assert await store.count(Leaf, 'colour') == {None: 1, 'red': 1}
    await store.close()


@pytest.mark.parametrize('step', ['write', 'sync'])
async def test_after_a_refused_write_it_is_read_only_until_the_disk_takes_one_again(tmp_path: Path, step: str) -> None:
    disk = Stubborn()
    store = TinyStore(tmp_path, disk=disk, pace=SOON)
    states: asyncio.Queue[State] = asyncio.Queue()
    stop = store.follow_state(states.put_nowait)
    await store.save(leaf(1))
    disk.refuses = step
    with pytest.raises(ReadOnly):
        await store.save(leaf(2))
    assert not store.state.is_writable
    assert (await states.get()).refused in ('No space left on device', 'Input/output error')
    with pytest.raises(ReadOnly):
        await store.save(leaf(3))
    assert await store.get(Leaf, 'leaf-01') is not None
    assert await store.get(Leaf, 'leaf-02') is None
    disk.refuses = None
    assert await asyncio.wait_for(states.get(), 10) == State()
    stop()
    await store.save(leaf(2))
    await store.close()
    again = TinyStore(tmp_path)
    assert (await again.count(Leaf, 'tree')) == {'oak': 2}
    await again.close()


async def test_a_cancelled_request_loses_no_write_and_followers_get_it(tmp_path: Path) -> None:
    store = TinyStore(tmp_path)
    followed: list[Sequence[Document]] = []
    store.follow(followed.append)
    saving = asyncio.create_task(store.save(leaf(1)))
    await asyncio.sleep(0)
    saving.cancel()
    await store.save(leaf(2))
    with pytest.raises(asyncio.CancelledError):
        await saving
    assert followed == [(leaf(1),), (leaf(2),)]
    assert (await store.count(Leaf, 'tree')) == {'oak': 2}
    await store.close()


async def test_those_who_wait_at_the_same_time_share_a_sync(tmp_path: Path) -> None:
    disk = Slow()
    store = TinyStore(tmp_path, disk=disk)
    disk.may_go_on.clear()
    before = disk.syncs
    saving = asyncio.gather(*(store.save(leaf(number)) for number in range(50)))
    await asyncio.sleep(0.05)
    assert await store.get(Leaf, 'leaf-00') is None  # nobody sees what isn't on the disk yet
    disk.may_go_on.set()
    await saving
    assert disk.syncs - before <= 3
    await store.close()


async def test_who_is_faster_is_decided_by_what_is_on_the_disk(tmp_path: Path) -> None:
    disk = Stubborn()
    store = TinyStore(tmp_path, disk=disk, pace=SOON)
    disk.refuses = 'sync'
    first, second = await asyncio.gather(store.save(leaf(1)), store.save(leaf(1)), return_exceptions=True)
    assert isinstance(first, ReadOnly)
    assert isinstance(second, ReadOnly)
    await store.close()


async def test_a_refused_write_changes_nothing_that_was_read(tmp_path: Path) -> None:
    disk = Stubborn()
    store = TinyStore(tmp_path, disk=disk, pace=SOON)
    await store.save(leaf(1))
    kept = await store.get(Leaf, 'leaf-01')
    assert kept
    disk.refuses = 'write'
    with pytest.raises(ReadOnly):
        await store.save(kept.model_copy(update={'colour': 'red'}))
    assert await store.get(Leaf, 'leaf-01') == kept
    await store.close()


async def test_what_is_changed_is_read_as_it_was_saved_and_erased_from_memory(tmp_path: Path) -> None:
    store = TinyStore(tmp_path, pace=SOON)
    await store.save(leaf(1))
    for colour in ('red', 'a secret'):
        kept = await store.get(Leaf, 'leaf-01')
        assert kept
        await store.save(kept.model_copy(update={'colour': colour}))
    assert await store.get(Leaf, 'leaf-01') == leaf(1, colour='a secret').model_copy(update={'revision': 3})
    assert 'a secret' in repr(vars(store._documents))
    await store.erase(leaf(1))
    assert 'a secret' not in repr(vars(store._documents))
    assert await store.get(Leaf, 'leaf-01') is None
    await store.close()


async def test_erased_leaves_no_byte_behind(tmp_path: Path) -> None:
    store = TinyStore(tmp_path, pace=SOON)
    photo = await store.photos.keep(b'a face')
    await store.save(leaf(1, colour='a secret'), leaf(2, colour=photo))
    await store.erase(leaf(1), leaf(2))
    async with asyncio.timeout(10):
        while b'a secret' in everything_in(tmp_path) or b'leaf-01' in everything_in(tmp_path):
            await asyncio.sleep(0.02)
        while await store.photos.read(photo) is not None:
            await asyncio.sleep(0.02)
    await store.close()


async def test_what_was_erased_before_a_stop_is_gone_at_the_next_one(tmp_path: Path) -> None:
    store = TinyStore(tmp_path)
    await store.save(leaf(1, colour='a secret'), leaf(2))
    await store.erase(leaf(1))
    await store.close()
    assert b'a secret' not in everything_in(tmp_path)
    assert b'leaf-02' in everything_in(tmp_path)


async def test_a_snapshot_that_does_not_fit_is_put_off_and_takes_nobodys_space(tmp_path: Path) -> None:
    class Narrow(Disk):
        free = 10

        def room(self, folder: Path) -> int:
            return self.free

    disk = Narrow()
    store = TinyStore(tmp_path, disk=disk, pace=SOON)
    await store.save(leaf(1, colour='a secret'), leaf(2))
    await store.erase(leaf(1))
    with pytest.raises(ReadOnly, match='10 are free'):
        store.compact()
    assert store.state.is_writable
    assert sorted(path.name for path in tmp_path.iterdir()) == ['journal-00000001', 'lock']
    disk.free = 10_000
    async with asyncio.timeout(10):
        while b'a secret' in everything_in(tmp_path):
            await asyncio.sleep(0.02)
    await store.close()


async def test_what_was_changed_while_it_was_compacted_is_kept(tmp_path: Path) -> None:
    store = TinyStore(tmp_path, pace=Pace(journal_size=2_000))
    for round in range(40):
        await asyncio.gather(*(store.save(leaf(round * 10 + number)) for number in range(10)))
    async with asyncio.timeout(10):
        while (tmp_path / 'journal-00000001').exists():
            await asyncio.sleep(0.02)
    await store.close()
    again = TinyStore(tmp_path)
    assert (await again.count(Leaf, 'tree')) == {'oak': 400}
    await again.close()


async def test_a_closed_store_keeps_nobody_waiting(tmp_path: Path) -> None:
    store = TinyStore(tmp_path)
    await store.close()
    with pytest.raises(RuntimeError, match='closed'):
        await store.save(leaf(1))


def test_it_serves_one_event_loop_after_the_other(tmp_path: Path) -> None:
    async def open_and_save() -> TinyStore:
        store = TinyStore(tmp_path)
        saving = asyncio.create_task(store.save(leaf(1)))
        await asyncio.sleep(0)
        saving.cancel()  # as at the end of a loop, while the disk is at it
        return store

    async def save_again(store: TinyStore) -> None:
        await store.save(leaf(2))
        assert (await store.count(Leaf, 'tree')) == {'oak': 2}
        await store.close()

    store = asyncio.run(open_and_save())
    asyncio.run(save_again(store))


def test_what_gathered_when_a_loop_ended_is_kept_with_the_next(tmp_path: Path) -> None:
    async def end_with_many_writers() -> TinyStore:
        store = TinyStore(tmp_path)
        while not store._commits._is_crowded:
            await asyncio.gather(*(store.save(Tree(id=os.urandom(8).hex())) for _ in range(20)))
        saving = asyncio.gather(*(store.save(leaf(number)) for number in range(5)))
        await asyncio.sleep(0)
        store._commits._gather = lambda *_: None  # type: ignore[method-assign]  # the loop's last step was before
        saving.cancel()
        return store

    async def save_again(store: TinyStore) -> None:
        async with asyncio.timeout(10):
            with pytest.raises(Outdated):
                await store.save(leaf(1))
        assert (await store.count(Leaf, 'tree')) == {'oak': 5}
        await store.close()

    store = asyncio.run(end_with_many_writers())
    asyncio.run(save_again(store))


async def test_many_writers_share_their_syncs_however_long_it_goes_on(tmp_path: Path) -> None:
    disk = Slow()
    store = TinyStore(tmp_path, disk=disk)
    before = disk.syncs

    async def save_one_after_the_other(name: int) -> None:
        for number in range(20):
            await store.save(Leaf(id=f'{name}-{number}', tree='oak'))

    await asyncio.gather(*map(save_one_after_the_other, range(50)))
    assert disk.syncs - before < 1_000 / 10
    await store.close()


def everything_in(folder: Path) -> bytes:
    content = b''
    for path in [path for path in folder.rglob('*') if path.is_file()]:
        with suppress(FileNotFoundError):  # a compaction removes files meanwhile
            content += path.read_bytes()
    return content
