"""Test reading over the API: people read what they may read on screen, and no author under a team's name is shown."""

from __future__ import annotations

import httpx
import pytest

from app.domain.entry_content import Audience, Content, EntryKind
from app.domain.people import Person, Role
from app.services.people import PersonDraft
from tests.cast import Cast, send_report, sign_in_once
from tests.sample_photos import photo
from tests.web.test_api_auth import CLAIM, ENTRY, NUMBER, program

HIDDEN = Content(kind=EntryKind.OBSTACLE, text='Ingen svarar', obstacle_kind='culture')


@pytest.fixture
async def cast(cast: Cast) -> Cast:
    """Add a third collector, because the name of a team of two would hide nobody."""
    await cast.services.people.add(cast.alva, PersonDraft('Vera Vagn', Role.FIELD, cast.collectors.id), 'vera')
    await sign_in_once(cast.services, 'leo', 'vera')
    return cast


@pytest.fixture
async def readers(cast: Cast, reader: httpx.AsyncClient) -> dict[str, httpx.AsyncClient]:
    """Return the clients of five people by their ids.

    Alva is administrator, Leo is in Fia's team, Gun in another team of the organisation, Hugo in another organisation.
    """
    services, alva = cast.services, cast.alva
    await services.people.add_team(alva, 'Verkstan', 'Energi och Miljö', 'workshop')
    await services.people.add_team(alva, 'Skolan', 'Skola', 'school')
    gun = await services.people.add(alva, PersonDraft('Gun', Role.FIELD, 'workshop'), 'gun')
    hugo = await services.people.add(alva, PersonDraft('Hugo', Role.LEAD, 'school'), 'hugo')
    people: tuple[Person, ...] = (alva, cast.leo, gun, hugo, cast.fia)
    return {person.id: await program(services, reader, person) for person in people}


async def log(cast: Cast, audience: Audience, text: str = 'Så var det') -> None:
    content = Content(kind=EntryKind.LESSON, text=text, audience=audience, site_id='kransmossen')
    await cast.services.entries.log(cast.fia, ENTRY, content)
    await cast.services.entries.add_photo(cast.fia, ENTRY, 1, photo())


MAY_READ = [
    (Audience.TEAM, {'alva', 'leo', 'fia'}),
    (Audience.ORGANISATION, {'alva', 'leo', 'gun', 'fia'}),
    (Audience.STAFF, {'alva', 'leo', 'gun', 'hugo', 'fia'}),
    (Audience.PUBLIC, {'alva', 'leo', 'gun', 'hugo', 'fia'}),
]


@pytest.mark.parametrize(('audience', 'may'), MAY_READ)
async def test_an_entry_is_read_by_those_it_is_for(
    cast: Cast, readers: dict[str, httpx.AsyncClient], audience: Audience, may: set[str]
) -> None:
    await log(cast, audience)
    for name, client in readers.items():
        listed = (await client.get('/api/v1/entries')).json()['entries']
        events = [event['entry_id'] for event in (await client.get('/api/v1/feed')).json()['events']]
        for path in ('', '/photos/1', '/replies'):
            answer = await client.get(f'/api/v1/entries/{ENTRY}{path}')
            assert answer.status_code == (200 if name in may else 404), (name, path)
        assert [entry['id'] for entry in listed] == ([ENTRY] if name in may else []), name
        assert (ENTRY in events) is (name in may), name


async def test_what_is_not_for_one_is_declined_as_if_it_were_not_there(
    cast: Cast, readers: dict[str, httpx.AsyncClient]
) -> None:
    await log(cast, Audience.TEAM)
    hugo = readers['hugo']
    for path in ('entries/{}', 'entries/{}/photos/1', 'entries/{}/replies', 'entries/{}/versions', 'obstacles/{}'):
        there, nowhere = [await hugo.get(f'/api/v1/{path.format(id)}') for id in (ENTRY, 'no-such-entry')]
        assert (there.status_code, there.content) == (nowhere.status_code, nowhere.content), path
    for path, body in (('withdraw', {}), ('replies', {'id': 'a-phone-minted-this-r', 'kind': 'thanks'})):
        there, nowhere = [await hugo.post(f'/api/v1/entries/{id}/{path}', json=body) for id in (ENTRY, 'no-such-entry')]
        assert (there.status_code, there.content) == (nowhere.status_code, nowhere.content), path


async def test_the_log_is_filtered_and_read_page_by_page(cast: Cast, readers: dict[str, httpx.AsyncClient]) -> None:
    for number in range(5):
        cast.clock.pass_(minutes=1)
        kind = EntryKind.LESSON if number % 2 else EntryKind.ACTIVITY
        content = Content(kind=kind, text=f'Nummer {number}', site_id='kransmossen' if number < 2 else None)
        await cast.services.entries.log(cast.fia, f'a-phone-minted-this-{number}', content)
    leo = readers['leo']

    async def texts(**asked: str | int) -> tuple[list[str], str | None]:
        page = (await leo.get('/api/v1/entries', params=asked)).json()
        return [entry['text'] for entry in page['entries']], page['older']

    assert (await texts(kind='lesson'))[0] == ['Nummer 3', 'Nummer 1']
    assert (await texts(site='kransmossen'))[0] == ['Nummer 1', 'Nummer 0']
    assert (await texts(team='workshop'))[0] == []
    first, older = await texts(limit=2)
    assert older is not None
    second, older = await texts(limit=3, before=older)
    assert ([*first, *second], older) == ([f'Nummer {number}' for number in (4, 3, 2, 1, 0)], None)
    assert (await leo.get('/api/v1/entries', params={'limit': 101})).status_code == 422


async def test_identity_numbers_are_covered_but_for_leads_and_who_wrote_them(
    cast: Cast, readers: dict[str, httpx.AsyncClient]
) -> None:
    await log(cast, Audience.STAFF, f'Frågade {NUMBER} om lov')
    for name, client in readers.items():
        shown = (await client.get(f'/api/v1/entries/{ENTRY}')).text
        assert (NUMBER in shown) is (name != 'gun'), name
    for name in ('gun', 'fia'):
        assert NUMBER not in (await readers[name].get('/api/v1/feed')).text, name


async def test_of_what_was_withdrawn_nothing_is_shown(cast: Cast, readers: dict[str, httpx.AsyncClient]) -> None:
    await log(cast, Audience.STAFF, 'Hemligt ord')
    await cast.services.entries.withdraw(cast.fia, ENTRY)
    for client in readers.values():
        answers = [await client.get(f'/api/v1/{path}') for path in ('entries', f'entries/{ENTRY}', 'feed')]
        assert all(answer.status_code == 200 and 'Hemligt' not in answer.text for answer in answers)
        assert answers[1].json()['withdrawn'] is True
        assert answers[1].json()['site_id'] is None
        assert (await client.get(f'/api/v1/entries/{ENTRY}/photos/1')).status_code == 404


async def test_who_wrote_for_their_team_is_found_nowhere(cast: Cast, readers: dict[str, httpx.AsyncClient]) -> None:
    cast.clock.pass_(minutes=3, seconds=17)
    fia = readers['fia']
    content = HIDDEN.model_dump(mode='json', exclude={'happened_at', 'site_id'})
    assert (await fia.post('/api/v1/entries', json=content | {'id': ENTRY, 'claim': CLAIM})).status_code == 201
    path, claim = f'/api/v1/entries/{ENTRY}', {'haren-claim': CLAIM}
    assert (await fia.put(f'{path}/photos/1', content=photo(), headers=claim)).status_code == 200
    cast.clock.pass_(seconds=5)
    assert (await fia.patch(path, json=content | {'text': 'Nu svarar de'}, headers=claim)).status_code == 200
    cast.clock.pass_(minutes=1)
    for name, client in readers.items():
        for path in ('entries', f'entries/{ENTRY}', 'obstacles', f'obstacles/{ENTRY}', 'feed'):
            answer = await client.get(f'/api/v1/{path}')
            assert answer.status_code == 200, (name, path)
            said = answer.text if path != 'feed' else _about(answer)
            assert 'Fia' not in said, (name, path)
            assert '"fia"' not in said, (name, path)
            assert CLAIM not in said, (name, path)
            assert ':17' not in said, (name, path)
            assert ':22' not in said, (name, path)
        read = (await client.get(f'/api/v1/entries/{ENTRY}')).json()
        assert (read['author'], read['author_is_you'], read['team']['id']) == (None, False, 'collectors'), name
        assert read['happened_at'] == read['logged_at'] == '2026-05-04T12:03:00Z'
    own = (await fia.get(f'/api/v1/entries/{ENTRY}', headers={'haren-claim': CLAIM})).json()
    assert (own['author'], own['author_is_you']) == (None, True)


async def test_nobody_learns_at_which_second_somebody_wrote_for_their_team(
    cast: Cast, readers: dict[str, httpx.AsyncClient]
) -> None:
    cast.clock.pass_(seconds=30)
    await cast.services.entries.log(cast.fia, ENTRY, HIDDEN, CLAIM)
    for seconds, may_read in ((0, False), (29, False), (1, True)):
        cast.clock.pass_(seconds=seconds)
        for name, client in readers.items():
            listed = (await client.get('/api/v1/entries')).json()['entries']
            diary = (await client.get('/api/v1/obstacles')).json()
            events = [event['entry_id'] for event in (await client.get('/api/v1/feed')).json()['events']]
            assert bool(listed) == bool(diary['obstacles']) == bool(diary['total']) == (ENTRY in events) == may_read, (
                name
            )
            for path in ('entries', 'obstacles'):
                answer = await client.get(f'/api/v1/{path}/{ENTRY}')
                assert answer.status_code == (200 if may_read else 404), (name, path)
    own = await readers['fia'].get(f'/api/v1/entries/{ENTRY}', headers={'haren-claim': CLAIM})
    assert own.status_code == 200


async def test_a_wrong_claim_is_declined_alike_for_its_author_and_others(
    cast: Cast, readers: dict[str, httpx.AsyncClient]
) -> None:
    await cast.services.entries.log(cast.fia, ENTRY, HIDDEN, CLAIM)
    cast.clock.pass_(minutes=2)
    wrong = {'haren-claim': CLAIM.replace('fia', 'leo')}
    body = HIDDEN.model_dump(mode='json', exclude={'happened_at', 'site_id'}) | {'text': 'Annat'}
    tried = [
        await readers[name].patch(f'/api/v1/entries/{ENTRY}', json=body, headers=headers)
        for name in ('fia', 'leo')
        for headers in ({}, wrong)
    ]
    assert {answer.status_code for answer in tried} == {403}
    assert len({answer.content for answer in tried}) == 1
    again = [
        await readers[name].post('/api/v1/entries', json=body | {'id': ENTRY, 'text': HIDDEN.text})
        for name in ('fia', 'leo')
    ]
    assert [answer.status_code for answer in again] == [409, 409]
    assert again[0].content == again[1].content


async def test_who_of_the_team_shares_an_obstacle_of_the_teams_is_not_told(
    cast: Cast, readers: dict[str, httpx.AsyncClient]
) -> None:
    await cast.services.entries.log(cast.fia, ENTRY, HIDDEN, CLAIM)
    cast.clock.pass_(minutes=2)
    for name in ('leo', 'gun'):
        assert (await readers[name].post(f'/api/v1/obstacles/{ENTRY}/share')).json()['sharing']['you'] is True
    sharing = (await readers['hugo'].get(f'/api/v1/obstacles/{ENTRY}')).json()['sharing']
    assert sharing == {
        'total': 2, 'people': [{'id': 'gun', 'name': 'Gun'}], 'unnamed': 1, 'organisations': {'Energi och Miljö': 2},
        'you': False,
    }  # fmt: skip


async def test_an_obstacle_is_taken_step_by_step(cast: Cast, readers: dict[str, httpx.AsyncClient]) -> None:
    for id in (ENTRY, 'a-phone-minted-this-other'):
        await cast.services.entries.log(cast.fia, id, HIDDEN)
    leo, path = readers['leo'], f'/api/v1/obstacles/{ENTRY}'
    raised = {'to': 'Chefen', 'words': 'Kan du svara?', 'ask_again_on': '2026-06-01'}
    for verb, body, state in (
        ('explore', None, 'explored'), ('raise', raised, 'raised'),
        ('ask-again', {'ask_again_on': '2026-07-01'}, 'raised'), ('put-back', None, 'raised'),
        ('work-around', {'how': 'Ringer växeln'}, 'worked_around'), ('come-back', None, 'explored'),
        ('remove', {'how': 'Ny växel'}, 'removed'), ('share', None, 'removed'), ('unshare', None, 'removed'),
        ('same-as', {'entry_id': 'a-phone-minted-this-other'}, 'removed'),
    ):  # fmt: skip
        answer = await leo.post(f'{path}/{verb}', json=body)
        assert (answer.status_code, answer.json()['state']) == (200, state), (verb, answer.text)
    now = (await leo.get(path)).json()
    assert now['same_as'] == ['a-phone-minted-this-other']
    assert [step['by'] for step in now['steps']] == ['Leo Ledare'] * len(now['steps'])
    for late in ('remove', 'put-back'):
        sent = {'revision': 1} | ({'how': 'Igen'} if late == 'remove' else {})
        assert (await leo.post(f'{path}/{late}', json=sent)).status_code == 409
    assert (await leo.post(f'{path}/put-back', json={'revison': 1})).status_code == 422, 'a slip'
    assert (await leo.get(path)).json()['steps'] == now['steps']
    assert (await leo.post(f'{path}/other-than')).json()['same_as'] == []
    closed = (await leo.get('/api/v1/obstacles', params={'view': 'closed'})).json()
    assert [obstacle['id'] for obstacle in closed['obstacles']] == [ENTRY]


async def test_cases_and_places_are_read_in_the_callers_language(
    cast: Cast, readers: dict[str, httpx.AsyncClient]
) -> None:
    case = (await send_report(cast.services, cast.glass.code, 'dangerous', 'a-phone-minted-this-1', 'Ring mig')).case
    await cast.services.people.prefer(cast.leo, 'en', 'auto')
    for name, words in (('leo', 'Dangerous'), ('fia', 'Farligt')):
        answer = await readers[name].get('/api/v1/cases')
        (found,) = answer.json()['cases']
        assert (found['id'], found['asset'], found['words']) == (case.id, 'Färgat glas', words)
        assert 'Ring mig' not in answer.text
    (site,) = (await readers['fia'].get('/api/v1/sites')).json()['sites']
    assert (site['id'], site['team_id']) == ('kransmossen', 'collectors')
    events = (await readers['leo'].get('/api/v1/feed', params={'topic': 'cases'})).json()['events']
    assert [event['case_id'] for event in events] == [case.id]
    assert 'a-phone-minted-this-1' not in str(events), 'a report’s id is a key'


def _about(feed: httpx.Response) -> str:
    """Return the feed's events about the entry, without those about Fia's tokens."""
    return str([event for event in feed.json()['events'] if event['entry_id'] == ENTRY]).replace("'", '"')


async def test_search_finds_what_its_caller_may_read(cast: Cast, readers: dict[str, httpx.AsyncClient]) -> None:
    await log(cast, Audience.TEAM, f'Glaset <b>är</b> fullt {NUMBER}')
    await cast.services.search.settled()
    found = {name: (await client.get('/api/v1/search?q=glas+kransm')).json() for name, client in readers.items()}
    assert {name for name, page in found.items() if [hit['kind'] for hit in page['hits']] == ['thing', 'entry']} == {
        'alva', 'leo', 'fia',
    }  # fmt: skip
    assert all(page['complete'] and page['older'] is None for page in found.values())
    thing, entry = found['fia']['hits']
    assert (thing['url'], thing['about'], thing['name'][1]) == (
        f'/q/{cast.glass.code}', 'Sak · Kransmossen', {'text': 'glas', 'match': True},
    )  # fmt: skip
    assert (entry['id'], entry['url'], entry['about']) == (ENTRY, f'/entries/{ENTRY}', 'Lärdom · Fia Fält')
    assert entry['excerpt'][:2] == [
        {'text': 'Glaset', 'match': True},
        {'text': f' <b>är</b> fullt {NUMBER}', 'match': False},
    ]
    refused = await readers['leo'].get('/api/v1/search', params={'q': ' '.join('abcdefghijklmn')})
    assert (refused.status_code, refused.json()['field']) == (422, 'q')
