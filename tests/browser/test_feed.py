"""Test the live feed on a tablet and on a phone."""

from __future__ import annotations

import json
import re
import time
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.accessibility import fits, is_live
from tests.browser.conftest import TABLET, Open, code_of


def log_something(page: Page, text: str, kind: str = 'activity', **more: str) -> None:
    entry = {'id': uuid4().hex, 'kind': kind, 'text': text, **more}
    assert page.request.post('/api/v1/entries', data=entry).status == 201


def report(page: Page, code: str, problem: str, note: str = '') -> None:
    sent = {'id': uuid4().hex, 'code': code, 'problem': problem, 'note': note}
    assert page.request.post('/api/v1/reports', data=sent).status == 201


MORE_OR_ALL = """shown => document.querySelectorAll('.feed-row').length > shown
    || !document.querySelector('.feed-end')?.checkVisibility()"""
"""True once older rows have come, or there are none."""


def rows(page: Page) -> int:
    return page.locator('.feed-row').count()


def open_feed(page: Page, address: str = '/feed?whose=all') -> None:
    page.goto(address)
    page.locator('.feed-row').first.wait_for()


def test_older_ones_come_on_scrolling_and_none_twice(sign_in: Open) -> None:
    lova = sign_in('lova', viewport=TABLET)
    open_feed(lova)
    first = rows(lova)
    for _ in range(40):
        shown = rows(lova)
        lova.mouse.wheel(0, 20_000)
        lova.wait_for_function(MORE_OR_ALL, arg=shown)
        if not lova.locator('.feed-end').is_visible():
            break
    expect(lova.locator('.feed-end')).to_be_hidden()
    assert rows(lova) > first
    ids = lova.locator('.feed-sentence').evaluate_all('all => all.map(one => one.id)')
    assert len(set(ids)) == len(ids)
    moments = lova.locator('.feed-row time:not(.feed-happened)').evaluate_all('all => all.map(one => one.dateTime)')
    assert moments == sorted(moments, reverse=True)


@pytest.mark.alone
def test_every_open_browser_shows_it_and_only_where_the_filter_lets_it_through(sign_in: Open) -> None:
    lova, leo, fia = sign_in('lova', viewport=TABLET), sign_in('leo'), sign_in('fia')
    lova.goto('/feed?whose=all&topic=activity')
    leo.goto('/feed?whose=all&topic=lesson')
    for page in (lova, leo):
        page.locator('.feed-row').first.wait_for()
        is_live(page)
    log_something(fia, 'Prövade en ny runda')
    expect(lova.locator('.feed-row.arrived')).to_contain_text('Prövade en ny runda', timeout=1000)
    log_something(fia, 'Leo ska se den här', kind='lesson')
    # The feed shows events in order: Leo has seen everything before this one by now, or never will.
    expect(leo.locator('.feed-row.arrived')).to_contain_text('Leo ska se den här')
    expect(leo.locator('.feed-row.arrived')).to_have_count(1)


def test_a_filter_is_kept_in_the_address_and_the_choice_of_whose_on_the_device(sign_in: Open) -> None:
    lova = sign_in('lova', viewport=TABLET)
    lova.goto('/feed')
    mine, everything = (lova.get_by_role('button', name=name, exact=True) for name in ('Det som rör mig', 'Allt'))
    expect(mine).to_have_attribute('aria-pressed', 'true')
    of_mine = lova.locator('.case').count()
    everything.click()
    expect(lova).to_have_url(re.compile('/feed\\?whose=all$'))
    expect(everything).to_have_attribute('aria-pressed', 'true')
    expect(lova.locator('.case')).not_to_have_count(of_mine)
    lova.locator('.filters select').nth(1).select_option('obstacle')
    expect(lova).to_have_url(re.compile('topic=obstacle&whose=all'))
    expect(lova.locator('.cases')).to_be_hidden()
    sentences = lova.locator('.feed-sentence')
    expect(sentences.first).to_contain_text('hinder')
    lova.reload()
    expect(sentences.first).to_contain_text('hinder')
    assert all('hinder' in sentence for sentence in sentences.all_inner_texts())
    sentences.first.click()
    lova.wait_for_url('**/entries/*')
    lova.go_back()
    expect(lova).to_have_url(re.compile('topic=obstacle&whose=all'))
    expect(lova.locator('.filters select').nth(1)).to_have_value('obstacle')
    another = lova.context.new_page()
    another.goto('/feed')
    expect(another.get_by_role('button', name='Allt', exact=True)).to_have_attribute('aria-pressed', 'true')


def test_the_feed_goes_on_after_the_network_was_gone(sign_in: Open) -> None:
    lova, fia = sign_in('lova', viewport=TABLET), sign_in('fia')
    open_feed(lova)
    is_live(lova)
    lova.context.set_offline(True)
    lova.wait_for_function('!window.socket.connected')
    log_something(fia, 'Medan nätet var borta')
    expect(lova.locator('.feed-row').filter(has_text='Medan nätet var borta')).to_have_count(0)
    lova.context.set_offline(False)
    expect(lova.locator('.feed-row').filter(has_text='Medan nätet var borta')).to_have_count(1, timeout=20_000)


def test_two_who_press_at_once(sign_in: Open, stranger: Open) -> None:
    lova, leo = sign_in('lova', viewport=TABLET), sign_in('leo', viewport=TABLET)
    asset = asset_without_case(lova, 'sjobo-torg')
    for page in (lova, leo):
        open_feed(page)
    resident = stranger()
    resident.goto(asset['url'])
    resident.locator('button[name=problem]').first.click()
    cases = [page.locator('.case').filter(has_text=asset['name']).filter(has_text='Sjöbo torg') for page in (lova, leo)]
    buttons = [case.get_by_role('button').last for case in cases]
    # The slower one presses before the screen can show what the other one did: a spent button does nothing.
    moment = time.time() * 1000 + 500
    for held, later in zip([button.element_handle() for button in buttons], (0, 8), strict=True):
        held.evaluate('(button, at) => void setTimeout(() => button.click(), at - Date.now())', moment + later)
    expect(leo.locator('.q-notification')).to_contain_text('hann före')
    for case, left in zip(cases, (1, 0), strict=True):
        expect(case.get_by_role('button', disabled=False)).to_have_count(left)


def press(button: Locator) -> None:
    """Press a button by keyboard."""
    button.focus()
    button.press('Enter')


def asset_without_case(page: Page, site: str) -> dict[str, Any]:
    (asset, *_) = [asset for asset in page.request.get(f'/s/{site}.json').json()['assets'] if not asset['open_cases']]
    return dict(asset)


def test_a_case_is_one_row_that_moves_to_the_top_and_keeps_the_focus(sign_in: Open) -> None:
    lova, fia = sign_in('lova', viewport=TABLET), sign_in('fia')
    asset = asset_without_case(lova, 'simonsland')
    report(lova, asset['url'][-6:], 'something_else', 'Helt fullt')
    open_feed(lova)
    is_live(lova)
    log_something(fia, 'Står överst')
    code = asset['url'][-6:]
    (case,) = [case for case in fia.request.get('/api/v1/cases').json()['cases'] if case['code'] == code]
    row = lova.locator('.feed-row').filter(has_text=asset['name']).filter(has_text='Simonsland').first
    expect(lova.locator('.feed-row').first).to_contain_text('Står överst')
    unfold = row.get_by_role('button', name='Visa mer')
    press(unfold)
    expect(row.locator('.feed-text')).to_have_text('Helt fullt')
    before = rows(lova)
    assert fia.request.post(f'/api/v1/cases/{case["id"]}/acknowledge').ok
    moved = lova.locator('.feed-row').first
    expect(moved).to_contain_text('Fia')
    expect(moved.locator('.feed-steps')).to_have_text('1 tidigare steg')
    expect(moved.locator('a.feed-sentence')).to_have_attribute('href', f'/cases/{case["number"]}')
    assert rows(lova) == before
    assert moved.evaluate('row => row.contains(document.activeElement)')


def test_the_focus_stays_among_the_open_cases(sign_in: Open) -> None:
    lova = sign_in('lova', viewport=TABLET)
    lova.clock.install()
    asset = asset_without_case(lova, 'hassleholmen')
    report(lova, asset['url'][-6:], 'full')
    open_feed(lova)
    case = lova.locator('.case').filter(has_text=asset['name']).filter(has_text='Hässleholmen')
    before = lova.locator('.case').count()
    press(case.get_by_role('button', name=re.compile(f'^Vi tar det: {asset["name"]}, .*, Hässleholmen$')))
    expect(case).to_contain_text('Tas om hand')
    expect(case.get_by_role('button', name='Vi tar det')).to_be_focused()
    press(case.get_by_role('button', name='Tömt'))
    expect(case.get_by_role('button', name='Ångra')).to_be_visible()
    expect(case.get_by_role('button', name='Tömt')).to_be_focused()
    lova.clock.run_for(10_000)
    expect(lova.locator('.case')).to_have_count(before - 1)
    expect(lova.locator('.case a:focus, .cases summary:focus')).to_have_count(1)


def test_a_burst_is_shown_in_order_and_announced_as_one(sign_in: Open) -> None:
    lova = sign_in('lova', viewport=TABLET)
    open_feed(lova)
    lova.evaluate(
        """window.announced = [];
        new MutationObserver(() => announced.push(document.querySelector('.feed [aria-live]').textContent))
        .observe(document.querySelector('.feed'), { subtree: true, characterData: true, childList: true })"""
    )
    lova.mouse.wheel(0, 1500)
    lova.wait_for_function('scrollY > innerHeight')
    sent = [{'id': uuid4().hex, 'kind': 'lesson', 'text': f'Svall {number}'} for number in range(40)]
    lova.evaluate(
        """all => Promise.all(all.map((one) => fetch('/api/v1/entries',
        { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(one) })))""",
        sent,
    )
    arrived = lova.locator('.feed-row.arrived')
    expect(arrived).to_have_count(40)
    expect(lova.locator('.feed-unread')).to_have_text(re.compile(r'\b40\b'))
    moments = arrived.locator('time').evaluate_all('all => all.map(one => one.dateTime)')
    assert moments == sorted(moments, reverse=True)
    announced = set(lova.evaluate('announced'))
    assert any(re.match(r'\d+ \w+$', sentence) for sentence in announced)
    assert len(announced) < 20
    lova.locator('.feed-unread').click()
    expect(lova.locator('.feed-unread')).to_have_count(0)
    expect(lova.locator('.feed-row').first).to_be_focused()


def test_older_ones_of_another_filter_are_dropped(sign_in: Open) -> None:
    lova = sign_in('lova', viewport=TABLET)
    open_feed(lova)
    first = rows(lova)
    id = lova.locator('.feed').get_attribute('id') or ''
    row = {'id': 'stray', 'at': '2020-01-01T00:00:00+00:00', 'sentence': 'Fel filter', 'tags': [], 'photos': []}
    call = 'code => socket.listeners("run_javascript")[0]({ code })'
    lova.evaluate(call, f'getElement({id[1:]}).append([{json.dumps(row)}], null, 7)')
    assert rows(lova) == first
    expect(lova.get_by_text('Fel filter')).to_have_count(0)
    lova.evaluate(call, f'getElement({id[1:]}).append([{json.dumps(row)}], null, 0)')
    expect(lova.get_by_text('Fel filter')).to_have_count(1)


def test_when_it_was_is_shown_where_it_was_not_just_now(sign_in: Open) -> None:
    lova, fia = sign_in('lova', viewport=TABLET), sign_in('fia')
    open_feed(lova)
    yesterday = (datetime.now(UTC) - timedelta(days=1)).isoformat()
    log_something(fia, 'Skrivet dagen efter', happened_at=yesterday)
    row = lova.locator('.feed-row.arrived').filter(has_text='Skrivet dagen efter')
    expect(row.locator('.feed-happened')).to_have_text(re.compile(r'i går \d\d:\d\d'))
    log_something(fia, 'Skrivet genast')
    row = lova.locator('.feed-row.arrived').filter(has_text='Skrivet genast')
    expect(row).to_have_count(1)
    expect(row.locator('.feed-happened')).to_have_count(0)


def test_the_modules_come_from_one_address_that_changes_with_them(sign_in: Open) -> None:
    lova = sign_in('lova', viewport=TABLET)
    asked: list[str] = []
    lova.on('request', lambda request: asked.append(request.url))
    open_feed(lova)
    ours = [url for url in asked if '/assets/' in url]
    assert {'lib/time.js', 'lib/interpolate.js', 'shell/main.js'} <= {'/'.join(url.rsplit('/', 2)[1:]) for url in ours}
    assert len({found[0] for url in ours if (found := re.search(r'/assets/[0-9a-f]{12}/', url))}) == 1
    assert len(ours) == len(set(ours))


def test_words_that_come_later_stand_on_the_card_of_the_case(sign_in: Open) -> None:
    lova = sign_in('lova', viewport=TABLET)
    code, id = asset_without_case(lova, 'hassleholmen')['url'][-6:], uuid4().hex
    sent = {'id': id, 'code': code, 'problem': 'something_else'}
    number = lova.request.post('/api/v1/reports', data=sent).json()['case_number']
    open_feed(lova)
    is_live(lova)
    case = lova.locator('.case').filter(has_text=number)
    expect(case.locator('.case-note')).to_have_count(0)
    note = f'Påsen <b>läcker</b> {"lång" * 80} مرحبا'
    assert lova.request.post(f'/q/{code}/thanks/{id}/note', form={'note': note}, max_redirects=0).status == 303
    expect(case.locator('.case-note')).to_have_text(note)
    assert fits(lova)


def test_a_case_that_goes_moves_no_other_under_a_finger(sign_in: Open) -> None:
    lova = sign_in('lova', viewport=TABLET)
    lova.clock.install()
    open_feed(lova)
    lova.locator('.case').first.wait_for()
    before = lova.locator('.case').count()
    lova.locator('.case').first.locator('button').last.click()
    lova.locator('.case-undo').first.wait_for()
    lova.evaluate(
        """() => {
          window.sent = [];
          socket.emit = (name, data) => data?.args && sent.push(data.args);
          const press = () => document.querySelector(".case button:last-child").click();
          new MutationObserver(press).observe(document.querySelector(".cases-list"), { childList: true });
        }"""
    )
    lova.clock.run_for(10_000)
    expect(lova.locator('.case')).to_have_count(before - 1)
    assert lova.evaluate('sent') == []


def test_fifty_reports_are_one_row_whose_counter_moves(sign_in: Open, stranger: Open) -> None:
    lova = sign_in('lova', viewport=TABLET)
    open_feed(lova)
    rut = stranger()
    assets = rut.request.get('/s/annelundsparken.json').json()['assets']
    code = next(asset['url'] for asset in assets if not asset['open_cases'])[-6:]
    report(rut, code, 'something_else')
    row = lova.locator('.feed-row.arrived')
    expect(row.locator('.feed-reports')).to_have_text('1 anmälan')
    before = rows(lova)
    for _ in range(49):
        report(rut, code, 'something_else')
    expect(row.locator('.feed-reports')).to_have_text('50 anmälningar')
    assert rows(lova) == before
    lova.reload()
    expect(lova.locator('.feed-row').first.locator('.feed-reports')).to_have_text('50 anmälningar')


FIRST_VISIBLE = """() => {
    const row = [...document.querySelectorAll('[data-row]')].find((one) => one.getBoundingClientRect().bottom > 0);
    return [row.dataset.row, Math.round(row.getBoundingClientRect().top)];
}"""
LOADED = "(row) => document.querySelector(`[data-row='${row}']`)"


@pytest.mark.parametrize('way', ['back', 'reload'])
def test_the_way_back_leads_to_the_same_row_also_when_others_have_come(sign_in: Open, way: str) -> None:
    lova, fia = sign_in('lova'), sign_in('fia')
    open_feed(lova)
    for _ in range(3):
        shown = rows(lova)
        lova.mouse.wheel(0, 30_000)
        lova.wait_for_function(MORE_OR_ALL, arg=shown)
    lova.evaluate('scrollTo(0, document.body.scrollHeight * 0.7)')
    seen = lova.evaluate(FIRST_VISIBLE)
    if way == 'back':
        lova.locator('a.feed-sentence[href^="/entries/"]').first.evaluate('link => link.click()')
        lova.wait_for_url('**/entries/*')
    log_something(fia, 'Kom medan Lova läste')
    if way == 'back':
        lova.go_back()
    else:
        lova.reload()
    lova.wait_for_function(LOADED, arg=seen[0])
    lova.wait_for_function(f'(seen) => JSON.stringify(({FIRST_VISIBLE})()) === JSON.stringify(seen)', arg=seen)


def test_the_team_filter_holds_for_the_open_cases_and_outlives_other_tabs(sign_in: Open) -> None:
    lova, fia = sign_in('lova', viewport=TABLET), sign_in('fia')
    open_feed(lova)
    every = lova.locator('.case').count()
    team = lova.locator('.filters select').first
    team.select_option('gata_park')
    lova.wait_for_url('**/feed?team=gata_park')
    expect(lova.locator('.case')).not_to_have_count(every)
    of_team = lova.locator('.case').count()
    is_live(lova)
    report(fia, code_of(fia, 'kransmossen', 'Färgat glas 1'), 'something_else')  # another team's
    log_something(fia, 'Efter anmälan')
    for path in ('obstacles', 'feed'):
        lova.locator(f'.door[href^="/{path}"]').click()
        lova.wait_for_url(f'**/{path}*')
    expect(lova).to_have_url(re.compile(r'/feed\?team=gata_park$'))
    expect(lova.locator('.case')).to_have_count(of_team)
    lova.reload()
    expect(lova.locator('.case')).to_have_count(of_team)
    lova.goto('/feed?team=nobodys&topic=nothing')  # an address is not trusted
    expect(lova.locator('.case')).to_have_count(of_team)
