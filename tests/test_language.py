"""Words: chosen by the reader's browser, and none left untranslated."""

from __future__ import annotations

import re
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from app.domain.errors import Invalid, Refusal
from app.language import translator, wanted
from tests.cast import NOON


@pytest.mark.parametrize(
    ('header', 'language'),
    [
        ('', 'sv'),
        ('en', 'en'),
        ('en-GB,en;q=0.9', 'en'),
        ('de,en;q=0.5', 'en'),
        ('en;q=0.5, sv;q=0.9', 'sv'),
        ('fi;q=1, sv;q=0.8, en;q=0.7', 'sv'),
        ('*', 'sv'),
        ('en;q=nonsense', 'en'),
        (';;;,,,=', 'sv'),
    ],
)
def test_the_browsers_wish_is_heard(header: str, language: str) -> None:
    assert wanted(header) == language


def test_an_unknown_language_gets_the_default() -> None:
    assert translator('xx') is not None
    assert translator('xx').language == 'sv'


def test_how_long_ago_is_said_as_people_say_it() -> None:
    english, swedish = translator('en'), translator('sv')
    assert english.ago(NOON - timedelta(seconds=30), NOON) == 'just now'
    assert english.ago(NOON - timedelta(minutes=40), NOON) == '40 minutes ago'
    assert swedish.ago(NOON - timedelta(minutes=40), NOON) == 'för 40 minuter sedan'
    assert english.ago(NOON - timedelta(hours=25), NOON) == '1 day ago'
    assert english.ago(NOON - timedelta(minutes=59.8), NOON) == '1 hour ago'
    assert english.when(NOON - timedelta(days=8), NOON) == 'Apr 26, 2026'


def test_a_clock_that_is_a_little_behind_says_just_now() -> None:
    assert translator('en').ago(NOON + timedelta(seconds=5), NOON) == 'just now'


def test_a_refusal_is_told_in_the_readers_language() -> None:
    refusal = Invalid(
        'text', 'That is {length} characters; at most {limit} fit. Shorten it a little.', length=2001, limit=2000
    )
    assert translator('en').refusal(refusal).startswith('That is 2001 characters')
    assert translator('sv').refusal(refusal).startswith('Det är 2001 tecken')


ROOT = Path(__file__).parents[1]
SLOT = re.compile(r'\{\w*\}')


@pytest.fixture(scope='module')
def texts(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """Every text that stands in the code."""
    pot = tmp_path_factory.mktemp('locales') / 'haren.pot'
    subprocess.run([ROOT / '.ci' / 'locales', pot], check=True)
    with pot.open('rb') as file:
        return read_po(file)


@pytest.fixture(scope='module')
def swedish() -> Catalog:
    """The Swedish catalogue."""
    with (ROOT / 'data/locales/sv/LC_MESSAGES/haren.po').open('rb') as file:
        return read_po(file, locale='sv')


def words(message: Message) -> tuple[str, ...]:
    """The forms of a translation."""
    return tuple(message.string) if isinstance(message.string, list | tuple) else (message.string or '',)


def test_every_text_is_translated(texts: Catalog, swedish: Catalog) -> None:
    missing = [text.id for text in texts if text.id and (not (kept := swedish.get(text.id)) or not all(words(kept)))]
    assert missing == [], 'run `make locales` and translate'


def test_no_translation_is_left_over_or_unsure(texts: Catalog, swedish: Catalog) -> None:
    assert [kept.id for kept in swedish if kept.id and texts.get(kept.id) is None] == []
    assert [kept.id for kept in swedish if kept.id and kept.fuzzy] == []


def test_translations_have_the_same_slots(swedish: Catalog) -> None:
    for kept in swedish:
        ids = kept.id if isinstance(kept.id, list | tuple) else (kept.id,)
        asked = [set(SLOT.findall(id)) for id in ids]  # "within a day" says no {count}, "within {count} days" does
        for form in words(kept):
            assert set(SLOT.findall(form)) in asked or not kept.id, kept.id


def test_the_sentences_of_every_refusal_are_gathered() -> None:
    gathered = (ROOT / '.ci' / 'locales').read_text()
    assert [kind.__name__ for kind in Refusal.__subclasses__() if f'-k {kind.__name__}' not in gathered] == []
