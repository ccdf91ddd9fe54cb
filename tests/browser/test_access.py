"""Test the access control in front of NiceGUI: strangers get no page, and neither they nor other sites get a socket."""

from __future__ import annotations

import json
import re
from http.client import HTTPConnection
from uuid import uuid4

import httpx
import pytest
from playwright.sync_api import expect
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

from components import js_assets
from tests.browser.accessibility import is_live
from tests.browser.conftest import Open, Server, wait_until

CLOSE = '1'
"""The packet with which Engine.IO closes a socket."""

POLLING = '/_nicegui_ws/socket.io/?EIO=4&transport=polling'
SOCKET = '/_nicegui_ws/socket.io/?EIO=4&transport=websocket'


@pytest.fixture
def session(server: Server) -> dict[str, str]:
    """Return the cookie of a signed-in person."""
    with httpx.Client() as browser:
        browser.post(server.invite('folke'))
        return dict(browser.cookies)


def opens(server: Server, origin: str, session: dict[str, str], **headers: str) -> bool:
    """Return True if the server opens a socket for a page of this origin."""
    cookie = '; '.join(f'{name}={value}' for name, value in session.items())
    try:
        address = server.url.replace('http', 'ws', 1) + SOCKET
        with connect(address, origin=Origin(origin), additional_headers={'Cookie': cookie, **headers}):
            return True
    except InvalidStatus:
        return False


def test_sockets_are_for_own_pages_of_those_who_are_signed_in(server: Server, session: dict[str, str]) -> None:
    assert opens(server, server.url, session)
    assert not opens(server, 'https://evil.example', session)
    assert not opens(server, 'null', session)
    assert not opens(server, 'http://[::1', session)
    assert opens(server, 'null', session, **{'Sec-Fetch-Site': 'same-origin'})
    assert not opens(server, server.url, session, **{'Sec-Fetch-Site': 'cross-site'})
    assert not opens(server, server.url, {})
    assert not opens(server, server.url, {'haren': 'forged'})


def shake_hands(server: Server, screen: str, session: dict[str, str]) -> str:
    """Return what a socket with this session is told when it wants to act on a screen."""
    cookie = '; '.join(f'{name}={value}' for name, value in session.items())
    address = server.url.replace('http', 'ws', 1) + SOCKET
    hello = {'client_id': screen, 'tab_id': 'a-tab', 'document_id': 'a-document'}
    with connect(address, origin=Origin(server.url), additional_headers={'Cookie': cookie}) as socket:
        socket.recv()
        socket.send('40')
        socket.recv()
        socket.send(f'420["handshake",{json.dumps(hello)}]')
        return next(str(message) for message in socket if str(message).startswith('43'))


def test_a_screen_is_for_the_device_that_opened_it(server: Server, session: dict[str, str]) -> None:
    screen = re.findall(
        r'client_id[^0-9a-f]{1,12}([0-9a-f-]{36})', httpx.get(f'{server.url}/feed', cookies=session).text
    )[0]
    with httpx.Client() as other:
        other.post(server.invite('folke'))
        assert shake_hands(server, screen, dict(other.cookies)) == '430[false]'
    assert shake_hands(server, screen, session) == '430[true]'


def test_a_socket_takes_no_bytes(server: Server, session: dict[str, str]) -> None:
    cookie = '; '.join(f'{name}={value}' for name, value in session.items())
    address = server.url.replace('http', 'ws', 1) + SOCKET
    for message in (b'\x00', '51-["event",{"_placeholder":true,"num":0}]', '2{'):
        with connect(address, origin=Origin(server.url), additional_headers={'Cookie': cookie}) as socket:
            socket.recv()
            socket.send('40')
            socket.recv()
            socket.send(message if isinstance(message, bytes) else f'4{message}')
            assert socket.recv(timeout=10) in (CLOSE, '41'), 'it says that it closes'


def test_so_is_polling(server: Server, session: dict[str, str]) -> None:
    own = {'Origin': server.url}
    assert httpx.get(server.url + POLLING, headers=own, cookies=session).status_code == 200
    assert (
        httpx.get(server.url + POLLING, headers={'Origin': 'https://evil.example'}, cookies=session).status_code == 400
    )
    assert httpx.get(server.url + POLLING, headers=own).status_code != 200


def ask(server: Server, path: str, method: str = 'GET') -> tuple[int, str, dict[str, str]]:
    """Request a path exactly as it is spelled: ordinary clients would normalise it."""
    connection = HTTPConnection('127.0.0.1', server.port)
    connection.request(method, path)
    answer = connection.getresponse()
    result = answer.status, answer.read().decode(), {name.lower(): value for name, value in answer.getheaders()}
    connection.close()
    return result


@pytest.mark.parametrize(
    'path',
    [
        '/feed', '/feed/', '//feed', '/FEED', '/%66eed', '/./feed', '/feed?x=/_nicegui/', '/_nicegui/../feed',
        '/_nicegui/feed', '/_nicegui/', '/_nicegui/nothing/static/x.js', '/nothing', '/_nicegui_wsx/',
        '/entries/a-phone-minted-this-1', '/entries/', '/entries/%61', '/entries/a%2Fb', '/entries/a/b',
        '/entries/../feed',
    ],
)  # fmt: skip
def test_a_stranger_gets_no_staff_page_however_it_is_spelled(server: Server, path: str) -> None:
    status, page, headers = ask(server, path)
    if status == 308:
        status, page, headers = ask(server, headers['location'])
    assert status in (401, 404)
    assert set(re.findall('<script.*?src="([^"]*)', page)) <= {js_assets.address('public/main.js')}
    assert "default-src 'none'" in headers['content-security-policy']
    assert 'set-cookie' not in headers


def test_a_stranger_at_an_entry_learns_how_to_get_in(server: Server) -> None:
    for path in ('/entries/a-phone-minted-this-1', '/entries/%61-phone-minted-this-1'):
        assert ask(server, path)[0] == 401
    assert ask(server, '/entries/a/b')[0] == ask(server, f'/entries/{"x" * 65}')[0] == 404


def test_who_is_signed_in_gets_no_page_where_no_entry_could_be(server: Server, session: dict[str, str]) -> None:
    known = httpx.get(f'{server.url}/entries/a-phone-minted-this-1', cookies=session)
    assert (known.status_code, '_nicegui' in known.text) == (200, True)
    for path in ('/entries/', '/entries/a/b', f'/entries/{"x" * 65}', '/entries/%C3%A5'):
        answer = httpx.get(server.url + path, cookies=session, follow_redirects=True)
        assert (answer.status_code, '_nicegui' in answer.text) == (404, False)


def test_a_wrong_method_is_refused(server: Server) -> None:
    assert ask(server, '/out')[0] == 405
    assert ask(server, '/', 'DELETE')[0] == 405
    assert ask(server, '/', 'HEAD')[:2] == (200, '')


def test_staff_pages_run_nothing_from_elsewhere(server: Server, session: dict[str, str]) -> None:
    policy = httpx.get(f'{server.url}/feed', cookies=session).headers['content-security-policy']
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert 'http' not in policy


def test_a_device_that_is_signed_out_leaves_the_open_screen(sign_in: Open) -> None:
    alva, felicia = sign_in('alva'), sign_in('felicia')
    felicia.goto('/feed')
    felicia.locator('.feed-row').first.wait_for()
    alva.goto('/people')
    alva.get_by_text('Felicia Fält').click()
    alva.get_by_role('button', name='Logga ut').first.click()
    alva.get_by_role('dialog').get_by_role('button', name='Logga ut').click()
    expect(felicia).to_have_url(re.compile('/welcome'))
    felicia.goto('/feed')
    expect(felicia.get_by_role('heading', level=1)).to_contain_text('Staff sign-in')


def test_a_browser_that_will_not_leave_receives_nothing_more(server: Server, sign_in: Open) -> None:
    alva, felicia, fia = sign_in('alva'), sign_in('felicia'), sign_in('fia')
    felicia.goto('/feed')
    felicia.locator('.feed-row').first.wait_for()
    felicia.route('**/welcome', lambda route: route.fulfill(status=204))
    alva.goto('/people')
    alva.get_by_text('Felicia Fält').click()
    alva.get_by_role('button', name='Logga ut').first.click()
    screen = felicia.evaluate('clientId')
    with felicia.expect_request('**/welcome'):
        alva.get_by_role('dialog').get_by_role('button', name='Logga ut').click()
    wait_until(lambda: not server.knows_screen(screen))
    fia.goto('/feed')
    fia.locator('.feed-row').first.wait_for()
    is_live(fia)
    entry = {'id': uuid4().hex, 'kind': 'activity', 'text': 'Inte för den som är utloggad'}
    assert fia.request.post('/api/v1/entries', data=entry).status == 201
    expect(fia.locator('.feed-row.arrived').filter(has_text='Inte för den')).to_have_count(1)
    expect(felicia.locator('.feed-row').filter(has_text='Inte för den')).to_have_count(0)


def test_a_role_that_may_not_sees_a_sentence_and_nothing_else(sign_in: Open) -> None:
    folke = sign_in('folke')
    for path in ('/sites', '/people', '/settings'):
        folke.goto(path)
        expect(folke.locator('main .notice')).to_contain_text('Du har inte behörighet')
        expect(folke.locator('main button')).to_have_count(0)
    assert folke.request.get('/stickers.pdf').status == 403
