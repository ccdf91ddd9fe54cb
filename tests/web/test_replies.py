"""Test replies over the API: Fia's entry, Leo's question, and the earlier version of the entry."""

from __future__ import annotations

from app.domain.people import Role
from app.services.people import PersonDraft
from tests.cast import Cast, sign_in_once

ENTRY = 'a-phone-minted-this-entry'
REPLY = 'a-phone-minted-this-reply'
CLAIM = 'only-the-phone-of-fia-knows-this'


async def test_a_question_is_kept_once_and_read_by_those_who_may(cast: Cast) -> None:
    fia, leo, stranger = await cast.signed_in(cast.fia), await cast.signed_in(cast.leo), cast.browser()
    await fia.post('/api/v1/entries', json={'id': ENTRY, 'kind': 'lesson', 'text': 'Så var det'})
    question = {'id': REPLY, 'kind': 'question', 'text': 'Varför?'}
    for _ in range(2):
        answer = await leo.post(f'/api/v1/entries/{ENTRY}/replies', json=question)
        assert (answer.status_code, answer.json()['id'], answer.json()['author']) == (201, REPLY, 'Leo Ledare')
    clash = await leo.post(f'/api/v1/entries/{ENTRY}/replies', json=question | {'text': 'Annat'})
    assert clash.status_code == 409
    thread = (await fia.get(f'/api/v1/entries/{ENTRY}/replies')).json()
    assert [reply['text'] for reply in thread['replies']] == ['Varför?']
    assert thread['older'] is None
    for path in ('replies', 'versions'):
        assert (await stranger.get(f'/api/v1/entries/{ENTRY}/{path}')).status_code == 401
    assert (await stranger.post(f'/api/v1/entries/{ENTRY}/replies', json=question)).status_code == 401


async def test_it_goes_under_no_other_name(cast: Cast) -> None:
    fia = await cast.signed_in(cast.fia)
    await fia.post('/api/v1/entries', json={'id': ENTRY, 'kind': 'lesson', 'text': 'Så var det'})
    question = {'id': REPLY, 'kind': 'question', 'text': 'Varför?'}
    answer = await fia.post(f'/api/v1/entries/{ENTRY}/replies', json=question, headers={'haren-person': 'leo'})
    assert answer.status_code == 401


async def test_it_is_taken_back(cast: Cast) -> None:
    fia, leo = await cast.signed_in(cast.fia), await cast.signed_in(cast.leo)
    await fia.post('/api/v1/entries', json={'id': ENTRY, 'kind': 'lesson', 'text': 'Så var det'})
    await leo.post(f'/api/v1/entries/{ENTRY}/replies', json={'id': REPLY, 'kind': 'yes_and', 'text': 'mer'})
    path = f'/api/v1/entries/{ENTRY}/replies/{REPLY}/withdraw'
    assert (await fia.post(path, json={})).status_code == 403
    assert (await leo.post(path.replace(ENTRY, 'another-entry-of-hers'), json={})).status_code == 404
    taken = (await leo.post(path, json={})).json()
    assert (taken['withdrawn'], taken['text']) == (True, '')
    assert (await fia.get(f'/api/v1/entries/{ENTRY}/replies')).json()['replies'] == []


async def test_the_answers_go_with_what_is_withdrawn(cast: Cast) -> None:
    fia, leo = await cast.signed_in(cast.fia), await cast.signed_in(cast.leo)
    await fia.post('/api/v1/entries', json={'id': ENTRY, 'kind': 'lesson', 'text': 'Så var det'})
    await leo.post(f'/api/v1/entries/{ENTRY}/replies', json={'id': REPLY, 'kind': 'yes_and', 'text': 'mer'})
    await fia.post(f'/api/v1/entries/{ENTRY}/withdraw', json={})
    for reader in (fia, leo):
        gone = await reader.get(f'/api/v1/entries/{ENTRY}/replies')
        assert (gone.status_code, gone.json()['detail']) == (410, 'This has been withdrawn.')


async def test_what_it_said_before_is_for_its_author_and_administrators(cast: Cast) -> None:
    fia, leo, alva = [await cast.signed_in(person) for person in (cast.fia, cast.leo, cast.alva)]
    content = {'kind': 'obstacle', 'text': 'Ingen svarar', 'obstacle_kind': 'culture'}
    await cast.services.people.add(cast.alva, PersonDraft('Vera Vagn', Role.FIELD, cast.collectors.id), 'vera')
    await sign_in_once(cast.services, 'vera')
    await fia.post('/api/v1/entries', json=content | {'id': ENTRY, 'claim': CLAIM})
    claim = {'haren-claim': CLAIM}
    await fia.patch(f'/api/v1/entries/{ENTRY}', json=content | {'text': 'Nu svarar de'}, headers=claim)
    path = f'/api/v1/entries/{ENTRY}/versions'
    for early in (path, f'/api/v1/entries/{ENTRY}/replies', f'/api/v1/entries/{ENTRY}'):
        assert (await leo.get(early)).status_code == (await alva.get(early)).status_code == 404
    cast.clock.pass_(minutes=1)
    assert (await leo.get(path)).status_code == (await fia.get(path)).status_code == 403
    for answer in (await fia.get(path, headers=claim), await alva.get(path)):
        assert [(old['content']['text'], old['by']) for old in answer.json()] == [('Ingen svarar', None)]


async def test_what_it_said_before_goes_with_what_is_withdrawn(cast: Cast) -> None:
    fia, leo, alva = [await cast.signed_in(person) for person in (cast.fia, cast.leo, cast.alva)]
    await fia.post('/api/v1/entries', json={'id': ENTRY, 'kind': 'lesson', 'text': 'Grannens namn'})
    await fia.patch(f'/api/v1/entries/{ENTRY}', json={'kind': 'lesson', 'text': 'Utan namn'})
    path = f'/api/v1/entries/{ENTRY}/versions'
    assert (await fia.get(path)).json()[0]['content']['text'] == 'Grannens namn'
    await fia.post(f'/api/v1/entries/{ENTRY}/withdraw', json={})
    for reader in (fia, leo, alva):
        gone = await reader.get(path)
        assert (gone.status_code, gone.json()['detail']) == (410, 'This has been withdrawn.')
    described = (await fia.get('/openapi.json')).json()
    assert '410' in described['paths']['/api/v1/entries/{entry_id}/versions']['get']['responses']


async def test_a_personal_number_in_the_reason_of_a_correction_is_hidden(cast: Cast) -> None:
    fia, alva = await cast.signed_in(cast.fia), await cast.signed_in(cast.alva)
    await fia.post('/api/v1/entries', json={'id': ENTRY, 'kind': 'lesson', 'text': 'Så var det'})
    corrected = {'kind': 'lesson', 'text': 'Så blev det', 'reason': 'Det gällde Rut: 811218, 9876'}
    answer = await alva.patch(f'/api/v1/entries/{ENTRY}', json=corrected)
    assert answer.status_code == 200, answer.text
    reasons = [(await who.get(f'/api/v1/entries/{ENTRY}/versions')).json()[0]['reason'] for who in (fia, alva)]
    assert reasons == ['Det gällde Rut: ••••••-••••', 'Det gällde Rut: 811218, 9876']
