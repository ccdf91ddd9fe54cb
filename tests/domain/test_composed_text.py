"""Test that an å is an å, whether a device sends it as one character or as an a with a ring."""

from __future__ import annotations

import tomllib
from unicodedata import normalize

import pytest

from app.domain.composed_text import composed, contains_words, folded
from app.domain.document import Document, Value, checked_name, checked_text, readable
from app.domain.entry_content import Content
from app.domain.mentions import erase_mentions, find_mentions
from app.domain.people import Person, Role, Team
from app.domain.reports import Report, ReportInput
from app.store.catalogue_files import load_catalogue
from tests.cast import NOON
from tests.node import run_module

WORDS = ['Åbäcksvägen', 'Håkan Öström', 'Málaga', 'Kafé Ülkü', 'Đặng Thị', 'ÅÄÖ åäö', 'Ёлка', 'Σίσυφος', 'بِئْر']


def apart(text: str) -> str:
    return normalize('NFD', text)


@pytest.mark.parametrize('words', WORDS)
def test_words_are_kept_composed(words: str) -> None:
    assert checked_text(apart(words)) == checked_name(apart(words)) == readable(apart(words), 'text') == composed(words)
    assert folded(apart(words).upper()) == folded(words)
    assert contains_words(f'Vid {apart(words)} igår', words)
    assert contains_words(f'Vid {words} igår', apart(words).upper())


@pytest.mark.parametrize('words', WORDS)
def test_what_was_stored_in_parts_is_read_composed(words: str) -> None:
    team = Team(id='a', name=words, organisation=words, added_at=NOON)
    stored = team.model_dump_json().replace(words, apart(words))
    assert Team.model_validate_json(stored) == team
    content = {'kind': 'lesson', 'text': apart(words), 'partners': (apart(words),)}
    assert Content.model_validate(content).partners == (composed(words),)


@pytest.mark.parametrize('name', WORDS)
def test_a_name_is_found_behind_an_at_sign_in_any_spelling(name: str) -> None:
    for kept, written in ((name, apart(name)), (apart(name), name), (apart(name), apart(name).upper())):
        person = Person(id='x', name=kept, role=Role.FIELD, team_id=None, added_at=NOON)
        assert [one.person_id for one in find_mentions(f'Hej @{written}!', [person], [])] == ['x']
        assert erase_mentions(f'Hej @{written}!', [kept]) == 'Hej @…!'


def test_a_repeat_in_another_spelling_is_a_repeat() -> None:
    sent = ReportInput.read('full', apart('Låda på vägen'))
    assert sent.fingerprint('glass') == ReportInput.read('full', 'Låda på vägen').fingerprint('glass')
    before = ReportInput('full', apart('Låda på vägen'))  # as it was kept before notes were composed
    kept = Report(
        id='x', asset_id='glass', problem='full', note=before.note, at=NOON, case_id='1',
        sent=before.fingerprint('glass'),
    )  # fmt: skip
    assert kept.has_same_content('glass', sent)
    assert not kept.has_same_content('glass', ReportInput.read('full', 'Låda'))
    assert not kept.has_same_content('paper', sent)


def test_every_word_of_a_document_is_composed() -> None:
    """A field with words that people write is a Text, so that it can be compared."""
    words = {'name', 'text', 'note', 'words', 'reason', 'hits', 'tried', 'to', 'organisation', 'withdrawn_why', 'named'}
    kinds = {*Value.__subclasses__(), *Document.kinds()}
    plain = [
        f'{kind.__name__}.{name}'
        for kind in kinds
        for name, field in kind.model_fields.items()
        if name in words and field.annotation is str and not field.metadata
    ]
    assert plain == ['Photo.name']


def test_the_catalogue_is_composed() -> None:
    root = load_catalogue().roots[0]
    assert root.label.sv == composed(root.label.sv)
    label = type(root.label)(**tomllib.loads(f'sv = "{apart("Åtgärd")}"\nen = "{apart("Façade")}"'))
    assert (label.sv, label.en) == ('Åtgärd', 'Façade')


def test_browsers_compare_alike() -> None:
    names = [name for name in WORDS if name != 'بِئْر']
    found = run_module(
        """
        import { containsWords, folded } from "haren/lib/folded.js";
        import { matchingNames } from "haren/lib/mentions.js";
        result = given.map(([name, apart]) => [
          matchingNames([`${name} Berg`], `Hej @${apart}`, 5 + apart.length),
          containsWords(`Vid ${name}`, apart), containsWords(`Vid ${apart}`, name), folded(name) === folded(apart),
        ]);
        """,
        [(name, apart(name)) for name in names],
    )  # fmt: skip
    assert found == [[[f'{name} Berg'], True, True, True] for name in names]
