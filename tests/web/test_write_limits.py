"""Test that staff can write far more than people do, and no more than that, whichever way they write."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from app.domain.access_tokens import Scope
from app.domain.errors import TooOften
from app.domain.token_buckets import RateLimit
from app.services.spam_filter import RateLimits
from app.services.write_limits import WriteLimits
from tests.cast import Cast

LIMITS = RateLimits()
DEVICE = int(LIMITS.staff_device.at_once)
PERSON = int(LIMITS.staff_person.at_once)


def entry(number: int) -> dict[str, Any]:
    return {'id': f'a-phone-minted-this-{number}', 'kind': 'observation', 'text': f'Glas {number}'}


async def log(browser: httpx.AsyncClient, number: int) -> httpx.Response:
    return await browser.post('/api/v1/entries', json=entry(number))


@pytest.fixture
def pressed(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Set the clock of the limits. Its one item is the time."""
    now = [0.0]
    monkeypatch.setattr(cast.services.write_limits, '_now', lambda: now[0])
    return now


async def test_a_device_can_write_a_lot_and_then_is_asked_to_wait(cast: Cast, pressed: list[float]) -> None:
    fia = await cast.signed_in(cast.fia)
    assert {(await fia.get('/api/v1/me')).status_code for _ in range(2 * DEVICE)} == {200}, 'reading is free'
    answers = [await log(fia, number) for number in range(DEVICE + 5)]
    assert [answer.status_code for answer in answers] == [201] * DEVICE + [429] * 5
    refused = answers[-1]
    assert (refused.json()['status'], refused.headers['content-type']) == (429, 'application/problem+json')
    wait = int(refused.headers['retry-after'])
    assert 1 <= wait <= 60
    pressed[0] += wait
    assert (await log(fia, DEVICE)).status_code == 201, 'it is worth sending again when it says so'


async def test_a_person_with_many_keys_has_no_more_than_one(cast: Cast, pressed: list[float]) -> None:
    kept = 0
    for number in range(3):
        _, secret = await cast.services.access_tokens.make(cast.fia, f'Räknare {number}', {Scope.LOG})
        program = cast.browser()
        program.headers['authorization'] = f'Bearer {secret}'
        for each in range(DEVICE):
            kept += (await log(program, number * DEVICE + each)).status_code == 201
    assert kept == PERSON
    assert (await log(await cast.signed_in(cast.leo), 999)).status_code == 201, 'colleagues go on'


@pytest.mark.parametrize('way', ['entry', 'reply', 'report', 'form', 'case', 'step'])
async def test_every_way_of_writing_counts(cast: Cast, pressed: list[float], way: str) -> None:
    fia = await cast.signed_in(cast.fia)
    (device,) = await cast.services.people.devices('fia')
    for _ in range(DEVICE):
        cast.services.write_limits.take('fia', device.id)
    code, id = cast.glass.code, 'a-phone-minted-this-1'
    answers = {
        'entry': lambda: log(fia, 1),
        'reply': lambda: fia.post(f'/api/v1/entries/{id}/replies', json={'id': id, 'kind': 'thanks'}),
        'report': lambda: fia.post('/api/v1/reports', json={'id': id, 'code': code, 'problem': 'full'}),
        'form': lambda: fia.post(f'/q/{code}', data={'id': id, 'problem': 'full'}),
        'case': lambda: fia.post('/api/v1/cases/2026-1/acknowledge'),
        'step': lambda: fia.post(f'/api/v1/obstacles/{id}/share'),
    }
    assert (await answers[way]()).status_code == 429
    strangers = await cast.browser().post(f'/q/{code}', data={'id': id, 'problem': 'full'})
    assert strangers.status_code == 303, 'residents have limits of their own'


def test_the_buckets_forget_nothing_that_matters() -> None:
    now = 0.0
    limits = WriteLimits(
        LIMITS._replace(staff_person=RateLimit(3, 3_600), staff_device=RateLimit(2, 3_600)), lambda: now
    )
    for _ in range(2):
        limits.take('fia', 'phone')
    for _ in range(10):
        with pytest.raises(TooOften):
            limits.take('fia', 'phone')  # what is refused does not count
    limits.take('fia', 'tablet')
    with pytest.raises(TooOften):
        limits.take('fia', 'tablet')
    now += 1
    limits.take('fia', 'phone')
