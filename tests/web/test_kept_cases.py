"""Test what a phone keeps of the cases of its owner: theirs alone, with the words that they may read."""

from __future__ import annotations

from app.domain.people import Role
from app.services.people import PersonDraft
from tests.cast import Cast, send_report

NOTE = 'Ring 811218-9876'


async def test_a_phone_keeps_what_its_team_has_to_do_with_residents_words(cast: Cast) -> None:
    case = (await send_report(cast.services, cast.glass.code, 'full', 'a-phone-minted-this-1', NOTE)).case
    closed = (await send_report(cast.services, cast.paper.code, 'full', 'a-phone-minted-this-2')).case
    await cast.services.cases.resolve(cast.fia, closed.id)
    streets = await cast.services.people.add_team(cast.alva, 'Gata', 'Tekniska', 'streets')
    olle = await cast.services.people.add(cast.alva, PersonDraft('Olle Ort', Role.FIELD, streets.id), 'olle')
    answer = await (await cast.signed_in(cast.fia)).get('/api/v1/me/cases')
    assert answer.headers['cache-control'] == 'no-store'
    kept = answer.json()
    assert kept['person'] == {'id': 'fia', 'name': 'Fia Fält'}
    (shown,) = kept['cases']
    assert (shown['id'], shown['asset'], shown['code'], shown['site'], shown['team']) == (
        case.id, 'Färgat glas', cast.glass.code, 'Kransmossen', 'Insamlingen',
    )  # fmt: skip
    assert (shown['notes'], shown['photos']) == (['Ring ••••••-••••'], [])
    lead = (await (await cast.signed_in(cast.leo)).get('/api/v1/me/cases')).json()
    assert lead['cases'][0]['notes'] == [NOTE]
    assert (await (await cast.signed_in(olle)).get('/api/v1/me/cases')).json()['cases'] == []


async def test_strangers_get_nothing_and_the_page_says_nothing_of_anybody(cast: Cast) -> None:
    await send_report(cast.services, cast.glass.code, 'full', 'a-phone-minted-this-1', NOTE)
    stranger = cast.browser('sv')
    assert (await stranger.get('/api/v1/me/cases')).status_code == 401
    page = await stranger.get('/offline/cases')
    assert page.status_code == 200
    assert page.headers['content-language'] == 'sv'
    assert not any(word in page.text for word in ('Fia', 'Färgat glas', '811218'))
    moved = await cast.browser('fi').get('/offline/cases')
    assert (moved.status_code, moved.headers['location']) == (303, '/offline/cases?lang=sv')
    worker = (await stranger.get('/sw.js')).text
    assert '/offline/cases?lang=sv' in worker
    assert 'cases/kept-list.js' in worker
