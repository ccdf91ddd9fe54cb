"""Test the screen of a case in a browser: two leads at once, double taps, photos, and what each form looks like."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from uuid import uuid4

import pytest
from playwright.sync_api import APIResponse, Locator, Page, ViewportSize, expect

from tests.browser.accessibility import Theme, enlarge_text, fits, is_live, violations
from tests.browser.conftest import PHONE, TABLET, Open, pause
from tests.sample_photos import scene

SHEETS = ('assign', 'promise', 'pause', 'close', 'split')
NARROW: ViewportSize = {'width': 320, 'height': 640}


def report(page: Page, number: int = 1, photos: int = 0, note: str = 'Full igen') -> str:
    """Report something that has no case yet, so many times. Return the address of the case's screen."""
    for site in page.request.get('/sites.json').json()['sites']:
        for asset in page.request.get(f'{site["url"]}.json').json()['assets']:
            sent = {'code': asset['url'][-6:], 'problem': 'broken', 'note': note}
            ids = [uuid4().hex for _ in range(number)]
            if not asset['open_cases'] and (answer := send(page, ids[0], sent)).status == 201:
                for id in ids[1:]:
                    send(page, id, sent)
                for id in ids[:photos]:
                    add_photo(page, id)
                return f'/cases/{answer.json()["case_number"]}'
    raise AssertionError('everything has a case already')


def send(page: Page, id: str, content: dict[str, str]) -> APIResponse:
    return page.request.post('/api/v1/reports', data={'id': id, **content})


def add_photo(page: Page, report_id: str) -> None:
    jpeg = io.BytesIO()
    scene(96 + int(report_id[:2], 16), 96).save(jpeg, 'JPEG')
    headers = {'content-type': 'image/jpeg'}
    assert page.request.put(f'/api/v1/reports/{report_id}/photo', data=jpeg.getvalue(), headers=headers).ok


def visit(page: Page, address: str) -> Page:
    page.goto(address)
    page.locator('.casefile-body').wait_for()
    is_live(page)
    return page


def act(page: Page, verb: str) -> Locator:
    return page.locator(f'[data-act={verb}]')


def test_two_leads_act_at_once_and_nothing_typed_is_lost(sign_in: Open) -> None:
    leo, lova = sign_in('leo'), sign_in('lova')
    address = report(leo)
    visit(leo, address)
    visit(lova, address)
    expect(leo.locator('.casefile-viewers')).to_contain_text('Lova Ledare')
    expect(lova.locator('.casefile-viewers')).to_contain_text('Leo Ledare')
    act(lova, 'close').click()
    lova.locator('dialog [value=cannot]').check(force=True)
    lova.locator('dialog textarea').fill('Marken är privat')
    act(leo, 'fixed').click()
    expect(leo.locator('.casefile-state')).to_contain_text('Åtgärdat av Leo Ledare')
    expect(lova.locator('.casefile-state')).to_contain_text('Åtgärdat av Leo Ledare')
    lova.locator('dialog [type=submit]').click()
    expect(lova.locator('dialog [role=alert]')).to_contain_text('Leo Ledare')
    expect(lova.locator('dialog textarea')).to_have_value('Marken är privat')
    lova.keyboard.press('Escape')
    expect(lova.locator('dialog')).to_have_count(0)
    expect(lova.locator('.casefile-timeline')).to_contain_text('Marken är privat')
    pause(leo)
    leo.locator('.undo-bar button').click()
    expect(lova.locator('.casefile-state')).to_contain_text('ingen har tagit det än')
    lova.context.close()
    expect(leo.locator('.casefile-viewers')).to_be_empty()


def test_words_outlive_a_refusal_a_lost_answer_and_a_reload(sign_in: Open) -> None:
    leo = sign_in('leo')
    visit(leo, report(leo))
    act(leo, 'close').click()
    leo.locator('dialog [value=not_ours]').check(force=True)
    leo.locator('dialog [type=submit]').click()
    flaw = leo.locator('dialog .entry-flaw')
    expect(flaw).not_to_be_empty()
    expect(leo.locator('dialog textarea')).to_be_focused()
    leo.keyboard.type('Trafikverkets. Ring 0771-921 921.')
    leo.route('**/close', lambda route: (route.fetch(), route.abort()), times=1)
    pause(leo)
    leo.locator('dialog [type=submit]').click()
    expect(leo.locator('.undo-bar')).to_contain_text('Sparat i telefonen')
    leo.reload()
    leo.locator('.casefile-body').wait_for()
    expect(leo.locator('.casefile-state')).to_contain_text('inte vårt')  # the request had arrived
    expect(leo.locator('.casefile-head')).to_contain_text('Trafikverkets. Ring 0771-921 921.')
    expect(act(leo, 'reopen')).to_be_visible()
    expect(act(leo, 'close')).to_have_count(0)  # it was closed before this screen was opened
    note = leo.locator('.casefile-note textarea')
    note.fill('Jag har ringt dem, @freja')
    note.press('End')
    leo.locator('.called-names button').first.click()
    leo.reload()
    expect(note).to_have_value('Jag har ringt dem, @Freja Fält ')
    leo.locator('.casefile-note [type=submit]').click()
    expect(note).to_have_value('')
    expect(leo.locator('.casefile-timeline li').first).to_contain_text('Jag har ringt dem, @Freja Fält')


def test_a_double_tap_acts_once_and_can_be_undone(sign_in: Open) -> None:
    leo = sign_in('leo', has_touch=True)
    visit(leo, report(leo, number=2))
    sent: list[str] = []
    leo.on('request', lambda request: sent.append(request.url) if request.method == 'POST' else None)
    places = [act(leo, verb).bounding_box() for verb in ('acknowledge', 'take', 'fixed')]
    act(leo, 'acknowledge').dblclick()
    expect(act(leo, 'acknowledge')).to_have_class(re.compile('done'))
    assert [act(leo, verb).bounding_box() for verb in ('acknowledge', 'take', 'fixed')] == places
    pause(leo)
    act(leo, 'fixed').dblclick()
    expect(leo.locator('.casefile-state')).to_contain_text('Åtgärdat')
    assert [url.rpartition('/')[2] for url in sent if '/api/' in url] == ['acknowledge', 'close']
    pause(leo)
    leo.locator('.undo-bar button').dblclick()
    expect(leo.locator('.casefile-state')).to_contain_text('Tas om hand')
    assert [url.rpartition('/')[2] for url in sent if '/api/' in url] == ['acknowledge', 'close', 'undo']


def swipe(page: Page, way: Iterable[int]) -> None:
    """Move a finger over the middle of the screen, from the first of these places to the last."""
    session = page.context.new_cdp_session(page)
    for number, x in enumerate(way):
        kind = 'touchMove' if number else 'touchStart'
        session.send('Input.dispatchTouchEvent', {'type': kind, 'touchPoints': [{'x': x, 'y': 400}]})
    session.send('Input.dispatchTouchEvent', {'type': 'touchEnd', 'touchPoints': []})


def test_photos_are_swiped_and_leafed_through_by_keyboard(sign_in: Open) -> None:
    leo = sign_in('leo', has_touch=True)
    address = report(leo, number=3, photos=3)
    visit(leo, address)
    small, full = leo.locator('.casefile-words .gallery-open'), leo.locator('.gallery-full')
    expect(small).to_have_count(3)
    assert {len(alt) > 20 for alt in small.locator('img').evaluate_all('all => all.map((one) => one.alt)')} == {True}
    small.first.click()
    position = full.locator('[role=status]')
    expect(position).to_have_text('1 av 3')
    swipe(leo, range(330, 40, -40))
    expect(position).to_have_text('2 av 3')
    leo.keyboard.press('ArrowRight')
    expect(position).to_have_text('3 av 3')
    leo.keyboard.press('ArrowRight')
    leo.keyboard.press('ArrowLeft')
    expect(position).to_have_text('2 av 3')
    assert violations(leo) == []
    leo.keyboard.press('Escape')
    expect(full).to_have_count(0)
    expect(small.first).to_be_focused()
    pause(leo)
    small.last.click()
    expect(position).to_have_text('3 av 3')
    leo.go_back()
    expect(full).to_have_count(0)
    assert leo.url.endswith(address)  # going back has closed the photos only


@pytest.mark.parametrize(
    ('theme', 'viewport'), [('light', PHONE), ('dark', TABLET)], ids=['light-phone', 'dark-tablet']
)
def test_everybody_can_use_each_form(sign_in: Open, theme: Theme, viewport: ViewportSize) -> None:
    leo = sign_in('leo', color_scheme=theme, viewport=viewport)
    visit(leo, report(leo, number=2, note='Donaudampfschifffahrtsgesellschaft' * 4))
    expect(leo.get_by_role('heading', level=1)).to_have_count(1)
    assert violations(leo) == []
    for verb in SHEETS:
        act(leo, verb).click()
        leo.locator('dialog h2').wait_for()
        assert violations(leo) == [], verb
        assert fits(leo, NARROW), verb
        leo.set_viewport_size(viewport)
        leo.keyboard.press('Escape')
        expect(leo.locator('dialog')).to_have_count(0)
        expect(act(leo, verb)).to_be_focused()
        pause(leo)
    enlarge_text(leo)
    for size in (PHONE, NARROW):
        assert fits(leo, size)
    act(leo, 'close').click()
    leo.locator('dialog [value=cannot]').check(force=True)
    assert fits(leo)
    submit = leo.locator('dialog [type=submit]')
    submit.scroll_into_view_if_needed()
    expect(submit).to_be_in_viewport()
