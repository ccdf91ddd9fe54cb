"""Test what texts say: examples that are right, one text for each meaning, and one word for each thing."""

from __future__ import annotations

import ast
import re

import pytest
from babel.messages.pofile import read_po

from app.domain import sticker_codes
from app.i18n import FOLDER, LANGUAGES
from app.store.catalogue_files import load_catalogue
from tests.source_texts import MODULES, TEMPLATES, called, literals

CODE = re.compile(r'(?<![\w/.-])(?=[A-Z\s]*\d)(?=[0-9\s]*[A-Z])[0-9A-Z]{3}[\s-]?[0-9A-Z]{3}\b')
"""A text that looks like a sticker's code: six digits and capitals, with both among them."""


def wrong_codes(text: str) -> list[str]:
    """Return the codes in a text that Haren would reject."""
    found = [(code, ' '.join(code.split())) for code in CODE.findall(text)]
    return [code for code, typed in found if isinstance(sticker_codes.read(typed), sticker_codes.CodeError)]


@pytest.mark.parametrize(
    ('text', 'wrong'),
    [
        ('Six letters and digits, such as K7M 2QR.', []),
        ('Kuusi merkkiä, esimerkiksi K7M 2QX.', ['K7M 2QX']),
        ("examples=['K7M2QX']", ['K7M2QX']),
        ('ستة أحرف، مثل K7M-2QX.', ['K7M-2QX']),
        ('Six, such as K7M\N{NO-BREAK SPACE}2QX.', ['K7M\N{NO-BREAK SPACE}2QX']),
        ('HTTP 404 and UTF-8, RFC 9110', []),
    ],
)
def test_an_example_that_is_no_code_is_noticed(text: str, wrong: list[str]) -> None:
    assert wrong_codes(text) == wrong


@pytest.mark.parametrize('language', LANGUAGES)
def test_the_examples_in_each_language_are_codes(language: str) -> None:
    with (FOLDER / language / 'LC_MESSAGES' / 'haren.po').open('rb') as file:
        catalogue = read_po(file, locale=language)
    said = [
        words for text in catalogue for words in ([text.string] if isinstance(text.string, str) else text.string or ())
    ]
    assert sum(len(CODE.findall(words)) for words in said) > 0, 'the hint of the field for codes has one'
    assert [wrong for words in said for wrong in wrong_codes(words)] == []


def test_the_examples_in_templates_are_codes() -> None:
    assert [(path.name, wrong) for path in TEMPLATES for wrong in wrong_codes(path.read_text(encoding='utf-8'))] == []


BUTTONS = {'Button', 'ButtonLink', 'send_button', '_send_button', 'copy_button'}
"""Functions and classes whose texts say what a press does."""

SAME_BY_DECISION = {'Fixed', 'Emptied'}
"""Buttons that say how the thing is, as the people who press them do."""


def meanings(code: str) -> tuple[set[str], set[str]]:
    """Return the msgids that name a press, and those that name a state or a view."""
    presses: set[str] = set()
    states: set[str] = set()
    for node in ast.walk(ast.parse(code)):
        match node:
            case ast.Call(func=function) if called(function) in BUTTONS:
                presses |= msgids_in(node)
            case ast.FunctionDef(name=name) if re.search('^act_name$|_label$|_actions$', name):
                presses |= msgids_in(node)
            case ast.FunctionDef(name=name) if re.search('(^|_)(state|state_name|view_name|step_words)$', name):
                states |= msgids_in(node)
            case _:
                pass
    return presses, states


def msgids_in(node: ast.AST) -> set[str]:
    """Return the literal msgids below a node of a syntax tree."""
    calls = [call for call in ast.walk(node) if isinstance(call, ast.Call) and called(call.func) in ('_', 'msgid')]
    return {words for call in calls for text in call.args[:1] for words in literals(text)}


@pytest.mark.parametrize(
    ('code', 'both'),
    [
        ("Button(_('Removed'), act)\ndef state_name(state): return {GONE: _('Removed')}[state]", {'Removed'}),
        ("def act_name(act): return _('Raised')\ndef view_name(view): return _('Raised')", {'Raised'}),
        ("Button(_('It is gone'), act)\ndef state_name(state): return _('Removed')", set()),
    ],
)
def test_one_text_for_two_meanings_is_noticed(code: str, both: set[str]) -> None:
    presses, states = meanings(code)
    assert presses & states == both


def test_a_button_and_a_state_have_a_msgid_each() -> None:
    found = [meanings(path.read_text(encoding='utf-8')) for path in MODULES]
    presses = {words for pressed, _states in found for words in pressed}
    for path in TEMPLATES:
        for label in re.findall(r'<button\b.*?</button>', path.read_text(encoding='utf-8'), re.DOTALL):
            presses |= set(re.findall(r"\b_\('([^']+)'", label))
    states = {words for _presses, named in found for words in named}
    assert len(presses) > 60
    assert len(states) > 10
    assert presses & states <= SAME_BY_DECISION


REPLACED = {
    'sv': (
        'klistermärk', r'\bmärken\b', 'loggpost', 'karantän', 'undanröj', 'kringg', 'utforsk', 'uppmärksamma',
        r'\bgrann', 'för gott', 'bortglömd', r'\bglöm', 'anslutning', 'i kontakt', r'\bpröva', r'\blag\b',
        'ur vägen', 'samma som …', r'\bplattan\b', 'bildpunkt', 'gått förlorat', 'skilde på', r'”jag”',
        'kommer att stå', r'\bslags\b',
    ),
    'en': (
        'can not', r'\banew\b', 'QR symbol', 'neighbour', r'stands? (here|there|on|under)', r'\bhits\b',
        'forgot', 'forget', r'you are in\b', 'in no team', 'take away', 'taken away', 'there is no such',
        'upkeep', 'the same as …', 'meanwhile',
    ),
}  # fmt: skip
"""Words that another word has taken the place of: each thing has one."""


@pytest.mark.parametrize('language', REPLACED)
def test_each_thing_has_one_word(language: str) -> None:
    with (FOLDER / language / 'LC_MESSAGES' / 'haren.po').open('rb') as file:
        catalogue = read_po(file, locale=language)
    said = [words for text in catalogue if text.id for words in texts_of(text.string)]
    lists = load_catalogue()
    said += [label.in_(language) for each in lists.problems for label in (each.button, each.state, each.still)]
    said += [each.label.in_(language) for chosen in (lists.roots, lists.obstacle_kinds) for each in chosen]
    said += [kind.label.in_(language) for kind in lists.asset_kinds]
    old = re.compile('|'.join(REPLACED[language]), re.IGNORECASE)
    assert [words for words in said if old.search(words)] == []


def texts_of(forms: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    """Return the forms of a translation."""
    return (forms,) if isinstance(forms, str) else tuple(forms or ())
