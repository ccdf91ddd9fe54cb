"""Test that a phone that an earlier commit left with drafts and a full outbox works with this commit."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, Request, expect

from tests import earlier
from tests.browser.conftest import Open, Server, join

TEXT = '#entry-text'
WRITTEN = 'fias-telefon-post-0001'

FILL = """async ({ databases, localStorage: here, sessionStorage: tab }) => {
    const bytes = (base64) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)).buffer;
    const decoded = (value) => {
        if (!value || typeof value !== "object") return value;
        if (value.$ === "undefined") return undefined;
        if (value.$ === "buffer") return bytes(value.base64);
        if (Array.isArray(value)) return value.map(decoded);
        return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, decoded(inner)]));
    };
    const made = ({ name, version, stores }) => new Promise((resolve, reject) => {
        const request = indexedDB.open(name, version);
        request.onupgradeneeded = () => {
            for (const { name, keyPath, autoIncrement, indexes, records } of stores) {
                const store = request.result.createObjectStore(name, { keyPath, autoIncrement });
                for (const { name, keyPath, ...ways } of indexes) store.createIndex(name, keyPath, ways);
                for (const { key, value } of records) store.put(decoded(value), ...(keyPath ? [] : [key]));
            }
        };
        request.onerror = () => reject(request.error);
        request.onsuccess = () => resolve(request.result.close());
    });
    await Promise.all(databases.map(made));
    for (const [key, value] of Object.entries(here)) localStorage.setItem(key, value);
    for (const [key, value] of Object.entries(tab)) sessionStorage.setItem(key, value);
}"""
"""Creates the databases as the earlier commit created them, without any module of Haren's."""

SCHEMA = """async () => {
    const databases = await Promise.all((await indexedDB.databases()).map(async ({ name }) => {
        const request = indexedDB.open(name);
        const database = await new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
        const names = [...database.objectStoreNames];
        const stores = names.map((name) => database.transaction(name).objectStore(name));
        const version = database.version;
        const contents = stores.map((store) => {
            const { name, keyPath, autoIncrement, indexNames } = store;
            const indexes = [...indexNames].map((name) => store.index(name));
            return { name, keyPath, autoIncrement, indexes: indexes.map(({ name, keyPath, unique, multiEntry }) => (
                { name, keyPath, unique, multiEntry }
            )) };
        });
        database.close();
        return { name, version, stores: contents };
    }));
    return { databases, caches: await caches.keys() };
}"""

ALL_SENT = 'JSON.parse(localStorage["haren:unsent"]).count === 0'


@pytest.fixture(scope='module')
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Start a server on the data folder of the same commit."""
    server = Server(earlier.unpack_data(tmp_path_factory.mktemp('earlier')))
    yield server
    server.stop()


@pytest.fixture
def phone(stranger: Open, server: Server) -> Page:
    """Open the phone as it was left: Fia is signed in and no page of Haren's is open yet."""
    page = stranger(locale='sv-SE', service_workers='allow')
    page.route('**/nothing', lambda route: route.fulfill(body='<!doctype html>', content_type='text/html'))
    page.goto('/nothing')
    page.evaluate(FILL, earlier.phone())
    join(page.context, server.invite('fia'))
    return page


def items(kind: str) -> list[dict[str, Any]]:
    """Read the items in the outbox, in order."""
    stores = {store['name']: store['records'] for store in earlier.phone()['databases'][0]['stores']}
    return [record['value'] for record in stores['items'] if record['value']['kind'] == kind]


def posted(requests: list[Request]) -> Counter[str]:
    """Count how often each id was sent."""
    sent = [request for request in requests if request.method == 'POST' and '/api/v1/' in request.url]
    return Counter(json.loads(request.post_data or '')['id'] for request in sent)


def test_what_was_left_on_the_phone_is_shown_and_arrives_once(phone: Page, server: Server) -> None:
    requests: list[Request] = []
    phone.context.on('request', lambda request: requests.append(request))
    phone.goto('/log')
    expect(phone.locator(TEXT)).to_have_value('Halvt skriven mening om trappan')
    expect(phone.locator('[data-photos] li')).to_have_count(1)
    phone.wait_for_function(ALL_SENT)

    entries, reports = items('entry'), items('report')
    own = [(item['person'], item['about']['text'], item['photos']) for item in entries if 'claim' not in item['body']]
    assert [entry for entry in server.log() if entry in own] == own
    assert len(own) == 3
    assert [author for author, text, _ in server.log() if text == 'Ingen vågar säga att bilen är för gammal'] == [None]
    assert Counter(server.ids('reports')) >= Counter(item['id'] for item in reports)
    assert posted(requests) == Counter(item['id'] for item in (*entries, *reports))

    with_photo = next(item for item in reports if item['photo'])
    phone.goto(f'/q/{with_photo["body"]["code"]}/thanks/{with_photo["id"]}?lang=sv')
    expect(phone.locator('.said')).to_have_text(with_photo['body']['note'])
    expect(phone.locator('main')).to_contain_text('Ditt foto har kommit fram')


def test_what_was_begun_elsewhere_stands_where_it_was_typed(phone: Page) -> None:
    phone.goto(f'/entries/{WRITTEN}')
    expect(phone.locator('.reply textarea')).to_have_value('Ja, och nu är det tomt igen')
    expect(phone.locator(f'#owner-text-{WRITTEN}')).to_have_value('Tömde glas, papper och plast vid Kransmossen')

    phone.goto('/obstacles')
    stops = phone.locator('.obstacle').filter(has_text='Grinden är låst på morgonen')
    stops.get_by_role('button', name='Ja, och').click()
    expect(stops.locator('.yes-and textarea')).to_have_value('be vaktmästaren låsa upp')
    stops.get_by_role('button', name='Nästa steg').click()
    stops.get_by_role('button', name='Det är borta').click()
    expect(phone.locator('.sheet textarea')).to_have_value('Vaktmästaren låser upp klockan sex')


def test_what_another_app_shared_is_in_the_log(phone: Page) -> None:
    (shared,) = next(
        store['records'] for store in earlier.phone()['databases'][0]['stores'] if store['name'] == 'shared'
    )
    phone.goto(f'/log?shared={shared["key"]}')
    expect(phone.locator(TEXT)).to_have_value('Läckage\nVid pumpen, från en annan app')
    expect(phone.locator('[data-photos] li')).to_have_count(1)


def test_names_and_versions_on_the_phone_are_the_same(phone: Page) -> None:
    phone.goto('/log')
    phone.evaluate("document.querySelector('entry-form').ready")
    phone.evaluate('navigator.serviceWorker.ready.then(() => {})')
    now, then = phone.evaluate(SCHEMA), earlier.phone()
    for database in then['databases']:
        for store in database['stores']:
            del store['records']
    assert now['databases'] == then['databases']
    assert all(re.fullmatch('haren:[0-9a-f]{12}', name) for name in (*now['caches'], *then['caches']))
