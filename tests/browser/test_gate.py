"""The gate in front of NiceGUI: strangers get neither page nor socket, and other websites get no socket either."""

from __future__ import annotations

import httpx
import pytest
from playwright.sync_api import expect
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

from tests.browser.conftest import Open, Server

POLLING = '/_nicegui_ws/socket.io/?EIO=4&transport=polling'
SOCKET = '/_nicegui_ws/socket.io/?EIO=4&transport=websocket'


@pytest.fixture
def session(server: Server) -> dict[str, str]:
    """The cookie of somebody who is signed in."""
    with httpx.Client() as browser:
        browser.post(server.invite('folke'))
        return dict(browser.cookies)


def opens(server: Server, origin: str, session: dict[str, str]) -> bool:
    """Whether the server opens a socket for a page of this origin."""
    cookie = '; '.join(f'{name}={value}' for name, value in session.items())
    try:
        address = server.url.replace('http', 'ws', 1) + SOCKET
        with connect(address, origin=Origin(origin), additional_headers={'Cookie': cookie}):
            return True
    except InvalidStatus:
        return False


def test_sockets_are_for_own_pages_of_those_who_are_signed_in(server: Server, session: dict[str, str]) -> None:
    assert opens(server, server.url, session)
    assert not opens(server, 'https://evil.example', session)
    assert not opens(server, 'null', session)
    assert not opens(server, server.url, {})
    assert not opens(server, server.url, {'haren': 'forged'})


def test_so_is_polling(server: Server, session: dict[str, str]) -> None:
    own = {'Origin': server.url}
    assert httpx.get(server.url + POLLING, headers=own, cookies=session).status_code == 200
    assert (
        httpx.get(server.url + POLLING, headers={'Origin': 'https://evil.example'}, cookies=session).status_code == 400
    )
    assert httpx.get(server.url + POLLING, headers=own).status_code != 200


@pytest.mark.parametrize(
    'path',
    ['/feed', '/feed/', '//feed', '/FEED', '/%66eed', '/./feed', '/feed?x=/_nicegui/', '/_nicegui/../feed', '/nothing'],
)
def test_a_stranger_gets_no_staff_page_however_it_is_spelled(server: Server, path: str) -> None:
    answer = httpx.get(f'{server.url}{path}')
    assert answer.status_code in (401, 404)
    assert '<script' not in answer.text
    assert 'set-cookie' not in answer.headers


def test_a_device_that_is_signed_out_leaves_the_open_screen(sign_in: Open) -> None:
    alva, felicia = sign_in('alva'), sign_in('felicia')
    felicia.goto('/feed')
    felicia.locator('.feed-row').first.wait_for()
    alva.goto('/people')
    alva.get_by_text('Felicia Fält').click()
    alva.get_by_role('button', name='Logga ut').first.click()
    alva.get_by_role('dialog').get_by_role('button', name='Logga ut').click()
    expect(felicia.get_by_role('heading', level=1)).to_contain_text('This door is for staff')
    felicia.goto('/feed')
    expect(felicia.get_by_role('heading', level=1)).to_contain_text('This door is for staff')


def test_a_role_that_may_not_sees_a_sentence_and_nothing_else(sign_in: Open) -> None:
    folke = sign_in('folke')
    for path in ('/sites', '/people', '/settings'):
        folke.goto(path)
        expect(folke.locator('main .notice')).to_contain_text('Din roll tillåter inte')
        expect(folke.locator('main button')).to_have_count(0)
    assert folke.request.get('/stickers.pdf').status == 403
