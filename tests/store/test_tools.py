"""Test the tools for the store as an administrator uses them: check, repair, backup, restore, import and export."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
from pathlib import Path

import pytest
from tinydb import TinyDB

from app.store.engine.disk import Disk
from app.store.protocol import Damaged, InUse, Occupied, ReadOnly, Unreadable
from app.store.tinydb.journal_storage import JournalStorage
from app.store.tinydb.store import TinyStore
from app.store.tools.backup import backup, restore
from app.store.tools.json_import_export import export_json, import_json
from app.store.tools.repair import check, repair
from tests.store.sample_documents import Leaf, leaf


@pytest.fixture
async def folder(tmp_path: Path) -> Path:
    """Make a data folder with ten leaves, one of which names a photo."""
    folder = tmp_path / 'data'
    store = TinyStore(folder)
    for number in range(9):
        await store.save(leaf(number, colour='grön'))
    await store.save(leaf(9, colour=await store.photos.keep(b'a photo')))
    await store.close()
    return folder


def flip(path: Path, offset: int) -> None:
    content = bytearray(path.read_bytes())
    content[offset] ^= 1
    path.write_bytes(content)


async def leaves_in(folder: Path) -> list[str]:
    store = TinyStore(folder)
    found = [leaf.id for leaf in (await store.find(Leaf)).documents]
    await store.close()
    return sorted(found)


ALL = [f'leaf-{number:02}' for number in range(10)]


async def test_check_counts_what_is_there(folder: Path) -> None:
    report = check(folder)
    assert report.is_sound
    assert report.documents == {'leaves': 10}
    assert report.lines() == [f'{folder} holds 10 leaves.', 'All is well.']


async def test_check_names_file_and_place_and_whom_it_concerns(folder: Path) -> None:
    journal = folder / 'journal-00000001'
    at = journal.read_bytes().index(b'gr\xc3\xb6n', 600)
    flip(journal, at)
    with pytest.raises(Damaged) as damaged:
        TinyStore(folder)
    report = check(folder)
    assert not report.is_sound
    [loss] = report.losses
    assert (loss.path, loss.offset) == (journal, damaged.value.offset)
    assert loss.offset < at < loss.end
    assert len(loss.mentions) == 1
    assert f'bytes {loss.offset} to {loss.end}' in '\n'.join(report.lines())


async def test_check_tells_of_an_unfinished_write_and_leaves_it(folder: Path) -> None:
    journal = folder / 'journal-00000001'
    journal.write_bytes(journal.read_bytes()[:-5])
    report = check(folder)
    assert report.is_sound
    assert report.torn > 0
    assert report.documents == {'leaves': 9}
    assert 'unfinished write' in '\n'.join(report.lines())


async def test_check_looks_at_the_photos(folder: Path) -> None:
    [photo] = (folder / 'photos').iterdir()
    flip(photo, 3)
    assert check(folder).damaged == (photo.name,)
    photo.unlink()
    assert check(folder).missing == (photo.name,)


async def test_check_may_look_while_haren_runs_but_repair_may_not(folder: Path) -> None:
    store = TinyStore(folder)
    assert check(folder).is_sound
    with pytest.raises(InUse):
        repair(folder)
    await store.close()


async def test_repair_saves_what_is_whole_and_lists_what_is_lost(folder: Path) -> None:
    journal = folder / 'journal-00000001'
    damaged = bytearray(journal.read_bytes())
    damaged[damaged.index(b'"leaf-03"')] ^= 4
    damaged[damaged.index(b'"leaf-05"') - 30] ^= 4  # in the head of its record
    journal.write_bytes(damaged)
    outcome = repair(folder)
    assert outcome.documents == 8
    assert [loss.path for loss in outcome.losses] == [journal, journal]
    assert outcome.losses[1].mentions == ('leaves/leaf-05',)
    assert outcome.aside is not None
    assert (outcome.aside / 'journal-00000001').read_bytes() == damaged
    assert 'leaves/leaf-05' in '\n'.join(outcome.lines())
    assert await leaves_in(folder) == [id for id in ALL if id not in ('leaf-03', 'leaf-05')]


async def test_repair_of_a_damaged_snapshot_keeps_the_other_chunks_and_the_journal(folder: Path) -> None:
    storage = JournalStorage(folder)
    storage.compact()
    storage.close()
    flip(folder / 'snapshot-00000002', 3)  # the first line
    with pytest.raises(Damaged, match='snapshot-00000002 is damaged at byte 0'):
        TinyStore(folder)
    assert repair(folder).documents == 10
    assert await leaves_in(folder) == ALL


async def test_repair_changes_nothing_where_nothing_is_damaged(folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    assert repair(folder).aside is None
    assert before == {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


async def test_a_lost_file_is_noticed(folder: Path) -> None:
    for _ in range(2):
        storage = JournalStorage(folder)
        storage.compact()
        storage.close()
    (folder / 'journal-00000003').unlink()
    with pytest.raises(Damaged, match='journal-00000003 is damaged at byte 0: the file is missing'):
        TinyStore(folder)
    assert [loss.what for loss in check(folder).losses] == ['the file is missing']
    assert repair(folder).documents == 10
    assert await leaves_in(folder) == ALL


async def test_a_newer_format_is_refused_with_what_to_do(folder: Path) -> None:
    from zlib import crc32

    front = b'haren-journal-0002-00000001-'
    (folder / 'journal-00000001').write_bytes(front + b'%08x\n' % crc32(front) + b'who knows')
    for look in (TinyStore, check, repair):
        with pytest.raises(Unreadable, match='has format 2, and this Haren reads up to 1; start the newer Haren'):
            look(folder)


async def test_a_backup_of_a_store_that_is_written_to_is_one_moment_of_it(folder: Path, tmp_path: Path) -> None:
    store = TinyStore(folder)
    stop = asyncio.Event()

    async def keep_writing() -> None:
        number = 100
        while not stop.is_set():
            await store.save(leaf(number, 'elm'), leaf(number + 1, 'elm'))
            number += 2

    writing = asyncio.create_task(keep_writing())
    for _ in range(5):
        await asyncio.to_thread(backup, folder, tmp_path / 'backup.tar')
        await asyncio.to_thread(store._storage.compact)
    stop.set()
    await writing
    await store.close()
    restored = restore(tmp_path / 'backup.tar', tmp_path / 'elsewhere')
    assert restored.photos == 1
    again = TinyStore(tmp_path / 'elsewhere')
    counted = await again.count(Leaf, 'tree')
    assert counted['oak'] == 10
    assert counted['elm'] % 2 == 0  # never half a batch
    last = await again.get(Leaf, 'leaf-09')
    assert last is not None
    assert last.colour is not None
    assert await again.photos.read(last.colour) == b'a photo'
    await again.close()


async def test_a_backup_is_a_tar_file_that_holds_a_data_folder(folder: Path, tmp_path: Path) -> None:
    assert backup(folder, tmp_path / 'backup.tar').lines() == ['10 documents and 1 photos, opened and compared.']
    (tmp_path / 'unpacked').mkdir()
    subprocess.run(['tar', '-xf', tmp_path / 'backup.tar', '-C', tmp_path / 'unpacked'], check=True)
    assert await leaves_in(tmp_path / 'unpacked') == ALL
    assert sorted(path.name for path in tmp_path.iterdir()) == ['backup.tar', 'data', 'unpacked']


async def test_a_backup_of_something_damaged_is_refused_and_keeps_the_older_one(folder: Path, tmp_path: Path) -> None:
    backup(folder, tmp_path / 'backup.tar')
    older = (tmp_path / 'backup.tar').read_bytes()
    flip(folder / 'journal-00000001', 100)
    with pytest.raises(Damaged):
        backup(folder, tmp_path / 'backup.tar')
    assert (tmp_path / 'backup.tar').read_bytes() == older


async def test_a_backup_that_is_not_what_was_written_replaces_no_older_one(folder: Path, tmp_path: Path) -> None:
    class Forgetful(Disk):
        def sync(self, file: int) -> None:
            os.pwrite(file, b'?', 2_000)

    backup(folder, tmp_path / 'backup.tar')
    older = (tmp_path / 'backup.tar').read_bytes()
    with pytest.raises(Unreadable):
        backup(folder, tmp_path / 'backup.tar', Forgetful())
    assert (tmp_path / 'backup.tar').read_bytes() == older
    assert not (tmp_path / 'backup.tar.part').exists()


async def test_a_backup_that_can_not_be_written_is_said_so(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(ReadOnly, match='nowhere'):
        backup(folder, tmp_path / 'nowhere' / 'backup.tar')


async def test_a_backup_leaves_out_a_photo_that_is_not_whole_and_tells(folder: Path, tmp_path: Path) -> None:
    [photo] = (folder / 'photos').iterdir()
    flip(photo, 3)
    assert backup(folder, tmp_path / 'backup.tar').lines() == [
        '10 documents and 0 photos, opened and compared.',
        f'Missing: photo {photo.name}',
    ]


async def test_restore_refuses_to_replace_data_unless_told_to(folder: Path, tmp_path: Path) -> None:
    backup(folder, tmp_path / 'backup.tar')
    store = TinyStore(folder)
    newer = await store.photos.keep(b'a newer photo')
    await store.save(leaf(10, colour=newer))
    with pytest.raises(InUse):
        restore(tmp_path / 'backup.tar', folder, replace=True)
    await store.close()
    with pytest.raises(Occupied):
        restore(tmp_path / 'backup.tar', folder)
    assert await leaves_in(folder) == [*ALL, 'leaf-10']
    restore(tmp_path / 'backup.tar', folder, replace=True)
    assert await leaves_in(folder) == ALL
    assert not (folder / 'photos' / newer).exists()
    assert check(folder).is_sound


async def test_no_flipped_bit_and_no_cut_of_a_backup_is_restored(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / 'backup.tar'
    backup(folder, file)
    whole = file.read_bytes()
    expected = {path: path.read_bytes() for path in (folder / 'photos').iterdir()}
    for offset in range(0, len(whole), 37):
        flip(file, offset)
        try:
            restore(file, folder, replace=True)
        except Unreadable:
            pass
        else:  # what was flipped was padding, a date or a mode
            assert check(folder).documents == {'leaves': 10}
            assert {path: path.read_bytes() for path in (folder / 'photos').iterdir()} == expected
        file.write_bytes(whole)
    for size in range(0, len(whole) - 10240, 97):
        file.write_bytes(whole[:size])
        with pytest.raises(Unreadable):
            restore(file, tmp_path / 'elsewhere')


async def test_to_stock_tinydb_and_back(folder: Path, tmp_path: Path) -> None:
    assert export_json(folder, tmp_path / 'db.json') == 10
    with TinyDB(tmp_path / 'db.json') as stock:
        rows = stock.storage.read()
    assert rows is not None
    assert rows['leaves']['leaf-03']['colour'] == 'grön'
    storage = JournalStorage(tmp_path / 'again')
    assert import_json(storage, tmp_path / 'db.json') == 10
    assert json.dumps({name: dict(view) for name, view in (storage.read() or {}).items()}) == json.dumps(rows)
    with pytest.raises(Occupied):
        import_json(storage, tmp_path / 'db.json')
    storage.close()
    assert await leaves_in(tmp_path / 'again') == ALL
