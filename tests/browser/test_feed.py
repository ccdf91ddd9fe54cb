"""The live feed on a tablet and on a phone."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import TABLET, Open


def log_something(page: Page, text: str) -> None:
    page.goto('/log')
    page.get_by_label('What did you do?').fill(text)
    page.locator('entry-form [type=submit]').click()
    expect(page.locator('[data-saved]')).not_to_be_empty()


def rows(page: Page) -> int:
    return page.locator('.feed-row').count()


def test_older_ones_come_on_scrolling_and_none_twice(sign_in: Open) -> None:
    lova = sign_in('lova', viewport=TABLET)
    lova.goto('/feed')
    lova.locator('.feed-row').first.wait_for()
    first = rows(lova)
    for _ in range(40):
        lova.mouse.wheel(0, 20_000)
        if not lova.locator('.feed-end').is_visible():
            break
        lova.wait_for_timeout(100)
    expect(lova.locator('.feed-end')).to_be_hidden()
    assert rows(lova) > first
    ids = lova.locator('.feed-sentence').evaluate_all('all => all.map(one => one.id)')
    assert len(set(ids)) == len(ids)
    moments = lova.locator('.feed-row time').evaluate_all('all => all.map(one => one.dateTime)')
    assert moments == sorted(moments, reverse=True)


def test_every_open_browser_hears_of_it_and_only_where_the_filter_lets_it_through(sign_in: Open) -> None:
    lova, leo, fia = sign_in('lova', viewport=TABLET), sign_in('leo'), sign_in('fia')
    lova.goto('/feed?topic=activity')
    leo.goto('/feed?topic=lesson')
    for page in (lova, leo):
        page.locator('.feed-row').first.wait_for()
    fia.goto('/log')
    fia.locator('entry-form textarea').fill('Prövade en ny runda')
    fia.locator('entry-form [type=submit]').click()
    expect(lova.locator('.feed-row.arrived')).to_contain_text('Prövade en ny runda', timeout=1000)
    leo.wait_for_timeout(300)
    expect(leo.locator('.feed-row.arrived')).to_have_count(0)


def test_a_filter_is_kept_in_the_address(sign_in: Open) -> None:
    lova = sign_in('lova', viewport=TABLET)
    lova.goto('/feed')
    lova.locator('.feed-row').first.wait_for()
    lova.locator('.filters .q-field').first.click()
    lova.get_by_role('option').filter(has_text='Hinder').click()
    expect(lova).to_have_url(re.compile('topic=obstacle'))
    sentences = lova.locator('.feed-sentence')
    expect(sentences.first).to_contain_text('hinder')
    lova.reload()
    expect(sentences.first).to_contain_text('hinder')
    assert all('hinder' in sentence for sentence in sentences.all_inner_texts())


def test_the_feed_goes_on_after_the_network_was_gone(sign_in: Open) -> None:
    lova, fia = sign_in('lova', viewport=TABLET), sign_in('fia')
    lova.goto('/feed')
    lova.locator('.feed-row').first.wait_for()
    lova.context.set_offline(True)
    fia.goto('/log')
    fia.locator('entry-form textarea').fill('Medan nätet var borta')
    fia.locator('entry-form [type=submit]').click()
    expect(fia.locator('[data-saved]')).not_to_be_empty()
    lova.wait_for_timeout(1500)
    lova.context.set_offline(False)
    expect(lova.locator('.feed-row').filter(has_text='Medan nätet var borta')).to_have_count(1, timeout=20_000)


def test_two_who_press_at_once(sign_in: Open, stranger: Open) -> None:
    lova, leo = sign_in('lova', viewport=TABLET), sign_in('leo', viewport=TABLET)
    site = lova.request.get('/s/sjobo-torg.json').json()
    asset = next(asset for asset in site['assets'] if not asset['open_cases'])
    for page in (lova, leo):
        page.goto('/feed')
        page.locator('.feed-row').first.wait_for()
    resident = stranger()
    resident.goto(asset['url'])
    resident.locator('button[name=problem]').first.click()
    buttons = [page.locator('.feed-row.arrived .feed-actions button').last for page in (lova, leo)]
    # Held by hand, so that the slower one presses even though the screen is about to take the button away.
    for held in [button.element_handle() for button in buttons]:
        held.evaluate('button => button.click()')
    expect(leo.locator('.q-notification')).to_contain_text('hann före')
    for page in (lova, leo):
        expect(page.locator('.feed-row.arrived .feed-actions')).to_have_count(0)
