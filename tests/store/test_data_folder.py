"""Test that the data folder and all that is made in it and of it is closed to other users of the machine."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.store.engine.data_folder import close_to_others
from app.store.tinydb.store import TinyStore
from app.store.tools.backup import backup, restore
from app.store.tools.json_import_export import export_json
from tests.store.sample_documents import leaf


@pytest.fixture(params=[0o000, 0o022, 0o002, 0o077, 0o777], ids=oct)
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    """Run the test under this umask."""
    before = os.umask(request.param)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def modes(folder: Path) -> dict[str, int]:
    """Return the modes of a folder and of everything in it that are not as they should be."""
    found = [folder, *folder.rglob('*')]
    return {path.name: mode(path) for path in found if mode(path) & 0o077 or (path.is_dir() and mode(path) != 0o700)}


@pytest.mark.usefixtures('umask')
async def test_whatever_the_umask_nobody_else_gets_in(tmp_path: Path) -> None:
    folder = tmp_path / 'store'
    store = TinyStore(folder)
    await store.photos.keep(b'a pile of bags')
    await store.save(leaf(1))
    await store.close()
    assert modes(folder) == {}
    backup(folder, tmp_path / 'backup')
    export_json(folder, tmp_path / 'db.json')
    restore(tmp_path / 'backup', tmp_path / 'restored')
    assert modes(tmp_path / 'restored') == {}
    assert [mode(tmp_path / name) & 0o077 for name in ('backup', 'db.json')] == [0, 0]


@pytest.mark.parametrize('earlier', [0o755, 0o750, 0o777])
async def test_a_folder_of_an_earlier_version_is_closed_when_it_is_opened(tmp_path: Path, earlier: int) -> None:
    for folder in (tmp_path / 'store', tmp_path / 'store' / 'photos'):
        folder.mkdir()
        folder.chmod(earlier)
    store = TinyStore(tmp_path / 'store')
    await store.photos.keep(b'a pile of bags')
    await store.close()
    assert modes(tmp_path / 'store') == {}


def test_a_folder_that_many_share_stays_open(tmp_path: Path) -> None:
    tmp_path.chmod(0o1777)
    close_to_others(tmp_path)
    assert mode(tmp_path) == 0o1777
