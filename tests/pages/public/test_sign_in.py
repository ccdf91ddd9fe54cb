"""Test signing in: Fia has an invitation, Mallory has none."""

from __future__ import annotations

import pytest
from fastapi import FastAPI, Request

from app.domain.people import INVITATION_LASTS, Role
from app.services.people import PersonDraft
from app.web.http.cache import ChangeCounts
from app.web.http.session import Session
from app.web.http.state import Collaborators
from pages.public.sign_in import turn_away
from tests.cast import Cast

PHONE = 'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Mobile Safari/537.36'


async def test_an_invitation_greets_by_name_and_looking_uses_nothing_up(cast: Cast) -> None:
    token = await cast.services.people.invite(None, 'fia')
    for _ in range(2):
        page = await cast.browser().get(f'/join/{token}')
        assert page.status_code == 200
        assert 'Welcome, Fia Fält' in page.text
        assert '90 days' in page.text
        assert 'set-cookie' not in page.headers
    assert not await cast.services.people.devices('fia')


async def test_pressing_the_button_signs_this_browser_in(cast: Cast) -> None:
    fia = cast.browser()
    token = await cast.services.people.invite(None, 'fia')
    answer = await fia.post(f'/join/{token}', headers={'user-agent': PHONE})
    assert (answer.status_code, answer.headers['location']) == (303, '/welcome')
    cookie = answer.headers['set-cookie']
    assert 'HttpOnly' in cookie
    assert 'SameSite=lax' in cookie
    (device,) = await cast.services.people.devices('fia')
    assert device.name == 'Chrome, Android'
    page = await fia.get('/welcome')
    assert 'You’re signed in, Fia Fält' in page.text
    assert 'Field staff · Insamlingen, Energi och Miljö' in page.text
    assert 'Add to Home Screen' in page.text


@pytest.mark.parametrize(('name', 'first'), [('fia', '/log'), ('leo', '/feed'), ('alva', '/feed')])
async def test_everybody_is_led_to_their_own_first_step(cast: Cast, name: str, first: str) -> None:
    browser = await cast.signed_in(await cast.services.people.get(name))
    assert f'<a class="press main" href="{first}">' in (await browser.get('/welcome')).text


async def test_an_invitation_works_once(cast: Cast) -> None:
    token = await cast.services.people.invite(None, 'fia')
    await cast.browser().post(f'/join/{token}')
    mallory = cast.browser()
    for answer in (await mallory.get(f'/join/{token}'), await mallory.post(f'/join/{token}')):
        assert answer.status_code == 410
        assert 'This invitation has been used. Ask for a new one.' in answer.text
        assert 'set-cookie' not in answer.headers
    assert len(await cast.services.people.devices('fia')) == 1


async def test_an_invitation_ends_after_a_week(cast: Cast) -> None:
    token = await cast.services.people.invite(None, 'fia')
    cast.clock.at += INVITATION_LASTS
    answer = await cast.browser().post(f'/join/{token}')
    assert answer.status_code == 410
    assert 'This invitation is too old.' in answer.text


async def test_a_forged_invitation_lets_nobody_in(cast: Cast) -> None:
    answer = await cast.browser().get('/join/forged')
    assert answer.status_code == 410
    assert 'This invitation isn’t valid.' in answer.text
    assert 'Your administrator can make a new one' in answer.text


async def test_who_is_in_already_is_not_alarmed_by_the_old_link(cast: Cast) -> None:
    fia, token = cast.browser(), await cast.services.people.invite(None, 'fia')
    await fia.post(f'/join/{token}')
    answer = await fia.get(f'/join/{token}')
    assert 'You’re already signed in here, as Fia Fält.' in answer.text
    assert 'href="/welcome"' in answer.text


async def test_who_takes_over_a_device_is_told_who_is_signed_in_there_and_signs_them_out(cast: Cast) -> None:
    browser = await cast.signed_in(cast.fia)
    token = await cast.services.people.invite(None, 'leo')
    shown = (await browser.get(f'/join/{token}')).text
    assert 'Fia Fält is signed in here now. If you continue, Fia Fält is signed out.' in shown
    assert len(await cast.services.people.devices('fia')) == 1, 'looking signs nobody out'
    await browser.post(f'/join/{token}')
    assert await cast.services.people.devices('fia') == ()
    assert len(await cast.services.people.devices('leo')) == 1
    assert 'You’re signed in, Leo Ledare' in (await browser.get('/welcome')).text


async def test_who_comes_in_twice_on_one_device_is_told_so_and_has_it_once(cast: Cast) -> None:
    fia = await cast.signed_in(cast.fia)
    token = await cast.services.people.invite(None, 'fia')
    assert 'You’re already signed in here, as Fia Fält.' in (await fia.get(f'/join/{token}')).text
    await fia.post(f'/join/{token}')
    assert len(await cast.services.people.devices('fia')) == 1


async def test_a_used_invitation_signs_nobody_out(cast: Cast) -> None:
    fia, token = await cast.signed_in(cast.fia), await cast.services.people.invite(None, 'leo')
    await cast.browser().post(f'/join/{token}')
    assert (await fia.post(f'/join/{token}')).status_code == 410
    assert len(await cast.services.people.devices('fia')) == 1


async def test_who_no_longer_works_here_is_not_let_in(cast: Cast) -> None:
    token = await cast.services.people.invite(None, 'fia')
    await cast.services.people.change(
        cast.alva, 'fia', PersonDraft('Fia Fält', Role.FIELD, cast.collectors.id, active=False)
    )
    answer = await cast.browser().post(f'/join/{token}')
    assert answer.status_code == 410
    assert 'set-cookie' not in answer.headers


async def test_another_website_can_not_press_the_button(cast: Cast) -> None:
    token = await cast.services.people.invite(None, 'fia')
    answer = await cast.browser().post(f'/join/{token}', headers={'sec-fetch-site': 'cross-site'})
    assert answer.status_code == 403
    assert not await cast.services.people.devices('fia')


async def test_strangers_are_told_how_to_get_in(cast: Cast) -> None:
    answer = await cast.browser().get('/welcome')
    assert answer.status_code == 401
    for page in (answer, await cast.browser().get('/in')):
        assert 'Staff sign-in' in page.text
        assert 'Ask your administrator for a link' in page.text
        assert 'python -m app invite --role admin NAME' in page.text


async def test_the_link_for_staff_leads_them_on(cast: Cast) -> None:
    answer = await (await cast.signed_in(cast.fia)).get('/in')
    assert (answer.status_code, answer.headers['location']) == (303, '/welcome')


async def test_signing_out_ends_the_session_for_good(cast: Cast) -> None:
    fia = await cast.signed_in(cast.fia)
    kept = dict(fia.cookies)
    answer = await fia.post('/out')
    assert (answer.status_code, answer.headers['location']) == (303, '/')
    assert not fia.cookies
    assert not await cast.services.people.devices('fia')
    fia.cookies.update(kept)
    assert (await fia.get('/welcome')).status_code == 401
    assert (await cast.browser().post('/out')).status_code == 303


@pytest.mark.parametrize(
    ('path', 'status', 'words'),
    [
        ('/feed', 401, 'Staff sign-in'),
        ('/me', 401, 'Staff sign-in'),
        ('/sites', 401, 'Staff sign-in'),
        ('/sites/kransmossen', 404, 'Page not found'),
        ('/feeding', 404, 'Page not found'),
        ('/', 404, 'Page not found'),
        ('/api/v1/nothing', 404, '"status":404'),
    ],
)
async def test_the_gate_turns_strangers_away_kindly(cast: Cast, path: str, status: int, words: str) -> None:
    gate = FastAPI()
    session, changes = Session(cast.services.people, secure=False), ChangeCounts(cast.services, lambda _: ())
    gate.state.haren = Collaborators(cast.services, session, changes)
    scope = {
        'type': 'http',
        'app': gate,
        'method': 'GET',
        'path': path,
        'query_string': b'',
        'headers': [(b'accept-language', b'en')],
    }
    answer = await turn_away({'/feed', '/me', '/sites'})(Request(scope))
    assert answer.status_code == status
    assert words in bytes(answer.body).decode()
