"""Test TinyDB's documented behaviour, on its own storage and on the journal, along the examples of its usage.rst."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tinydb import Query, TinyDB, where
from tinydb.operations import delete, increment
from tinydb.table import Document

from app.store.tinydb.journal_storage import JournalStorage
from app.store.tinydb.journal_table import JournalDB

Opener = Callable[[Path], TinyDB]

OPENERS: dict[str, Opener] = {
    'stock': lambda folder: TinyDB(folder / 'db.json'),
    'journal': lambda folder: JournalDB(folder),
    'journal with stock tables': lambda folder: TinyDB(folder, storage=JournalStorage),
}


@pytest.fixture(params=OPENERS)
def opened(request: pytest.FixtureRequest) -> Opener:
    return OPENERS[request.param]


@pytest.fixture
def db(opened: Opener, tmp_path: Path) -> Iterator[TinyDB]:
    db = opened(tmp_path)
    db.insert_multiple({'int': 1, 'char': char} for char in 'abc')
    yield db
    db.close()


def test_documents_get_ids_that_count(db: TinyDB) -> None:
    assert db.insert({'int': 2}) == 4
    assert db.insert_multiple([{'int': 3}, {'int': 4}]) == [5, 6]
    assert [document.doc_id for document in db] == [1, 2, 3, 4, 5, 6]


def test_a_document_may_bring_its_id_but_not_anothers(db: TinyDB) -> None:
    assert db.insert(Document({'int': 9}, doc_id=12)) == 12
    with pytest.raises(ValueError, match='already exists'):
        db.insert(Document({'int': 9}, doc_id=12))
    assert db.insert({'int': 10}) == 13
    with pytest.raises(ValueError, match='already exists'):
        db.insert_multiple([{'int': 5}, Document({'int': 9}, doc_id=12)])
    assert len(db) == 5


def test_only_mappings_that_json_can_hold_are_documents(db: TinyDB) -> None:
    with pytest.raises(ValueError, match='not a Mapping'):
        db.insert(['no', 'mapping'])
    with pytest.raises(TypeError):
        db.insert({'set': {1, 2}})
    db.insert({'fine': True})
    assert len(db.search(where('int') == 1)) == 3


def test_found_by_query(db: TinyDB) -> None:
    user = Query()
    assert [document['char'] for document in db.search((user.int == 1) & ~(user.char == 'b'))] == ['a', 'c']
    assert db.get(user.char == 'b') == {'int': 1, 'char': 'b'}
    assert db.get(user.char == 'z') is None
    assert db.contains(where('char') == 'c')
    assert not db.contains(doc_id=99)
    assert db.count(where('int') == 1) == 3
    with pytest.raises(RuntimeError):
        db.get()


def test_found_by_id(db: TinyDB) -> None:
    found = db.get(doc_id=2)
    assert isinstance(found, Document)
    assert (found, found.doc_id) == ({'int': 1, 'char': 'b'}, 2)
    assert db.get(doc_ids=[1, 3, 99]) == [{'int': 1, 'char': 'a'}, {'int': 1, 'char': 'c'}]


def test_updated_by_fields_operations_queries_and_ids(db: TinyDB) -> None:
    assert db.update({'int': 2}) == [1, 2, 3]
    assert db.update(increment('int'), where('char') == 'a') == [1]
    assert db.update(delete('int'), doc_ids=[2, 99]) == [2]
    assert db.update_multiple([({'seen': True}, where('char') == 'a'), (increment('int'), where('char') == 'c')]) == [
        1,
        3,
    ]
    assert db.all() == [{'int': 3, 'char': 'a', 'seen': True}, {'char': 'b'}, {'int': 3, 'char': 'c'}]


def test_one_true_and_one_point_nought_are_not_the_same(db: TinyDB, opened: Opener, tmp_path: Path) -> None:
    db.update({'int': True}, where('char') == 'a')
    db.update({'int': 1.0}, where('char') == 'b')
    db.close()
    with opened(tmp_path) as again:
        assert [type(document['int']) for document in again] == [bool, float, int]


def test_upserted(db: TinyDB) -> None:
    assert db.upsert({'int': 5}, where('char') == 'a') == [1]
    assert db.upsert({'int': 6, 'char': 'd'}, where('char') == 'd') == [4]
    assert db.upsert(Document({'int': 7}, doc_id=9)) == [9]
    with pytest.raises(ValueError, match='query'):
        db.upsert({'int': 8})
    assert [document['int'] for document in db] == [5, 1, 1, 6, 7]


def test_removed(db: TinyDB) -> None:
    assert db.remove(where('char') == 'b') == [2]
    assert db.remove(doc_ids=[3, 99]) == [3]
    assert db.all() == [{'int': 1, 'char': 'a'}]
    with pytest.raises(RuntimeError, match='truncate'):
        db.remove()


def test_truncated_and_begun_again(db: TinyDB) -> None:
    db.truncate()
    assert len(db) == 0
    assert db.tables() == {'_default'}
    assert db.insert({'int': 1}) == 1


def test_an_update_that_fails_changes_nothing(db: TinyDB) -> None:
    def fail(document: object) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        db.update(fail, where('int') == 1)
    assert db.count(where('int') == 1) == 3


def test_tables_are_apart(db: TinyDB) -> None:
    birds = db.table('birds')
    birds.insert({'name': 'swift'})
    assert db.tables() == {'_default', 'birds'}
    assert (len(db), len(birds)) == (3, 1)
    db.drop_table('birds')
    assert db.tables() == {'_default'}
    assert len(db.table('birds')) == 0
    db.drop_tables()
    assert db.tables() == set()
    assert db.insert({'int': 1}) == 1


def test_an_empty_table_persists_when_told_to(db: TinyDB, opened: Opener, tmp_path: Path) -> None:
    db.table('birds', persist_empty=True)
    db.close()
    with opened(tmp_path) as again:
        assert again.tables() == {'_default', 'birds'}


def test_all_is_there_when_it_is_opened_again(db: TinyDB, opened: Opener, tmp_path: Path) -> None:
    db.insert({'text': 'räka 🦐 \n\t"\\ \x00 \u2028 \ud83e', 'none': None, 'big': 2**70, 'deep': [{'a': [1.5, -0.0]}]})
    db.table('tabellen "ö"\n').insert({'n': 1})
    db.remove(where('char') == 'a')
    kept = db.all()
    db.close()
    with opened(tmp_path) as again:
        assert again.all() == kept
        assert [document.doc_id for document in again] == [2, 3, 4]
        assert again.table('tabellen "ö"\n').all() == [{'n': 1}]
        assert again.insert({}) == 5


def test_walking_through_it_while_it_changes(db: TinyDB) -> None:
    for document in db:
        db.remove(doc_ids=[document.doc_id])
    assert len(db) == 0


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[JournalDB]:
    with JournalDB(tmp_path) as db:
        db.insert({'tags': ['a'], 'n': 1})
        yield db


def test_who_changes_what_was_given_or_found_changes_nothing_kept(journal: JournalDB) -> None:
    given = {'tags': ['x'], 'n': 2}
    journal.insert(given)
    given['tags'].append('y')  # type: ignore[attr-defined]
    for found in (*journal.search(where('n') > 0), *journal.all(), *journal):
        found['tags'].append('z')
        found['n'] = 0
    assert [found['tags'] for found in journal.search(where('n') > 0)] == [['a'], ['x']]


def test_a_write_costs_what_it_changes(journal: JournalDB, tmp_path: Path) -> None:
    journal.insert_multiple({'text': 'x' * 500} for _ in range(1_000))
    before = (tmp_path / 'journal-00000001').stat().st_size
    journal.insert({'text': 'y' * 500})
    journal.update({'n': 2}, doc_ids=[7])
    journal.remove(doc_ids=[8])
    assert (tmp_path / 'journal-00000001').stat().st_size - before < 2_000


def test_an_update_that_changes_nothing_writes_nothing(journal: JournalDB, tmp_path: Path) -> None:
    before = (tmp_path / 'journal-00000001').stat().st_size
    journal.update({'n': 1}, where('n') == 1)
    assert (tmp_path / 'journal-00000001').stat().st_size == before
