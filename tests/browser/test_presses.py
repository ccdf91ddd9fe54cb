"""Test that the second tap of a double tap hits nothing, on a phone and on a tablet."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect

from tests.browser.accessibility import is_live
from tests.browser.conftest import PHONE, TABLET, Open, are_ready

APART = (30, 120, 250, 400, 500)
"""Milliseconds between the two taps."""

RECORD = """() => {
    window.sent = [];
    const emit = socket.emit.bind(socket);
    socket.emit = (name, data, ...more) => {
        const act = /"(?:verb|act)":"(\\w+)"/.exec(String(JSON.stringify(data)).replaceAll("\\\\", ""));
        if (act) window.sent.push(act[1]);
        return emit(name, data, ...more);
    };
}"""


def report(page: Page, problem: str = 'full') -> tuple[str, str]:
    """Report a thing that has no case yet. Return its code and the number of the case."""
    for site in page.request.get('/sites.json').json()['sites']:
        for asset in page.request.get(f'{site["url"]}.json').json()['assets']:
            sent = {'id': uuid4().hex, 'code': asset['url'][-6:], 'problem': problem}
            if not asset['open_cases'] and (answer := page.request.post('/api/v1/reports', data=sent)).status == 201:
                return sent['code'], str(answer.json()['case_number'])
    raise AssertionError('everything has a case already')


def state(page: Page, number: str) -> str:
    """Return the state of an open case, or 'closed'."""
    cases = page.request.get('/api/v1/cases').json()['cases']
    return next((str(case['state']) for case in cases if case['number'] == number), 'closed')


def double_tap(page: Page, button: Locator, apart: int, touch: bool) -> None:
    """Tap twice where the button is now, whatever is there by then."""
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    assert box
    x, y = box['x'] + box['width'] / 2, box['y'] + box['height'] / 2
    tap = page.touchscreen.tap if touch else page.mouse.click
    tap(x, y)
    page.wait_for_timeout(apart)
    tap(x, y)


@pytest.mark.parametrize(('viewport', 'touch'), [(PHONE, True), (TABLET, False)], ids=['phone', 'tablet'])
def test_a_double_tap_takes_a_case_on_and_closes_nothing(sign_in: Open, viewport: ViewportSize, touch: bool) -> None:
    lova = sign_in('lova', viewport=viewport, has_touch=touch)
    numbers = [report(lova)[1] for _ in APART]
    lova.goto('/feed?whose=all')
    lova.locator('.feed-row').first.wait_for()
    is_live(lova)
    if touch:
        lova.locator('.cases summary').tap()
    lova.evaluate(RECORD)
    for number, apart in zip(numbers, APART, strict=True):
        shown = lova.locator('.case').filter(has_text=number)
        take, close = (shown.get_by_role('button', name=re.compile(f'^{name}:')) for name in ('Vi tar det', 'Tömt'))
        before = close.bounding_box()
        double_tap(lova, take, apart, touch)
        expect(take).to_have_attribute('aria-disabled', 'true')
        expect(shown).to_contain_text('Tas om hand')
        after = close.bounding_box()
        assert before
        assert after
        assert before['x'] == after['x']
        assert (lova.evaluate('sent'), state(lova, number)) == (['acknowledge'], 'acknowledged')
        lova.evaluate('sent.length = 0')


def test_a_double_tap_that_closes_a_case_closes_no_other_and_undoes_nothing(sign_in: Open) -> None:
    lova = sign_in('lova', viewport=TABLET)
    numbers = [report(lova)[1] for _ in range(2)]
    lova.goto('/feed?whose=all')
    is_live(lova)
    lova.evaluate(RECORD)
    case = lova.locator('.case').filter(has_text=numbers[0])
    close = case.get_by_role('button', name=re.compile('^Tömt:'))
    double_tap(lova, close, 300, touch=False)
    expect(case).to_contain_text('Tömt · Ångra')
    assert (lova.evaluate('sent'), state(lova, numbers[0]), state(lova, numbers[1])) == (
        ['resolve'], 'closed', 'reported',
    )  # fmt: skip
    lova.wait_for_timeout(800)  # or the press would be taken for one of the double tap
    case.get_by_role('button', name=re.compile('^Ångra:')).click()
    expect(case.get_by_role('button')).to_have_count(2)
    expect(close).not_to_have_attribute('aria-disabled', 'true')
    assert state(lova, numbers[0]) == 'reported'


def test_the_undo_stands_for_ten_seconds(sign_in: Open) -> None:
    lova, leo = sign_in('lova', viewport=TABLET), sign_in('leo', viewport=TABLET)
    _, number = report(lova)
    for page in (lova, leo):
        page.clock.install()
        page.goto('/feed?whose=all')
        is_live(page)
    cases = [page.locator('.case').filter(has_text=number) for page in (lova, leo)]
    count = lova.locator('.cases-count b').inner_text()
    cases[0].get_by_role('button', name=re.compile('^Tömt:')).click()
    undo = cases[0].get_by_role('button', name=re.compile('^Ångra:'))
    expect(undo).to_be_visible()
    expect(lova.locator('.cases-count b')).to_have_text(str(int(count) - 1))
    expect(cases[1].locator('[aria-disabled=true]')).to_have_count(2)
    expect(cases[1].get_by_role('button')).to_have_count(2)
    for page in (lova, leo):
        page.clock.run_for(6_000)
    for case in cases:
        expect(case).to_be_visible()
    for page, case in zip((lova, leo), cases, strict=True):
        page.clock.run_for(4_500)
        expect(case).to_have_count(0)


@pytest.mark.parametrize('script', [True, False])
def test_a_double_tap_on_the_page_of_a_sticker_closes_nothing(sign_in: Open, script: bool) -> None:
    fia = sign_in('fia', java_script_enabled=script, has_touch=True)
    for apart in (30, 250, 500):
        code, number = report(fia, 'something_else')
        fia.goto(f'/q/{code}')
        if script:
            are_ready(fia)
        double_tap(fia, fia.get_by_role('button', name=re.compile('Vi tar det|We’ll take it')), apart, touch=True)
        expect(fia.locator('[value=acknowledge]')).to_be_disabled()
        expect(fia.locator('[value=resolve]')).to_be_enabled()
        assert state(fia, number) == 'acknowledged'


PANEL = """() => {
    const panel = document.createElement('div');
    panel.style = 'position:fixed;inset:0;z-index:99;background:#fff';
    panel.innerHTML = `<p data-presses="one"><button id="a">a</button> <button id="b">b</button></p>
        <button id="c">c</button><p><label><input type="checkbox" id="check"> check</label> <input id="text"></p>`;
    window.pressed = [];
    panel.addEventListener('click', ({ target }) => target.id && pressed.push(target.id));
    document.body.append(panel);
    window.swap = () => {
        const other = Object.assign(document.createElement('button'), { id: 'other', textContent: 'c' });
        panel.querySelector('#c').replaceWith(other);
    };
}"""


def test_the_rules_hold_for_whatever_button_there_is(sign_in: Open) -> None:
    lova = sign_in('lova', viewport=TABLET)
    lova.goto('/me')
    is_live(lova)
    lova.evaluate(PANEL)

    def pressed(*ids: str) -> list[str]:
        for id in ids:
            lova.locator(f'#{id}').click(force=True, no_wait_after=True)
        found = list(lova.evaluate('pressed.splice(0)'))
        lova.wait_for_timeout(850)  # so that each case begins anew
        return found

    assert pressed('a', 'a', 'a') == ['a']
    assert pressed('a', 'b') == ['a']
    assert pressed('a', 'c') == ['a', 'c']
    assert pressed('check', 'check') == ['check', 'check']
    box = lova.locator('#c').bounding_box()
    assert box
    lova.locator('#c').click()
    lova.evaluate('swap()')
    lova.mouse.click(box['x'] + 5, box['y'] + 5)
    assert pressed() == ['c']
    lova.mouse.click(box['x'] + 5, box['y'] + 5)
    assert pressed() == ['other']
    lova.locator('#a').click()
    lova.locator('#text').fill('another')
    assert pressed('a') == ['a', 'a']
    lova.locator('#a').press('Enter')
    lova.locator('#a').press('Enter')
    lova.locator('#b').press('Enter')
    assert pressed() == ['a', 'b']
