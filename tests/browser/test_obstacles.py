"""Test the obstacle diary on a phone: log obstacles, share those of others, and end them."""

from __future__ import annotations

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.accessibility import enlarge_text, fits, violations
from tests.browser.conftest import PHONE, Open, keep_claim, pause


@pytest.fixture
def fia(sign_in: Open) -> Page:
    """Sign in Fia, of the parks."""
    return sign_in('fia', locale='sv-SE')


@pytest.fixture
def felicia(sign_in: Open) -> Page:
    """Sign in Felicia, of the university, which is another organisation."""
    return sign_in('felicia', locale='sv-SE')


def log(page: Page, text: str, **more: str) -> str:
    """Log an obstacle over the API. Return its id."""
    id = uuid4().hex
    answer = page.request.post('/api/v1/entries', data={'id': id, 'kind': 'obstacle', 'text': text, **more})
    assert answer.status == 201
    return id


def open_diary(page: Page, address: str = '/obstacles') -> None:
    page.goto(address)
    page.locator('.obstacle, .obstacle-empty').first.wait_for()


def card(page: Page, text: str) -> Locator:
    return page.locator('.obstacle').filter(has=page.locator('.obstacle-text', has_text=text))


def unfold(card: Locator) -> None:
    card.get_by_role('button', name='Nästa steg').click()


def test_me_too_from_another_organisation_counts_at_once(fia: Page, felicia: Page) -> None:
    text = f'Ingen svarar i växeln {uuid4().hex[:6]}'
    log(fia, text)
    for page in (fia, felicia):
        open_diary(page)
    expect(card(fia, text).get_by_role('button', name='Jag också')).to_have_count(0)
    me_too = card(felicia, text).get_by_role('button', name='Jag också')
    me_too.click()
    expect(card(fia, text).locator('.obstacle-shares')).to_have_text('1 har samma hinder')
    expect(card(fia, text).locator('.obstacle-organisation.other')).to_have_text('Högskolan (demo): 1')
    expect(me_too).to_have_attribute('aria-pressed', 'true')
    pause(felicia)
    me_too.click()
    expect(card(fia, text).locator('.obstacle-shares')).to_have_count(0)


def test_what_somebody_logs_comes_by_itself_and_goes_when_it_is_withdrawn(fia: Page, felicia: Page) -> None:
    open_diary(felicia)
    text = f'Dörren går inte upp {uuid4().hex[:6]}'
    id = log(fia, text)
    expect(card(felicia, text)).to_have_count(1)
    fia.request.post(f'/api/v1/entries/{id}/withdraw', data={})
    expect(card(felicia, text)).to_have_count(0)


def test_a_possibility_begins_with_yes_and(fia: Page, felicia: Page) -> None:
    text = f'Enkäten är för lång {uuid4().hex[:6]}'
    log(fia, text)
    for page in (fia, felicia):
        open_diary(page)
    answered = card(felicia, text)
    answered.get_by_role('button', name='Ja, och').click()
    box = answered.get_by_role('textbox', name='Ja, och')
    expect(box).to_be_focused()
    felicia.context.set_offline(True)
    box.fill('fråga bara tre saker')
    answered.get_by_role('button', name='Lägg till').click()
    expect(answered.get_by_role('alert')).to_contain_text('gick inte att skicka')
    expect(box).to_have_value('fråga bara tre saker')
    felicia.context.set_offline(False)
    pause(felicia)
    answered.get_by_role('button', name='Lägg till').click()
    expect(card(fia, text).locator('.obstacle-state')).to_contain_text('Undersökt')
    unfold(card(fia, text))
    expect(card(fia, text).locator('.obstacle-possibilities')).to_contain_text('Ja, och … fråga bara tre saker')
    expect(box).to_have_count(0)


def test_a_possibility_calls_a_colleague_by_name(fia: Page) -> None:
    text = f'Blanketten går inte att spara {uuid4().hex[:6]}'
    log(fia, text)
    open_diary(fia)
    card(fia, text).get_by_role('button', name='Ja, och').click()
    box = card(fia, text).get_by_role('textbox', name='Ja, och')
    box.press_sequentially('fråga @felici')
    card(fia, text).get_by_role('group', name='Vem menar du?').get_by_role('button').first.click()
    expect(box).to_be_focused()
    expect(box).to_have_value(re.compile('^fråga @Felicia .* $'))
    open_diary(fia)  # the typed text is still there
    card(fia, text).get_by_role('button', name='Ja, och').click()
    expect(box).to_have_value(re.compile('^fråga @Felicia'))


def test_a_possibility_that_is_reworded_after_a_lost_answer_can_be_added_as_well(fia: Page) -> None:
    text = f'Kön är för lång {uuid4().hex[:6]}'
    log(fia, text)
    open_diary(fia)
    card(fia, text).get_by_role('button', name='Ja, och').click()
    box = card(fia, text).get_by_role('textbox', name='Ja, och')
    add = card(fia, text).get_by_role('button', name='Lägg till')
    fia.route('**/replies', lambda route: (route.fetch(), route.abort()), times=1)
    box.fill('ring före åtta')
    add.click()
    expect(card(fia, text).get_by_role('alert')).to_contain_text('gick inte att skicka')
    box.fill('ring efter fyra')
    add.click()
    expect(card(fia, text).get_by_role('alert')).to_have_text(re.compile('har kommit fram|has arrived'))
    expect(box).to_have_value('ring efter fyra')
    pause(fia)
    add.click()
    expect(box).to_have_count(0)
    expect(card(fia, text).locator('.obstacle-possibilities li')).to_have_count(2)


def test_it_is_raised_with_a_text_that_is_ready_to_send(fia: Page, felicia: Page) -> None:
    fia.context.grant_permissions(['clipboard-read', 'clipboard-write'])
    text = f'Reglerna drar åt olika håll {uuid4().hex[:6]}'
    id = log(fia, text, tried='Ringde båda')
    assert felicia.request.post(f'/api/v1/obstacles/{id}/share').status == 200
    open_diary(fia)
    unfold(card(fia, text))
    card(fia, text).get_by_role('button', name='Lyft').click()
    sheet = fia.locator('.sheet')
    words = sheet.get_by_label('Texten, klar att skicka')
    expect(words).to_have_value(re.compile('Ringde båda[^§]*1 kollega utöver oss[^§]*Borås Stad'))
    words.fill(f'{text}. Snälla, hjälp oss.')
    assert violations(fia) == []
    sheet.get_by_label('Till vem?').fill('lansstyrelsen@example.se')
    sheet.get_by_role('button', name='Kopiera texten').click()
    expect(fia.locator('.q-notification')).to_contain_text('Kopiera')
    assert fia.evaluate('navigator.clipboard.readText()') == f'{text}. Snälla, hjälp oss.'
    mail = sheet.get_by_role('link', name='Öppna som mejl')
    expect(mail).to_have_attribute('href', re.compile(r'^mailto:lansstyrelsen@example\.se\?.*Sn%C3%A4lla'))
    day = date.today() + timedelta(days=14)  # noqa: DTZ011 - as the phone's calendar has it
    sheet.get_by_label('Dag att fråga igen').fill(day.isoformat())
    sheet.get_by_role('button', name='Lyft').click()
    expect(card(fia, text).locator('.obstacle-raised')).to_contain_text('Lyft vidare till lansstyrelsen@example.se')
    open_diary(felicia, '/obstacles?view=raised')
    expect(card(felicia, text)).to_have_count(1)


def test_two_that_are_the_same_show_their_pattern(fia: Page, felicia: Page) -> None:
    mark = uuid4().hex[:6]
    log(fia, f'Lampan har ingen ägare {mark}')
    log(felicia, f'Bänken har ingen ägare {mark}')
    for page in (fia, felicia):
        open_diary(page)
    unfold(card(fia, f'Lampan har ingen ägare {mark}'))
    card(fia, f'Lampan har ingen ägare {mark}').get_by_role('button', name='Koppla ihop med').click()
    fia.locator('.sheet').get_by_label('Sök').fill(f'bänken {mark}')
    expect(fia.locator('.obstacle-same button:visible')).to_have_count(1)  # no button moves any more
    fia.locator('.sheet').get_by_role('button', name=f'Bänken har ingen ägare {mark}').click()
    for text in (f'Lampan har ingen ägare {mark}', f'Bänken har ingen ägare {mark}'):
        expect(card(felicia, text).locator('.obstacle-pattern')).to_have_text('Finns i 2 team')
    lamp = card(fia, f'Lampan har ingen ägare {mark}')
    lamp.get_by_role('button', name='Koppla isär').click()
    expect(card(felicia, f'Bänken har ingen ägare {mark}').locator('.obstacle-pattern')).to_have_count(0)


def test_the_view_stands_in_the_address_and_one_can_go_back(fia: Page) -> None:
    open_diary(fia)
    everything = fia.locator('.obstacle').count()
    fia.get_by_label('Typ').select_option('value_system')
    expect(fia).to_have_url(re.compile(r'/obstacles\?kind=value_system$'))
    expect(fia.locator('.obstacle')).to_have_count(2)
    fia.get_by_role('link', name='Lösta').click()
    expect(fia).to_have_url(re.compile('view=closed&kind=value_system'))
    expect(fia.locator('.obstacle-empty')).to_contain_text('Inget att visa')
    fia.go_back()
    expect(fia.locator('.obstacle')).to_have_count(2)
    expect(fia.get_by_label('Typ')).to_have_value('value_system')
    fia.reload()
    expect(fia.locator('.obstacle')).to_have_count(2)
    fia.go_back()
    expect(fia.locator('.obstacle')).to_have_count(everything)
    expect(fia.get_by_role('link', name='I vägen')).to_have_attribute('aria-current', 'page')


def test_under_the_teams_name_it_is_ones_own_on_ones_own_phone_alone(sign_in: Open) -> None:
    phone, tablet = sign_in('fia', locale='sv-SE'), sign_in('fia', locale='sv-SE')
    text, claim = f'Ingen vågar säga det {uuid4().hex[:6]}', uuid4().hex
    id = log(phone, text, claim=claim)
    phone.goto('/log')
    phone.locator('entry-form textarea').first.wait_for()
    keep_claim(phone, id, claim)
    for page, count in ((phone, 1), (tablet, 0)):
        open_diary(page, '/obstacles?view=mine')
        expect(page.get_by_role('status').filter(has_text='Hinder: ')).to_have_count(count)
        expect(card(page, text)).to_have_count(count)
    own = card(phone, text)
    expect(own.locator('.obstacle-own')).to_have_text('Mitt')
    expect(own.locator('.obstacle-where')).to_contain_text('Gata och park · I teamets namn')
    expect(own.get_by_role('button', name='Jag också')).to_have_count(0)


def test_the_way_back_closes_a_sheet_and_keeps_what_was_typed(fia: Page, felicia: Page) -> None:
    text = f'Nyckeln är borta {uuid4().hex[:6]}'
    log(felicia, text)
    fia.goto('/feed')
    open_diary(fia)
    unfold(card(fia, text))

    def lift() -> Locator:
        card(fia, text).get_by_role('button', name='Lyft vidare').click()
        return fia.locator('.sheet')

    sheet = lift()
    sheet.get_by_label('Till vem?').fill('Nyckelskåpet')
    fia.go_back()
    expect(sheet).to_have_count(0)
    expect(fia).to_have_url(re.compile('/obstacles$'))
    expect(card(fia, text)).to_be_visible()
    expect(lift().get_by_label('Till vem?')).to_have_value('Nyckelskåpet')
    sheet.get_by_role('button', name='Avbryt').click()
    expect(sheet).to_have_count(0)
    expect(lift().get_by_label('Till vem?')).to_have_value('')
    sheet.get_by_role('button', name='Avbryt').click()
    expect(sheet).to_have_count(0)
    fia.wait_for_function('!history.state?.sheet')
    fia.go_back()
    expect(fia).to_have_url(re.compile('/feed$'))


def test_what_is_typed_in_a_sheet_outlives_its_page(fia: Page, felicia: Page) -> None:
    text = f'Porten är låst {uuid4().hex[:6]}'
    log(felicia, text, tried='Knackade')

    def lift() -> Locator:
        open_diary(fia)
        unfold(card(fia, text))
        card(fia, text).get_by_role('button', name='Lyft').click()
        return fia.locator('.sheet')

    words = 'Texten, klar att skicka'
    lift().get_by_label(words).fill('Snälla, lås upp.')
    sheet = lift()
    expect(sheet.get_by_label(words)).to_have_value('Snälla, lås upp.')
    expect(sheet.get_by_label('Till vem?')).to_have_value('')
    expect(sheet.get_by_role('link', name='Öppna som mejl')).to_have_attribute('href', re.compile('l%C3%A5s%20upp'))
    sheet.get_by_role('button', name='Avbryt').click()
    expect(sheet).to_have_count(0)
    expect(lift().get_by_label(words)).to_have_value(re.compile('Knackade'))
    sheet.get_by_label(words).fill('Öppna, tack.')
    sheet.get_by_label('Till vem?').fill('Vaktmästaren')
    expect(lift().get_by_label('Till vem?')).to_have_value('Vaktmästaren')
    sheet.get_by_role('button', name='Lyft').click()
    expect(sheet).to_have_count(0)
    expect(card(fia, text).locator('.obstacle-letter')).to_contain_text('Öppna, tack.')
    assert fia.evaluate('Object.keys(sessionStorage).filter((place) => place.startsWith("haren-sheet"))') == []


def test_with_the_keyboard_alone(fia: Page, felicia: Page) -> None:
    text = f'Blanketten finns inte {uuid4().hex[:6]}'
    log(felicia, text)
    open_diary(fia)
    obstacle = card(fia, text)
    me_too = obstacle.get_by_role('button', name='Jag också')
    me_too.focus()
    fia.keyboard.press('Enter')
    expect(me_too).to_have_attribute('aria-pressed', 'true')
    expect(me_too).to_be_focused()
    fia.keyboard.press('Tab')
    fia.keyboard.press('Tab')
    fia.keyboard.press('Enter')
    fia.keyboard.press('Tab')
    expect(obstacle.get_by_role('button', name='Vi har undersökt det')).to_be_focused()
    fia.keyboard.press('Enter')
    expect(obstacle.locator('.obstacle-state')).to_contain_text('Undersökt')
    expect(obstacle.get_by_role('button', name='Vi har undersökt det')).to_be_focused()  # it stays, spent
    undo = obstacle.get_by_role('button', name='Ångra')
    undo.focus()
    fia.keyboard.press('Enter')
    expect(obstacle.locator('.obstacle-state')).to_contain_text('Noterat')


@pytest.fixture(params=['light', 'dark'])
def opened(request: pytest.FixtureRequest, sign_in: Open) -> Page:
    """Show an open card with all its parts, in each theme."""
    lova = sign_in('lova', color_scheme=request.param, locale='sv-SE', viewport=PHONE)
    open_diary(lova, '/obstacles?view=raised')
    unfold(lova.locator('.obstacle').first)
    lova.locator('.obstacle').first.get_by_role('button', name='Ja, och').click()
    lova.locator('.obstacle').first.get_by_role('textbox', name='Ja, och').wait_for()
    return lova


def test_all_of_a_card_is_readable_and_fits_with_text_twice_as_large(opened: Page) -> None:
    assert violations(opened) == []
    enlarge_text(opened)
    assert fits(opened)
    for target in opened.locator('.obstacle button:visible, .obstacle a:visible').all():
        box = target.bounding_box()
        assert box
        assert min(box['width'], box['height']) >= 44
