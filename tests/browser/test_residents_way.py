"""Test what residents do after their tap: take it back, see what became of it, and find places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import sample_photos
from tests.browser.accessibility import fits, violations
from tests.browser.conftest import A_READERS_SECOND, Open, Phone, Server, are_ready, code_of, phones, wait_until
from tests.browser.network_faults import NetworkFaults

LISTED = 'ul.list li'


@pytest.fixture(scope='module')
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serve places where nobody else reports: these tests read what becomes of a first report."""
    server = Server(tmp_path_factory.mktemp('residents'))
    yield server
    server.stop()


@pytest.fixture
def network(server: Server) -> Iterator[NetworkFaults]:
    """Put a faulty network between the phone and the server."""
    network = NetworkFaults(server.port)
    yield network
    network.stop()


@pytest.fixture
def phone(browser: Browser, network: NetworkFaults) -> Iterator[Phone]:
    """Open phones that reach the server through the network alone, and have Haren's worker."""
    with phones(browser, network, 10_000, locale='en-GB') as take_out:
        yield take_out


def tap(server: Server, page: Page, asset: str, *, has_script: bool = True) -> str:
    """Report with one tap. Return the number of the case."""
    page.goto(f'/q/{code_of(page, "kransmossen", asset)}')
    if has_script:
        are_ready(page)  # a form that the browser posts itself is not in the phone's list
    server.advance_clock(A_READERS_SECOND)
    page.locator('button.problem').first.click()
    page.wait_for_url('**/thanks/*')
    found = re.search(r'\d{4}-\d+', page.locator('main').inner_text())
    assert found
    return found[0]


def test_undo_works_without_script_for_a_minute(server: Server, stranger: Open) -> None:
    rut = stranger(java_script_enabled=False)
    number = tap(server, rut, 'Pappersförpackningar 1', has_script=False)
    rut.get_by_role('button', name='Undo').click()
    expect(rut.get_by_role('heading', level=1)).to_have_text('Withdrawn')
    rut.goto(f'/c/{number}')
    expect(rut.locator('.word')).to_have_text('Withdrawn')
    tap(server, rut, 'Pappersförpackningar 1', has_script=False)
    server.advance_clock(61)
    rut.reload()
    expect(rut.get_by_role('button', name='Undo')).to_have_count(0)


def test_the_promised_day_and_a_reopening_are_read_without_script(
    server: Server, stranger: Open, sign_in: Open
) -> None:
    rut, rolf, fia = stranger(java_script_enabled=False), stranger(java_script_enabled=False), sign_in('fia')
    number = tap(server, rut, 'Tidningar 1', has_script=False)
    act(fia, number, 'promise', day=(datetime.now(UTC) + timedelta(days=3)).date().isoformat())
    rolf.goto(f'/c/{number}')
    expect(rolf.locator('.state')).to_contain_text('Promised by')
    act(fia, number, 'close', outcome='fixed')
    rolf.reload()
    expect(rolf.locator('.word')).to_have_text('Emptied')
    assert tap(server, rolf, 'Tidningar 1', has_script=False) == number
    rut.goto(f'/c/{number}')
    expect(rut.locator('main')).to_contain_text('It was closed and is open again')


def act(page: Page, number: str, verb: str, **content: str) -> None:
    """Act on a case over the API, with the session of the screens."""
    cases = page.request.get('/api/v1/cases').json()['cases']
    (id,) = [case['id'] for case in cases if case['number'] == number]
    answer = page.request.post(f'/api/v1/cases/{id}/{verb}', data={'id': f'a-test-minted-{verb}', **content})
    assert answer.ok, answer.text()


def test_an_open_page_of_a_case_follows_it_and_a_phone_lists_its_reports(server: Server, stranger: Open) -> None:
    rut, rolf = stranger(viewport={'width': 320, 'height': 640}, locale='ar-SA', color_scheme='dark'), stranger()
    number = tap(server, rut, 'Pappersförpackningar 2')
    photo = {'name': 'IMG.jpg', 'mimeType': 'image/jpeg', 'buffer': sample_photos.photo(size=(800, 600))}
    are_ready(rut)
    rut.locator('[type=file]').set_input_files(photo)  # type: ignore[arg-type]
    rut.locator('form .press.main').click()
    expect(rut.locator('[data-photo] img')).to_have_attribute('src', re.compile('^data:image/jpeg'))
    rolf.goto(rut.url)
    are_ready(rolf)
    expect(rolf.locator('[data-photo] img')).to_have_count(0)
    rolf.goto(f'/c/{number}')
    are_ready(rolf)
    thanks = rut.url
    rut.goto('/my-reports')
    expect(rut.locator(LISTED)).to_contain_text(number)
    expect(rut.locator(f'{LISTED} img')).to_have_count(1)
    assert fits(rut)
    assert violations(rut) == []
    rut.goto(thanks)
    rut.locator('form[data-undo] button').click()
    expect(rut.locator('form[data-undo]')).to_have_count(0)
    rolf.evaluate("dispatchEvent(new Event('online'))")
    expect(rolf.locator('.word')).to_have_text('Withdrawn')
    rut.goto('/my-reports')
    expect(rut.locator('[data-empty]')).to_be_visible()


def test_a_phone_without_a_network_undoes_and_shows_what_it_knew(
    server: Server, phone: Phone, network: NetworkFaults
) -> None:
    page = phone().new_page()
    tap(server, page, 'Ofärgat glas 1')
    sent = page.url.rpartition('/')[2]
    page.evaluate('navigator.serviceWorker.ready')
    page.goto('/my-reports')
    expect(page.locator(f'{LISTED} .badge')).to_have_text('Reported')
    page.add_init_script("Object.defineProperty(navigator, 'onLine', { get: () => false })")  # as in flight mode
    page.goto(f'/q/{code_of(page, "kransmossen", "Metallförpackningar 1")}')
    are_ready(page)
    network.set('cut')
    page.locator('button.problem').first.click()
    kept = page.locator('[data-kept]')
    expect(kept).to_contain_text('Saved on this phone')
    kept.get_by_role('button', name='Undo').click()
    expect(page.locator('.unsent')).to_be_hidden()
    page.goto('/my-reports')
    expect(page.locator(LISTED)).to_have_count(1)
    expect(page.locator(f'{LISTED} .badge')).to_have_text('Reported')
    take_back_while_offline(page, network)
    wait_until(lambda: is_taken_back(page, sent))


def is_taken_back(page: Page, id: str) -> bool:
    states = page.request.post('/api/v1/reports/states', data={'ids': [id]}).json()['reports']
    return bool(states[0]['taken_back'])


def take_back_while_offline(page: Page, network: NetworkFaults) -> None:
    """Press undo on the thanks page while the network is gone, and mend it."""
    network.set('clear')
    page.goto(page.locator(f'{LISTED} a').get_attribute('href') or '')
    are_ready(page)
    network.set('cut')
    page.locator('form[data-undo] button').click()
    expect(page.locator('form[data-undo] [role=status]')).to_contain_text('as soon as there')
    network.set('clear')
    page.evaluate("dispatchEvent(new Event('online'))")


def test_places_are_filtered_as_one_types_and_sorted_by_distance(stranger: Open) -> None:
    rut = stranger(permissions=['geolocation'], geolocation={'latitude': 57.7046, 'longitude': 12.9634})
    rut.goto('/?q=sjö')
    are_ready(rut)
    names = rut.locator(f'{LISTED}:visible .name')
    expect(names).to_have_text(['Sjöbo torg'])
    rut.get_by_role('searchbox').fill('')
    rut.get_by_role('button', name='Show nearest first').click()
    expect(rut.locator('[data-distance]')).to_have_count(5)
    expect(names.first).to_have_text('Kransmossen')
    rut.get_by_role('searchbox').fill('hässle')
    expect(names).to_have_text(['Hässleholmen'])
    assert rut.url.endswith('/?q=h%C3%A4ssle')
    assert violations(rut) == []
