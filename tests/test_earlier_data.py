"""Test that a data folder, a backup and an export of an earlier commit still open."""

from __future__ import annotations

import importlib
import io
import json
import pkgutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, redirect_stdout
from pathlib import Path
from typing import Any

import pytest

import app.domain
from app.__main__ import main
from app.domain.document import Document
from app.store.tinydb.store import TinyStore
from tests import earlier


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a copy of the data folder."""
    return earlier.unpack_data(tmp_path / 'data')


def kinds(parent: type[Document] = Document) -> Iterator[type[Document]]:
    """Find every kind of document that the earlier version stored."""
    for module in pkgutil.walk_packages(app.domain.__path__, 'app.domain.'):
        importlib.import_module(module.name)
    for kind in parent.__subclasses__():
        if kind.__module__.startswith('app.') and getattr(kind, 'kept_in', None) in earlier.documents():
            yield kind
        yield from kinds(kind)


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[TinyStore]:
    store = TinyStore(folder)
    try:
        yield store
    finally:
        await store.close()


async def decoded(store: TinyStore) -> earlier.Documents:
    """Read all documents as their kinds and write them as JSON again.

    Fields that later versions have added are left out. They must have their defaults.
    """
    found = {kind.kept_in: (await store.find(kind)).documents for kind in kinds()}
    return {
        table: {each.id: _as_stored(each, earlier.documents()[table].get(each.id, {})) for each in documents}
        for table, documents in found.items()
        if documents
    }


def _as_stored(document: Document, stored: dict[str, Any]) -> dict[str, Any]:
    written, changed = document.model_dump(mode='json'), document.model_dump(mode='json', exclude_defaults=True)
    added = written.keys() - stored.keys()
    assert not added & changed.keys()
    return {name: value for name, value in written.items() if name not in added}


def haren(*words: str | Path) -> str:
    """Run a command of `python -m app` that must succeed. Return its output."""
    printed = io.StringIO()
    with redirect_stdout(printed):
        assert main([*map(str, words)]) == 0
    return printed.getvalue()


def exported(folder: Path) -> earlier.Documents:
    file = folder.with_name('exported.json')
    haren('export', file, '--data', folder)
    return json.loads(file.read_text(encoding='utf-8'))  # type: ignore[no-any-return]


def photos(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / 'photos').iterdir()}


def test_the_folder_holds_what_it_should(folder: Path) -> None:
    assert len(list(folder.glob('snapshot-*'))) == 1
    assert len(list(folder.glob('journal-*'))) == 1
    assert len(photos(folder)) == 3
    assert len(earlier.documents()) == 23


async def test_every_document_is_decoded_as_it_was(folder: Path) -> None:
    async with opened(folder) as store:
        assert await decoded(store) == earlier.documents()
        for kind in kinds():
            for id in earlier.documents()[kind.kept_in]:
                assert await store.get(kind, id)


async def test_documents_are_found_by_their_fields(folder: Path) -> None:
    async with opened(folder) as store:
        for kind in kinds():
            for field in kind.found_by:
                for value, count in (await store.count(kind, field)).items():
                    where: dict[str, Any] = {field: value}
                    assert len((await store.find(kind, **where)).documents) == count


async def test_what_is_saved_stands_beside_what_was_there(folder: Path) -> None:
    async with opened(folder) as store:
        for kind in kinds():
            await store.save((await store.find(kind, limit=1)).documents[0])
    saved = earlier.documents()
    async with opened(folder) as store:
        now = await decoded(store)
        for kind in kinds():
            newest = (await store.find(kind, limit=1)).documents[0]
            saved[kind.kept_in][newest.id]['revision'] += 1
    assert now == saved
    assert 'All is well.' in haren('check', '--data', folder)


def test_check_calls_the_folder_whole(folder: Path) -> None:
    output = haren('check', '--data', folder)
    assert 'All is well.' in output
    assert all(f'{len(rows)} {table}' in output for table, rows in earlier.documents().items())


def test_the_backup_brings_everything_back(folder: Path, tmp_path: Path) -> None:
    restored = tmp_path / 'restored'
    haren('restore', earlier.unpack_file('backup.tar', tmp_path), '--data', restored)
    assert exported(restored) == earlier.documents()
    assert photos(restored) == photos(folder)


def test_the_export_is_the_same_and_can_be_taken_in(folder: Path, tmp_path: Path) -> None:
    assert exported(folder) == earlier.documents()
    taken_in = tmp_path / 'taken-in'
    haren('import', earlier.unpack_file('documents.json', tmp_path), '--data', taken_in)
    assert exported(taken_in) == earlier.documents()
