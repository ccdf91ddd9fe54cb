"""Test an audit of the stickers: one phone shows it, another scans."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from app.domain.sticker_codes import spaced
from tests.browser.accessibility import violations
from tests.browser.conftest import Open, code_of, pause

WITHIN_A_SECOND = 1000

SITE = 'hassleholmen'
"""The site of the audits: no other test needs its stickers."""


def open_audit(page: Page) -> None:
    page.goto(f'/audit?site={SITE}')
    page.locator('.sticker').first.wait_for()


def names(page: Page) -> list[str]:
    return page.locator('.sticker-name').all_inner_texts()


def begin(page: Page) -> None:
    """Begin an audit, or begin it again where another test has begun one."""
    anew = page.locator('.round-anew')
    if anew.is_visible():
        anew.click()
        page.get_by_role('dialog').get_by_role('button', name='Starta en ny runda').click()
    else:
        page.locator('.round button').click()
    expect(page.locator('.round-words')).to_contain_text(re.compile(r'\b0 (av|of) '))
    pause(page)


@pytest.mark.alone
def test_an_open_audit_shows_what_another_phone_scans(sign_in: Open, stranger: Open) -> None:
    lova, fia, rut = sign_in('lova'), sign_in('fia'), stranger()
    open_audit(lova)
    begin(lova)
    total = len(names(lova))
    first, second = (code_of(fia, SITE, name) for name in ('Plastförpackningar 1', 'Lampa 1'))
    lova.evaluate('document.querySelector(".sticker-name").setAttribute("data-still-here", "")')

    rut.goto(f'/Q/{second}')  # a resident's scan says nothing about the sticker
    fia.goto(f'/Q/{first}')
    expect(fia.locator('main')).to_contain_text(f'1 of {total}')
    expect(lova.locator('.round-words')).to_contain_text(f'1 av {total}', timeout=WITHIN_A_SECOND)
    expect(lova.locator('.sticker').last).to_contain_text('Plastförpackningar 1')
    expect(lova.locator('.sticker.arrived')).to_have_count(1)
    message = lova.locator('.round [role=status]')
    expect(message).to_contain_text(f'Senast skannad: Plastförpackningar 1 ({spaced(first)})')
    expect(message).to_be_in_viewport()
    anew, last = (found.bounding_box() for found in (lova.locator('.round-anew'), lova.locator('.sticker').last))
    assert anew
    assert last
    assert anew['y'] > last['y']

    fia.goto(f'/Q/{second}')
    expect(lova.locator('.round-words')).to_contain_text(f'2 av {total}', timeout=WITHIN_A_SECOND)
    expect(lova.locator('.sticker').last).to_contain_text('Lampa 1')
    assert names(lova)[-2:] == ['Plastförpackningar 1', 'Lampa 1']
    assert lova.locator('[data-still-here]').count() == 1, 'the rows were built anew'

    fia.locator('a[href^="/audit"]').click()
    expect(fia.locator('.round-words')).to_contain_text(f'2 av {total}')
    lova.reload()
    expect(lova.locator('.round-words')).to_contain_text(f'2 av {total}')
    assert names(lova)[-2:] == ['Plastförpackningar 1', 'Lampa 1']


def test_a_link_on_our_own_pages_is_no_scan(sign_in: Open) -> None:
    fia = sign_in('fia')
    open_audit(fia)
    begin(fia)
    fia.locator('.sticker-name').first.click()
    expect(fia.locator('main')).to_contain_text('0 of ')
    expect(fia.locator('main')).not_to_contain_text('Sticker seen')
    fia.go_back()
    expect(fia.locator('.round-words')).to_contain_text(re.compile(r'\b0 (av|of) '))


@pytest.mark.alone
def test_a_row_that_moves_keeps_the_focus(sign_in: Open) -> None:
    lova = sign_in('lova')
    open_audit(lova)
    begin(lova)
    link = lova.locator('.sticker-name').first
    name = link.inner_text()
    link.focus()
    lova.request.get(str(link.get_attribute('href')).replace('/q/', '/Q/'))
    expect(lova.locator('.sticker').last).to_contain_text(name, timeout=WITHIN_A_SECOND)
    expect(lova.locator('.sticker-name:focus')).to_have_text(name)


def test_the_code_of_a_sticker_can_be_typed_and_a_strange_one_is_reported(sign_in: Open) -> None:
    fia = sign_in('fia', viewport={'width': 320, 'height': 640})
    open_audit(fia)
    begin(fia)
    fia.locator('summary').click()
    field = fia.get_by_label('Koden på dekalen')
    field.fill('000000')
    field.press('Enter')
    expect(fia.locator('.sticker-field')).to_contain_text('teamledare')
    expect(field).to_have_value('000000')
    assert violations(fia) == []
    field.fill(code_of(fia, SITE, 'Metallförpackningar 1').lower())
    field.press('Enter')
    expect(fia.locator('.sticker-field [role=status]')).to_contain_text('Metallförpackningar 1')
    expect(fia.locator('.sticker-field [role=status]')).to_be_in_viewport()
    expect(field).to_have_value('')
    expect(fia.locator('.sticker').last).to_contain_text('Metallförpackningar 1')
    assert violations(fia) == []
    assert fia.evaluate('document.documentElement.scrollWidth <= innerWidth')


def test_the_places_can_be_reached_from_me_on_a_narrow_phone(sign_in: Open) -> None:
    fia = sign_in('fia', viewport={'width': 320, 'height': 640})
    fia.goto('/me')
    fia.locator('.rare-door a[href="/audit"]').click()
    expect(fia.locator('.sticker')).to_have_count(5)
    assert fia.evaluate('document.documentElement.scrollWidth <= innerWidth')
    fia.locator('.sticker-name', has_text='Hässleholmen').click()
    expect(fia.get_by_role('heading', level=2)).to_have_text('Hässleholmen')


def test_text_of_twice_the_size_scrolls_one_way_only(sign_in: Open) -> None:
    fia = sign_in('fia')
    for path in ('/audit', f'/audit?site={SITE}'):
        fia.goto(path)
        fia.locator('.sticker').first.wait_for()
        fia.evaluate("document.documentElement.style.fontSize = '32px'")
        assert fia.evaluate('document.documentElement.scrollWidth <= innerWidth'), path


def test_among_many_places_one_is_found_by_its_name(sign_in: Open) -> None:
    fia = sign_in('fia')
    fia.goto('/audit')
    fia.locator('.sticker').first.wait_for()
    expect(fia.get_by_role('searchbox')).to_have_count(0)
    more = [{'id': f'x{number}', 'name': f'Övre {number}', 'address': '/', 'order': f'{number}'} for number in range(4)]
    fia.evaluate('(rows) => getElement(document.querySelector(".stickers").id.slice(1)).put(rows, [])', more)
    expect(fia.locator('.sticker')).to_have_count(9)
    search = fia.get_by_label('Sök plats')
    search.fill('övre 2')
    expect(fia.locator('.sticker')).to_have_count(1)
    assert violations(fia) == []
    search.fill('ingenstans')
    expect(fia.locator('.stickers')).to_contain_text('Inget med det namnet.')
    search.fill('')
    expect(fia.locator('.sticker')).to_have_count(9)
