"""Test the list of cases: on a phone, beside a case on a tablet, and several at once."""

from __future__ import annotations

import re
from uuid import uuid4

from playwright.sync_api import Locator, Page, expect

from tests.browser.accessibility import is_live
from tests.browser.conftest import PHONE, TABLET, Open, code_of


def rows(page: Page) -> Locator:
    """Return the rows of the list."""
    return page.locator('.caserow')


def open_list(page: Page, address: str = '/cases?team=all') -> None:
    page.goto(address)
    rows(page).first.wait_for()
    is_live(page)


def report(page: Page, site: str, asset: str, problem: str) -> None:
    """Report a problem as signed-in staff do."""
    sent = {'id': uuid4().hex, 'code': code_of(page, site, asset), 'problem': problem, 'note': ''}
    assert page.request.post('/api/v1/reports', data=sent).status == 201


def test_filters_stay_in_the_address_on_every_way_back(sign_in: Open) -> None:
    lova = sign_in('lova', viewport=PHONE)
    open_list(lova)
    to_do = rows(lova).count()
    views = lova.locator('.caselist .tabs')
    views.get_by_role('link', name='Stängda').click()
    expect(lova).to_have_url(re.compile('view=closed'))
    expect(views.get_by_role('link', name='Stängda')).to_have_attribute('aria-current', 'page')
    lova.get_by_role('searchbox', name='Sök ärende').fill('gunga')
    expect(lova).to_have_url(re.compile('q=gunga'))
    lova.reload()
    expect(lova.get_by_role('searchbox', name='Sök ärende')).to_have_value('gunga')
    lova.go_back()
    expect(rows(lova)).to_have_count(to_do)
    lova.get_by_role('button', name=re.compile('^Filter')).click()
    lova.get_by_label('Problem').select_option('dangerous')
    expect(lova).to_have_url(re.compile('problem=dangerous'))
    lova.get_by_role('button', name=re.compile('^Filter')).click()
    lova.get_by_role('button', name=re.compile('^Ta bort filtret: Farligt')).click()
    expect(rows(lova)).to_have_count(to_do)
    lova.go_back()
    expect(lova).to_have_url(re.compile('problem=dangerous'))
    lova.go_forward()
    expect(rows(lova)).to_have_count(to_do)


def test_back_from_a_case_leads_to_the_same_place_of_the_list(sign_in: Open) -> None:
    lova = sign_in('lova', viewport=PHONE)
    open_list(lova, '/cases?team=all&view=closed')
    last = rows(lova).last
    last.scroll_into_view_if_needed()
    last.get_by_role('link').click()
    expect(lova).to_have_url(re.compile(r'/cases/\d{4}-\d+$'))
    lova.locator('.casefile-body').wait_for()
    lova.go_back()
    expect(lova).to_have_url(re.compile('view=closed'))
    lova.wait_for_function('scrollY > 100')
    expect(rows(lova).last).to_be_in_viewport()


def test_a_tablet_shows_a_case_beside_the_list_and_both_stay_current(sign_in: Open) -> None:
    lova = sign_in('lova', viewport=TABLET)
    open_list(lova)
    report(lova, 'hassleholmen', 'Färgat glas 1', 'dangerous')
    arrived = rows(lova).filter(has_text='Färgat glas 1').filter(has_text='Farligt')
    expect(arrived).to_have_class(re.compile('arrived'))
    arrived.get_by_role('link').click()
    beside = lova.locator('.cases-beside')
    expect(beside).to_contain_text('Hässleholmen')
    expect(lova).to_have_url(re.compile(r'case=\d{4}-\d+'))
    lova.reload()
    expect(beside).to_contain_text('Färgat glas 1')
    expect(rows(lova).and_(lova.locator('.current'))).to_contain_text('Farligt')
    lova.set_viewport_size(PHONE)
    expect(beside).to_be_hidden()


def test_several_at_once_each_with_its_result_and_an_undo(sign_in: Open) -> None:
    lova = sign_in('lova', viewport=PHONE)
    for asset in ('Ofärgat glas 1', 'Tidningar 1'):
        report(lova, 'kransmossen', asset, 'litter_around')
    open_list(lova, '/cases?team=all&site=kransmossen&problem=litter_around')
    lova.get_by_role('button', name='Markera').click()
    for asset in ('Ofärgat glas 1', 'Tidningar 1'):
        rows(lova).filter(has_text=asset).locator('.caserow-words').click()
    acts = lova.get_by_role('region', name='Flera ärenden')
    expect(acts).to_contain_text('Markerade: 2')
    acts.get_by_role('button', name='Jag tar det').dblclick()
    expect(acts).to_contain_text('Klart: 2')
    expect(rows(lova).filter(has_text='Du')).to_have_count(2)
    acts.get_by_role('button', name='Ångra').click()
    expect(rows(lova).filter(has_text='Du')).to_have_count(0)
    acts.get_by_role('button', name='Avsluta').click()
    lova.get_by_role('button', name='Avsluta ärendena').click()
    expect(lova.get_by_role('alert')).to_contain_text('Välj hur det gick.')
    lova.get_by_role('radio', name='Hittade inget fel').check()
    lova.get_by_role('button', name='Avsluta ärendena').click()
    expect(acts).to_contain_text('Klart: 2')
    expect(rows(lova).and_(lova.locator('.gone'))).to_have_count(2)
