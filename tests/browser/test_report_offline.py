"""Test reporting while the network fails: no report is lost, arrives twice or is hidden."""

from __future__ import annotations

import json
import random
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import httpx
import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, CDPSession, Locator, Page, expect

from app.domain import sticker_codes
from tests.browser.accessibility import enlarge_text, fits, open_what_opens, violations
from tests.browser.conftest import A_READERS_SECOND, Phone, Server, are_ready, phones, wait_until
from tests.browser.network_faults import BAD, Fault, NetworkFaults
from tests.crash.round_counts import IS_LONG

GLASS = 'Färgat glas 1'
TAPPED = 'form[data-report] button'
WAITING = '.unsent li'

IN_CHARGE = """async () => {
    const workers = navigator.serviceWorker;
    const changed = new Promise((resolve) => workers.addEventListener("controllerchange", resolve));
    if (!workers.controller) await changed;
}"""
"""Waits until the worker controls the page."""


@pytest.fixture(scope='module')
def haren(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Start a server that holds all that looks automatic: reports count only if the outbox gets their stamps right."""
    server = Server(tmp_path_factory.mktemp('offline'), 'wary')
    yield server
    server.stop()


@pytest.fixture
def network(haren: Server) -> Iterator[NetworkFaults]:
    """Put a faulty network between the phones and the server."""
    network = NetworkFaults(haren.port)
    yield network
    network.stop()


@pytest.fixture
def phone(browser: Browser, network: NetworkFaults) -> Iterator[Phone]:
    """Open phones that reach the server through the network alone."""
    with phones(browser, network, 10_000, locale='en-GB') as take_out:
        yield take_out


@pytest.fixture
def whole_phone(whole_browser: Browser, network: NetworkFaults) -> Iterator[Phone]:
    """Open phones on which a worker may send while no page is open."""
    with phones(whole_browser, network, 10_000, locale='en-GB') as take_out:
        yield take_out


@pytest.fixture(scope='module')
def glass(haren: Server) -> str:
    """Return the code of a container."""
    assets = httpx.get(f'{haren.url}/s/kransmossen.json').json()['assets']
    return next(str(asset['url'][-6:]) for asset in assets if asset['name'] == GLASS)


def open_page(context: BrowserContext, path: str) -> Page:
    """Open a page and wait for its modules, on a phone that has Haren's worker."""
    page = context.new_page()
    page.goto(path)
    is_ready(page)
    return page


def is_ready(page: Page) -> None:
    page.evaluate(IN_CHARGE)
    are_ready(page)


def tap(page: Page, name: str = 'It is full|Still full') -> None:
    page.locator(TAPPED, has_text=re.compile(name)).click()


def kept(page: Page) -> str:
    """Return the id of the report that the page says it has kept."""
    block = page.locator('[data-kept]')
    shows(block, 'Saved on this phone')
    return block.get_attribute('data-kept') or ''


def report_broken(page: Page, glass: str) -> str:
    """Report a broken container on a bad network, with a few words, which that needs there. Return the report's id."""
    page.goto(f'/q/{glass}')
    page.get_by_text('First add a few words or a photo').click()
    page.get_by_label('A few words').fill('Luckan hänger')
    tap(page, 'broken')
    return kept(page)


def shows(place: Locator, words: str) -> None:
    """Wait for a text for long: a report is sent once its stamp is ripe and the reports before it are gone."""
    expect(place).to_contain_text(words, timeout=20_000)


def mend(network: NetworkFaults, page: Page) -> None:
    """Mend the network, and let the phone notice."""
    network.set('clear')
    page.evaluate("dispatchEvent(new Event('online'))")


def arrived(server: Server, *ids: str) -> bool:
    """Return True if each of these has arrived exactly once, and counts."""
    counted = server.ids('reports')
    return all(counted.count(id) == 1 for id in ids) and not set(ids) & set(server.ids('held'))


def posts(network: NetworkFaults, path: str) -> int:
    return sum(asked.startswith(f'POST {path}') for asked in network.asked)


# The start


def test_without_script_the_plain_form_posts(haren: Server, phone: Phone, network: NetworkFaults, glass: str) -> None:
    page = phone(java_script_enabled=False).new_page()
    page.goto(f'/q/{glass}')
    haren.advance_clock(A_READERS_SECOND)
    tap(page)
    expect(page).to_have_url(re.compile(f'/q/{glass}/thanks/'))
    assert arrived(haren, page.url.rpartition('/')[2])
    assert posts(network, f'/q/{glass}') == 1


def test_with_script_one_tap_leads_to_the_thanks(
    haren: Server, phone: Phone, network: NetworkFaults, glass: str
) -> None:
    page = open_page(phone(), f'/q/{glass}?lang=sv')
    page.locator(TAPPED).first.dblclick()
    expect(page).to_have_url(re.compile(f'/q/{glass}/thanks/.*[?]lang=sv$'))
    assert arrived(haren, page.url.rpartition('/')[2].partition('?')[0])
    assert (posts(network, '/api/v1/reports'), posts(network, '/q/')) == (1, 0)
    expect(page.locator('.unsent')).to_have_count(0)


def test_going_back_and_tapping_again_is_another_report_of_the_same_person(
    haren: Server, phone: Phone, network: NetworkFaults, glass: str
) -> None:
    page = open_page(phone(), f'/q/{glass}')
    ids = []
    for _ in range(2):
        tap(page)
        expect(page).to_have_url(re.compile('/thanks/'), timeout=20_000)
        ids.append(page.url.rpartition('/')[2])
        count = page.locator('main .state').inner_text()
        page.go_back()
        is_ready(page)
    assert ids[0] != ids[1]
    assert arrived(haren, *ids)
    tap(page)
    expect(page).to_have_url(re.compile('/thanks/'), timeout=20_000)
    assert re.findall(r'\d+ neigh', page.locator('main .state').inner_text()) == re.findall(r'\d+ neigh', count)


# A bad network


@pytest.mark.parametrize('fault', BAD)
def test_what_is_tapped_on_a_bad_network_is_kept_and_goes_later_once(
    haren: Server, phone: Phone, network: NetworkFaults, glass: str, fault: Fault
) -> None:
    page = open_page(phone(), f'/q/{glass}')
    with network.during(fault):
        tap(page, 'Litter around|Still littered')
        id = kept(page)
        expect(page.locator('[data-kept]')).to_be_focused()
        expect(page.locator('[data-kept]')).to_contain_text(f'{GLASS} · ')
        page.locator('.unsent summary').click()
        expect(page.locator(WAITING)).to_contain_text(f'{GLASS} · Litter around it')
        assert (id in haren.ids('reports')) == (fault == 'swallow')
    mend(network, page)
    shows(page.locator('[data-kept]'), 'It has arrived')
    assert arrived(haren, id)
    page.get_by_role('link', name='What happens next').click()
    expect(page.get_by_role('heading', level=1)).to_have_text('Thank you!')


def test_what_waits_is_there_after_a_reload_and_goes_by_itself(
    haren: Server, phone: Phone, network: NetworkFaults, glass: str
) -> None:
    page = open_page(phone(), f'/q/{glass}')
    with network.during('cut'):
        tap(page)
        id = kept(page)
        page.reload()
        page.locator('.unsent summary').click()
        expect(page.locator(WAITING)).to_contain_text('Waiting for a connection')
        expect(page.get_by_role('button', name='Send now')).to_be_visible()
    shows(page.locator('.unsent'), 'It has arrived')
    expect(page.get_by_role('button', name='Send now')).to_be_hidden()
    assert arrived(haren, id)


def test_two_tabs_show_the_same_and_send_it_once(
    haren: Server, phone: Phone, network: NetworkFaults, glass: str
) -> None:
    context = phone()
    one, other = open_page(context, f'/q/{glass}'), open_page(context, '/')
    with network.during('cut'):
        tap(one)
        id = kept(one)
        other.locator('.unsent summary').click()
        expect(other.locator(WAITING)).to_contain_text(GLASS)
        network.asked.clear()  # while nothing gets through: either page may send as soon as it can
    for page in (one, other):
        page.evaluate("dispatchEvent(new Event('online'))")
    shows(other.locator('.unsent'), 'It has arrived')
    shows(one.locator('[data-kept]'), 'It has arrived')
    assert arrived(haren, id)
    assert posts(network, '/api/v1/reports') == 1


def test_the_worker_sends_when_no_page_is_open(
    haren: Server, whole_phone: Phone, network: NetworkFaults, glass: str
) -> None:
    context = whole_phone()
    page = open_page(context, f'/q/{glass}')
    worker = Worker(context)
    with network.during('cut'):
        tap(page)
        id = kept(page)
        page.close()
    worker.sync()
    wait_until(lambda: arrived(haren, id))


# A sticker that was never seen, in flight mode


def test_another_sticker_is_scanned_in_flight_mode(
    haren: Server, phone: Phone, network: NetworkFaults, glass: str, tmp_path: Path
) -> None:
    context = phone()
    page = open_page(context, '/')
    context.set_offline(True)
    page.goto(f'/Q/{glass.lower()}')
    expect(page.get_by_role('heading', name=f'Sticker {sticker_codes.spaced(glass)}')).to_be_visible()
    page.get_by_text('First add a few words or a photo').click()
    page.get_by_label('A few words').fill('Bakom staketet')
    Image.new('RGB', (800, 600), 'green').save(tmp_path / 'photo.jpg')
    page.get_by_label('A photo').set_input_files(tmp_path / 'photo.jpg')
    tap(page)
    id = kept(page)
    expect(page.locator('[data-kept]')).to_contain_text('Bakom staketet')
    expect(page.locator('[data-kept] img')).to_be_visible()
    assert written(page) == ('', '')
    expect(page.get_by_label('A few words')).to_be_hidden()
    tap(page)  # send it again, as a person may who sees empty fields: it is the same report, and keeps what was written
    assert kept(page) == id
    page.locator('.unsent summary').click()
    expect(page.locator(WAITING)).to_have_count(1)
    expect(page.locator(f'{WAITING} img')).to_be_visible()
    assert page.locator(f'{WAITING} img').evaluate('img => img.decode().then(() => img.naturalWidth)') > 0
    expect(page.locator(WAITING)).to_contain_text('Bakom staketet')
    assert id not in haren.ids('reports')
    context.set_offline(False)
    shows(page.locator('[data-kept]'), 'It has arrived')
    assert arrived(haren, id)
    page.get_by_role('link', name='What happens next').click()
    expect(page.locator('main')).to_contain_text('Your photo has arrived')
    expect(page.locator('.said')).to_have_text('Bakom staketet')


def written(page: Page) -> tuple[str, str]:
    """Return what is in the fields for a few words and a photo."""
    return page.get_by_label('A few words').input_value(), page.get_by_label('A photo').input_value()


def test_what_has_arrived_is_reported_anew_by_the_next_tap(
    haren: Server, phone: Phone, network: NetworkFaults, glass: str
) -> None:
    page = open_page(phone(), '/')
    with network.during('cut'):
        page.goto(f'/q/{glass}')
        tap(page)
        first = kept(page)
    mend(network, page)
    shows(page.locator('[data-kept]'), 'It has arrived')
    with page.expect_request('**/api/v1/reports') as sent:
        tap(page)
    body = json.loads(sent.value.post_data or '')
    assert (body['id'] != first, body['again']) == (True, first)
    expect(page).to_have_url(re.compile('/thanks/'), timeout=20_000)
    assert arrived(haren, first, body['id'])


def test_words_that_are_refused_later_are_not_taken_away_by_another_tap(
    phone: Phone, network: NetworkFaults, glass: str
) -> None:
    page = open_page(phone(), '/')
    with network.during('cut'):
        report_broken(page, glass)
    mend(network, page)
    page.locator('.unsent summary').click()
    shows(page.locator(WAITING), 'Couldn’t be sent')
    tap(page, 'broken')
    expect(page.locator(WAITING)).to_have_count(2)
    expect(page.locator(f'{WAITING} .said')).to_have_text('Luckan hänger')


def test_the_page_says_what_is_away_and_when_it_is_back(phone: Phone, network: NetworkFaults, glass: str) -> None:
    context = phone()
    page = open_page(context, '/')
    heading, again = page.get_by_role('heading', level=1), page.get_by_role('button', name='Try again')
    with network.during('busy'):
        page.goto(f'/q/{glass}')
        expect(heading).to_have_text('Haren can’t be reached right now')
        context.set_offline(True)
        page.reload()
        expect(heading).to_have_text('You’re offline')
        context.set_offline(False)  # and still Haren doesn't answer
        expect(heading).to_have_text('Haren can’t be reached right now')
        expect(page.get_by_text('You can still report it')).to_be_visible()
        expect(again).to_be_visible()
    mend(network, page)
    expect(page.get_by_role('status').filter(has=heading)).to_contain_text('Haren can be reached again')
    expect(page.get_by_text('You can still report it')).to_be_hidden()
    expect(again).to_be_hidden()
    page.get_by_role('button', name='Open the page').click()
    expect(heading).to_have_text(GLASS)


def test_a_sticker_that_was_seen_is_known(haren: Server, phone: Phone, network: NetworkFaults, glass: str) -> None:
    page = open_page(phone(), f'/q/{glass}')
    offered = [words.strip() for words in page.locator(TAPPED).all_inner_texts()]
    with network.during('cut'):
        page.goto(f'/q/{glass}')
        expect(page.get_by_role('heading', name=GLASS)).to_be_visible()
        assert [words.strip() for words in page.locator(f'{TAPPED}:visible').all_inner_texts()] == offered
        expect(page.locator('[data-before]')).to_contain_text('As it was today')
        tap(page)
        id = kept(page)
        tap(page)  # press it again, as nothing visible happened
        assert kept(page) == id
    wait_until(lambda: arrived(haren, id))


def test_a_wrong_code_is_reported_at_once(phone: Phone, network: NetworkFaults) -> None:
    page = open_page(phone(), '/')
    field, message = page.get_by_label('The code on the sticker'), page.get_by_role('heading', level=2)
    with network.during('cut'):
        for typed, flaw in (
            ('K7M2Q0', 'One character seems wrong'),
            ('K7M2', 'six characters'),
            ('K7M2Q!', 'No code has that character'),
        ):
            field.fill(typed)
            page.get_by_role('button', name='Open', exact=True).click()
            expect(message).to_contain_text(flaw)
            expect(page.locator(f'{TAPPED}:visible')).to_have_count(0)
            expect(field).to_have_value(typed)


@pytest.mark.parametrize('fault', ['cut', 'hang', 'busy'])
def test_any_other_page_says_that_there_is_no_network(
    phone: Phone, network: NetworkFaults, glass: str, fault: Fault
) -> None:
    page = open_page(phone(), f'/q/{glass}?lang=sv')
    with network.during(fault):
        started = time.monotonic()
        page.goto('/s/kransmossen')
        expect(page.get_by_role('heading', level=1)).to_be_visible()
        assert time.monotonic() - started < 5
        page.locator('[data-part]:visible').first.wait_for()
        assert page.locator('html').get_attribute('lang') == 'sv'
        expect(page.locator('nav a:visible')).to_have_text(['English'])
        expect(page.locator(f'{TAPPED}:visible')).to_have_count(0)
    page.evaluate("dispatchEvent(new Event('online'))")
    shows(page.get_by_role('heading', level=1), 'Kransmossen')


def test_a_form_that_posts_itself_is_kept_by_the_worker(
    haren: Server, phone: Phone, network: NetworkFaults, glass: str
) -> None:
    page = open_page(phone(), f'/q/{glass}')
    id = page.locator('form[data-report] [name=id]').get_attribute('value')
    with network.during('cut'):
        page.evaluate(
            """() => {
                const form = document.querySelector("form[data-report]");
                const pressed = Object.assign(document.createElement("input"), { name: "problem", value: "dangerous" });
                form.append(pressed);
                form.submit();
            }"""
        )
        page.locator('.unsent summary').click()
        expect(page.locator(WAITING)).to_contain_text('It is dangerous')
    mend(network, page)
    wait_until(lambda: arrived(haren, f'{id}-dangerous'))


# Refused reports, and reports that can't be kept


def test_a_problem_that_is_not_offered_can_be_changed(
    haren: Server, phone: Phone, network: NetworkFaults, glass: str
) -> None:
    page = open_page(phone(), '/')
    with network.during('cut'):
        refused = report_broken(page, glass)
    mend(network, page)
    page.locator('.unsent summary').click()
    shows(page.locator(WAITING), 'Couldn’t be sent: That problem can’t be reported here')
    expect(page.locator('.unsent summary')).to_contain_text('Couldn’t be sent: 1')
    page.get_by_role('button', name='Choose another problem').click()
    page.locator(f'{WAITING} button', has_text='dangerous').click()
    wait_until(lambda: json.loads(network.sent[-1])['problem'] == 'dangerous')  # sent by the page, or by its worker
    body = json.loads(network.sent[-1])
    assert body['note'] == 'Luckan hänger'
    wait_until(lambda: arrived(haren, body['id']))
    assert refused not in haren.ids('reports')


def test_what_is_refused_stays_until_the_person_deletes_it(
    haren: Server, phone: Phone, network: NetworkFaults, glass: str
) -> None:
    context = phone(permissions=['clipboard-read', 'clipboard-write'])
    page = open_page(context, f'/q/{glass}')
    page.locator(TAPPED, has_text='hard to reach').evaluate("pressed => pressed.name = 'fine'")
    tap(page, 'hard to reach')
    expect(page.locator('[data-kept]')).to_contain_text('It couldn’t be sent')
    page.goto('/')
    page.locator('.unsent summary').click()
    row = page.locator(WAITING)
    expect(row).to_contain_text('Nothing has been reported here, so all is well already.')
    row.get_by_role('button', name='Copy').click()
    expect(row).to_contain_text('Copied')
    assert sticker_codes.spaced(glass) in page.evaluate('navigator.clipboard.readText()')
    row.get_by_role('button', name='Delete').click()
    row.get_by_role('button', name='No, keep it').click()
    row.get_by_role('button', name='Delete').click()
    row.get_by_role('button', name='Yes').click()
    expect(page.locator('.unsent')).to_be_hidden()


@pytest.mark.parametrize(
    'refusal',
    [
        "indexedDB.open = () => { throw new Error('no') }",
        'indexedDB.open = () => ({})',
        "IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError') }",
    ],
    ids=['refused', 'never answers', 'full'],
)
def test_where_nothing_can_be_kept_the_form_posts_itself(
    haren: Server, phone: Phone, network: NetworkFaults, glass: str, refusal: str
) -> None:
    context = phone()
    context.add_init_script(refusal)
    page = open_page(context, f'/q/{glass}')
    haren.advance_clock(A_READERS_SECOND)
    tap(page)
    expect(page).to_have_url(re.compile('/thanks/'), timeout=20_000)
    assert arrived(haren, page.url.rpartition('/')[2])
    assert posts(network, f'/q/{glass}') == 1


def test_what_the_browser_has_cleared_is_reported(phone: Phone, network: NetworkFaults, glass: str) -> None:
    context = phone()
    page = open_page(context, f'/q/{glass}')
    with network.during('cut'):
        tap(page)
        kept(page)
        expect(page.locator('.unsent')).to_be_visible()
        page.evaluate("new Promise((done) => (indexedDB.deleteDatabase('haren').onsuccess = done))")
        page.reload()
        page.reload()
        shows(page.locator('.unsent'), 'this browser has cleared it')
        page.get_by_role('button', name='Got it').click()
        expect(page.locator('.unsent')).to_be_hidden()


# The worker


def test_a_new_worker_clears_what_old_ones_kept_and_a_page_can_dismiss_it(phone: Phone, network: NetworkFaults) -> None:
    page = open_page(phone(), '/')
    kept = 'caches.keys()'
    (current,) = page.evaluate(kept)
    page.evaluate("caches.open('haren:old').then(() => caches.open('somebody else'))")
    page.evaluate('navigator.serviceWorker.getRegistration().then((worker) => worker.unregister())')
    page.close()
    page = open_page(page.context, '/')
    assert set(page.evaluate(kept)) == {current, 'somebody else'}
    page.context.add_init_script(
        "addEventListener('DOMContentLoaded', () => { "
        "document.querySelector('script[data-words]').dataset.unemployed = ''; })"
    )
    page.reload()
    registered = 'navigator.serviceWorker.getRegistrations().then((known) => known.length)'
    wait_until(lambda: page.evaluate(registered) == 0)


# For everybody


@pytest.mark.parametrize(('theme', 'locale'), [('light', 'sv-SE'), ('dark', 'ar')])
def test_what_is_kept_and_the_page_without_a_network_are_readable(
    phone: Phone, network: NetworkFaults, glass: str, theme: Literal['light', 'dark'], locale: str
) -> None:
    page = open_page(phone(color_scheme=theme, locale=locale, viewport={'width': 320, 'height': 640}), '/')
    with network.during('cut'):
        for path in ('/s/kransmossen', '/q/QQQQQQ', f'/q/{glass}'):
            page.goto(path)
            page.locator('[data-part]:visible').first.wait_for()
            open_what_opens(page)
            assert page.locator('html').get_attribute('lang') == locale[:2]
            assert violations(page) == [], path
            assert fits(page), path
        page.locator(f'{TAPPED}:visible').first.click()
        page.locator('[data-kept]').wait_for()
        page.locator('.unsent summary').click()
        page.locator(f'{WAITING} button').first.click()
        assert violations(page) == []
        assert fits(page)
        enlarge_text(page)
        assert fits(page)


def test_by_keyboard_alone(haren: Server, phone: Phone, network: NetworkFaults, glass: str) -> None:
    page = open_page(phone(), '/')
    with network.during('cut'):
        page.get_by_label('The code on the sticker').focus()
        page.keyboard.type(glass.lower())
        page.keyboard.press('Enter')
        page.get_by_role('heading', name='Sticker').wait_for()
        press(page, 'It is full')
        sent = kept(page)
        expect(page.locator('[data-kept]')).to_be_focused()
        press(page, 'It is dangerous')
        expect(page.locator('[data-kept]')).to_contain_text('dangerous')
        deleted = kept(page)  # the newest stands first
        press(page, 'Not sent yet: 2')
        press(page, 'Delete')
        expect(page.locator(':focus')).to_have_text('No, keep it')
        page.keyboard.press('Shift+Tab')
        page.keyboard.press('Enter')
        expect(page.locator(WAITING)).to_have_count(1)
        expect(page.locator(':focus')).to_contain_text('Not sent yet: 1')
    press(page, 'Send now')
    wait_until(lambda: arrived(haren, sent))
    assert deleted not in haren.ids('reports')


def press(page: Page, name: str) -> None:
    """Move by Tab to the element with this name, and press it."""
    focused = page.locator(':focus')
    for _ in range(60):
        page.keyboard.press('Tab')
        if focused.count() and name in focused.inner_text():
            break
    expect(focused).to_contain_text(name)
    page.keyboard.press('Enter')


# Everything at once

LOST: tuple[Fault, ...] = ('swallow',)
FINE: tuple[Fault, ...] = ('clear',)
FAULTS = (BAD + LOST * 3 + FINE * 2) * (2 if IS_LONG else 1)
"""The fault after each visit to a sticker, on whose page every button is pressed without a network."""

TAPS = 10

TAP_EVERYTHING = """async () => {
    const ids = [];
    for (const note of ["", "Och det blåser"]) {
        for (const pressed of document.querySelectorAll("form[data-report] [name=problem]")) {
            document.querySelector("#note").value = note;
            pressed.click();
            for (const until = Date.now() + 10000; Date.now() < until; await new Promise((go) => setTimeout(go, 5))) {
                const id = document.querySelector("[data-kept]")?.dataset.kept;
                if (id && !ids.includes(id)) {
                    ids.push(id);
                    break;
                }
            }
        }
    }
    return ids;
}"""
"""Presses every button, and again with a few words. Returns the ids of the reports that the page says it kept."""


def test_all_reports_of_a_storm_arrive_exactly_once_each(
    haren: Server, whole_phone: Phone, network: NetworkFaults, glass: str
) -> None:
    chance = random.Random(11)
    context = whole_phone()
    page = open_page(context, f'/q/{glass}')
    tabs, worker = (page, open_page(context, '/')), Worker(context)
    before, started, made = len(haren.ids('reports')), time.monotonic(), list[str]()
    for visit, fault in enumerate(chance.sample(FAULTS, len(FAULTS))):
        page = tabs[visit % 2]
        network.set('cut')
        page.goto(f'/q/{glass}')
        page.locator('[data-thing]:not(:empty)').wait_for()
        made += page.evaluate(TAP_EVERYTHING)
        try_to_send(fault, chance, network, worker, tabs)
    mend(network, tabs[0])
    wait_until(lambda: len(haren.ids('reports')) >= before + len(FAULTS) * TAPS, 60)
    took = time.monotonic() - started
    print(f'{len(made)} reports in {took:.1f} s, {network.swallowed} answers lost')
    assert len(set(made)) == len(FAULTS) * TAPS
    assert arrived(haren, *made)
    assert len(haren.ids('reports')) == before + len(FAULTS) * TAPS
    assert network.swallowed >= (5 if IS_LONG else 2)
    wait_until(lambda: bool(tabs[0].evaluate('(async () => !document.querySelector(".unsent .acts button"))()')))


def try_to_send(
    fault: Fault, chance: random.Random, network: NetworkFaults, worker: Worker, tabs: tuple[Page, Page]
) -> None:
    """Have a fault for a moment in which the phone tries to send, and do something that may break it."""
    network.set(fault)
    if chance.random() < 0.5:
        worker.sync()
    else:
        chance.choice(tabs).evaluate("dispatchEvent(new Event('online'))")
    time.sleep(chance.uniform(0.1, 0.3))
    if chance.random() < 0.4:
        worker.kill()
    if chance.random() < 0.3 and fault != 'hang':
        chance.choice(tabs).reload(wait_until='commit')


class Worker:
    """A phone's service worker, and what can happen to it."""

    def __init__(self, context: BrowserContext) -> None:
        self._page = context.new_page()
        self._page.goto('/')
        self._line: CDPSession = context.new_cdp_session(self._page)
        self._ids: list[str] = []
        self._line.on('ServiceWorker.workerRegistrationUpdated', self._note)
        self._line.send('ServiceWorker.enable')
        while not self._ids:
            self._page.wait_for_timeout(50)

    def _note(self, event: dict[str, Any]) -> None:
        self._ids += [known['registrationId'] for known in event['registrations'] if not known['isDeleted']]

    def sync(self) -> None:
        """Send the event by which the browser says that the network is back."""
        origin = self._page.evaluate('origin')
        event = {'origin': origin, 'registrationId': self._ids[-1], 'tag': 'haren:outbox', 'lastChance': False}
        self._line.send('ServiceWorker.dispatchSyncEvent', event)

    def kill(self) -> None:
        """Kill the worker, as a system does that needs the memory."""
        self._line.send('ServiceWorker.stopAllWorkers')
