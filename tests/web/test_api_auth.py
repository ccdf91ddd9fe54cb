"""Test access tokens at the API: what a program of Fia's may do, and what it can't find out."""

from __future__ import annotations

import logging
from collections.abc import Collection
from datetime import timedelta

import httpx
import pytest

from app.domain.access_tokens import Scope
from app.domain.entry_content import Content, EntryKind
from app.domain.people import Person, Role
from app.services.container import Services
from app.services.people import PersonDraft
from tests.cast import BASE, Cast
from tests.sample_photos import photo

WALK = {'id': 'a-phone-minted-this-1', 'kind': 'activity', 'text': 'Gick runt'}
ENTRY = 'a-phone-minted-this-entry'
CLAIM = 'only-the-phone-of-fia-knows-this'
NUMBER = '811218-9876'
"""A personal identity number that the tax agency gives as an example."""


async def program(
    services: Services, reader: httpx.AsyncClient, person: Person, scopes: Collection[Scope] = tuple(Scope)
) -> httpx.AsyncClient:
    """Return a client with an access token of this person."""
    _, secret = await services.access_tokens.make(person, 'Räknare', scopes)
    # The clients share the transport, which is the server, and nothing else.
    return httpx.AsyncClient(
        transport=reader._transport,
        base_url=BASE,
        headers={'authorization': f'Bearer {secret}', 'accept-language': 'en'},
    )


async def operations(reader: httpx.AsyncClient) -> list[tuple[str, str, Scope | None]]:
    """Return the operations that need a token: the method, the address and the scope of each."""
    described = (await reader.get('/openapi.json')).json()
    names = dict.fromkeys(('entry_id', 'case_id', 'reply_id', 'act_id', 'name'), 'none') | {'place': 1}
    found: list[tuple[str, str, Scope | None]] = []
    for path, methods in described['paths'].items():
        for method, operation in methods.items():
            ways = operation.get('security', [{}])
            scopes = [scope for way in ways for scope in way.get('token', ())]
            if {} not in ways:
                found.append((method.upper(), path.format(**names), Scope(scopes[0]) if scopes else None))
    return found


async def test_a_program_says_whose_it_is(cast: Cast, reader: httpx.AsyncClient) -> None:
    fias = await program(cast.services, reader, cast.fia, {Scope.READ})
    me = (await fias.get('/api/v1/me')).json()
    assert (me['id'], me['role'], me['scopes'], me['team']['id']) == ('fia', 'field', ['read'], 'collectors')
    assert me['token'] == {'name': 'Räknare', 'ends_at': '2027-05-04T12:00:00Z'}


async def test_every_route_that_asks_who_calls_turns_strangers_away(cast: Cast, reader: httpx.AsyncClient) -> None:
    asked = await operations(reader)
    assert len(asked) > 25
    for method, path, _ in asked:
        stranger = await reader.request(method, path)
        assert (stranger.status_code, stranger.headers['www-authenticate']) == (401, 'Bearer realm="Haren"'), path
        forged = await reader.request(method, path, headers={'authorization': 'Bearer haren_forged'})
        assert forged.status_code == 401, path
        assert 'error="invalid_token"' in forged.headers['www-authenticate']
        assert forged.headers['content-type'] == 'application/problem+json'


@pytest.mark.parametrize('scope', Scope)
async def test_a_scope_opens_its_routes_and_no_others(cast: Cast, reader: httpx.AsyncClient, scope: Scope) -> None:
    fias = await program(cast.services, reader, cast.fia, {scope})
    for method, path, needed in await operations(reader):
        answer = await fias.request(method, path)
        lacks = needed is not None and needed is not scope
        assert (answer.status_code == 403) == lacks, (method, path, answer.text)
        if lacks:
            assert f'error="insufficient_scope", scope="{needed}"' in answer.headers['www-authenticate']


async def test_a_token_does_not_raise_its_person(cast: Cast, reader: httpx.AsyncClient) -> None:
    await cast.services.entries.log(cast.leo, ENTRY, Content(kind=EntryKind.LESSON, text='Så var det'))
    fias = await program(cast.services, reader, cast.fia)
    answer = await fias.patch(f'/api/v1/entries/{ENTRY}', json={'kind': 'lesson', 'text': 'Annat', 'reason': 'Därför'})
    assert answer.status_code == 403


async def test_what_is_logged_by_a_program_is_its_persons(cast: Cast, reader: httpx.AsyncClient) -> None:
    fias = await program(cast.services, reader, cast.fia, {Scope.LOG})
    assert (await fias.post('/api/v1/entries', json=WALK)).status_code == 201
    kept = await cast.services.entries.get(await cast.services.context.reader(cast.fia), WALK['id'])
    assert kept.author_id == 'fia'
    others = await fias.post('/api/v1/entries', json=WALK, headers={'haren-person': 'leo'})
    assert others.status_code == 401


@pytest.mark.parametrize('headers', [{'origin': 'https://evil.example'}, {'sec-fetch-site': 'cross-site'}])
async def test_a_token_needs_no_page_of_ours_but_a_cookie_does(
    cast: Cast, reader: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    fias = await program(cast.services, reader, cast.fia)
    assert (await fias.post('/api/v1/entries', json=WALK, headers=headers)).status_code == 201
    await reader.post(f'/join/{await cast.services.people.invite(cast.alva, "fia")}')
    other = WALK | {'id': 'a-phone-minted-this-2'}
    assert (await reader.post('/api/v1/entries', json=other, headers=headers)).status_code == 403
    basic = {**headers, 'authorization': 'Basic ZmlhOmZpYQ=='}
    assert (await reader.post('/api/v1/entries', json=other, headers=basic)).status_code == 403


async def test_no_header_frees_a_form_from_coming_from_a_page_of_ours(cast: Cast, reader: httpx.AsyncClient) -> None:
    _, secret = await cast.services.access_tokens.make(cast.fia, 'Räknare', {Scope.LOG})
    headers = {'origin': 'https://evil.example', 'authorization': f'Bearer {secret}'}
    assert (await reader.post('/out', headers=headers)).status_code == 403


async def test_beside_a_wrong_token_a_cookie_says_nothing(cast: Cast, reader: httpx.AsyncClient) -> None:
    await reader.post(f'/join/{await cast.services.people.invite(cast.alva, "fia")}')
    assert (await reader.get('/api/v1/me')).json()['scopes'] == ['read', 'log', 'cases']
    answer = await reader.get('/api/v1/me', headers={'authorization': 'Bearer haren_forged'})
    assert answer.status_code == 401


async def test_credentials_for_a_proxy_are_none_of_harens(cast: Cast, reader: httpx.AsyncClient) -> None:
    await reader.post(f'/join/{await cast.services.people.invite(cast.alva, "fia")}')
    answer = await reader.get('/api/v1/me', headers={'authorization': 'Basic ZmlhOmZpYQ=='})
    assert answer.status_code == 200


async def test_it_ends_at_once(cast: Cast, reader: httpx.AsyncClient) -> None:
    fias, leos, old = [await program(cast.services, reader, person) for person in (cast.fia, cast.leo, cast.fia)]
    (token, *_) = await cast.services.access_tokens.of('leo')
    await cast.services.access_tokens.revoke(cast.leo, token.id)
    assert (await leos.get('/api/v1/me')).status_code == 401
    await cast.services.people.change(cast.alva, 'fia', PersonDraft('Fia', Role.FIELD, active=False))
    for gone in (fias, old):
        assert (await gone.get('/api/v1/me')).status_code == 401
        assert (await gone.post('/api/v1/entries', json=WALK)).status_code == 401


async def test_an_old_token_lets_nobody_in(cast: Cast, reader: httpx.AsyncClient) -> None:
    _, secret = await cast.services.access_tokens.make(cast.fia, 'Räknare', {Scope.READ}, timedelta(days=30))
    cast.clock.pass_(days=30)
    answer = await reader.get('/api/v1/me', headers={'authorization': f'Bearer {secret}'})
    assert answer.status_code == 401


async def test_a_report_with_a_token_is_believed_where_it_may_log(cast: Cast, reader: httpx.AsyncClient) -> None:
    sent = {'id': 'a-phone-minted-this-1', 'code': cast.glass.code, 'problem': 'full'}
    reads = await program(cast.services, reader, cast.fia, {Scope.READ})
    assert (await reads.post('/api/v1/reports', json=sent)).status_code == 403
    logs = await program(cast.services, reader, cast.fia, {Scope.LOG})
    assert (await logs.post('/api/v1/reports', json=sent)).json()['case_number'] == '2026-1'
    wrong = await reader.post('/api/v1/reports', json=sent, headers={'authorization': 'Bearer haren_forged'})
    assert wrong.status_code == 401


async def test_no_key_is_logged_nor_repeated(
    cast: Cast, reader: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    fias = await program(cast.services, reader, cast.fia)
    secret = fias.headers['authorization'].removeprefix('Bearer ')

    async def break_down(*_: object) -> None:
        raise OSError('no reason')

    cast.services.entry_reader.entry = break_down  # type: ignore[method-assign,assignment]
    fias._transport.raise_app_exceptions = False  # type: ignore[attr-defined]
    with caplog.at_level(logging.DEBUG):
        answers = [await fias.get(path) for path in ('/api/v1/me', f'/api/v1/entries/{ENTRY}', '/api/v1/nothing')]
    assert [answer.status_code for answer in answers] == [200, 500, 404]
    assert all(secret not in f'{answer.text}{answer.headers}' for answer in answers)
    assert 'GET /api/v1/entries/{entry_id} failed' in caplog.text
    assert secret not in caplog.text


async def test_what_is_for_one_person_is_kept_by_no_cache(cast: Cast, reader: httpx.AsyncClient) -> None:
    fias = await program(cast.services, reader, cast.fia)
    await cast.services.entries.log(cast.fia, ENTRY, Content(kind=EntryKind.LESSON, text='Så var det'))
    await cast.services.entries.add_photo(cast.fia, ENTRY, 1, photo())
    for path in ('me', 'sites', 'cases', 'feed', 'entries', f'entries/{ENTRY}', f'entries/{ENTRY}/photos/1', 'none'):
        assert (await fias.get(f'/api/v1/{path}')).headers['cache-control'] == 'no-store', path
