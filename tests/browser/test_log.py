"""Logging on a phone, also when the network is bad."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import PHONE, Open


@pytest.fixture
def fia(sign_in: Open) -> Page:
    """Fia with the log open."""
    page = sign_in('fia')
    page.goto('/log')
    page.locator('entry-form textarea').wait_for()
    return page


def write(page: Page, text: str) -> None:
    page.locator('entry-form textarea').fill(text)


def save(page: Page) -> None:
    page.locator('entry-form [type=submit]').click()


def saved(page: Page) -> None:
    expect(page.locator('[data-saved]')).not_to_be_empty()
    expect(page.locator('entry-form textarea')).to_have_value('')


def in_feed(page: Page, text: str) -> int:
    page.goto('/feed')
    page.locator('.feed-row').first.wait_for()
    return page.locator('.feed-row').filter(has_text=text).count()


def test_one_line_and_one_tap(fia: Page) -> None:
    write(fia, 'Tömde och torkade av skylten')
    save(fia)
    saved(fia)
    assert in_feed(fia, 'Tömde och torkade av skylten') == 1


def test_everything_that_can_be_chosen_is_kept(fia: Page) -> None:
    fia.locator('label.choice', has_text='Lärdom').click()
    write(fia, 'Koderna ska sitta i ögonhöjd')
    fia.locator('entry-form summary').click()
    fia.locator('#entry-site').select_option('kransmossen')
    fia.locator('#entry-when').fill('2026-01-02T08:30')
    fia.locator('#entry-partner').fill('Biblioteket')
    fia.locator('#entry-partner').press('Enter')
    fia.locator('#entry-partner').fill('Skolan')
    fia.locator('label.choice', has_text='Brukarfokus').click()
    with fia.expect_request('**/api/v1/entries') as sent:
        save(fia)
    saved(fia)
    body = json.loads(sent.value.post_data or '')
    assert body['kind'] == 'lesson'
    assert body['site_id'] == 'kransmossen'
    assert body['partners'] == ['Biblioteket', 'Skolan']
    assert body['roots'] == ['user_focus']
    assert body['happened_at'].startswith('2026-01-02T')
    fia.reload()
    expect(fia.locator('[name=kind][value=lesson]')).to_be_checked()
    expect(fia.locator('#entry-site')).to_have_value('kransmossen')
    expect(fia.locator('#entry-when')).to_have_value('')


def test_a_draft_survives_a_reload(fia: Page) -> None:
    write(fia, 'Halvvägs genom en men')
    fia.reload()
    expect(fia.locator('entry-form textarea')).to_have_value('Halvvägs genom en men')
    write(fia, '')


def test_without_a_network_nothing_is_lost_and_it_goes_later_once(fia: Page) -> None:
    write(fia, 'Skrivet i källaren')
    fia.context.set_offline(True)
    save(fia)
    expect(fia.locator('[data-flaw=""]')).to_be_visible()
    expect(fia.locator('entry-form textarea')).to_have_value('Skrivet i källaren')
    fia.context.set_offline(False)
    save(fia)
    saved(fia)
    assert in_feed(fia, 'Skrivet i källaren') == 1


def test_an_answer_that_was_lost_does_not_make_a_second_entry(fia: Page) -> None:
    def lose_the_answer(route: Route) -> None:
        route.fetch()
        route.abort()

    fia.route('**/api/v1/entries', lose_the_answer, times=1)
    write(fia, 'Svaret kom bort på vägen')
    save(fia)
    expect(fia.locator('[data-flaw=""]')).to_be_visible()
    save(fia)
    saved(fia)
    assert in_feed(fia, 'Svaret kom bort på vägen') == 1


def test_what_was_changed_after_a_lost_answer_can_be_saved_as_a_new_entry(fia: Page) -> None:
    def lose_the_answer(route: Route) -> None:
        route.fetch()
        route.abort()

    fia.route('**/api/v1/entries', lose_the_answer, times=1)
    write(fia, 'Första ordalydelsen')
    save(fia)
    expect(fia.locator('[data-flaw=""]')).to_be_visible()
    write(fia, 'Andra ordalydelsen')
    save(fia)
    fia.locator('[data-flaw=""] button').click()
    saved(fia)
    assert in_feed(fia, 'Andra ordalydelsen') == 1


@pytest.mark.parametrize('text', ['', '   ', 'å' * 2001])
def test_what_does_not_fit_is_told_and_stays(fia: Page, text: str) -> None:
    write(fia, text)
    save(fia)
    flaw = fia.locator('[data-flaw=text]')
    expect(flaw).to_be_visible()
    if text.strip():
        expect(flaw).to_have_text(re.compile('2001.*2000'))
    expect(fia.locator('entry-form textarea')).to_have_value(text)
    write(fia, '')


def hold_back(page: Page) -> list[Route]:
    """The requests that save an entry, each of which waits until the test lets it go on."""
    held: list[Route] = []
    page.route('**/api/v1/entries', lambda route: held.append(route))
    return held


def let_go(page: Page, held: list[Route]) -> None:
    for route in held:
        route.continue_()
    page.unroute('**/api/v1/entries')


def test_what_is_typed_while_a_save_is_under_way_stays(fia: Page) -> None:
    held = hold_back(fia)
    write(fia, 'Sparat först')
    with fia.expect_request('**/api/v1/entries'):
        save(fia)
    write(fia, 'Sparat först, och mer')
    let_go(fia, held)
    expect(fia.locator('[data-saved]')).not_to_be_empty()
    expect(fia.locator('entry-form textarea')).to_have_value('Sparat först, och mer')
    fia.reload()
    expect(fia.locator('entry-form textarea')).to_have_value('Sparat först, och mer')
    save(fia)
    saved(fia)
    assert in_feed(fia, 'Sparat först') == 2


def test_what_is_chosen_while_a_save_is_under_way_is_for_the_next_entry(fia: Page) -> None:
    held = hold_back(fia)
    write(fia, 'Medan det sparas')
    with fia.expect_request('**/api/v1/entries'):
        save(fia)
    fia.locator('label.choice', has_text='Lärdom').click()
    fia.locator('entry-form summary').click()
    fia.locator('#entry-when').fill('2026-01-02T08:30')
    fia.locator('#entry-partner').fill('Biblio')
    let_go(fia, held)
    saved(fia)
    expect(fia.locator('[name=kind][value=lesson]')).to_be_checked()
    expect(fia.locator('#entry-when')).to_have_value('2026-01-02T08:30')
    expect(fia.locator('#entry-partner')).to_have_value('Biblio')
    expect(fia.locator('#entry-partner')).to_be_focused()


def test_two_tabs_write_two_drafts(fia: Page) -> None:
    text = 'entry-form textarea'
    write(fia, 'I den ena fliken')
    other = fia.context.new_page()
    other.goto('/log')
    expect(other.locator(text)).to_have_value('')
    write(other, 'I den andra fliken')
    for page, words in ((fia, 'I den ena fliken'), (other, 'I den andra fliken')):
        page.reload()
        expect(page.locator(text)).to_have_value(words)
    save(other)
    saved(other)
    fia.close()
    other.reload()
    expect(other.locator(text)).to_have_value('I den ena fliken')
    save(other)
    saved(other)
    other.reload()
    other.wait_for_timeout(200)
    expect(other.locator(text)).to_have_value('')


def test_two_tabs_write_two_drafts_also_without_locks(sign_in: Open) -> None:
    fia = sign_in('fia')
    fia.context.add_init_script("Object.defineProperty(navigator, 'locks', { value: undefined })")
    other = fia.context.new_page()
    for page in (fia, other):
        page.goto('/log')
    write(fia, 'Utan lås, den ena')
    other.reload()
    expect(other.locator('entry-form textarea')).to_have_value('Utan lås, den ena')
    write(other, 'Utan lås, den andra')
    expect(fia.locator('entry-form textarea')).to_have_value('Utan lås, den ena')
    fia.wait_for_function("Object.keys(localStorage).filter((key) => key.startsWith('haren:draft:')).length === 2")
    for page in (fia, other):
        save(page)
        saved(page)
    assert in_feed(fia, 'Utan lås') == 2


def test_what_is_saved_anew_leaves_no_draft_behind(fia: Page) -> None:
    fia.route('**/api/v1/entries', lambda route: route.fulfill(status=409, json={}), times=1)
    write(fia, 'Sparat på nytt')
    save(fia)
    fia.locator('[data-flaw=""] button').click()
    saved(fia)
    assert fia.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('haren:draft:'))") == []


def test_the_focus_goes_on_to_the_next_entry(fia: Page) -> None:
    write(fia, 'Med tangentbord')
    fia.locator('entry-form [type=submit]').focus()
    fia.keyboard.press('Enter')
    saved(fia)
    expect(fia.locator('entry-form textarea')).to_be_focused()


def test_a_press_while_a_save_is_under_way_does_nothing(fia: Page) -> None:
    held = hold_back(fia)
    write(fia, 'Trycker flera gånger')
    button = fia.locator('entry-form [type=submit]')
    with fia.expect_request('**/api/v1/entries'):
        save(fia)
    expect(button).to_have_attribute('aria-disabled', 'true')
    button.press('Enter')
    button.click(force=True)
    let_go(fia, held)
    saved(fia)
    assert len(held) == 1
    expect(button).to_have_attribute('aria-disabled', 'false')


@pytest.mark.parametrize(
    ('field', 'focused'),
    [('partners', '#entry-partner'), ('site_id', '#entry-site'), ('roots', '[data-flaw=roots]')],
)
def test_a_flaw_is_gone_to_wherever_it_is(fia: Page, field: str, focused: str) -> None:
    refusal = {'field': field, 'detail': 'Så går det inte'}
    fia.route('**/api/v1/entries', lambda route: route.fulfill(status=422, json=refusal), times=1)
    write(fia, 'Något är fel')
    save(fia)
    expect(fia.locator(f'[data-flaw={field}]')).to_have_text('Så går det inte')
    expect(fia.locator(focused)).to_be_focused()
    expect(fia.locator(focused)).to_be_in_viewport()
    write(fia, '')


def test_what_was_saved_is_said_in_a_region_that_was_there_before(fia: Page) -> None:
    expect(fia.locator('[data-saved]')).to_be_empty()
    assert fia.locator('[data-saved]').evaluate('region => getComputedStyle(region).display') != 'none'


def test_a_kind_of_obstacle_is_explained(fia: Page) -> None:
    hint = fia.locator('[data-obstacle-hint]')
    expect(hint).to_be_hidden()
    fia.locator('label.choice', has_text='Hinder').click()
    expect(hint).to_have_text('')
    fia.locator('#entry-obstacle').select_option('culture')
    expect(hint).to_contain_text('så har vi alltid gjort')
    expect(fia.locator('#entry-obstacle')).to_have_accessible_description(re.compile('så har vi alltid gjort'))


def test_where_height_is_short_the_save_button_covers_nothing(sign_in: Open) -> None:
    fia = sign_in('fia', viewport={'width': 390, 'height': 420})
    fia.goto('/log')
    bar = fia.locator('.entry-save')
    assert bar.evaluate('bar => getComputedStyle(bar).position') == 'static'
    fia.set_viewport_size(PHONE)
    assert bar.evaluate('bar => getComputedStyle(bar).position') == 'sticky'


def test_two_impatient_taps_make_one_entry(fia: Page) -> None:
    write(fia, 'Dubbelt tryck')
    fia.locator('entry-form [type=submit]').dblclick()
    saved(fia)
    assert in_feed(fia, 'Dubbelt tryck') == 1


def test_signed_out_meanwhile_keeps_the_words(fia: Page) -> None:
    write(fia, 'Utloggad mitt i')
    fia.context.clear_cookies()
    save(fia)
    expect(fia.locator('[data-flaw=""] a')).to_have_attribute('href', '/in')
    expect(fia.locator('entry-form textarea')).to_have_value('Utloggad mitt i')
