"""Test the entry form on a phone, also while the network is bad."""

from __future__ import annotations

import json
import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, Route, expect

from components.js_assets import address
from tests.browser.conftest import PHONE, Open, are_ready, code_of, open_log, pause


@pytest.fixture
def fia(sign_in: Open) -> Page:
    """Sign Fia in and open the log."""
    page = sign_in('fia')
    open_log(page)
    return page


TEXT = '#entry-text'
SAVE = 'entry-form [type=submit]'
DRAFTS = """async () => {
    const open = indexedDB.open('haren');
    await new Promise((done) => (open.onsuccess = done));
    const all = open.result.transaction('drafts').objectStore('drafts').getAll();
    await new Promise((done) => (all.onsuccess = done));
    open.result.close();
    return all.result.map(({ text }) => text);
}"""
"""Reads the texts of all drafts that this browser keeps."""


def write(page: Page, text: str) -> None:
    page.locator(TEXT).fill(text)


def save(page: Page) -> None:
    page.locator(SAVE).click()


def row(page: Page, text: str) -> Locator:
    """Return the form's row about something that was saved."""
    return page.locator('.entry-states li').filter(has_text=text)


def is_sent(page: Page, text: str) -> None:
    expect(row(page, text)).to_have_attribute('data-state', 'sent', timeout=20_000)


def open_more(page: Page) -> None:
    page.locator('entry-form summary').first.click()


def in_feed(page: Page, text: str) -> int:
    page.goto('/feed')
    page.locator('.feed-row').first.wait_for()
    return page.locator('.feed-row').filter(has_text=text).count()


def refuse(page: Page, **problem: Any) -> None:
    """Refuse the next entry, as Haren does."""
    status = problem.setdefault('status', 422)
    page.route('**/api/v1/entries', lambda route: route.fulfill(status=status, json=problem), times=1)


def save_and_go_on(page: Page, text: str, following: str = '') -> Route:
    """Save an entry whose request is held, and begin to write the following one."""
    held: list[Route] = []
    page.route('**/api/v1/entries', lambda route: held.append(route), times=1)
    write(page, text)
    with page.expect_request('**/api/v1/entries'):
        save(page)
    expect(page.locator(TEXT)).to_have_value('')
    write(page, following)
    return held[0]


def refuse_late(page: Page, text: str, following: str = '', **problem: Any) -> None:
    """Refuse an entry whose author has gone on to the following one."""
    held = save_and_go_on(page, text, following)
    held.fulfill(status=422, json={'status': 422, **problem})
    expect(row(page, text)).to_have_attribute('data-state', 'refused')


def test_one_line_and_one_tap(fia: Page) -> None:
    write(fia, 'Tömde och torkade av skylten')
    save(fia)
    expect(fia.locator(TEXT)).to_have_value('')
    is_sent(fia, 'Tömde och torkade av skylten')
    assert in_feed(fia, 'Tömde och torkade av skylten') == 1


def test_everything_that_can_be_chosen_is_kept_and_the_next_entry_remembers(fia: Page) -> None:
    fia.locator('label.choice', has_text='Lärdom').click()
    write(fia, 'Koderna ska sitta i ögonhöjd')
    open_more(fia)
    fia.locator('#entry-site').select_option('kransmossen')
    fia.locator('label.choice:has([value=other])').click()
    fia.locator('#entry-when').fill('2026-01-02T08:30')
    fia.locator('#entry-partner').fill('Biblioteket')
    fia.locator('#entry-partner').press('Enter')
    fia.locator('#entry-partner').fill('Skolan')
    fia.locator('label.choice', has_text='Brukarfokus').click()
    fia.locator('entry-form summary').last.click()
    fia.locator('label.choice:has([value=organisation])').click()
    with fia.expect_request('**/api/v1/entries') as sent:
        save(fia)
    is_sent(fia, 'Koderna ska sitta i ögonhöjd')
    body = json.loads(sent.value.post_data or '')
    assert body['kind'] == 'lesson'
    assert body['site_id'] == 'kransmossen'
    assert body['partners'] == ['Biblioteket', 'Skolan']
    assert body['roots'] == ['user_focus']
    assert body['audience'] == 'organisation'
    assert body['happened_at'].startswith('2026-01-02T')
    assert sent.value.headers['haren-person'] == 'fia'
    fia.reload()
    expect(fia.locator('[name=kind][value=lesson]')).to_be_checked()
    expect(fia.locator('#entry-site')).to_have_value('kransmossen')
    expect(fia.locator('[name=audience][value=organisation]')).to_be_checked()
    expect(fia.locator('[name=when][value=now]')).to_be_checked()
    fia.get_by_role('button', name='+ Skolan').click()
    expect(fia.locator('[data-partners]')).to_have_text('Skolan ×')


def test_that_residents_may_read_is_decided_each_time(fia: Page) -> None:
    fia.locator('entry-form summary').last.click()
    fia.locator('label.choice:has([value=public])').click()
    write(fia, 'Nya kärl på plats')
    save(fia)
    is_sent(fia, 'Nya kärl på plats')
    expect(fia.locator('[name=audience][value=staff]')).to_be_checked()


def test_an_obstacle_under_the_teams_name(fia: Page) -> None:
    open_log(fia, '/log?kind=obstacle')
    expect(fia.locator('[name=kind][value=obstacle]')).to_be_checked()
    claimed = fia.locator('[data-claimed]')
    expect(claimed).to_be_hidden()
    fia.locator('label.choice:has([name=team])').click()
    expect(claimed).to_contain_text(re.compile(r'\d'))
    write(fia, 'Ingen vågar säga nej')
    fia.locator('#entry-hits').fill('De nyanställda')
    fia.locator('#entry-tried').fill('Vi frågade laget')
    with fia.expect_request('**/api/v1/entries') as sent:
        save(fia)
    is_sent(fia, 'Ingen vågar säga nej')
    body = json.loads(sent.value.post_data or '')
    assert (body['hits'], body['tried']) == ('De nyanställda', 'Vi frågade laget')
    assert re.fullmatch(r'[\w-]{22,64}', body['claim'], re.ASCII)
    expect(fia.locator('[name=team]')).not_to_be_checked()
    known = fia.evaluate(DRAFTS.replace("'drafts'", "'claims'").replace('({ text }) => text', '({ claim }) => claim'))
    assert body['claim'] in known


def test_what_is_under_the_teams_name_waits_in_a_row_of_its_own(fia: Page) -> None:
    groups = fia.evaluate("""async () => {
      const { entryItem } = await import('haren/entry-form/entry-item.js');
      const draft = { id: 'one', kind: 'obstacle', text: 'Nej', roots: [], partners: [], photos: 0 };
      return [draft, { ...draft, claim: 'a-claim' }].map((each) => entryItem(each, 'fia', 'sv').group);
    }""")
    assert groups == ['log/fia', 'log/fia/veiled']


def test_the_address_chooses_and_what_was_begun_there_is_found_again(fia: Page) -> None:
    write(fia, 'Ett annat utkast')
    open_log(fia, '/log?site=kransmossen')
    expect(fia.locator('#entry-site')).to_have_value('kransmossen')
    expect(fia.locator(TEXT)).to_have_value('')
    write(fia, 'Vid skylten')
    fia.reload()
    expect(fia.locator(TEXT)).to_have_value('Vid skylten')
    save(fia)
    is_sent(fia, 'Vid skylten')
    expect(fia.locator(TEXT)).to_have_value('Ett annat utkast')
    write(fia, '')


# Places


def test_the_nearest_place_is_first(sign_in: Open) -> None:
    here = {'latitude': 57.7046, 'longitude': 12.9634}
    fia = sign_in('fia', permissions=['geolocation'], geolocation=here)
    open_log(fia)
    open_more(fia)
    fia.locator('[data-nearest]').click()
    expect(fia.locator('[data-place-note]')).to_contain_text(re.compile(r'Kransmossen, \d'))
    expect(fia.locator('#entry-site')).to_have_value('kransmossen')
    labels = fia.locator('#entry-site option').evaluate_all('all => all.map(({ label }) => label)')
    assert re.fullmatch(r'Kransmossen, \d+\sm', labels[1])


def test_a_phone_that_does_not_tell_where_it_is(fia: Page) -> None:
    open_more(fia)
    fia.locator('[data-nearest]').click()
    expect(fia.locator('[data-place-note]')).not_to_be_empty()


def test_a_stickers_code_finds_the_place(fia: Page) -> None:
    code = code_of(fia, 'kransmossen', 'Färgat glas 1')
    open_more(fia)
    field, note = fia.locator('#entry-code'), fia.locator('[data-place-note]')
    field.fill('K7M2Q')
    field.press('Enter')
    expect(note).not_to_be_empty()
    expect(fia.locator('#entry-site')).to_have_value('')
    field.fill(f'https://haren.example/q/{code.lower()}')
    field.press('Enter')
    expect(note).to_contain_text('Kransmossen')
    expect(fia.locator('#entry-site')).to_have_value('kransmossen')


def test_a_sticker_is_scanned_where_the_browser_can(sign_in: Open) -> None:
    fia = sign_in('fia', permissions=['camera'])
    code = code_of(fia, 'kransmossen', 'Färgat glas 1')
    fia.add_init_script(SCANNER % code)
    open_log(fia)
    open_more(fia)
    fia.locator('[data-scan]').click()
    expect(fia.locator('#entry-site')).to_have_value('kransmossen')
    expect(fia.locator('dialog')).to_have_count(0)


SCANNER = """
    globalThis.BarcodeDetector = class { async detect(sight) {
        return sight.srcObject ? [{ rawValue: "HTTPS://HAREN.EXAMPLE/Q/%s" }] : [];
    } };
    navigator.mediaDevices.getUserMedia = async () => document.createElement("canvas").captureStream();
"""
"""A detector of QR codes, as Debian's Chromium has none, and a camera, as a test machine has none."""


# Photos


def test_up_to_four_photos_small_and_in_their_order(fia: Page, photos: list[Path]) -> None:
    fia.locator('[data-photo]').set_input_files(photos)
    shown = fia.locator('[data-photos] li')
    expect(shown).to_have_count(4)
    expect(fia.locator('[data-flaw=photos]')).to_contain_text('4')
    shown.nth(1).get_by_role('button').click()
    expect(shown).to_have_count(3)
    fia.reload()
    expect(shown).to_have_count(3)
    write(fia, 'Tre bilder')
    bodies: dict[str, bytes] = {}
    fia.on('request', lambda asked: bodies.update({asked.url[-1]: asked.post_data_buffer or b''})
           if asked.method == 'PUT' else None)  # fmt: skip
    save(fia)
    is_sent(fia, 'Tre bilder')
    assert sorted(bodies) == ['1', '2', '3']
    sizes = [Image.open(BytesIO(body)).size for _, body in sorted(bodies.items())]
    assert sizes == [(1600, 800), (1600, 1200), (1600, 1400)]
    expect(shown).to_have_count(0)


def test_what_is_no_photo_is_refused_and_the_entry_stays(fia: Page, tmp_path: Path) -> None:
    (tmp_path / 'notes.jpg').write_text('no picture', encoding='utf-8')
    fia.locator('[data-photo]').set_input_files(tmp_path / 'notes.jpg')
    write(fia, 'Med en trasig bild')
    save(fia)
    refused = row(fia, 'Med en trasig bild')
    expect(refused).to_have_attribute('data-state', 'refused')
    refused.get_by_role('button', name='Ta bort fotot').click()
    expect(refused).to_have_count(0)
    assert in_feed(fia, 'Med en trasig bild') == 1


@pytest.fixture
def photos(tmp_path: Path) -> list[Path]:
    """Make five pictures of different shapes."""
    paths = [tmp_path / f'{number}.jpg' for number in range(5)]
    for number, path in enumerate(paths):
        Image.new('RGB', (2000, 1000 + 250 * number), 'green').save(path)
    return paths


# Drafts


def test_a_draft_survives_a_reload_at_any_keystroke(fia: Page) -> None:
    fia.locator(TEXT).press_sequentially('Halvvägs genom en men')
    fia.evaluate('location.reload()')
    expect(fia.locator(TEXT)).to_have_value('Halvvägs genom en men')
    write(fia, '')


def test_drafts_of_earlier_versions_are_taken_over(sign_in: Open) -> None:
    fia = sign_in('fia')
    draft = {'id': 'ab' * 16, 'kind': 'lesson', 'text': 'Från i går', 'roots': ['user_focus'], 'partners': ['Skolan'],
             'site_id': 'kransmossen', 'happened_at': '2026-01-02T08:30', 'partner': 'Bib', 'at': 1}  # fmt: skip
    fia.goto('/me')
    fia.evaluate('draft => localStorage.setItem(`haren:draft:fia:${draft.id}`, JSON.stringify(draft))', draft)
    open_log(fia)
    expect(fia.locator(TEXT)).to_have_value('Från i går')
    expect(fia.locator('#entry-when')).to_have_value('2026-01-02T08:30')
    expect(fia.locator('#entry-partner')).to_have_value('Bib')
    assert fia.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('haren:draft'))") == []
    save(fia)
    is_sent(fia, 'Från i går')


def open_bare_page(page: Page) -> None:
    """Open a page of Haren's origin that loads no module, and forbids none."""
    page.route('**/nothing', lambda route: route.fulfill(body='<!doctype html>', content_type='text/html'))
    page.goto('/nothing')


def test_what_version_1_kept_is_still_there_after_the_upgrade(sign_in: Open) -> None:
    fia = sign_in('fia')
    open_bare_page(fia)
    fia.evaluate(VERSION_1)
    page = fia.context.new_page()
    with page.expect_request('**/api/v1/reports') as report, page.expect_request('**/reports/seen/photo') as photo:
        page.goto('/')
    assert json.loads(report.value.post_data or '')['problem'] == 'full'
    assert photo.value.post_data_buffer == b'\x01\x02'


VERSION_1 = """async () => {
    const open = indexedDB.open('haren', 1);
    open.onupgradeneeded = ({ target: { result } }) => {
        const items = result.createObjectStore('items', { keyPath: 'place', autoIncrement: true });
        items.createIndex('id', 'id', { unique: true });
        result.createObjectStore('photos');
        result.createObjectStore('notes').put('then', 'born');
    };
    await new Promise((done) => (open.onsuccess = done));
    const work = open.result.transaction(['items', 'photos'], 'readwrite');
    const waiting = { state: 'waiting', why: '', field: '', status: 0, trouble: '', tries: 0, next_at: 0 };
    const report = { ...waiting, kind: 'report', url: '/api/v1/reports', method: 'POST', language: 'sv', made_at: 1 };
    const [about, seen] = [{ thing: 'Glas' }, { id: 'seen' }];
    const items = work.objectStore('items');
    items.add({ ...report, about, id: 'new', group: 'q/1', body: { problem: 'full' }, photo: false });
    items.add({ ...report, about, id: 'seen', group: 'q/2', body: {}, photo: true, answer: seen });
    work.objectStore('photos').put({ type: 'image/jpeg', bytes: new Uint8Array([1, 2]).buffer }, 'seen');
    await new Promise((done) => (work.oncomplete = done));
    open.result.close();
}"""


def test_a_database_that_comes_late_is_in_nobodys_way(sign_in: Open) -> None:
    fia = sign_in('fia')
    open_bare_page(fia)
    assert fia.evaluate(LATE, address('outbox/database.js')) == ['no answer in time', 'free']


LATE = """async (place) => {
    const { Database } = await import(place);
    const done = (request) => new Promise((done) => (request.onsuccess = () => done(request.result)));
    const inTheWay = await done(indexedDB.open('haren', 1));
    const message = await new Database().read(() => 'kept').catch(({ message }) => message);
    inTheWay.close();
    const next = indexedDB.open('haren', 3);
    const blocked = new Promise((resolve) => (next.onblocked = () => resolve('blocked')));
    return [message, await Promise.race([blocked, done(next).then(() => 'free')])];
}"""
"""Blocks one upgrade with an old tab, and waits for the next one."""


def test_two_tabs_write_two_drafts(fia: Page) -> None:
    write(fia, 'I den ena fliken')
    other = fia.context.new_page()
    open_log(other)
    expect(other.locator(TEXT)).to_have_value('')
    write(other, 'I den andra fliken')
    for page, words in ((fia, 'I den ena fliken'), (other, 'I den andra fliken')):
        page.reload()
        expect(page.locator(TEXT)).to_have_value(words)
    save(other)
    is_sent(other, 'I den andra fliken')
    fia.close()
    other.reload()
    expect(other.locator(TEXT)).to_have_value('I den ena fliken')
    save(other)
    is_sent(other, 'I den ena fliken')
    assert other.evaluate(DRAFTS) == []


def test_two_tabs_write_two_drafts_also_without_locks(sign_in: Open) -> None:
    fia = sign_in('fia')
    fia.context.add_init_script("Object.defineProperty(navigator, 'locks', { value: undefined })")
    other = fia.context.new_page()
    for page in (fia, other):
        open_log(page)
    write(fia, 'Utan lås, den ena')
    other.reload()
    expect(other.locator(TEXT)).to_have_value('Utan lås, den ena')
    write(other, 'Utan lås, den andra')
    expect(fia.locator(TEXT)).to_have_value('Utan lås, den ena')
    write(fia, 'Utan lås, den ena, längre')
    for page, text in ((fia, 'Utan lås, den ena, längre'), (other, 'Utan lås, den andra')):
        save(page)
        is_sent(page, text)
    assert in_feed(fia, 'Utan lås') == 2


# Saving


@pytest.mark.parametrize('text', ['', '   ', 'å' * 2001])
def test_what_does_not_fit_is_refused_and_stays(fia: Page, text: str) -> None:
    write(fia, text)
    save(fia)
    flaw = fia.locator('[data-flaw=text]')
    expect(flaw).to_be_visible()
    if text.strip():
        expect(flaw).to_have_text(re.compile('2001.*2000'))
    expect(fia.locator(TEXT)).to_have_value(text)
    write(fia, '')


def test_the_next_entry_can_be_typed_at_once(fia: Page) -> None:
    held: list[Route] = []
    turns: list[str] = []
    fia.route('**/api/v1/entries', lambda route: held.append(route), times=1)
    fia.on('request', lambda request: turns.append('asked') if request.url.endswith('/entries') else None)
    fia.on('response', lambda response: turns.append('answered') if response.url.endswith('/entries') else None)
    for text in ('Den första', 'Den andra'):
        write(fia, text)
        save(fia)
        expect(fia.locator(TEXT)).to_have_value('')
        expect(row(fia, text)).to_have_attribute('data-state', 'waiting')
    held[0].continue_()
    for text in ('Den första', 'Den andra'):
        is_sent(fia, text)
    assert turns == ['asked', 'answered'] * 2, 'one after the other'


def test_what_is_refused_at_once_comes_back_into_the_form(fia: Page) -> None:
    refuse(fia, detail='Nej, inte så')
    write(fia, 'Något är fel')
    save(fia)
    expect(fia.locator('[data-flaw=""]')).to_have_text('Nej, inte så')
    expect(fia.locator(TEXT)).to_have_value('Något är fel')
    pause(fia)
    save(fia)
    is_sent(fia, 'Något är fel')
    assert in_feed(fia, 'Något är fel') == 1


def test_what_is_refused_later_waits_for_its_author(fia: Page) -> None:
    refuse_late(fia, 'Avvisas senare', 'Redan på nästa', detail='Nej', field='site_id')
    refused = row(fia, 'Avvisas senare')
    expect(refused).to_contain_text('Nej')
    expect(fia.locator(TEXT)).to_have_value('Redan på nästa')
    refused.locator('.press.main').click()
    expect(fia.locator(TEXT)).to_have_value('Avvisas senare')
    expect(fia.locator('#entry-site')).to_be_focused()
    save(fia)
    is_sent(fia, 'Avvisas senare')
    expect(fia.locator(TEXT)).to_have_value('Redan på nästa')
    pause(fia)
    save(fia)
    is_sent(fia, 'Redan på nästa')


SLOW_TO_SHRINK = """() => {
    const whenAllowed = new Promise((done) => (globalThis.shrinkAtLast = done));
    const read = createImageBitmap;
    globalThis.createImageBitmap = (...what) => whenAllowed.then(() => read(...what));
}"""
"""Makes photos small only once `shrinkAtLast()` is called: an old phone needs seconds for it."""


def choose_a_slow_photo(page: Page, photo: Path) -> None:
    page.evaluate(SLOW_TO_SHRINK)
    page.locator('[data-photo]').set_input_files(photo)


def expect_both_again(page: Page, refused: str, following: str) -> None:
    """Check that the form has the refused entry, without a photo, and then the following one with its photo."""
    shown = page.locator('[data-photos] li')
    expect(page.locator(TEXT)).to_have_value(refused)
    expect(shown).to_have_count(0)
    with page.expect_request('**/api/v1/entries') as sent:
        save(page)
    assert json.loads(sent.value.post_data or '')['text'] == refused
    is_sent(page, refused)
    expect(shown).to_have_count(1)
    expect(page.locator(TEXT)).to_have_value(following)


def test_a_photo_stays_with_the_entry_for_which_it_was_chosen(fia: Page, photos: list[Path]) -> None:
    held = save_and_go_on(fia, 'Avvisas medan fotot krymper')
    choose_a_slow_photo(fia, photos[0])
    held.fulfill(status=422, json={'status': 422, 'detail': 'Nej'})
    refused = row(fia, 'Avvisas medan fotot krymper')
    expect(refused).to_have_attribute('data-state', 'refused')
    expect(fia.locator(TEXT)).to_have_value('')
    fia.evaluate('shrinkAtLast()')
    expect(fia.locator('[data-photos] li')).to_have_count(1)
    refused.locator('.press.main').click()
    expect_both_again(fia, 'Avvisas medan fotot krymper', '')


def test_whoever_goes_back_to_what_was_refused_waits_for_the_photo_of_the_next(fia: Page, photos: list[Path]) -> None:
    refuse_late(fia, 'Rättas medan fotot krymper', 'Den med fotot', detail='Nej')
    choose_a_slow_photo(fia, photos[0])
    row(fia, 'Rättas medan fotot krymper').locator('.press.main').click()
    expect(row(fia, 'Rättas medan fotot krymper')).to_have_count(0)
    fia.evaluate('shrinkAtLast()')
    expect_both_again(fia, 'Rättas medan fotot krymper', 'Den med fotot')


def test_an_id_that_is_taken_is_another_entry(fia: Page) -> None:
    refuse(fia, status=409, detail='Upptaget')
    write(fia, 'Under ett annat id')
    save(fia)
    expect(fia.locator('[data-flaw=""]')).to_have_text('Upptaget')
    pause(fia)
    save(fia)
    is_sent(fia, 'Under ett annat id')
    assert fia.evaluate(DRAFTS) == []


@pytest.mark.parametrize(
    ('field', 'focused'),
    [('partners', '#entry-partner'), ('site_id', '#entry-site'), ('roots', '[data-flaw=roots]')],
)
def test_a_flaw_is_gone_to_wherever_it_is(fia: Page, field: str, focused: str) -> None:
    refuse(fia, field=field, detail='Så går det inte')
    write(fia, 'Något är fel')
    save(fia)
    expect(fia.locator(f'[data-flaw={field}]')).to_have_text('Så går det inte')
    expect(fia.locator(focused)).to_be_focused()
    expect(fia.locator(focused)).to_be_in_viewport()
    write(fia, '')


def test_a_clock_that_is_ahead_needs_but_another_press(fia: Page) -> None:
    fia.evaluate('const now = Date.now; Date.now = () => now() + 3600e3')
    refuse_late(fia, 'Klockan går före', 'Nästa', detail='Framtiden', field='happened_at')
    with fia.expect_request('**/api/v1/entries') as sent:
        row(fia, 'Klockan går före').get_by_role('button').nth(1).click()
    assert json.loads(sent.value.post_data or '')['happened_at'] is None
    is_sent(fia, 'Klockan går före')
    write(fia, '')


def test_the_focus_goes_on_to_the_next_entry(fia: Page) -> None:
    write(fia, 'Med tangentbord')
    fia.locator(SAVE).focus()
    fia.keyboard.press('Enter')
    is_sent(fia, 'Med tangentbord')
    expect(fia.locator(TEXT)).to_be_focused()


def test_by_keyboard_alone(fia: Page) -> None:
    focused = fia.locator(':focus')
    for _ in range(20):
        fia.keyboard.press('Tab')
        if focused.get_attribute('id') == 'entry-text':
            break
    fia.keyboard.type('Utan att röra skärmen')
    fia.keyboard.press('Tab')
    fia.keyboard.press('ArrowRight')
    expect(fia.locator('[name=kind][value=occurrence]')).to_be_checked()
    for _ in range(20):
        fia.keyboard.press('Tab')
        if focused.get_attribute('type') == 'submit':
            break
    with fia.expect_request('**/api/v1/entries') as sent:
        fia.keyboard.press('Enter')
    assert json.loads(sent.value.post_data or '')['kind'] == 'occurrence'
    is_sent(fia, 'Utan att röra skärmen')


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
    open_log(fia)
    bar = fia.locator('.entry-save')
    expect(bar).to_have_css('position', 'static')
    fia.set_viewport_size(PHONE)
    expect(bar).to_have_css('position', 'sticky')


def test_two_impatient_taps_make_one_entry(fia: Page) -> None:
    write(fia, 'Dubbelt tryck')
    fia.locator(SAVE).dblclick()
    is_sent(fia, 'Dubbelt tryck')
    assert in_feed(fia, 'Dubbelt tryck') == 1


# Things that happen at the same moment


def test_a_keystroke_while_it_is_being_kept_belongs_to_the_next_entry(fia: Page) -> None:
    fia.evaluate(TYPE_MEANWHILE, ' och nästa')
    write(fia, 'Den här')
    save(fia)
    is_sent(fia, 'Den här')
    expect(fia.locator(TEXT)).to_have_value(' och nästa')
    assert fia.evaluate(DRAFTS) == [' och nästa']
    fia.reload()
    expect(fia.locator(TEXT)).to_have_value(' och nästa')
    write(fia, '')


TYPE_MEANWHILE = """(words) => {
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = function (...what) {
        if (this.name === 'items') {
            IDBObjectStore.prototype.put = put;
            const field = document.querySelector('#entry-text');
            field.value += words;
            field.dispatchEvent(new Event('input', { bubbles: true }));
        }
        return put.apply(this, what);
    };
}"""
"""Sends at the moment at which the outbox takes it."""


def test_what_is_deleted_on_its_way_keeps_its_key(fia: Page) -> None:
    open_log(fia, '/log?kind=obstacle')
    fia.locator('label.choice:has([name=team])').click()
    held = save_and_go_on(fia, 'Raderat på vägen')
    on_its_way = row(fia, 'Raderat på vägen')
    on_its_way.get_by_role('button').last.click()
    expect(on_its_way.locator('.entry-acts')).to_contain_text('Haren')
    on_its_way.get_by_role('button').first.click()
    expect(on_its_way).to_have_count(0)
    with fia.expect_response('**/api/v1/entries') as arrived:
        held.continue_()
    assert arrived.value.status == 201
    assert arrived.value.json()['id'] in fia.evaluate(
        DRAFTS.replace("'drafts'", "'claims'").replace('({ text }) => text', '({ id }) => id')
    )


def test_what_one_tab_takes_back_the_other_leaves_alone(sign_in: Open) -> None:
    fia = sign_in('fia')
    open_log(fia)
    refuse_late(fia, 'I två flikar', 'Nästa', detail='Nej, inte så')
    other = fia.context.new_page()
    other.add_init_script('BroadcastChannel = undefined')
    open_log(other)
    for page in (fia, other):
        expect(row(page, 'I två flikar')).to_have_attribute('data-state', 'refused')
    row(fia, 'I två flikar').locator('.press.main').click()
    expect(fia.locator(TEXT)).to_have_value('I två flikar')
    row(other, 'I två flikar').locator('.press.main').click()
    expect(row(other, 'I två flikar')).to_have_count(0)  # it has looked
    expect(other.locator(TEXT)).to_have_value('')


def test_what_was_remembered_does_not_tell_who_wrote_for_the_team(fia: Page) -> None:
    open_more(fia)
    fia.locator('#entry-site').select_option('kransmossen')
    write(fia, 'Var vid Kransmossen')
    save(fia)
    expect(fia.locator(TEXT)).to_have_value('')
    expect(fia.locator('[data-more-now]')).to_have_text('Kransmossen')
    fia.locator('[name=kind][value=obstacle]').check(force=True)
    fia.locator('[name=team]').check(force=True)
    expect(fia.locator('#entry-site')).to_have_value('')
    expect(fia.locator('[data-more-now]')).to_have_text('')


def test_nothing_is_said_to_be_sent_that_was_not(fia: Page) -> None:
    write(fia, 'Hela vägen')
    save(fia)
    expect(fia.locator('[data-saved]')).to_contain_text('Skickat')
    open_log(fia)
    fia.evaluate(HEAR_THAT_SOMETHING_CHANGED)
    expect(fia.locator('[data-saved]')).to_have_text('')


HEAR_THAT_SOMETHING_CHANGED = """async () => {
    const { outbox } = await import('haren/outbox/page-outbox.js');
    const changed = new Promise((done) => outbox.subscribe(done));
    new BroadcastChannel('haren:outbox').postMessage({ changed: true });
    await changed;
    await outbox.items(); // after the form, which looks as well
}"""
"""Deletes it from another tab."""


# Without storage

NO_ROOM = """() => {
    IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError') };
}"""


def test_without_storage_a_warning_comes_before_a_key_is_lost(fia: Page) -> None:
    open_log(fia, '/log?kind=obstacle')
    fia.locator('label.choice:has([name=team])').click()
    fia.evaluate(NO_ROOM)
    asked: list[str] = []
    fia.on(
        'request', lambda request: asked.append(request.post_data or '') if request.url.endswith('/entries') else None
    )
    write(fia, 'Utan nyckel')
    save(fia)
    expect(fia.locator('[data-flaw=""]')).to_contain_text(re.compile('nobody can change|kan ingen ändra'))
    assert asked == []
    pause(fia)
    with fia.expect_response('**/api/v1/entries') as arrived:
        save(fia)
    assert arrived.value.status == 201
    expect(fia.locator(TEXT)).to_have_value('')


def test_without_storage_the_form_keeps_what_has_not_all_arrived(fia: Page, photos: list[Path]) -> None:
    fia.locator('[data-photo]').set_input_files(photos[:2])
    expect(fia.locator('[data-photos] li')).to_have_count(2)
    fia.evaluate(NO_ROOM)
    fia.route('**/photos/2', lambda route: route.abort(), times=1)
    write(fia, 'Två bilder, den ena i taget')
    save(fia)
    expect(fia.locator('[data-flaw=photos]')).to_be_visible()
    expect(fia.locator(TEXT)).to_have_value('Två bilder, den ena i taget')
    pause(fia)
    sent: list[str] = []
    fia.on('request', lambda request: sent.append(request.url[-1]) if request.method == 'PUT' else None)
    save(fia)
    expect(fia.locator(TEXT)).to_have_value('')
    assert sent == ['2']
    assert in_feed(fia, 'Två bilder, den ena i taget') == 1


def test_without_storage_an_id_that_is_taken_is_another_entry(fia: Page) -> None:
    fia.evaluate(NO_ROOM)
    refuse(fia, status=409, detail='Upptaget')
    write(fia, 'Under ett annat id, utan plats')
    save(fia)
    expect(fia.locator('[data-flaw=""]')).to_have_text('Upptaget')
    expect(fia.locator(TEXT)).to_have_value('Under ett annat id, utan plats')
    pause(fia)
    save(fia)
    expect(fia.locator(TEXT)).to_have_value('')
    assert in_feed(fia, 'Under ett annat id, utan plats') == 1


def test_a_photo_that_is_lost_is_reported(fia: Page, photos: list[Path]) -> None:
    fia.locator('[data-photo]').set_input_files(photos[:1])
    expect(fia.locator('[data-photos] li')).to_have_count(1)
    held = save_and_go_on(fia, 'Fotot kom bort')
    fia.evaluate(
        """async () => {
            const { Database } = await import('haren/outbox/database.js');
            await new Database().write(({ photos }) => void photos.clear());
        }"""
    )
    held.continue_()
    expect(row(fia, 'Fotot kom bort')).to_have_attribute('data-state', 'refused')
    expect(row(fia, 'Fotot kom bort')).to_contain_text(re.compile('lost the photo|tappat bort fotot'))


@pytest.fixture
def early_fia(sign_in: Open) -> Page:
    """Open a phone that knows Fia and keeps no modules, so that they can be late."""
    page = sign_in('fia', service_workers='block')
    open_log(page)
    page.wait_for_function(KNOWS_SOMEBODY)
    return page


KNOWS_SOMEBODY = """async () => {
    const { Database } = await import('haren/outbox/database.js');
    const { currentAuthor } = await import('haren/outbox/current-author.js');
    return Boolean(await currentAuthor(new Database()));
}"""


def open_before_it_is_ready(page: Page, address: str = '/offline/log?lang=sv') -> Route:
    """Open the page on which the form stands before its modules have come. Return the module that they wait for."""
    held: list[Route] = []
    page.route('**/assets/**/entry-form/photos.js', lambda route: held.append(route), times=1)
    with page.expect_request('**/assets/**/entry-form/photos.js'):
        page.goto(address, wait_until='commit')
    page.locator('entry-form').wait_for()  # the handler of the route runs after its request
    return held[0]


def choose_before_the_form_is_ready(page: Page, photo: Path) -> None:
    late = open_before_it_is_ready(page)
    page.locator('[data-photo]').set_input_files(photo)
    late.continue_()
    expect(page.locator('[data-photos] li')).to_have_count(1)


def test_before_the_form_is_ready_nothing_is_sent_by_the_browser_itself(early_fia: Page) -> None:
    late = open_before_it_is_ready(early_fia, '/offline/log?lang=sv&kind=obstacle')
    write(early_fia, 'Inte i någon adress')
    expect(early_fia.locator(SAVE)).to_be_disabled()
    late.continue_()
    save(early_fia)  # once it can be pressed
    is_sent(early_fia, 'Inte i någon adress')
    assert 'text' not in early_fia.url


def test_what_was_chosen_before_the_form_was_ready_stays_chosen(early_fia: Page) -> None:
    fia = early_fia
    write(fia, 'Ett utkast')
    late = open_before_it_is_ready(fia)
    fia.locator('label.choice:has([value=lesson])').click()
    open_more(fia)
    fia.locator('#entry-site').select_option('kransmossen')
    fia.locator('#entry-partner').fill('Biblioteket')
    fia.locator('label.choice:has([name=roots][value=culture])').click()
    late.continue_()
    are_ready(fia)
    expect(fia.locator(TEXT)).to_have_value('')
    write(fia, 'Valt innan formuläret var klart')
    with fia.expect_request('**/api/v1/entries') as sent:
        save(fia)
    body = json.loads(sent.value.post_data or '')
    chosen = (body['kind'], body['site_id'], body['partners'], body['roots'])
    assert chosen == ('lesson', 'kransmossen', ['Biblioteket'], ['culture'])
    expect(fia.locator(TEXT)).to_have_value('Ett utkast')


def test_a_photo_that_was_chosen_before_the_form_was_ready_is_taken(early_fia: Page, photos: list[Path]) -> None:
    choose_before_the_form_is_ready(early_fia, photos[0])


def test_a_photo_that_was_chosen_before_a_draft_came_back_is_not_the_drafts(
    early_fia: Page, photos: list[Path]
) -> None:
    fia = early_fia
    write(fia, 'Ett utkast utan foto')
    choose_before_the_form_is_ready(fia, photos[0])
    expect(fia.locator(TEXT)).to_have_value('')
    write(fia, 'En annan, med foto')
    save(fia)
    is_sent(fia, 'En annan, med foto')
    expect(fia.locator(TEXT)).to_have_value('Ett utkast utan foto')
    expect(fia.locator('[data-photos] li')).to_have_count(0)


def test_what_has_the_focus_is_not_below_save(fia: Page) -> None:
    open_log(fia, '/log?kind=obstacle')
    fia.locator('#entry-obstacle').focus()
    for field in ('entry-hits', 'entry-tried'):
        fia.keyboard.press('Tab')
        expect(fia.locator(f'#{field}')).to_be_focused()
        box, bar = fia.locator(f'#{field}').bounding_box(), fia.locator('.entry-save').bounding_box()
        assert box
        assert bar
        assert box['y'] + box['height'] <= bar['y']


def test_another_day_wants_its_day(fia: Page) -> None:
    write(fia, 'Någon annan dag')
    open_more(fia)
    fia.locator('label.choice:has([name=when][value=other])').click()
    save(fia)
    expect(fia.locator('[data-flaw=happened_at]')).to_contain_text('Välj dag')
    expect(fia.locator('#entry-text')).to_have_value('Någon annan dag')
    fia.locator('label.choice:has([name=when][value=now])').click()
    save(fia)
    is_sent(fia, 'Någon annan dag')


def test_an_obstacle_is_no_habit_and_the_teams_name_leaves_nothing_behind(fia: Page) -> None:
    def usual() -> tuple[str, list[str]]:
        kind = fia.locator('[name=kind]:checked').get_attribute('value') or ''
        return kind, fia.locator('[name=roots]:checked').evaluate_all('all => all.map(({ value }) => value)')

    def log_with(text: str, root: str, path: str, team: bool = False) -> None:
        open_log(fia, path)
        write(fia, text)
        for box in fia.locator('[name=roots]').all():
            box.evaluate('box => box.checked = false')
        open_if_closed(fia)
        fia.locator(f'label.choice:has([name=roots][value={root}])').click()
        if team:
            fia.locator('label.choice:has([name=team])').click()
        save(fia)
        is_sent(fia, text)

    log_with('En lärdom', 'culture', '/log?kind=lesson')
    open_log(fia)
    expect(fia.locator('[data-more-now]')).to_have_text('rötter: 1')
    assert usual() == ('lesson', ['culture'])
    log_with('Ett hinder', 'stories', '/log?kind=obstacle')
    open_log(fia)
    expect(fia.locator('[data-more-now]')).to_have_text('rötter: 1')
    assert usual() == ('lesson', ['stories'])
    log_with('I teamets namn', 'security', '/log?kind=obstacle', team=True)
    assert usual() == ('lesson', ['stories'])
    open_log(fia)
    expect(fia.locator('[data-more-now]')).to_have_text('rötter: 1')
    assert usual() == ('lesson', ['stories'])


def open_if_closed(page: Page) -> None:
    if not page.locator('entry-form details').first.evaluate('details => details.open'):
        open_more(page)
