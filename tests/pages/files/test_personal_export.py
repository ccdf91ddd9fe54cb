"""Test the personal export: Fia downloads her data and leaves."""

from __future__ import annotations

import asyncio
import csv
import io
import re
from datetime import date
from typing import Any, get_args

import httpx
import pytest

from app.domain.access_tokens import Scope
from app.domain.entry_content import Content, EntryKind
from app.domain.events import Event
from app.domain.people import Language, Person
from app.domain.personal_numbers import MASK
from app.domain.replies import ReplyKind
from pages.files.csv_export import COLUMNS, cell
from tests.cast import Cast, send_report

HERS, LEOS = 'an-entry-by-fia-0000', 'an-entry-by-leo-000'
WALK = Content(kind=EntryKind.ACTIVITY, text='=Gick runt; "allt" fint\n@Leo Ledare', site_id=None)


async def live(cast: Cast) -> None:
    """Do a day's work as Fia and Leo."""
    services = cast.services
    await services.entries.log(cast.fia, HERS, WALK.model_copy(update={'site_id': cast.kransmossen.id}))
    await services.entries.log(cast.leo, LEOS, WALK.model_copy(update={'text': 'Leos egna ord'}))
    await services.replies.add(cast.fia, LEOS, 'a-reply-by-fia-00000', ReplyKind.QUESTION, 'När?')
    await services.replies.add(cast.leo, HERS, 'a-reply-by-leo-0000', ReplyKind.ANSWER, 'Leos hemliga svar')


def table(answer: httpx.Response) -> list[dict[str, str]]:
    """Return the rows of a CSV file."""
    return list(csv.DictReader(io.StringIO(answer.content.decode('utf-8-sig'), newline=''), delimiter=';'))


async def test_she_takes_along_what_is_hers_as_json(cast: Cast) -> None:
    await live(cast)
    fia = await cast.signed_in(cast.fia)
    answer = await fia.get('/me/export.json')
    assert answer.headers['content-disposition'] == 'attachment; filename="haren.json"'
    assert answer.headers['cache-control'] == 'no-store'
    own = answer.json()
    assert [entry['id'] for entry in own['entries']] == [HERS]
    assert (own['entries'][0]['site'], 'claim' in own['entries'][0]) == ('Kransmossen', False)
    assert [(said['text'], said['answers_entry']['text']) for said in own['replies']] == [('När?', 'Leos egna ord')]
    assert [notice['why'] for notice in own['notices']] == ['answered']
    assert {event['by'] for event in own['events'] if 'by' in event} <= {'fia', 'alva'}
    assert own['person']['name'] == 'Fia Fält'
    assert 'Leos hemliga svar' not in answer.text
    assert len(own['devices']) == 1


async def test_no_key_of_a_resident_goes_along_with_a_split(cast: Cast) -> None:
    for id in ('a-report-by-rut-0000', 'a-report-by-rolf-000'):
        case = (await send_report(cast.services, cast.glass.code, 'full', id)).case
    mark = next(one.mark for one in await cast.services.case_timeline.reports(case) if one.id.endswith('rut-0000'))
    await cast.services.case_acts.split(cast.fia, case.id, 'an-act-minted-split', [mark])
    fia = await cast.signed_in(cast.fia)
    answer = await fia.get('/me/export.json')
    assert [act['content']['kind'] for act in answer.json()['case_acts']] == ['split']
    for text in (answer.text, (await fia.get('/me/export.csv')).text):
        assert 'a-report-by' not in text


async def test_a_number_in_others_words_stays_covered(cast: Cast) -> None:
    for number, author in enumerate((cast.leo, cast.fia)):
        entry = f'{LEOS}-{number}'
        await cast.services.entries.log(author, entry, WALK.model_copy(update={'text': 'Ring 19811218-9876'}))
        await cast.services.replies.add(
            cast.fia, entry, f'a-reply-by-fia-0000{number}', ReplyKind.ANSWER, 'Det gör jag'
        )
    fia = await cast.signed_in(cast.fia)
    said = {reply['entry_id']: reply['answers_entry'] for reply in (await fia.get('/me/export.json')).json()['replies']}
    assert said[f'{LEOS}-0'] == {'kind': 'activity', 'text': f'Ring {MASK}'}
    assert said[f'{LEOS}-1']['text'] == 'Ring 19811218-9876'
    answers = [row for row in table(await fia.get('/me/export.csv')) if row['Vad'] == 'Svar']
    assert [f'Ring {MASK}' in row.values() for row in answers].count(True) == 1
    leo = await cast.signed_in(cast.leo)
    await cast.services.replies.add(cast.leo, f'{LEOS}-1', 'a-reply-by-leo-0000', ReplyKind.ANSWER, 'Jag med')
    (answer,) = (await leo.get('/me/export.json')).json()['replies']
    assert answer['answers_entry']['text'] == 'Ring 19811218-9876', 'she leads'


async def test_her_keys_for_programs_are_among_it_but_not_what_opens(cast: Cast) -> None:
    token, secret = await cast.services.access_tokens.make(cast.fia, 'Statistik', {Scope.READ})
    await cast.services.access_tokens.make(cast.leo, 'Leos nyckel', {Scope.READ})
    fia = await cast.signed_in(cast.fia)
    answer = await fia.get('/me/export.json')
    assert [key['name'] for key in answer.json()['access_keys']] == ['Statistik']
    for said in (answer.text, (await fia.get('/me/export.csv')).text):
        assert 'Statistik' in said
        assert not any(hidden in said for hidden in (secret, token.id, 'Leos nyckel'))


async def test_what_she_did_about_obstacles_is_among_it(cast: Cast) -> None:
    services, wall = cast.services, Content(kind=EntryKind.OBSTACLE, text='Ring 19811218-9876', obstacle_kind='culture')
    await services.entries.log(cast.leo, LEOS, wall)
    await services.obstacles.share(cast.fia, LEOS)
    await services.obstacles.raise_to(cast.leo, LEOS, 'Kommunen', 'Leos 19811218-9876', date(2026, 6, 1))
    await services.obstacles.ask_again(cast.fia, LEOS, date(2026, 7, 1))
    await services.obstacles.raise_to(cast.fia, LEOS, 'Länet', 'Fias 19811218-9876', date(2026, 6, 1))
    fia = await cast.signed_in(cast.fia)
    answer = await fia.get('/me/export.json')
    own, about = answer.json(), {'kind': 'obstacle', 'text': f'Ring {MASK}'}
    assert [(step['obstacle_id'], step['state'], step['to'], step['words']) for step in own['obstacle_steps']] == [
        (LEOS, 'raised', 'Kommunen', f'Leos {MASK}'),
        (LEOS, 'raised', 'Länet', 'Fias 19811218-9876'),
    ]
    assert [(share['obstacle_id'], share['about']) for share in own['obstacle_shares']] == [(LEOS, about)]
    assert own['obstacle_steps'][0]['about'] == about
    rows = [list(row.values()) for row in table(await fia.get('/me/export.csv'))]
    assert [row[4] for row in rows if row[0] == 'Steg'] == [f'Kommunen\nLeos {MASK}', 'Länet\nFias 19811218-9876']
    assert [(row[1], row[9]) for row in rows if row[0] == 'Jag också'] == [(LEOS, f'Ring {MASK}')]
    await services.entries.withdraw(cast.leo, LEOS)
    assert [share['about'] for share in (await fia.get('/me/export.json')).json()['obstacle_shares']] == [None]
    leo = (await (await cast.signed_in(cast.leo)).get('/me/export.json')).json()
    assert [step['to'] for step in leo['obstacle_steps']] == ['Kommunen']
    assert leo['obstacle_shares'] == []


async def test_excel_in_sweden_reads_the_csv(cast: Cast) -> None:
    await live(cast)
    await cast.services.people.prefer(cast.fia, 'sv', 'auto')
    answer = await (await cast.signed_in(cast.fia)).get('/me/export.csv')
    assert answer.content.startswith(b'\xef\xbb\xbf')
    assert b'\r\n' in answer.content
    assert answer.headers['content-type'] == 'text/csv; charset=utf-8'
    rows = table(answer)
    (entry,) = (row for row in rows if row['Vad'] == 'Inlägg')
    assert '\'=Gick runt; "allt" fint\n@Leo Ledare' in entry.values()
    assert '57,7046' in entry.values()
    assert '2026-05-04 14:00' in entry.values()
    assert 'Leos hemliga svar' not in answer.text
    assert not any(value.startswith(('=', '+', '-', '@')) for row in rows for value in row.values())


async def test_the_table_speaks_her_language(cast: Cast) -> None:
    services = cast.services
    await live(cast)
    await services.entries.log(cast.fia, f'{HERS}-2', WALK.model_copy(update={'roots': ('leadership', 'security')}))
    await services.entries.withdraw(cast.fia, f'{HERS}-2')
    token, _secret = await services.access_tokens.make(cast.fia, 'Statistik', set(Scope))
    await services.access_tokens.revoke(cast.fia, token.id)
    words = {}
    languages: tuple[Language, ...] = get_args(Language)
    for language in languages:
        fia = await services.people.prefer(cast.fia, language, 'auto')
        rows = table(await (await cast.signed_in(fia)).get('/me/export.csv'))
        kept = [column for number, column in enumerate(rows[0]) if COLUMNS[number] in ('type', 'kind', 'state')]
        words[language] = {row[column] for row in rows for column in kept} - {''}
        assert not [cell for cell in words[language] if re.search(r'[{}_]|^[a-z]+([.][a-z]+)?$|None', cell)]
    swedish, english = words['sv'], words['en']
    assert swedish & english == {'Person'}, 'a word of the other language'
    assert {'Inlägg', 'Svar', 'Spärrad', 'Tillbakataget', 'Fia Fält spärrade en av sina nycklar'} <= swedish
    assert {'Entry', 'Answer', 'Revoked', 'Withdrawn', 'Fia Fält revoked one of their keys'} <= english


@pytest.mark.parametrize(
    ('value', 'shown'),
    [
        ('=1+1', "'=1+1"), ('+46', "'+46"), ('-1', "'-1"), ('@Fia', "'@Fia"), ('\t=1', "'\t=1"), (' =1', "' =1"),
        ('1-2', '1-2'), (57.5, '57,5'), (-57.5, '-57,5'), ('', ''),
    ],
)  # fmt: skip
def test_no_cell_is_a_formula(value: object, shown: str) -> None:
    assert cell(value) == shown


async def test_one_file_is_made_at_a_time_for_each(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    fia, leo = await cast.signed_in(cast.fia), await cast.signed_in(cast.leo)
    go_on, begun, find = asyncio.Event(), asyncio.Event(), cast.services.context.store.find

    async def slowly(kind: type[Any], **where: Any) -> Any:
        if kind is Event:
            begun.set()
            await go_on.wait()
        return await find(kind, **where)

    monkeypatch.setattr(cast.services.context.store, 'find', slowly)
    first = asyncio.create_task(fia.get('/me/export.json'))
    await begun.wait()
    for path in ('/me/export.json', '/me/export.csv'):
        refused = await fia.get(path)
        assert refused.status_code == 503
        assert 'Your file is being made.' in refused.text
    others = asyncio.create_task(leo.get('/me/export.json'))
    go_on.set()
    assert (await first).status_code == (await others).status_code == 200
    assert (await fia.get('/me/export.csv')).status_code == 200


@pytest.mark.parametrize('path', ['/me/export.json', '/me/export.csv'])
async def test_strangers_get_nothing(cast: Cast, path: str) -> None:
    assert (await cast.browser().get(path)).status_code == 401
    assert (await cast.browser().post('/me/leave')).status_code == 401


async def test_she_leaves_and_her_browser_is_nobodys(cast: Cast) -> None:
    await live(cast)
    fia = await cast.signed_in(cast.fia)
    assert (await fia.get('/me/leave')).status_code in (404, 405)
    foreign = await fia.post('/me/leave', headers={'sec-fetch-site': 'cross-site'})
    assert foreign.status_code == 403
    answer = await fia.post('/me/leave')
    assert (answer.status_code, answer.headers['location']) == (303, '/')
    await cast.services.account_erasure.finish()
    assert await cast.services.context.store.get(Person, 'fia') is None
    assert (await fia.get('/me/export.json')).status_code == 401


async def test_the_last_administrator_is_told_why_not(cast: Cast) -> None:
    alva = await cast.signed_in(cast.alva)
    answer = await alva.post('/me/leave')
    assert answer.status_code == 422
    assert (await alva.get('/me/export.json')).status_code == 200
