"""Logging on a phone, also when the network is bad."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Open


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
