"""Find texts that would reach a screen in one language only."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest
from babel.messages.catalog import Catalog

from app.i18n import LANGUAGES, translator
from tests.conftest import UnknownTexts
from tests.gettext_catalogue import ROOT, extract_texts
from tests.source_texts import MODULES, SCRIPTS, TEMPLATES, called, literals, texts_to_translate

WIDGETS = {'Button', 'ButtonLink', 'Dialog', 'Tab', 'Text', 'button', 'label', 'link', 'notify', 'select', 'tooltip'}
"""Functions and classes that show a text as it is."""

NAMES = {'Atom', 'Haren', 'JSON Feed', 'OpenAPI', 'python -m app invite --role admin NAME'}
"""Words that are the same in every language."""


@pytest.fixture(scope='module')
def texts(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """Return every text that is extracted for translation."""
    return extract_texts(tmp_path_factory.mktemp('locales'))


def written_out(text: ast.expr) -> bool:
    """Return True if the text is a literal that the extraction reads, or comes from elsewhere under a name."""
    return not any(isinstance(part, ast.JoinedStr | ast.BinOp) for part in ast.walk(text)) and not (
        isinstance(text, ast.Call)
        and isinstance(text.func, ast.Attribute)
        and isinstance(text.func.value, ast.Constant)
    )


@pytest.mark.parametrize(
    ('code', 'found'),
    [
        ("_('Save')", {'Save'}),
        ('f\'<p>{escape(_("Not now"))}</p>\'', {'Not now'}),
        ("self._translator('Type it')", {'Type it'}),
        ("translator('sv')('Reported')", {'Reported'}),
        ("_('Open' if here else 'Closed')", {'Open', 'Closed'}),
        ("raise Invalid('text', 'Shorten it.')", {'Shorten it.'}),
        ("_.plural('{count} day', '{count} days', 3)", {'{count} day', '{count} days'}),
    ],
)
def test_texts_are_found_wherever_they_stand(code: str, found: set[str]) -> None:
    assert {words for text in texts_to_translate(code) for words in literals(text)} == found


@pytest.mark.parametrize(
    ('code', 'right'),
    [
        ("_('Save')", True),
        ('_(message)', True),
        ("_(f'{name} left')", False),
        ("_('Hello ' + name)", False),
        ("_('Hello %s' % name)", False),
        ("_('Hello {}'.format(name))", False),
    ],
)
def test_a_text_that_is_put_together_is_noticed(code: str, right: bool) -> None:
    assert [written_out(text) for text in texts_to_translate(code)] == [right]


def test_every_text_to_translate_is_extracted(texts: Catalog) -> None:
    passed = [(path, text) for path in MODULES for text in texts_to_translate(path.read_text(encoding='utf-8'))]
    assert len(passed) > 500, 'the pattern finds them'
    many = {text.id[1] for text in texts if text.pluralizable}
    missed = [
        f'{path.relative_to(ROOT)}:{text.lineno} {words}'
        for path, text in passed
        for words in literals(text)
        if texts.get(words) is None and words not in many
    ]
    assert missed == []


def test_no_text_to_translate_is_put_together() -> None:
    passed = [(path, text) for path in MODULES for text in texts_to_translate(path.read_text(encoding='utf-8'))]
    wrong = [f'{path.relative_to(ROOT)}:{text.lineno}' for path, text in passed if not written_out(text)]
    assert wrong == [], 'write the text out, with {slots}'


def test_a_text_that_no_catalogue_has_is_noticed(unknown_texts: UnknownTexts) -> None:
    for language in LANGUAGES:
        translator(language)(f'Nobody has translated {language}')
    translator('sv').plural('{count} hare', '{count} hares', 2)
    assert unknown_texts.asked_for == {*(f'Nobody has translated {language}' for language in LANGUAGES), '{count} hare'}
    unknown_texts.asked_for.clear()


def shown_as_it_is(code: str) -> Iterator[tuple[int, str]]:
    """Find words that a widget shows and nobody translates."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and called(node.func) in WIDGETS:
            for given in (*node.args, *(keyword.value for keyword in node.keywords if keyword.arg == 'named')):
                for words in literals(given):
                    if is_language(words):
                        yield node.lineno, words


def is_language(words: str) -> bool:
    """Return True for words that a person reads, which begin with a capital."""
    return words not in NAMES and bool(re.match(r'[A-ZÅÄÖ][a-zåäö]', words))


@pytest.mark.parametrize(
    ('code', 'found'),
    [
        ("Text('p', 'Nothing yet')", ['Nothing yet']),
        ("Text('p', _('Nothing yet'))", []),
        ("Text('p', 'Haren')", []),
        ("ui.label('Spara')", ['Spara']),
        ("Button(_('Save'), save, named='Save it')", ['Save it']),
    ],
)
def test_words_without_a_catalogue_are_noticed(code: str, found: list[str]) -> None:
    assert [words for _line, words in shown_as_it_is(code)] == found


def test_no_widget_shows_words_without_a_catalogue() -> None:
    found = [
        (path.relative_to(ROOT), *shown)
        for path in MODULES
        for shown in shown_as_it_is(path.read_text(encoding='utf-8'))
    ]
    assert found == []


SILENT = re.compile(
    r'\{% block wide %\}.*?\{% endblock %\}|\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<(script|style)\b.*?</\1>|<!doctype html>',
    re.DOTALL,
)
READ_ALOUD = re.compile(r'\b(?:alt|aria-label|content|label|placeholder|title)="([^"]*)"')
NOT_WORDS = re.compile(r'width=device-width|noindex')


def words_in(template: str) -> list[str]:
    """Return the words that stand in a template itself: between its tags, and in attributes that people read."""
    spoken = SILENT.sub('', template)
    attributes = [words for words in READ_ALOUD.findall(spoken) if not NOT_WORDS.match(words)]
    pieces = [*attributes, *re.split(r'<[^>]*>', spoken)]
    return [piece.strip() for piece in pieces if re.search(r'[^\W\d_]{2}', piece) and piece.strip() not in NAMES]


@pytest.mark.parametrize(
    ('template', 'words'),
    [
        ("<p>{{ _('Save') }}</p>", []),
        ('<p>Spara</p>', ['Spara']),
        ('<img alt="A photo">', ['A photo']),
        ('{# A comment #}<p class="quiet">{% if x %}Hello{% endif %}</p>', ['Hello']),
    ],
)
def test_words_in_a_template_are_found(template: str, words: list[str]) -> None:
    assert words_in(template) == words


def test_no_template_speaks_for_itself() -> None:
    assert [(path.name, words) for path in TEMPLATES for words in words_in(path.read_text(encoding='utf-8'))] == []


def sentences_in(script: str) -> list[str]:
    """Return the literals of a script that look like sentences for people, without those of errors for developers."""
    code = re.sub(r'^\s*(//|\*|/\*).*$|\s//\s.*$', '', script, flags=re.MULTILINE)
    code = re.sub(r'new \w*Error\([^)]*\)|console\.\w+\([^)]*\)', '', code)
    return re.findall(r'["\'`]([A-ZÅÄÖ][a-zåäö]+(?: [\w…’]+)+[.?!…]?)["\'`]', code)


@pytest.mark.parametrize(
    ('script', 'found'),
    [
        ('show("Nothing was sent.");', ['Nothing was sent.']),
        ('// "Nothing was sent."\nshow(words.nothing);', []),
        ('throw new TypeError("Not a code");', []),
    ],
)
def test_sentences_in_a_script_are_found(script: str, found: list[str]) -> None:
    assert sentences_in(script) == found


def test_no_script_speaks_for_itself() -> None:
    found = [
        (path.relative_to(ROOT), words) for path in SCRIPTS for words in sentences_in(path.read_text(encoding='utf-8'))
    ]
    assert found == []
