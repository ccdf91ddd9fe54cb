"""Test photo files: named by their content, stored before any document names them, deleted when none does any more."""

from __future__ import annotations

import asyncio
import os
import random
from pathlib import Path

import pytest

from app.domain.photo_names import photo_name
from app.store.engine.disk import Disk
from app.store.engine.photo_files import LEFT_FREE, UNNAMED_FOR, PhotoFiles
from app.store.protocol import ReadOnly
from app.store.tinydb.journal_storage import Pace
from app.store.tinydb.store import TinyStore
from tests.crash.faulty_disks import Failing, PowerLoss
from tests.store.sample_documents import leaf

SOON = Pace(erase_within=0.02)


async def test_a_photo_is_kept_once_under_its_content_s_name(tmp_path: Path) -> None:
    photos = PhotoFiles(tmp_path / 'photos', Disk())
    name = await photos.keep(b'a pile of bags')
    assert name == await photos.keep(b'a pile of bags') == photo_name(b'a pile of bags')
    assert await photos.read(name) == b'a pile of bags'
    assert photos.names() == {name}


@pytest.mark.parametrize('name', ['../lock', 'sha256-', 'sha256-' + 'g' * 64, 'sha256-' + '0' * 64])
async def test_what_is_no_photo_is_none(tmp_path: Path, name: str) -> None:
    assert await PhotoFiles(tmp_path / 'photos', Disk()).read(name) is None


async def test_once_it_is_kept_a_power_cut_takes_nothing(tmp_path: Path) -> None:
    disk = PowerLoss()
    (tmp_path / 'photos').mkdir()
    name = await PhotoFiles(tmp_path / 'photos', disk).keep(b'a pile of bags')
    for seed in range(20):
        disk.leave_behind(tmp_path / f'{seed}', random.Random(seed))
        assert (tmp_path / f'{seed}' / name).read_bytes() == b'a pile of bags'


async def test_refused_by_the_disk_it_is_not_kept_and_leaves_nothing(tmp_path: Path) -> None:
    for first in (2, 3, 4, 5):
        folder = tmp_path / f'{first}'
        with pytest.raises(ReadOnly):
            await PhotoFiles(folder, Failing(first, 1)).keep(b'a pile of bags')
        assert not list(folder.glob('*.part'))


class Filling(Disk):
    """A disk with so much space left."""

    def __init__(self, free: int) -> None:
        self.free = free

    def room(self, folder: Path) -> int:
        assert folder.is_dir()
        return self.free


async def test_photos_leave_the_rest_of_the_disk_to_all_else(tmp_path: Path) -> None:
    disk = Filling(LEFT_FREE + 4)
    store = TinyStore(tmp_path, disk=disk)
    with pytest.raises(ReadOnly, match='no more photos'):
        await store.photos.keep(b'a pile')
    assert store.photos.names() == set()
    assert store.state.is_writable
    await store.save(leaf(1))
    assert store.photos.write(b'from a backup') in store.photos.names()
    disk.free += 2
    assert await store.photos.keep(b'a pile') in store.photos.names()
    await store.close()


async def test_a_photo_that_two_name_goes_with_the_second(tmp_path: Path) -> None:
    store = TinyStore(tmp_path, pace=SOON)
    name = await store.photos.keep(b'a pile of bags')
    await store.save(leaf(1, colour=name), leaf(2, colour=name))
    await store.erase(leaf(1))
    store.compact()
    assert await store.photos.read(name) is not None
    await store.erase(leaf(2))
    async with asyncio.timeout(10):
        while await store.photos.read(name) is not None:
            await asyncio.sleep(0.01)
    await store.close()


async def test_a_photo_erased_before_a_stop_is_gone_after_the_next_start(tmp_path: Path) -> None:
    store = TinyStore(tmp_path)
    name = await store.photos.keep(b'a face')
    await store.save(leaf(1, colour=name))
    await store.erase(leaf(1))
    store._storage._has_erased = False  # it stops as if it were killed: nothing is removed
    await store.close()
    assert (tmp_path / 'photos' / name).exists()
    again = TinyStore(tmp_path, pace=SOON)
    async with asyncio.timeout(10):
        while await again.photos.read(name) is not None:
            await asyncio.sleep(0.01)
    await again.close()


async def test_a_photo_may_wait_an_hour_for_its_document(tmp_path: Path) -> None:
    store = TinyStore(tmp_path)
    waiting, forgotten = await store.photos.keep(b'new'), await store.photos.keep(b'old')
    before = (tmp_path / 'photos' / forgotten).stat().st_mtime - UNNAMED_FOR - 1
    os.utime(tmp_path / 'photos' / forgotten, (before, before))
    store.compact()
    assert store.photos.names() == {waiting}
    await store.close()


async def test_a_photo_that_comes_again_while_it_goes_stays(tmp_path: Path) -> None:
    store = TinyStore(tmp_path, pace=Pace(erase_within=3600))
    name = await store.photos.keep(b'a pile of bags')
    await store.save(leaf(1, colour=name))
    await store.erase(leaf(1))
    assert await store.photos.keep(b'a pile of bags') == name
    store.compact()
    assert await store.photos.read(name) == b'a pile of bags'
    await store.save(leaf(2, colour=name))
    await store.close()


async def test_a_photo_that_another_takes_the_place_of_goes_by_itself(tmp_path: Path) -> None:
    store = TinyStore(tmp_path, pace=SOON)
    old, new = await store.photos.keep(b'a face'), await store.photos.keep(b'a pile of bags')
    first = leaf(1, colour=old)
    await store.save(first)
    await store.save(first.model_copy(update={'colour': new, 'revision': 1}))
    async with asyncio.timeout(10):
        while store.photos.names() != {new}:
            await asyncio.sleep(0.01)
    await store.close()


async def test_a_photo_replaced_before_a_stop_is_gone_after_the_next_start(tmp_path: Path) -> None:
    store = TinyStore(tmp_path, pace=Pace(erase_within=3600))
    first = leaf(1, colour=await store.photos.keep(b'a face'))
    await store.save(first)
    await store.save(first.model_copy(update={'colour': 'grey', 'revision': 1}))
    await store.close()
    again = TinyStore(tmp_path, pace=SOON)
    async with asyncio.timeout(10):
        while again.photos.names():
            await asyncio.sleep(0.01)
    await again.close()


async def test_a_photo_that_waited_too_long_goes_with_the_next_start(tmp_path: Path) -> None:
    store = TinyStore(tmp_path)
    waiting, forgotten = await store.photos.keep(b'new'), await store.photos.keep(b'old')
    before = (tmp_path / 'photos' / forgotten).stat().st_mtime - UNNAMED_FOR - 1
    os.utime(tmp_path / 'photos' / forgotten, (before, before))
    await store.close()
    again = TinyStore(tmp_path, pace=SOON)
    async with asyncio.timeout(10):
        while again.photos.names() != {waiting}:
            await asyncio.sleep(0.01)
    await again.close()
