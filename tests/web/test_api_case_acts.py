"""Test what staff do with cases over the API: each act once, refused in words, and never under another's name."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from app.domain.cases import Case
from tests.cast import Cast, send_report
from tests.sample_photos import photo

ID = 'a-client-minted-{:08}'


@pytest.fixture
async def case(cast: Cast) -> Case:
    for number in (1, 2):
        receipt = await send_report(cast.services, cast.glass.code, 'hard_to_reach', f'a-phone-minted-this-{number}')
    return receipt.case


@pytest.fixture
async def fia(cast: Cast) -> httpx.AsyncClient:
    return await cast.signed_in(cast.fia)


async def act(client: httpx.AsyncClient, case: Case, verb: str, number: int, **more: Any) -> httpx.Response:
    return await client.post(f'/api/v1/cases/{case.id}/{verb}', json={'id': ID.format(number), **more})


async def test_a_case_goes_its_way(cast: Cast, fia: httpx.AsyncClient, case: Case) -> None:
    steps: list[tuple[str, dict[str, Any], str]] = [
        ('assign', {'person_id': 'me'}, 'acknowledged'),
        ('promise', {'day': '2026-05-08'}, 'acknowledged'),
        ('pause', {'reason': 'part', 'words': 'Nytt lock'}, 'paused'),
        ('notes', {'text': 'Locket kommer på torsdag'}, 'paused'),
        ('resume', {}, 'acknowledged'),
        ('decline', {'words': 'Hinner inte'}, 'acknowledged'),
        ('assign', {'team_id': cast.collectors.id, 'seen': 99}, 'acknowledged'),
        ('close', {'outcome': 'not_ours', 'words': 'Trafikverket'}, 'closed'),
        ('reopen', {'words': 'Det var vårt'}, 'acknowledged'),
        ('close', {'outcome': 'fixed', 'public': True}, 'resolved'),
    ]
    for number, (verb, sent, state) in enumerate(steps):
        cast.clock.pass_(seconds=1)
        for _ in range(2):
            answer = await act(fia, case, verb, number, **sent)
            if verb == 'assign' and 'team_id' in sent:
                assert answer.status_code == 409  # the team has it
                break
            assert answer.status_code == 200, answer.text
            assert (answer.json()['act'], answer.json()['state']) == (ID.format(number), state)
    shown = await fia.put(f'/api/v1/cases/outcomes/{ID.format(9)}/photo', content=photo(), headers=JPEG)
    assert shown.status_code == 200
    assert (await cast.services.cases.get(case.id)).outcome_photo


JPEG = {'content-type': 'image/jpeg'}


@pytest.mark.parametrize(
    ('verb', 'sent', 'field'),
    [
        ('assign', {}, 'person_id'),
        ('assign', {'person_id': 'nobody'}, 'person_id'),
        ('assign', {'team_id': 'no-team'}, 'team_id'),
        ('promise', {'day': '2026-05-03'}, 'day'),
        ('pause', {}, 'reason'),
        ('pause', {'obstacle_id': 'no-such-obstacle'}, 'obstacle_id'),
        ('close', {'outcome': 'not_ours'}, 'words'),
        ('close', {'outcome': 'duplicate'}, 'duplicate_of'),
        ('merge', {'into_id': 'no-such-case'}, 'into_id'),
        ('split', {'report_ids': []}, 'report_ids'),
        ('notes', {'text': ' '}, 'text'),
    ],
)
async def test_a_mistake_is_told_at_its_field(
    fia: httpx.AsyncClient, case: Case, verb: str, sent: dict[str, Any], field: str
) -> None:
    refused = await act(fia, case, verb, 1, **sent)
    assert (refused.status_code, refused.json()['field']) == (422, field)


async def test_merge_split_and_undo(cast: Cast, fia: httpx.AsyncClient, case: Case) -> None:
    other = (await send_report(cast.services, cast.paper.code, 'full', 'a-phone-minted-this-3')).case
    assert (await act(fia, case, 'merge', 1, into_id=other.id)).json()['state'] == 'closed'
    assert (await cast.services.cases.get(other.id)).reports == 3
    assert (await act(fia, other, 'undo', 2, act_id=ID.format(1))).status_code == 200
    assert (await cast.services.cases.get(other.id)).reports == 1
    report, _ = await cast.services.case_timeline.reports(await cast.services.cases.get(case.id))
    made = (await act(fia, case, 'split', 3, report_ids=[report.mark])).json()['made_id']
    assert (await cast.services.cases.get(made)).reports == 1


async def test_without_a_body_it_is_as_it_was(cast: Cast, fia: httpx.AsyncClient, case: Case) -> None:
    for verb, state in (('acknowledge', 'acknowledged'), ('resolve', 'resolved'), ('reopen', 'acknowledged')):
        answer = await fia.post(f'/api/v1/cases/{case.id}/{verb}')
        assert (answer.status_code, answer.json()['state']) == (200, state)


async def test_what_came_too_late_says_who_was_first(cast: Cast, fia: httpx.AsyncClient, case: Case) -> None:
    await cast.services.case_acts.acknowledge(cast.leo, case.id, ID.format(1))
    refused = await act(fia, case, 'acknowledge', 2)
    assert refused.status_code == 409
    assert refused.json()['detail'] == 'Leo Ledare had taken this on already (14:00).'


async def test_an_act_waits_for_whoever_did_it(fia: httpx.AsyncClient, case: Case) -> None:
    sent = {'id': ID.format(1)}
    refused = await fia.post(f'/api/v1/cases/{case.id}/acknowledge', json=sent, headers={'haren-person': 'leo'})
    assert refused.status_code == 401


async def test_strangers_act_on_nothing(cast: Cast, case: Case) -> None:
    assert (await act(cast.browser(), case, 'close', 1, outcome='fixed')).status_code == 401
