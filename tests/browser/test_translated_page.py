"""Test screens that the browser translates: what changes live stays one text in one language, and nothing breaks."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import is_live
from tests.browser.conftest import TABLET, Open, code_of
from tests.browser.test_feed import log_something, open_feed, report

TRANSLATE = """(way) => {
    const texts = document.createTreeWalker(document.querySelector('#main'), NodeFilter.SHOW_TEXT);
    const found = [];
    while (texts.nextNode()) if (texts.currentNode.data.trim()) found.push(texts.currentNode);
    for (const text of found) {
        const [outer, inner] = [document.createElement('font'), document.createElement('font')];
        inner.textContent = `‹${text.data}›`;
        outer.append(inner);
        if (way === 'replaced') text.replaceWith(outer);
        else if (way === 'before') { text.before(outer); text.remove(); }
        else { inner.replaceChildren(text.cloneNode()); text.before(outer); inner.replaceChildren(text); }
    }
}"""
"""Puts the text nodes into <font>, as translators do: in one step, in two, or with the node kept inside."""


@pytest.mark.parametrize(
    ('way', 'thing'), [('replaced', 'Ofärgat glas 1'), ('before', 'Tidningar 1'), ('inside', 'Metallförpackningar 1')]
)
def test_a_row_that_changes_shows_its_new_words_alone(sign_in: Open, way: str, thing: str) -> None:
    lova, fia = sign_in('lova', viewport=TABLET), sign_in('fia')
    faults: list[str] = []
    lova.on('pageerror', lambda error: faults.append(str(error)))
    code = code_of(fia, 'sjobo-torg', thing)
    report(fia, code, 'something_else')
    open_feed(lova)
    is_live(lova)
    id = lova.locator('.feed-row').first.get_attribute('data-row')
    row = lova.locator(f'[data-row="{id}"] .feed-where')
    number = next(part for part in row.inner_text().split(' · ') if part.startswith('20'))
    case = lova.locator('.case').filter(has_text=number).locator('.case-where').last
    expect(row).to_contain_text('Anmält')
    lova.evaluate(TRANSLATE, way)
    report(sign_in('leo'), code, 'something_else')
    for changed in (case, row):
        expect(changed).to_contain_text('Bekräftat')
        expect(changed).not_to_contain_text('Anmält')
        expect(changed).to_contain_text('2 anm')
    log_something(fia, f'Efter översättningen {way}')
    expect(lova.locator('.feed-row').first).to_contain_text(f'Efter översättningen {way}')
    assert faults == []


def test_elements_of_the_server_follow_too(sign_in: Open) -> None:
    alva, adam = sign_in('alva'), sign_in('alva')
    alva.goto('/people')
    name = alva.locator('.fold-button', has_text='Folke')
    name.wait_for()
    is_live(alva)
    detail = alva.locator('.things.card .thing-detail').first
    before = detail.inner_text()
    alva.evaluate(TRANSLATE, 'replaced')
    _rename_first_team(adam, 'Nytt namn på avdelningen')
    expect(detail).to_have_text('Nytt namn på avdelningen')
    _rename_first_team(adam, before)
    expect(detail).to_have_text(before)


def _rename_first_team(page: Page, organisation: str) -> None:
    page.goto('/people')
    page.locator('.things.card .thing').first.click()
    page.locator('.sheet input').nth(1).fill(organisation)
    page.locator('.sheet [type=submit]').click()
    page.locator('.sheet').wait_for(state='detached')
