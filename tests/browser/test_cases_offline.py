"""Test a crew's morning without a network: what they do with cases arrives once, in order, and nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.accessibility import fits, violations
from tests.browser.conftest import Phone, Server, are_ready, join, pause, phones, wait_until
from tests.browser.network_faults import NetworkFaults
from tests.sample_photos import photo

NOTE = 'Ser konstigt ut'

HAS_KEPT = """async (count) => {
    const [modules] = document.querySelector('script[src*="/assets/"]').src.match(/.*\\/assets\\/[^/]+\\//);
    const { Database } = await import(modules + 'outbox/database.js');
    const { keptCases } = await import(modules + 'outbox/kept-cases.js');
    const [kept, page] = [await keptCases(new Database()), await caches.match('/offline/cases?lang=sv')];
    return Boolean(page && await caches.match('/kept-log')) && (kept?.cases.length ?? 0) >= count;
}"""
"""True once the phone has kept the pages and so many cases."""


@pytest.fixture(scope='module')
def haren(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Start a server of its own, which is killed now and then."""
    server = Server(tmp_path_factory.mktemp('cases'), 'impatient')
    yield server
    server.stop()


@pytest.fixture(scope='module')
def network(haren: Server) -> Iterator[NetworkFaults]:
    """Put a faulty network between the phones and the server."""
    network = NetworkFaults(haren.port)
    yield network
    network.stop()


@pytest.fixture(autouse=True)
def served(haren: Server) -> Iterator[None]:
    """Leave a running server to the next test, also after one that ends while it is down."""
    yield
    if not haren.is_running:
        haren.start_again()


@pytest.fixture
def phone(browser: Browser, network: NetworkFaults) -> Iterator[Phone]:
    """Open phones that reach the server through the network alone."""
    with phones(browser, network, 20_000, locale='sv-SE') as take_out:
        yield take_out


@pytest.fixture
def office(browser: Browser, haren: Server) -> Iterator[Page]:
    """Return the computer of Leo, who leads another team and is never without a network."""
    context = browser.new_context(base_url=haren.url, service_workers='block', locale='sv-SE')
    join(context, haren.invite('leo'))
    yield context.new_page()
    context.close()


def report_some(page: Page, count: int) -> list[dict[str, Any]]:
    """Report as many things of the crew's team that have no case yet. Return the cases."""
    me = page.request.get('/api/v1/me').json()
    sites = [site for site in page.request.get('/api/v1/sites').json()['sites'] if site['team_id'] == me['team']['id']]
    sent: list[str] = []
    for site in sites:
        for asset in page.request.get(f'/s/{site["id"]}.json').json()['assets']:
            body = {
                'id': uuid4().hex,
                'code': asset['url'][-6:],
                'problem': 'something_else',
                'note': 'Ser konstigt ut',
            }
            if not asset['open_cases'] and len(sent) < count:
                sent.append(page.request.post('/api/v1/reports', data=body).json()['case_number'])
    assert len(sent) == count
    known = {case['number']: case for case in page.request.get('/api/v1/cases').json()['cases']}
    return [known[number] for number in sent]


def case_of(page: Page, case: dict[str, Any]) -> dict[str, Any]:
    return dict(page.request.get(f'/api/v1/cases/{case["id"]}').json())


def keeps(page: Page, count: int) -> None:
    """Wait until the phone has kept what it needs without a network."""
    wait_until(lambda: bool(page.evaluate(HAS_KEPT, count)))


def cold_start(context: BrowserContext, path: str) -> Page:
    """Open a page after the phone was switched off and on: no page is open, and no worker runs."""
    for page in context.pages:
        page.close()
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send('ServiceWorker.enable')
    line.send('ServiceWorker.stopAllWorkers')
    page.goto(path)
    are_ready(page)
    return page


def card(page: Page, case: dict[str, Any]) -> Locator:
    return page.locator(f'[data-case="{case["id"]}"]')


def unfold(page: Page, case: dict[str, Any]) -> None:
    if card(page, case).get_attribute('open') is None:
        card(page, case).locator('summary').click()


def take(page: Page, case: dict[str, Any]) -> None:
    unfold(page, case)
    card(page, case).locator('[data-act=take]').click()
    expect(card(page, case).locator('.waits')).to_have_text('Väntar på nät')
    expect(card(page, case)).to_contain_text('Tas om hand av Fia')


def close(page: Page, case: dict[str, Any], outcome: str, words: str, picture: bytes | None = None) -> None:
    unfold(page, case)
    card(page, case).locator('[data-act=close]').click()
    form = card(page, case).locator('form')
    form.get_by_label(outcome).check()
    form.locator('textarea').fill(words)
    if picture:
        form.locator('[type=file]').set_input_files({'name': 'nu.jpg', 'mimeType': 'image/jpeg', 'buffer': picture})
    form.locator('[type=submit]').click()
    expect(card(page, case)).to_contain_text(f'Avslutat: {outcome}')


def test_a_crews_morning_in_flight_mode(haren: Server, network: NetworkFaults, phone: Phone, office: Page) -> None:
    context = phone()
    join(context, haren.invite('fia').replace(haren.url, network.url))
    page = context.new_page()
    cases = report_some(page, 5)
    page.goto('/cases')
    keeps(page, 5)

    network.set('cut')
    met = office.request.post(f'/api/v1/cases/{cases[4]["id"]}/close', data={'id': uuid4().hex, 'outcome': 'fixed'})
    assert met.ok, met.text()
    haren.kill()
    page = cold_start(context, f'/cases/{cases[0]["number"]}')
    expect(card(page, cases[0])).to_have_attribute('open', '')
    expect(card(page, cases[0])).to_contain_text(NOTE)
    for case in cases[:2]:
        take(page, case)
    pause(page)
    close(page, cases[1], 'Åtgärdat', 'Bytte lås')
    close(page, cases[2], 'Inte vårt', 'Ring Trafikverket', None)
    close(page, cases[3], 'Åtgärdat', 'Som ny', photo())
    close(page, cases[4], 'Går inte', 'Grinden är låst')
    assert violations(page) == []
    assert fits(page)
    page = cold_start(context, '/cases')
    waiting = page.locator('.unsent-acts li')
    expect(waiting).to_have_count(6)
    expect(card(page, cases[3]).locator('.waits')).to_have_text('Väntar på nät')

    haren.start_again()
    with network.during('swallow'):
        page.evaluate("dispatchEvent(new Event('online'))")
        wait_until(lambda: network.swallowed > 0)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(waiting).to_have_count(1, timeout=30_000)
    expect(waiting).to_contain_text('Grinden är låst')
    expect(waiting.locator('.why')).to_contain_text('Leo')
    states = [case_of(page, case) for case in cases]
    assert [case['state'] for case in states] == ['acknowledged', 'resolved', 'closed', 'resolved', 'resolved']
    assert [case['outcome'] for case in states] == [None, 'fixed', 'not_ours', 'fixed', 'fixed']
    assert [case['outcome_words'] for case in states[1:4]] == ['Bytte lås', 'Ring Trafikverket', 'Som ny']
    assert [bool(case['outcome_photo_url']) for case in states] == [False, False, False, True, False]
    page.reload()
    expect(page.locator('.unsent-acts li')).to_contain_text('Grinden är låst')
    page.locator('.unsent-acts').get_by_role('button', name='Okej').click()
    expect(page.locator('.unsent-acts li')).to_have_count(0)


def test_the_page_of_a_sticker_offers_staff_their_buttons_and_a_phone_forgets_who_left(
    haren: Server, network: NetworkFaults, phone: Phone
) -> None:
    context = phone()
    join(context, haren.invite('fia').replace(haren.url, network.url))
    page = context.new_page()
    (case,) = report_some(page, 1)
    page.goto(f'/q/{case["code"]}')
    are_ready(page)
    keeps(page, 1)
    network.set('cut')
    page.locator('button[value=acknowledge]').click()  # the page was open, and its form is sent by the browser
    expect(card(page, case).locator('.waits')).to_have_text('Väntar på nät')
    network.set('clear')
    page.evaluate("dispatchEvent(new Event('online'))")
    wait_until(lambda: case_of(page, case)['state'] == 'acknowledged')
    page.goto('/welcome')
    page.locator('form[action^="/out"] button').click()
    network.set('cut')
    page.goto('/cases')
    expect(page.locator('[data-kept]')).to_contain_text('Inga ärenden är sparade')
    page.goto(f'/q/{case["code"]}')
    are_ready(page)
    expect(page.locator('[data-case]')).to_have_count(0)
