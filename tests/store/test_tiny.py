"""TinyDB behind the Store: what is on the disk is always whole."""

from __future__ import annotations

import asyncio
import json
import os
from pathlib import Path

import pytest
from tinydb import TinyDB

from app.store.base import InUse, Unreadable
from app.store.tiny import TinyStore
from tests.store.test_store import Leaf, Tree, leaf


async def test_a_restart_keeps_everything(tmp_path: Path) -> None:
    store = TinyStore(tmp_path)
    await store.save(leaf(1, colour='röd'), Tree(id='oak'))
    await store.close()
    again = TinyStore(tmp_path)
    assert await again.get(Leaf, 'leaf-01') == leaf(1, colour='röd').model_copy(update={'revision': 1})
    await again.close()


async def test_the_file_is_one_that_stock_tinydb_reads(tmp_path: Path) -> None:
    store = TinyStore(tmp_path)
    await store.save(leaf(1))
    await store.close()
    with TinyDB(tmp_path / 'haren.json') as stock:
        rows = stock.storage.read()
    assert rows is not None
    assert rows['leaves']['leaf-01']['tree'] == 'oak'


async def test_a_second_process_is_refused(tmp_path: Path) -> None:
    store = TinyStore(tmp_path)
    with pytest.raises(InUse, match='stop it first'):
        TinyStore(tmp_path)
    await store.close()
    await TinyStore(tmp_path).close()


async def test_a_damaged_file_stops_the_start_and_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / 'haren.json').write_text('{"leaves": {"leaf-01"')
    with pytest.raises(Unreadable, match=r'haren\.json'):
        TinyStore(tmp_path)
    assert (tmp_path / 'haren.json').read_text() == '{"leaves": {"leaf-01"'
    (tmp_path / 'haren.json').unlink()
    await TinyStore(tmp_path).close()  # the refusal let go of the lock


@pytest.mark.parametrize('step', ['fsync', 'replace'])
async def test_a_write_that_fails_leaves_the_old_content_on_disk_and_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    store = TinyStore(tmp_path)
    await store.save(leaf(1))
    with monkeypatch.context() as broken:

        def fail(*_: object) -> None:
            raise OSError(28, 'No space left on device')

        broken.setattr(os, step, fail)
        with pytest.raises(OSError, match='No space'):
            await store.save(leaf(2))
    assert await store.get(Leaf, 'leaf-02') is None
    assert 'leaf-02' not in (tmp_path / 'haren.json').read_text()
    assert sorted(path.name for path in tmp_path.iterdir()) == ['haren.json', 'lock']
    await store.save(leaf(2))
    assert await store.get(Leaf, 'leaf-02') is not None
    await store.close()


async def test_leftovers_of_a_crash_are_swept_away(tmp_path: Path) -> None:
    (tmp_path / '.haren.json.x1y2').write_text('half of some')
    store = TinyStore(tmp_path)
    assert not (tmp_path / '.haren.json.x1y2').exists()
    await store.close()


async def test_a_cancelled_request_loses_no_turn(tmp_path: Path) -> None:
    store = TinyStore(tmp_path)
    saving = asyncio.create_task(store.save(leaf(1)))
    await asyncio.sleep(0)
    saving.cancel()
    await store.save(leaf(2))
    with pytest.raises(asyncio.CancelledError):
        await saving
    kept = json.loads((tmp_path / 'haren.json').read_text())['leaves']
    assert sorted(kept) == ['leaf-01', 'leaf-02']
    await store.close()
