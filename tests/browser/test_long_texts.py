"""Test that long and odd texts keep to their box, and are folded in lists."""

from __future__ import annotations

from uuid import uuid4

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect

from tests.browser.accessibility import fits, is_live
from tests.browser.conftest import PHONE, TABLET, Open, code_of, pause

PILE = 'e' + '\u0301' * 900
LONG = {
    'word': 'å' * 1900,
    'lines': '\n'.join(f'rad {number}' for number in range(200)),
    'sentence': 'Vi har fler ord än vad som får plats. ' * 40,
    'arabic': 'مرحبا بالعالم ' * 60,
}
SHORT = {'marks': f'{PILE} slut', 'few': 'Kort text', 'two lines': 'en rad\noch en till'}

FOLDED = 160
"""Pixels that a folded text may take: six lines."""

WHOLE = 'text => text.scrollHeight <= text.clientHeight + 1'

UNCLIPPED = """pile => {
    const texts = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT), found = [];
    while (texts.nextNode()) {
        if (!texts.currentNode.data.includes(pile)) continue;
        let box = texts.currentNode.parentElement;
        while (getComputedStyle(box).display === 'inline') box = box.parentElement;
        if (!/clip|hidden/.test(getComputedStyle(box).overflowY)) found.push(box.outerHTML.slice(0, 80));
    }
    return found;
}"""
"""The boxes that hold piled marks and let them draw over their neighbours."""


def log(page: Page, text: str, kind: str = 'activity') -> str:
    entry = {'id': uuid4().hex, 'kind': kind, 'text': text, 'audience': 'staff', 'hits': '', 'tried': ''}
    if kind == 'obstacle':
        entry |= {'hits': text[:280], 'tried': text}
    assert page.request.post('/api/v1/entries', data=entry).status == 201
    return entry['id']


def reply(page: Page, entry: str, text: str, kind: str = 'yes_and') -> None:
    sent = {'id': uuid4().hex, 'kind': kind, 'text': text}
    assert page.request.post(f'/api/v1/entries/{entry}/replies', data=sent).status == 201


def height(element: Locator) -> float:
    box = element.bounding_box()
    assert box
    return box['height']


def press(page: Page, button: Locator) -> None:
    """Press a button by keyboard, long enough after the last press on it."""
    pause(page)
    button.focus()
    button.press('Enter')


@pytest.mark.parametrize('viewport', [PHONE, TABLET], ids=['phone', 'tablet'])
def test_a_long_text_is_folded_and_can_be_opened(sign_in: Open, viewport: ViewportSize) -> None:
    lova = sign_in('lova', viewport=viewport)
    entries = {name: log(lova, text) for name, text in (LONG | SHORT).items()}
    lova.goto('/feed')
    is_live(lova)
    rows = {name: lova.locator(f'.feed-row:has(a[href="/entries/{id}"])') for name, id in entries.items()}
    for name, row in rows.items():
        expect(row.locator('.feed-preview')).to_contain_text((LONG | SHORT)[name].strip()[-5:])
        assert height(row) < FOLDED
    assert fits(lova)
    for name in ('word', 'lines'):
        button = rows[name].get_by_role('button')
        expect(button).to_have_attribute('aria-expanded', 'false')
        assert height(button) >= 48
        press(lova, button)
        expect(button).to_have_attribute('aria-expanded', 'true')
        expect(button).to_be_focused()
        text = rows[name].locator('.feed-text')
        assert text.evaluate(WHOLE)
        assert height(text) > FOLDED
    assert fits(lova)
    reply(lova, entries['word'], 'Ett svar')
    answered = rows['word'].filter(has=lova.locator('.feed-said'))
    expect(answered).to_have_count(1)
    assert height(answered.locator('.feed-text')) > FOLDED
    press(lova, rows['lines'].get_by_role('button'))
    expect(rows['lines'].locator('.feed-text')).to_have_count(0)
    assert height(rows['lines']) < FOLDED


def test_piled_marks_stay_in_their_box_on_every_screen(sign_in: Open) -> None:
    lova = sign_in('lova', viewport=TABLET)
    code = code_of(lova, 'kransmossen', 'Färgat glas 1')
    sent = {'id': uuid4().hex, 'code': code, 'problem': 'something_else', 'note': PILE}
    assert lova.request.post('/api/v1/reports', data=sent).status == 201
    entries = [log(lova, PILE), log(lova, PILE, 'obstacle')]
    for entry in entries:
        reply(lova, entry, PILE)
    for path in ('/feed', '/obstacles', '/me', f'/q/{code}', *(f'/entries/{entry}' for entry in entries)):
        lova.goto(path)
        expect(lova.get_by_text('\u0301' * 100).first).to_be_attached()
        if path == '/obstacles':
            lova.locator('.obstacle').first.get_by_role('button', name='Nästa steg').click()
        assert lova.evaluate(UNCLIPPED, '\u0301' * 100) == [], path


@pytest.mark.parametrize('width', [320, 390])
def test_the_views_of_the_diary_stay_on_one_line(sign_in: Open, width: int) -> None:
    lova = sign_in('lova', viewport={'width': width, 'height': 700})
    lova.goto('/obstacles')
    views = lova.locator('.obstacles .tabs')
    views.wait_for()
    assert height(views) < 64
    assert views.evaluate('views => views.scrollWidth <= views.clientWidth')
    assert fits(lova)
