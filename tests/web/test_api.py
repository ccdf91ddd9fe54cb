"""Test the API that browsers and other programs send to."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest

from app.build import plain_server
from app.domain.access_tokens import Scope
from app.domain.people import Person
from app.web.http.middleware import LARGEST_BODY
from app.web.http.session import Session
from tests.cast import BASE, Cast, send_report

WALK = {'id': 'a-phone-minted-this-1', 'kind': 'activity', 'text': 'Gick runt'}


@pytest.fixture
async def stranger(cast: Cast) -> AsyncIterator[httpx.AsyncClient]:
    """Return a browser on which nobody is signed in."""
    server = plain_server(cast.services, Session(cast.services.people, secure=True), secure=True)
    transport = httpx.ASGITransport(server, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=BASE, headers={'accept-language': 'en'}) as browser:
        yield browser


@pytest.fixture
async def fia(cast: Cast, stranger: httpx.AsyncClient) -> httpx.AsyncClient:
    """Return the same browser after Fia has signed in."""
    return await sign_in(cast, stranger, cast.fia)


async def sign_in(cast: Cast, browser: httpx.AsyncClient, person: Person) -> httpx.AsyncClient:
    await browser.post(f'/join/{await cast.services.people.invite(cast.alva, person.id)}')
    return browser


def error_responses(answer: httpx.Response, status: int) -> bool:
    """Return True if the response is a problem detail (RFC 9457) with this status and a sentence."""
    problem = answer.json()
    return (
        answer.status_code == status == problem['status']
        and answer.headers['content-type'] == 'application/problem+json'
        and bool(problem['detail'])
    )


async def test_a_report_is_kept_once_however_often_it_is_sent(cast: Cast, stranger: httpx.AsyncClient) -> None:
    sent = {'id': 'a-phone-minted-this-1', 'code': cast.glass.code.lower(), 'problem': 'full', 'note': 'Upp till hålet'}
    answers = [await stranger.post('/api/v1/reports', json=sent) for _ in range(3)]
    assert {answer.status_code for answer in answers} == {201}
    assert [answer.json() for answer in answers] == [
        {'id': sent['id'], 'case_number': '2026-1', 'state': 'reported', 'reports': 1}
    ] * 3
    assert 'set-cookie' not in answers[0].headers


async def test_an_id_reused_with_other_content_is_a_conflict(cast: Cast, fia: httpx.AsyncClient) -> None:
    report = {'id': 'a-phone-minted-this-2', 'code': cast.glass.code, 'problem': 'full'}
    await fia.post('/api/v1/reports', json=report)
    assert error_responses(await fia.post('/api/v1/reports', json=report | {'problem': 'dangerous'}), 409)
    await fia.post('/api/v1/entries', json=WALK)
    assert error_responses(await fia.post('/api/v1/entries', json=WALK | {'text': 'Något annat'}), 409)


async def test_fia_logs_an_entry_twice_and_it_is_there_once(cast: Cast, fia: httpx.AsyncClient) -> None:
    first = await fia.post('/api/v1/entries', json=WALK | {'happened_at': '2026-05-03T08:00:00+02:00'})
    cast.clock.pass_(minutes=1)
    again = await fia.post('/api/v1/entries', json=WALK | {'happened_at': '2026-05-03T08:00:00+02:00'})
    assert (first.status_code, first.json()['id']) == (201, WALK['id'])
    assert again.json() == first.json()


async def test_nobody_logs_without_being_signed_in(stranger: httpx.AsyncClient) -> None:
    assert error_responses(await stranger.post('/api/v1/entries', json=WALK), 401)


async def test_cases_are_for_staff(cast: Cast, stranger: httpx.AsyncClient) -> None:
    case = (await send_report(cast.services, cast.glass.code, 'full', 'a-phone-minted-this-3')).case
    for act in ('acknowledge', 'resolve'):
        assert error_responses(await stranger.post(f'/api/v1/cases/{case.id}/{act}'), 401)
    fia = await sign_in(cast, stranger, cast.fia)
    assert (await fia.post(f'/api/v1/cases/{case.id}/acknowledge')).json()['state'] == 'acknowledged'
    assert (await fia.post(f'/api/v1/cases/{case.id}/resolve')).json()['state'] == 'resolved'
    assert error_responses(await fia.post(f'/api/v1/cases/{case.id}/resolve'), 409)
    assert error_responses(await fia.post('/api/v1/cases/none/resolve'), 404)


async def test_whoever_closed_a_case_can_undo_it(cast: Cast, stranger: httpx.AsyncClient) -> None:
    case = (await send_report(cast.services, cast.glass.code, 'full', 'a-phone-minted-this-3')).case
    reopen = f'/api/v1/cases/{case.id}/reopen'
    assert error_responses(await stranger.post(reopen), 401)
    fia, leo = await cast.signed_in(cast.fia), await cast.signed_in(cast.leo)
    assert error_responses(await fia.post(reopen), 409)
    await fia.post(f'/api/v1/cases/{case.id}/resolve')
    assert error_responses(await leo.post(reopen), 403)
    assert (await fia.post(reopen)).json() == {'id': case.id, 'number': case.number, 'state': 'reported'}
    assert [one['id'] for one in (await fia.get('/api/v1/cases')).json()['cases']] == [case.id]
    assert error_responses(await fia.post(reopen), 409)
    assert error_responses(await fia.post('/api/v1/cases/none/reopen'), 404)
    _, secret = await cast.services.access_tokens.make(cast.fia, 'Statistik', {Scope.READ})
    answer = await stranger.post(reopen, headers={'authorization': f'Bearer {secret}'})
    assert error_responses(answer, 403)


async def test_a_revoked_device_is_out_at_once(cast: Cast, fia: httpx.AsyncClient) -> None:
    (device,) = await cast.services.people.devices('fia')
    await cast.services.people.revoke(cast.alva, device.id)
    assert error_responses(await fia.post('/api/v1/entries', json=WALK), 401)


@pytest.mark.parametrize('body', ['{"id": ', 'not json', '', '[1, 2'])
async def test_malformed_json_is_a_bad_request(stranger: httpx.AsyncClient, body: str) -> None:
    answer = await stranger.post('/api/v1/reports', content=body, headers={'content-type': 'application/json'})
    assert error_responses(answer, 400 if body else 422)


@pytest.mark.parametrize(
    ('change', 'field'),
    [
        ({'text': 'x' * 2001}, 'text'),
        ({'text': '   '}, 'text'),
        ({'id': 'short'}, 'id'),
        ({'roots': ['no_root']}, 'roots'),
        ({'site_id': 'nowhere'}, 'site_id'),
    ],
)
async def test_a_wrong_value_names_its_field(fia: httpx.AsyncClient, change: dict[str, object], field: str) -> None:
    answer = await fia.post('/api/v1/entries', json=WALK | change)
    assert error_responses(answer, 422)
    assert answer.json()['field'] == field


@pytest.mark.parametrize(
    'change', [{'kind': 'rant'}, {'unknown': 1}, {'text': None}, {'happened_at': '2026-05-03T08:00'}]
)
async def test_a_value_of_the_wrong_shape_is_told(fia: httpx.AsyncClient, change: dict[str, object]) -> None:
    answer = await fia.post('/api/v1/entries', json=WALK | change)
    assert error_responses(answer, 422)
    assert [flaw['field'] for flaw in answer.json()['errors']] == list(change)


@pytest.mark.parametrize('body', [b'{"id": "\xff\xfe"}', b'[' * 60_000])
async def test_what_no_parser_reads_is_told_in_words(stranger: httpx.AsyncClient, body: bytes) -> None:
    answer = await stranger.post('/api/v1/reports', content=body, headers={'content-type': 'application/json'})
    assert error_responses(answer, 400)
    assert answer.json()['detail'] == 'This isn’t the JSON that Haren expects.'


HALF = '\\ud800'
"""Half of a surrogate pair, as JSON can spell it."""


@pytest.mark.parametrize(
    'change',
    [f'"text": "{HALF}"', f'"roots": ["{HALF}"]', f'"id": "{HALF * 20}"', '"happened_at": "0001-01-01T00:00:00+14:00"'],
)
async def test_odd_values_are_refused_and_are_no_faults(fia: httpx.AsyncClient, change: str) -> None:
    body = f'{{"id": "{WALK["id"]}", "kind": "activity", "text": "Gick runt", {change}}}'
    answer = await fia.post('/api/v1/entries', content=body, headers={'content-type': 'application/json'})
    assert error_responses(answer, 422)


async def test_half_a_character_in_a_note_is_no_fault(cast: Cast, stranger: httpx.AsyncClient) -> None:
    body = f'{{"id": "a-phone-minted-this-9", "code": "{cast.glass.code}", "problem": "full", "note": "{HALF}"}}'
    answer = await stranger.post('/api/v1/reports', content=body, headers={'content-type': 'application/json'})
    assert error_responses(answer, 422)


async def test_head_is_get_without_the_body(stranger: httpx.AsyncClient) -> None:
    for path in ('/', '/healthz', '/s/kransmossen.json'):
        head, get = await stranger.head(path), await stranger.get(path)
        assert (head.status_code, head.content) == (get.status_code, b'')
        assert head.headers['content-length'] == get.headers['content-length']


async def test_the_sentence_is_in_the_readers_language(stranger: httpx.AsyncClient) -> None:
    sent = {'id': 'a-phone-minted-this-1', 'code': 'wrong', 'problem': 'full'}
    english = await stranger.post('/api/v1/reports', json=sent)
    swedish = await stranger.post('/api/v1/reports', json=sent, headers={'accept-language': 'sv'})
    assert error_responses(english, 422)
    assert english.json()['detail'] != swedish.json()['detail']


async def test_a_body_over_the_limit_is_refused_whether_announced_or_not(stranger: httpx.AsyncClient) -> None:
    async def stream() -> AsyncIterator[bytes]:
        for _ in range(LARGEST_BODY // 1000 + 1):
            yield b'x' * 1000

    for content in (b'x' * (LARGEST_BODY + 1), stream()):
        answer = await stranger.post('/api/v1/reports', content=content, headers={'content-type': 'application/json'})
        assert error_responses(answer, 413)


@pytest.mark.parametrize(
    'headers',
    [
        {'origin': 'https://evil.example'},
        {'origin': 'null'},
        {'origin': 'https://haren.example.evil.example'},
        {'sec-fetch-site': 'cross-site'},
        {'sec-fetch-site': 'same-site', 'origin': BASE},
    ],
)
async def test_another_site_can_not_use_fias_cookie(fia: httpx.AsyncClient, headers: dict[str, str]) -> None:
    assert error_responses(await fia.post('/api/v1/entries', json=WALK, headers=headers), 403)
    own = {'origin': BASE, 'sec-fetch-site': 'same-origin'}
    assert (await fia.post('/api/v1/entries', json=WALK, headers=own)).status_code == 201


async def test_the_session_cookie_is_bound_to_this_host_and_hidden_from_script(
    cast: Cast, stranger: httpx.AsyncClient
) -> None:
    answer = await stranger.post(f'/join/{await cast.services.people.invite(cast.alva, "fia")}')
    cookie = answer.headers['set-cookie']
    assert cookie.startswith('__Host-haren=')
    parts = {part.strip().lower() for part in cookie.split(';')[1:]}
    assert parts >= {'httponly', 'secure', 'samesite=lax', 'path=/', f'max-age={90 * 24 * 3600}'}
    assert not any(part.startswith('domain') for part in parts)


async def test_a_sites_state_is_open_data(cast: Cast, stranger: httpx.AsyncClient) -> None:
    await send_report(cast.services, cast.glass.code, 'full', 'a-phone-minted-this-4', 'a private note')
    answer = await stranger.get('/s/kransmossen.json')
    assert answer.headers['access-control-allow-origin'] == '*'
    site = answer.json()
    assert (site['name'], site['position']) == ('Kransmossen', {'latitude': 57.7046, 'longitude': 12.9634})
    (glass,) = [asset for asset in site['assets'] if asset['open_cases']]
    assert (glass['name'], glass['open_cases'][0]['problem'], glass['open_cases'][0]['reports']) == (
        'Färgat glas',
        'full',
        1,
    )
    assert 'private' not in answer.text
    assert 'Fia' not in answer.text
    assert error_responses(await stranger.get('/s/nowhere.json'), 404)


async def test_haren_says_that_it_is_well(stranger: httpx.AsyncClient) -> None:
    assert (await stranger.get('/healthz')).json() == {'status': 'ok'}


async def test_every_answer_tells_the_browser_to_be_careful(stranger: httpx.AsyncClient) -> None:
    for path in ('/healthz', '/', '/q/000000', '/assets/entry-form/main.js', '/s/nowhere.json'):
        headers = (await stranger.get(path)).headers
        assert headers['x-content-type-options'] == 'nosniff', path
        assert headers['referrer-policy'] == 'same-origin'
        assert "frame-ancestors 'none'" in headers['content-security-policy']
        assert headers['strict-transport-security'].startswith('max-age=')
