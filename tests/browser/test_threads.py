"""Test threads on a phone: people reply to an entry, correct it, get notified on their page, and leave."""

from __future__ import annotations

import csv
import io
import json
import re
import time
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Locator, Page, WebSocket, expect

from tests.browser.accessibility import Theme, choose_language, enlarge_text, fits, is_live, violations
from tests.browser.conftest import PHONE, TABLET, Open, Server, keep_claim, pause

CLAIM = 'only-this-phone-knows-who-wrote-it'


def log(page: Page, id: str, text: str, **more: Any) -> str:
    """Log an entry as the signed-in person. Return the address of its page."""
    content = {'id': id, 'kind': 'activity', 'text': text, **more}
    answer = page.request.post('/api/v1/entries', data=content)
    assert answer.status == 201, answer.text()
    return f'/entries/{id}'


def visit(page: Page, address: str) -> Page:
    page.goto(address)
    page.locator('.reply textarea').wait_for()
    return page


def say(page: Page, text: str, kind: int = 0) -> None:
    """Post a reply, as the first, second or third kind that the form offers."""
    page.locator('.reply input[type=radio]').nth(kind).check()
    page.locator('.reply textarea').fill(text)
    page.locator('.reply [type=submit]').click()


def replies(page: Page) -> Locator:
    return page.locator('.thread .said .said-text')


def test_two_people_talk_and_neither_reloads(sign_in: Open) -> None:
    fia, leo = sign_in('fia'), sign_in('leo')
    address = log(fia, 'a-talk-of-two-people-1', 'Gick runt och pratade med dem som slänger')
    visit(fia, address)
    visit(leo, address)
    say(leo, 'Ja, och vi kan fråga skolan')
    expect(replies(fia)).to_have_text(['Ja, och … vi kan fråga skolan'])
    expect(leo.locator('.reply textarea')).to_have_value('')
    say(fia, 'Vilken av dem?', kind=1)
    say(leo, 'Den på berget', kind=2)
    expect(replies(leo)).to_have_text(['Ja, och … vi kan fråga skolan', 'Vilken av dem?', 'Den på berget'])
    expect(replies(fia)).to_have_count(3)
    leo.locator('.reply-thanks button').click()
    expect(fia.locator('main')).to_contain_text(re.compile('1 (tack|thanks): Leo Ledare'))
    expect(leo.locator('.reply-thanks button')).to_have_attribute('aria-pressed', 'true')
    expect(fia.locator('.reply-thanks')).to_have_count(0)  # nobody thanks themselves
    pause(leo)
    leo.locator('.reply-thanks button').click()
    expect(fia.locator('main')).not_to_contain_text(re.compile('1 (tack|thanks): Leo Ledare'))
    fia.goto('/feed')
    row = fia.locator('.feed-row').filter(has_text='Gick runt och pratade').filter(has=fia.locator('.feed-said')).first
    expect(row.locator('.feed-said').first).to_have_text('3 svar')
    row.get_by_role('button', name='Visa mer').click()
    expect(row.locator('.feed-newest').first).to_have_text('Leo Ledare: Den på berget')


def test_what_is_typed_outlives_a_lost_answer_and_is_said_once(sign_in: Open) -> None:
    fia = sign_in('fia')
    address = log(fia, 'a-talk-on-a-bad-line-1', 'Dålig täckning här')
    visit(fia, address)
    fia.route('**/replies', lambda route: (route.fetch(), route.abort()), times=1)
    say(fia, 'Hörs jag?', kind=1)
    expect(fia.locator('.reply [role=alert]')).not_to_be_empty()
    expect(fia.locator('.reply textarea')).to_have_value('Hörs jag?')
    visit(fia, address)
    expect(fia.locator('.reply textarea')).to_have_value('Hörs jag?')
    fia.locator('.reply [type=submit]').click()
    expect(fia.locator('.reply textarea')).to_have_value('')
    expect(replies(fia)).to_have_text(['Hörs jag?'])
    visit(fia, address)
    expect(replies(fia)).to_have_text(['Hörs jag?'])
    expect(fia.locator('.reply textarea')).to_have_value('')


def test_what_is_reworded_after_a_lost_answer_can_be_said_as_well(sign_in: Open) -> None:
    fia = sign_in('fia')
    visit(fia, log(fia, 'a-talk-on-a-bad-line-2', 'Ännu sämre täckning här'))
    fia.route('**/replies', lambda route: (route.fetch(), route.abort()), times=1)
    say(fia, 'Hörs jag?', kind=1)
    expect(fia.locator('.reply [role=alert]')).not_to_be_empty()
    say(fia, 'Hör ni mig nu?', kind=1)
    expect(fia.locator('.reply [role=alert]')).to_have_text(re.compile('har kommit fram|has arrived'))
    expect(fia.locator('.reply textarea')).to_have_value('Hör ni mig nu?')
    pause(fia)
    fia.locator('.reply [type=submit]').click()
    expect(fia.locator('.reply textarea')).to_have_value('')
    expect(replies(fia)).to_have_text(['Hörs jag?', 'Hör ni mig nu?'])


def test_who_is_mentioned_is_notified_on_their_page(sign_in: Open) -> None:
    filip, freja = sign_in('filip'), sign_in('freja')
    address = log(filip, 'a-call-to-a-colleague1', 'Vem har nyckeln?')
    freja.goto('/me')
    freja.locator('h1').wait_for()
    visit(filip, address)
    filip.locator('.reply textarea').click()
    filip.keyboard.type('Kanske @frej')
    filip.locator('.called-names button').first.click()
    expect(filip.locator('.reply textarea')).to_have_value('Kanske @Freja Fält ')
    filip.keyboard.type('vet?')
    filip.locator('.reply [type=submit]').click()
    expect(freja.locator('.door-count')).to_have_text('1')
    reached = freja.locator('a.thing').filter(has_text='Kanske @Freja Fält vet?')
    expect(reached.locator('.badge')).to_be_visible()
    freja.goto('/me')
    expect(reached.locator('.badge')).to_be_visible()
    expect(freja.locator('.door-count')).to_be_hidden(timeout=15_000)  # once she has had the time to see it
    freja.goto('/feed')
    freja.locator('.feed-row').first.wait_for()
    expect(freja.locator('.door-count')).to_be_hidden()
    freja.goto('/me')
    for number in range(12):
        body = {'id': f'an-answer-before-it-{number:02}', 'kind': 'answer', 'text': 'Vet inte.\n' * 8}
        assert filip.request.post(f'/api/v1{address}/replies', data=body).status == 201
    reached.click()
    meant = replies(freja).filter(has_text='Kanske @Freja Fält vet?')
    expect(freja.locator('li.said:focus')).to_contain_text('Kanske @Freja Fält vet?')
    expect(meant).to_be_in_viewport()


def test_its_author_puts_it_right_and_takes_it_back(sign_in: Open) -> None:
    fia, leo = sign_in('fia'), sign_in('leo')
    address = log(fia, 'an-entry-with-a-mistake', 'Tömde på tisdag')
    visit(leo, address)
    expect(leo.locator('.owner')).to_have_count(0)
    visit(fia, address).locator('.owner-correct').click()
    expect(fia.locator('.owner textarea').first).to_be_focused()
    fia.locator('.owner textarea').first.fill('Tömde på onsdag')
    fia.locator('.owner [type=submit]').click()
    expect(leo.locator('.entry-words')).to_have_text('Tömde på onsdag')
    expect(fia.locator('.entry-words')).to_have_text('Tömde på onsdag')
    fia.locator('.owner-history').click()
    expect(fia.locator('.owner li .said-text')).to_contain_text('Tömde på tisdag')
    fia.locator('.owner-withdraw').click()
    fia.locator('.owner .press.danger').click()
    expect(leo.locator('.entry-words')).to_have_count(0)
    expect(leo.locator('.reply')).to_be_hidden()
    expect(fia.locator('.owner-correct')).to_have_count(0)


def test_a_correction_outlives_its_page_and_who_was_faster(sign_in: Open) -> None:
    fia, alva = sign_in('fia'), sign_in('alva')
    address = log(fia, 'a-correction-in-a-storm', 'Nio säckar')
    visit(fia, address).locator('.owner-correct').click()
    fia.locator('.owner textarea').first.fill('Tio säckar')
    fia.reload()
    expect(fia.locator('.owner textarea').first).to_have_value('Tio säckar')
    expect(fia.locator('.owner .entry-hint')).to_have_count(0)
    faster = {'kind': 'activity', 'text': 'Elva säckar', 'reason': 'Räknade om'}
    assert alva.request.patch(f'/api/v1{address}', data=faster).status == 200
    for _ in range(2):
        visit(fia, address)
        expect(fia.locator('.owner textarea').first).to_have_value('Tio säckar')
        expect(fia.locator('.owner .entry-hint')).to_have_text(re.compile('Elva säckar'))
        fia.locator('.owner textarea').first.fill('Tolv säckar')
        fia.locator('.owner textarea').first.fill('Tio säckar')
    fia.locator('.owner [type=submit]').click()
    expect(fia.locator('.entry-words')).to_have_text('Tio säckar')
    fia.locator('.owner-correct').click()
    fia.locator('.owner textarea').first.fill('Inga säckar')
    fia.get_by_role('button', name=re.compile('^(Avbryt|Cancel)$')).click()
    visit(fia, address)
    expect(fia.locator('.owner-correct')).to_be_visible()
    fia.locator('.owner-correct').click()
    expect(fia.locator('.owner textarea').first).to_have_value('Tio säckar')


def test_an_administrator_says_why(sign_in: Open) -> None:
    fia, alva = sign_in('fia'), sign_in('alva')
    address = log(fia, 'an-entry-with-a-number', 'Ring 070-000 00 00')
    visit(alva, address).locator('.owner-correct').click()
    alva.locator('.owner textarea').first.fill('Ring mig')
    alva.locator('.owner [type=submit]').click()
    expect(alva.locator('.owner [role=alert]')).to_be_visible()
    expect(alva.locator('.owner input[aria-invalid=true]')).to_be_focused()
    alva.locator('.owner input[aria-invalid=true]').fill('Inga nummer här')
    alva.locator('.owner [type=submit]').click()
    expect(alva.locator('.entry-words')).to_have_text('Ring mig')
    visit(fia, address).locator('.owner-history').click()
    expect(fia.locator('.owner li').first).to_contain_text('Inga nummer här')
    expect(fia.locator('.owner li').first).to_contain_text('Alva Admin')


def test_somebody_was_faster_and_both_are_shown(sign_in: Open) -> None:
    fia, alva = sign_in('fia'), sign_in('alva')
    address = log(fia, 'an-entry-of-two-minds-1', 'Tre säckar')
    visit(fia, address).locator('.owner-correct').click()
    fia.locator('.owner textarea').first.fill('Fyra säckar')
    faster = {'kind': 'activity', 'text': 'Fem säckar', 'reason': 'Räknade om'}
    assert alva.request.patch(f'/api/v1{address}', data=faster).status == 200
    expect(fia.locator('.entry-words')).to_have_text('Fem säckar')
    fia.locator('.owner [type=submit]').click()
    expect(fia.locator('.owner [role=alert]')).to_be_visible()
    expect(fia.locator('.owner textarea').first).to_have_value('Fyra säckar')
    expect(fia.locator('.owner .entry-hint').filter(has_text='Fem säckar')).to_be_visible()
    pause(fia)
    fia.locator('.owner [type=submit]').click()
    expect(fia.locator('.entry-words')).to_have_text('Fyra säckar')


def test_only_the_phone_knows_who_wrote_under_the_teams_name(server: Server, sign_in: Open) -> None:
    fia, leo = sign_in('fia'), sign_in('leo')
    id = 'an-obstacle-of-nobodys'
    address = log(fia, id, 'Ingen svarar på ritningen', kind='obstacle', claim=CLAIM)
    frames: list[str] = []
    fia.on('websocket', lambda socket: _record_frames(socket, frames))
    server.begin_minute()
    assert leo.request.get(f'/api/v1{address}').status == 200
    visit(fia, address)
    expect(fia.locator('.owner')).to_have_count(0)
    keep_claim(fia, id, CLAIM, 'Ingen svarar på ritningen')
    visit(fia, address).locator('.owner-correct').click()
    fia.locator('.owner textarea').first.fill('Någon svarade till slut')
    fia.locator('.owner [type=submit]').click()
    expect(fia.locator('.entry-words')).to_have_text('Någon svarade till slut')
    fia.locator('.owner-history').click()
    expect(fia.locator('.owner li .said-text').first).to_contain_text('Ingen svarar')
    fia.goto('/me')
    expect(fia.locator('.phone a.thing')).to_contain_text('Ingen svarar på ritningen')
    assert CLAIM not in fia.content()
    assert frames
    assert not any(CLAIM in frame for frame in frames)
    visit(leo, address)
    is_live(leo)
    expect(leo.locator('.owner')).to_have_count(0)
    assert 'Fia Fält logg' not in leo.locator('main').inner_text()
    visit(fia, address).locator('.owner-withdraw').click()
    server.begin_minute()
    with fia.expect_response('**/withdraw') as withdrawn:
        fia.locator('.owner .press.danger').click()
    assert withdrawn.value.ok
    assert leo.request.get(f'/api/v1{address}/replies').status == 410
    wait_for_all_events(fia, leo)
    expect(leo.locator('.reply')).to_be_visible()  # open screens show it a minute later
    expect(leo.locator('.entry-words')).to_have_text('Någon svarade till slut')


def wait_for_all_events(fia: Page, leo: Page) -> None:
    """Wait until Leo's screen shows something newer than every event so far."""
    # The feed shows events in order: once it shows this, all screens show what came before, or never will.
    feed = leo.context.new_page()
    feed.goto('/feed?whose=all')
    feed.locator('.feed-row').first.wait_for()
    is_live(feed)
    log(fia, uuid4().hex, 'Efter allt annat')
    expect(feed.locator('.feed-row.arrived').filter(has_text='Efter allt annat')).to_have_count(1)
    # A screen has one connection: nothing before this is on its way any more.
    before = int(leo.locator('.door-count').text_content() or 0)
    log(fia, uuid4().hex, 'Till sist, @Leo Ledare')
    expect(leo.locator('.door-count')).to_have_text(str(before + 1))
    feed.close()


def test_who_has_changed_teams_takes_back_what_their_phone_knows_to_be_theirs(sign_in: Open) -> None:
    fia, felicia = sign_in('fia'), sign_in('felicia')
    id = 'an-obstacle-left-behind'
    address = log(fia, id, 'Chefen lyssnar inte', kind='obstacle', audience='team', tried='Frågat', claim=CLAIM)
    frames: list[str] = []
    felicia.on('websocket', lambda socket: _record_frames(socket, frames))
    felicia.goto(address)
    expect(felicia.locator('main .notice')).to_be_visible()
    expect(felicia.locator('.owner')).to_have_count(0)
    keep_claim(felicia, id, CLAIM, 'Chefen lyssnar inte', 'felicia')  # she was in Fia's team when she wrote it
    felicia.goto(address)
    expect(felicia.locator('.owner .said-text')).to_have_text(['Chefen lyssnar inte', 'Frågat'])
    expect(felicia.locator('main .notice')).to_have_count(0)
    assert violations(felicia) == []
    assert fits(felicia)
    felicia.locator('.owner-withdraw').click()
    expect(felicia.locator('.owner h2')).to_be_focused()
    felicia.locator('.owner .press.danger').click()
    expect(felicia.locator('main .notice')).to_be_visible()
    expect(felicia.locator('main')).not_to_contain_text('Chefen lyssnar inte')
    assert CLAIM not in felicia.content()
    assert frames
    assert not any(CLAIM in frame for frame in frames)
    assert fia.request.get(f'/api/v1{address}', headers={'haren-claim': CLAIM}).json()['withdrawn']


def _record_frames(socket: WebSocket, frames: list[str]) -> None:
    socket.on('framesent', lambda frame: frames.append(str(frame)))
    socket.on('framereceived', lambda frame: frames.append(str(frame)))


def test_an_entry_that_is_not_there_is_reported_kindly(sign_in: Open) -> None:
    fia = sign_in('fia')
    fia.goto('/entries/there-is-no-such-entry')
    expect(fia.locator('main .notice')).to_be_visible()
    fia.locator('main a.press[href="/feed"]').click()
    fia.wait_for_url('**/feed')


def test_the_thread_goes_by_keyboard_alone(sign_in: Open) -> None:
    fia = sign_in('fia')
    address = log(fia, 'an-entry-for-the-keys-1', 'Utan mus')
    visit(fia, address).locator('.reply input[type=radio]').first.focus()
    fia.keyboard.press('ArrowRight')
    fia.keyboard.press('Tab')
    expect(fia.locator('.reply textarea')).to_be_focused()
    fia.keyboard.type('Går det, @alv')
    fia.keyboard.press('Tab')
    fia.keyboard.press('Enter')
    expect(fia.locator('.reply textarea')).to_be_focused()
    expect(fia.locator('.reply textarea')).to_have_value('Går det, @Alva Admin ')
    fia.keyboard.press('Tab')
    fia.keyboard.press('Enter')
    expect(replies(fia)).to_have_text(['Går det, @Alva Admin'])
    expect(fia.locator('.said.question')).to_have_count(1)


@pytest.mark.parametrize(
    ('theme', 'wide', 'language'),
    [('light', False, 'sv'), ('dark', False, 'en'), ('light', True, 'en'), ('dark', True, 'sv')],
)
def test_everybody_can_read_it(sign_in: Open, theme: Theme, wide: bool, language: str) -> None:
    farid = sign_in('farid', color_scheme=theme, viewport=TABLET if wide else PHONE)
    if language == 'en':
        choose_language(farid, 'English')
    try:
        id = f'an-entry-to-be-read-{theme}-{language}'
        address = log(farid, id, 'Läs mig', kind='obstacle', obstacle_kind='culture', hits='Alla', tried='Allt')
        visit(farid, address)
        say(farid, 'Hej @f')
        expect(replies(farid)).to_have_count(1)
        farid.locator('.reply textarea').fill('@f')
        farid.locator('.reply textarea').press('End')
        expect(farid.locator('.called-names')).to_be_visible()
        assert violations(farid) == []
        assert fits(farid)
        farid.locator('.owner-correct').click()
        assert violations(farid) == []
        enlarge_text(farid)
        assert fits(farid)
        farid.goto('/me')
        farid.locator('.leave').click()
        farid.get_by_role('dialog').wait_for()
        assert violations(farid) == []
    finally:
        if language == 'en':
            choose_language(farid, 'Svenska')


def test_what_is_ones_own_is_taken_along(sign_in: Open) -> None:
    fatima = sign_in('fatima')
    log(fatima, 'an-entry-to-be-taken-1', '=Min egen rad')
    fatima.goto('/me')
    for ending in ('json', 'csv'):
        with fatima.expect_download() as download:
            fatima.locator(f'a[href="/me/export.{ending}"]').click()
        assert download.value.suggested_filename == f'haren.{ending}'
        content = download.value.path().read_bytes()
        if ending == 'json':
            assert 'an-entry-to-be-taken-1' in {entry['id'] for entry in json.loads(content)['entries']}
        else:
            rows = csv.reader(io.StringIO(content.decode('utf-8-sig'), newline=''), delimiter=';')
            assert "'=Min egen rad" in {cell for row in rows for cell in row}


def test_felicia_leaves_for_good(sign_in: Open) -> None:
    felicia, fia, alva = sign_in('felicia'), sign_in('fia'), sign_in('alva')
    address = log(felicia, 'the-last-words-of-hers-1', 'Tack för allt')
    visit(fia, address)
    expect(fia.locator('.entry-who')).to_contain_text('Felicia')
    say(fia, 'Vi saknar dig, @Felicia Fält')
    expect(replies(fia)).to_have_count(1)
    felicia.goto('/me')
    felicia.locator('.leave').click()
    felicia.get_by_role('dialog').locator('[type=submit]').click()
    felicia.wait_for_url(re.compile(r'/($|welcome|in)'))
    felicia.goto('/feed')
    expect(felicia.get_by_role('heading', level=1)).not_to_have_text('Flödet')
    assert felicia.request.get('/me/export.json').status == 401
    until_forgotten(fia, address, 'Felicia')
    expect(fia.locator('.entry-words')).to_have_text('Tack för allt')
    expect(fia.locator('main')).not_to_contain_text('Felicia')
    expect(replies(fia)).to_contain_text('@…')
    alva.goto('/people')
    alva.locator('.fold').first.wait_for()
    expect(alva.locator('main')).not_to_contain_text('Felicia')


def until_forgotten(page: Page, address: str, name: str) -> None:
    """Wait until the server has erased a person: it does so after it has answered them."""
    until = time.monotonic() + 30
    while name in visit(page, address).locator('main').inner_text():
        assert time.monotonic() < until
