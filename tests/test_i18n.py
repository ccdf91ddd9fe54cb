"""Test texts: the reader's browser chooses their language, and none is left untranslated."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import timedelta
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po
from babel.util import pathmatch
from markupsafe import Markup

from app.domain.errors import Invalid, Refusal
from app.i18n import DEFAULT, FOLDER, LANGUAGES, STAFF_LANGUAGES, interpolate, negotiate_language, translator
from app.store.catalogue_files import load_catalogue
from tests.cast import NOON
from tests.gettext_catalogue import ROOT, extract_texts

NEIGHBOURS = ('{count} neighbour', '{count} neighbours')


@pytest.mark.parametrize(
    ('header', 'language'),
    [
        ('', 'sv'),
        ('en', 'en'),
        ('en-GB,en;q=0.9', 'en'),
        ('de,en;q=0.5', 'en'),
        ('en;q=0.5, sv;q=0.9', 'sv'),
        ('fi;q=1, sv;q=0.8, en;q=0.7', 'fi'),
        ('fi-FI', 'fi'),
        ('ar-SA,ar;q=0.9,sv;q=0.8', 'ar'),
        ('uk-UA', 'uk'),
        ('so', 'so'),
        ('se, so;q=0.4, ar;q=0.5', 'ar'),
        ('en;q=0, de', 'sv'),
        ('*', 'sv'),
        ('en;q=nonsense', 'en'),
        (';;;,,,=', 'sv'),
    ],
)
def test_the_browser_chooses_the_language(header: str, language: str) -> None:
    assert negotiate_language(header) == language


def test_an_unknown_language_gets_the_default() -> None:
    assert translator('xx') is not None
    assert translator('xx').language == 'sv'


def test_invented_languages_load_nothing_and_are_not_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    default = translator(DEFAULT)
    monkeypatch.setattr('app.i18n._load', lambda path: pytest.fail(f'{path} was read'))
    assert all(translator(f'{letter}{number}') is default for letter in 'sv' for number in range(100))


def test_how_long_ago_is_said_as_people_say_it() -> None:
    english, swedish = translator('en'), translator('sv')
    assert english.ago(NOON - timedelta(seconds=30), NOON) == 'just now'
    assert english.ago(NOON - timedelta(minutes=40), NOON) == '40 minutes ago'
    assert swedish.ago(NOON - timedelta(minutes=40), NOON) == 'för 40 minuter sedan'
    assert english.ago(NOON - timedelta(hours=23), NOON) == '23 hours ago'
    assert [one.ago(NOON - timedelta(hours=25), NOON) for one in (english, swedish)] == ['yesterday', 'i går']
    assert english.ago(NOON - timedelta(hours=40), NOON) == '2 days ago'  # in the night before last
    assert english.ago(NOON - timedelta(minutes=59.8), NOON) == '1 hour ago'
    assert english.when(NOON - timedelta(days=8), NOON) == '26 Apr 2026'


@pytest.mark.parametrize(
    ('language', 'minutes', 'said'),
    [
        ('fi', 40, '40 minuuttia sitten'),
        ('ar', 2, 'قبل دقيقتين'),
        ('ar', 3, 'قبل 3 دقائق'),
        ('ar', 40, 'قبل 40 دقيقة'),
        ('uk', 1, '1 хвилину тому'),
        ('uk', 42, '42 хвилини тому'),
        ('uk', 45, '45 хвилин тому'),
        ('so', 1, '1 daqiiqad ka hor'),
        ('so', 40, '40 daqiiqo ka hor'),
        ('so', 120, '2 saacadood ka hor'),
        ('so', 1440, 'shalay'),
        ('so', 2880, '2 maalmood ka hor'),
    ],
)
def test_each_language_has_its_own_way_with_time(language: str, minutes: int, said: str) -> None:
    assert translator(language).ago(NOON - timedelta(minutes=minutes), NOON) == said


def test_each_language_has_its_own_dates() -> None:
    day = NOON - timedelta(days=8)
    dates = {language: translator(language).date(day) for language in LANGUAGES}
    assert dates == {
        'sv': '26 apr. 2026', 'en': '26 Apr 2026', 'fi': '26.4.2026', 'ar': '26\u200f/04\u200f/2026',
        'uk': '26 квіт. 2026\u202fр.', 'so': '26 Abriil 2026',
    }  # fmt: skip


@pytest.mark.parametrize('language', LANGUAGES)
def test_digits_are_those_of_the_stickers(language: str) -> None:
    speak = translator(language)
    texts = [speak.ago(NOON - timedelta(minutes=40), NOON), speak.date(NOON), speak.plural(*NEIGHBOURS, 40)]
    assert all(any(char in '0123456789' for char in words) for words in texts)
    assert not any(char.isdecimal() and not char.isascii() for words in texts for char in words)


@pytest.mark.parametrize(
    ('count', 'said'),
    [
        (1, 'أحد الجيران'), (2, 'اثنان من الجيران'), (3, '3 جيران'), (10, '10 جيران'), (11, '11 جارًا'), (99, '99 جارًا'),
        (100, '100 جار'), (103, '103 جيران'),
    ],
)  # fmt: skip
def test_arabic_counts_in_six_ways(count: int, said: str) -> None:
    assert translator('ar').plural(*NEIGHBOURS, count) == said


@pytest.mark.parametrize(
    ('count', 'said'),
    [(1, 'сусід'), (3, 'сусіди'), (5, 'сусідів'), (11, 'сусідів'), (21, 'сусід')],
)
def test_ukrainian_counts_in_three_ways(count: int, said: str) -> None:
    assert translator('uk').plural(*NEIGHBOURS, count) == f'{count} {said}'


def test_arabic_alone_is_written_from_right_to_left() -> None:
    assert [language for language in LANGUAGES if translator(language).direction == 'rtl'] == ['ar']


def test_what_a_language_lacks_is_said_in_english() -> None:
    for language in ('fi', 'ar', 'uk', 'so'):
        speak = translator(language)
        assert speak('{name} logged a lesson', name='Fia') == 'Fia logged a lesson'
        assert speak.plural('{count} thing', '{count} things', 2) == '2 things'


def test_markup_in_a_slot_stays_markup_and_all_else_is_escaped() -> None:
    text = translator('en')('Back to {asset}', asset=Markup('<bdi>{}</bdi>').format('<Glas>'))
    assert text == 'Back to <bdi>&lt;Glas&gt;</bdi>'
    assert isinstance(text, Markup)
    assert interpolate('<i>{one} & {other}', one=Markup('<b>1</b>'), other='<2>') == '&lt;i&gt;<b>1</b> &amp; &lt;2&gt;'
    assert not isinstance(translator('en')('Back to {asset}', asset='<Glas>'), Markup)


def test_a_clock_that_is_a_little_behind_says_just_now() -> None:
    assert translator('en').ago(NOON + timedelta(seconds=5), NOON) == 'just now'


def test_a_refusal_is_shown_in_the_readers_language() -> None:
    refusal = Invalid(
        'text', 'That is {length} characters; at most {limit} fit. Shorten it a little.', length=2001, limit=2000
    )
    assert translator('en').refusal(refusal).startswith('The text has 2001 characters')
    assert translator('sv').refusal(refusal).startswith('Texten har 2001 tecken')


SLOT = re.compile(r'\{\w*\}')

everywhere = pytest.mark.parametrize('language', LANGUAGES)

ONE_NUMBER_ALONE: Mapping[str, Collection[int]] = {'sv': (0,), 'en': (0,), 'fi': (0,), 'so': (0,), 'ar': (0, 1, 2)}
"""Plural forms that stand for one number each, and so may write it as a word."""


@pytest.fixture(scope='module')
def all_texts(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """Return every text in the code."""
    return extract_texts(tmp_path_factory.mktemp('locales'))


@pytest.fixture(scope='module')
def public_texts(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """Return every text of the public pages."""
    return extract_texts(tmp_path_factory.mktemp('locales'), 'public')


@pytest.fixture
def texts(language: str, all_texts: Catalog, public_texts: Catalog) -> Catalog:
    """Return the texts that need a translation into a language."""
    return all_texts if language in STAFF_LANGUAGES else public_texts


@pytest.fixture
def catalogue(language: str) -> Catalog:
    """Return the catalogue of a language."""
    with (FOLDER / language / 'LC_MESSAGES' / 'haren.po').open('rb') as file:
        return read_po(file, locale=language)


def words(message: Message) -> tuple[str, ...]:
    """Return the forms of a translation."""
    return tuple(message.string) if isinstance(message.string, list | tuple) else (message.string or '',)


@everywhere
def test_every_text_is_translated(texts: Catalog, catalogue: Catalog) -> None:
    missing = [text.id for text in texts if text.id and (not (kept := catalogue.get(text.id)) or not all(words(kept)))]
    assert missing == [], 'run `make locales` and translate'


@everywhere
def test_no_translation_is_left_over_or_unsure(texts: Catalog, catalogue: Catalog) -> None:
    assert [kept.id for kept in catalogue if kept.id and texts.get(kept.id) is None] == []
    assert [kept.id for kept in catalogue if kept.id and kept.fuzzy] == []
    assert not catalogue.obsolete


def slots_that_differ(kept: Message, language: str) -> list[str]:
    """Return the forms of a translation that lack a slot of the English text, or have another one.

    "within an hour" has no {count}, "within {count} hours" has: a form that stands for one number may do either.
    """
    texts = (kept.id, kept.id) if isinstance(kept.id, str) else kept.id
    one, many = (set(SLOT.findall(text)) for text in texts)
    alone = ONE_NUMBER_ALONE.get(language, ()) if kept.pluralizable else ()
    forms = [(form, set(SLOT.findall(form)), place in alone) for place, form in enumerate(words(kept))]
    return [
        form
        for form, found, is_alone in forms
        if not (one - {'{count}'} <= found <= many if is_alone else found == many)
    ]


@everywhere
def test_translations_have_the_same_slots(language: str, catalogue: Catalog) -> None:
    assert [form for kept in catalogue if kept.id for form in slots_that_differ(kept, language)] == []


@pytest.mark.parametrize(
    ('language', 'forms', 'wrong'),
    [
        ('sv', ('inom en timme', 'inom {count} timmar'), []),
        ('sv', ('inom {count} timme', 'inom {count} timmar'), []),
        ('sv', ('inom en timme', 'inom timmar'), ['inom timmar']),
        ('sv', ('inom {hours}', 'inom {count} timmar'), ['inom {hours}']),
        ('uk', ('годину', '{count} години', '{count} годин'), ['годину']),
        ('ar', ('0', '1', '2', '{count} أ', '{count} ب', 'ج'), ['ج']),
    ],
)
def test_a_plural_that_loses_its_number_is_noticed(language: str, forms: tuple[str, ...], wrong: list[str]) -> None:
    kept = Message(('within an hour', 'within {count} hours'), forms)
    assert slots_that_differ(kept, language) == wrong


@everywhere
def test_every_form_of_a_plural_is_there(language: str, catalogue: Catalog) -> None:
    forms = {'sv': 2, 'en': 2, 'fi': 2, 'so': 2, 'uk': 3, 'ar': 6}[language]
    assert catalogue.num_plurals == forms
    assert {len(words(kept)) for kept in catalogue if kept.pluralizable} == {forms}


@everywhere
def test_a_translation_ends_as_the_text_does(catalogue: Catalog) -> None:
    ends = {'.': '.', '?': '?؟', '!': '!', ':': ':'}
    for kept in catalogue:
        for form in words(kept):
            text = str(kept.id[0] if kept.pluralizable else kept.id)
            said = re.sub(r' \([^()]*\)$', '', form)  # "(optional)"
            assert not text or said[-1] in ends.get(text[-1], said[-1]), (text, form)


@everywhere
def test_a_catalogue_says_how_it_was_made_and_what_is_due(language: str, catalogue: Catalog) -> None:
    head = (FOLDER / language / 'LC_MESSAGES' / 'haren.po').read_text(encoding='utf-8').split('msgid', 1)[0]
    assert re.search('review is due|Reviewed by', head)
    assert ('by machine' in head) == (language not in STAFF_LANGUAGES)
    assert catalogue.locale is not None
    assert catalogue.locale.language == language


def test_public_texts_are_some_of_all(all_texts: Catalog, public_texts: Catalog) -> None:
    assert [text.id for text in public_texts if text.id and all_texts.get(text.id) is None] == []
    assert 0 < len(public_texts) < len(all_texts)


def test_all_that_makes_public_pages_is_gathered() -> None:
    with (FOLDER / 'public.cfg').open() as file:
        rules, _ = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]

    def is_gathered(path: Path) -> bool:
        name = path.relative_to(ROOT).as_posix()
        return next((method for pattern, method in rules if pathmatch(pattern, name)), 'ignore') != 'ignore'

    modules = [path for folder in ('pages', 'components') for path in (ROOT / folder).rglob('*.py')]
    making = {
        path
        for path in modules
        if re.search(r'^from components\.html\.renderer import', path.read_text(encoding='utf-8'), re.M)
    }
    named = re.findall(
        r'^from (components[\w.]*) import', (ROOT / 'components/html/renderer.py').read_text(encoding='utf-8'), re.M
    )
    used = {ROOT / f'{name.replace(".", "/")}.py' for name in named}
    speaking = {
        path for path in modules if path in used and re.search(r"\b(_|msgid)\('", path.read_text(encoding='utf-8'))
    }
    assert [path for path in making | speaking if not is_gathered(path)] == []
    left_out = [path for path in (ROOT / 'components' / 'templates').iterdir() if not is_gathered(path)]
    assert [
        template.name for template in left_out for path in making if template.name in path.read_text(encoding='utf-8')
    ] == []
    names = [path.relative_to(ROOT).as_posix() for path in [*modules, *left_out, *(ROOT / 'app').rglob('*.py')]]
    assert [pattern for pattern, _ in rules if not any(pathmatch(pattern, name) for name in names)] == []


def test_the_sentences_of_every_refusal_are_gathered() -> None:
    script = (ROOT / '.ci' / 'extract-texts').read_text(encoding='utf-8')
    assert [kind.__name__ for kind in Refusal.__subclasses__() if f'-k {kind.__name__}' not in script] == []


def test_labels_that_residents_read_are_in_every_language() -> None:
    lists = load_catalogue()
    labels = [kind.label for kind in lists.asset_kinds]
    labels += [label for problem in lists.problems for label in (problem.button, problem.state)]
    for label in labels:
        assert all(label.in_(language).strip() for language in LANGUAGES)
        assert len({label.in_(language) for language in LANGUAGES}) >= 5, label  # "Full" is both Swedish and English
    assert lists.roots[0].label.in_('so') == lists.roots[0].label.en
