"""Fia takes along what is hers, and leaves."""

from __future__ import annotations

import asyncio
import csv
import io
from datetime import date
from typing import Any

import httpx
import pytest

from app.domain.access_tokens import Scope
from app.domain.entry_content import Content, EntryKind
from app.domain.events import Event
from app.domain.people import Person
from app.domain.personal_numbers import MASK
from app.domain.replies import ReplyKind
from pages.files.export_formats import cell
from tests.town import Town

HERS, LOVAS = 'an-entry-by-fia-0000', 'an-entry-by-lova-000'
WALK = Content(kind=EntryKind.ACTIVITY, text='=Gick runt; "allt" fint\n@Lova Ledare', site_id=None)


async def live(town: Town) -> None:
    """A day's work of Fia and Lova."""
    services = town.services
    await services.entries.log(town.fia, HERS, WALK.model_copy(update={'site_id': town.site.id}))
    await services.entries.log(town.lova, LOVAS, WALK.model_copy(update={'text': 'Lovas egna ord'}))
    await services.replies.add(town.fia, LOVAS, 'a-reply-by-fia-00000', ReplyKind.QUESTION, 'När?')
    await services.replies.add(town.lova, HERS, 'a-reply-by-lova-0000', ReplyKind.ANSWER, 'Lovas hemliga svar')


def table(answer: httpx.Response) -> list[dict[str, str]]:
    """The rows of a CSV."""
    return list(csv.DictReader(io.StringIO(answer.content.decode('utf-8-sig'), newline=''), delimiter=';'))


async def test_she_takes_along_what_is_hers_as_json(town: Town) -> None:
    await live(town)
    fia = await town.signed_in(town.fia)
    answer = await fia.get('/me/export.json')
    assert answer.headers['content-disposition'] == 'attachment; filename="haren.json"'
    assert answer.headers['cache-control'] == 'no-store'
    own = answer.json()
    assert [entry['id'] for entry in own['entries']] == [HERS]
    assert (own['entries'][0]['site'], 'claim' in own['entries'][0]) == ('Kransmossen', False)
    assert [(said['text'], said['answers_entry']['text']) for said in own['replies']] == [('När?', 'Lovas egna ord')]
    assert [notice['why'] for notice in own['notices']] == ['answered']
    assert {event['by'] for event in own['events'] if 'by' in event} <= {'fia', 'alva'}
    assert own['person']['name'] == 'Fia Fält'
    assert 'Lovas hemliga svar' not in answer.text
    assert len(own['devices']) == 1


async def test_a_number_in_others_words_stays_covered(town: Town) -> None:
    for number, author in enumerate((town.lova, town.fia)):
        entry = f'{LOVAS}-{number}'
        await town.services.entries.log(author, entry, WALK.model_copy(update={'text': 'Ring 19811218-9876'}))
        await town.services.replies.add(
            town.fia, entry, f'a-reply-by-fia-0000{number}', ReplyKind.ANSWER, 'Det gör jag'
        )
    fia = await town.signed_in(town.fia)
    said = {reply['entry_id']: reply['answers_entry'] for reply in (await fia.get('/me/export.json')).json()['replies']}
    assert said[f'{LOVAS}-0'] == {'kind': 'activity', 'text': f'Ring {MASK}'}
    assert said[f'{LOVAS}-1']['text'] == 'Ring 19811218-9876'
    answers = [row for row in table(await fia.get('/me/export.csv')) if 'reply' in row.values()]
    assert [f'Ring {MASK}' in row.values() for row in answers].count(True) == 1
    lova = await town.signed_in(town.lova)
    await town.services.replies.add(town.lova, f'{LOVAS}-1', 'a-reply-by-lova-0000', ReplyKind.ANSWER, 'Jag med')
    (answer,) = (await lova.get('/me/export.json')).json()['replies']
    assert answer['answers_entry']['text'] == 'Ring 19811218-9876', 'she leads'


async def test_her_keys_for_programs_are_among_it_but_not_what_opens(town: Town) -> None:
    token, secret = await town.services.access_tokens.make(town.fia, 'Statistik', {Scope.READ})
    await town.services.access_tokens.make(town.lova, 'Lovas nyckel', {Scope.READ})
    fia = await town.signed_in(town.fia)
    answer = await fia.get('/me/export.json')
    assert [key['name'] for key in answer.json()['access_keys']] == ['Statistik']
    for said in (answer.text, (await fia.get('/me/export.csv')).text):
        assert 'Statistik' in said
        assert not any(hidden in said for hidden in (secret, token.id, 'Lovas nyckel'))


async def test_what_she_did_about_obstacles_is_among_it(town: Town) -> None:
    services, wall = town.services, Content(kind=EntryKind.OBSTACLE, text='Ring 19811218-9876', obstacle_kind='culture')
    await services.entries.log(town.lova, LOVAS, wall)
    await services.obstacles.share(town.fia, LOVAS)
    await services.obstacles.raise_to(town.lova, LOVAS, 'Kommunen', 'Lovas 19811218-9876', date(2026, 6, 1))
    await services.obstacles.ask_again(town.fia, LOVAS, date(2026, 7, 1))
    await services.obstacles.raise_to(town.fia, LOVAS, 'Länet', 'Fias 19811218-9876', date(2026, 6, 1))
    fia = await town.signed_in(town.fia)
    answer = await fia.get('/me/export.json')
    own, about = answer.json(), {'kind': 'obstacle', 'text': f'Ring {MASK}'}
    assert [(step['obstacle_id'], step['state'], step['to'], step['words']) for step in own['obstacle_steps']] == [
        (LOVAS, 'raised', 'Kommunen', f'Lovas {MASK}'), (LOVAS, 'raised', 'Länet', 'Fias 19811218-9876'),
    ]  # fmt: skip
    assert [(share['obstacle_id'], share['about']) for share in own['obstacle_shares']] == [(LOVAS, about)]
    assert own['obstacle_steps'][0]['about'] == about
    rows = [list(row.values()) for row in table(await fia.get('/me/export.csv'))]
    assert [row[4] for row in rows if row[0] == 'step'] == [f'Kommunen\nLovas {MASK}', 'Länet\nFias 19811218-9876']
    assert [(row[1], row[9]) for row in rows if row[0] == 'share'] == [(LOVAS, f'Ring {MASK}')]
    await services.entries.withdraw(town.lova, LOVAS)
    assert [share['about'] for share in (await fia.get('/me/export.json')).json()['obstacle_shares']] == [None]
    lova = (await (await town.signed_in(town.lova)).get('/me/export.json')).json()
    assert [step['to'] for step in lova['obstacle_steps']] == ['Kommunen']
    assert lova['obstacle_shares'] == []


async def test_excel_in_sweden_reads_the_csv(town: Town) -> None:
    await live(town)
    await town.services.people.prefer(town.fia, 'sv', 'auto')
    answer = await (await town.signed_in(town.fia)).get('/me/export.csv')
    assert answer.content.startswith(b'\xef\xbb\xbf')
    assert b'\r\n' in answer.content
    assert answer.headers['content-type'] == 'text/csv; charset=utf-8'
    rows = table(answer)
    (entry,) = (row for row in rows if 'entry' in row.values())
    assert '\'=Gick runt; "allt" fint\n@Lova Ledare' in entry.values()
    assert '57,7046' in entry.values()
    assert '2026-05-04 14:00' in entry.values()
    assert 'Lovas hemliga svar' not in answer.text
    assert not any(value.startswith(('=', '+', '-', '@')) for row in rows for value in row.values())


@pytest.mark.parametrize(
    ('value', 'shown'),
    [
        ('=1+1', "'=1+1"), ('+46', "'+46"), ('-1', "'-1"), ('@Fia', "'@Fia"), ('\t=1', "'\t=1"), (' =1', "' =1"),
        ('1-2', '1-2'), (57.5, '57,5'), (-57.5, '-57,5'), ('', ''),
    ],
)  # fmt: skip
def test_no_cell_is_a_formula(value: object, shown: str) -> None:
    assert cell(value) == shown


async def test_one_file_is_made_at_a_time_for_each(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    fia, lova = await town.signed_in(town.fia), await town.signed_in(town.lova)
    go_on, begun, find = asyncio.Event(), asyncio.Event(), town.services.context.store.find

    async def slowly(kind: type[Any], **where: Any) -> Any:
        if kind is Event:
            begun.set()
            await go_on.wait()
        return await find(kind, **where)

    monkeypatch.setattr(town.services.context.store, 'find', slowly)
    first = asyncio.create_task(fia.get('/me/export.json'))
    await begun.wait()
    for path in ('/me/export.json', '/me/export.csv'):
        refused = await fia.get(path)
        assert refused.status_code == 503
        assert 'Your file is being made already.' in refused.text
    others = asyncio.create_task(lova.get('/me/export.json'))
    go_on.set()
    assert (await first).status_code == (await others).status_code == 200
    assert (await fia.get('/me/export.csv')).status_code == 200


@pytest.mark.parametrize('path', ['/me/export.json', '/me/export.csv'])
async def test_strangers_get_nothing(town: Town, path: str) -> None:
    assert (await town.browser().get(path)).status_code == 401
    assert (await town.browser().post('/me/leave')).status_code == 401


async def test_she_leaves_and_her_browser_is_nobodys(town: Town) -> None:
    await live(town)
    fia = await town.signed_in(town.fia)
    assert (await fia.get('/me/leave')).status_code in (404, 405)
    foreign = await fia.post('/me/leave', headers={'sec-fetch-site': 'cross-site'})
    assert foreign.status_code == 403
    answer = await fia.post('/me/leave')
    assert (answer.status_code, answer.headers['location']) == (303, '/')
    await town.services.account_erasure.finish()
    assert await town.services.context.store.get(Person, 'fia') is None
    assert (await fia.get('/me/export.json')).status_code == 401


async def test_the_last_administrator_is_told_why_not(town: Town) -> None:
    alva = await town.signed_in(town.alva)
    answer = await alva.post('/me/leave')
    assert answer.status_code == 422
    assert (await alva.get('/me/export.json')).status_code == 200
