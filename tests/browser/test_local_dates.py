"""Test that days and times in browsers are those of Sweden, wherever the device is."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Open, are_ready

DAYS = """async ([iso, now]) => {
    const { dayName, exactTime } = await import('haren/lib/time.js');
    const { toLocal, fromLocal, daysBetween } = await import('haren/lib/local-dates.js');
    const typed = toLocal(iso);
    return [typed, daysBetween(iso, now), dayName(iso, now, { today: 'today', yesterday: 'yesterday' }),
            exactTime(iso), fromLocal(typed).toISOString()];
}"""
TYPED = """async (texts) => {
    const { fromLocal } = await import('haren/lib/local-dates.js');
    return texts.map((text) => fromLocal(text).toISOString().slice(0, 16));
}"""
AGO = """async (moments) => {
    const { ago } = await import('haren/lib/time.js');
    return moments.map((moment) => ago(moment, new Date('2026-12-10T12:00Z'), 'just now'));
}"""
MORNING = """async (now) => {
    const { entryItem } = await import('haren/entry-form/entry-item.js');
    const draft = { id: '0123456789abcdef', kind: 'activity', roots: [], partners: [], photos: [], when: 'morning' };
    return entryItem(draft, 'fia', 'en', new Date(now)).body.happened_at;
}"""


@pytest.mark.parametrize('zone', ['Europe/Stockholm', 'America/Los_Angeles', 'Pacific/Kiritimati', 'UTC'])
def test_days_and_times_are_those_of_sweden(sign_in: Open, zone: str) -> None:
    page = sign_in('fia', timezone_id=zone)
    page.goto('/log')
    are_ready(page)
    days = page.evaluate(DAYS, ['2026-12-31T23:30:00.000Z', '2027-01-01T22:30:00Z'])
    assert days[:3] == ['2027-01-01T00:30', 0, 'today']
    assert '2027' in days[3]
    assert '00:30' in days[3]
    assert days[4] == '2026-12-31T23:30:00.000Z'
    # Over the nights in which the clocks change, whose days are of 23 and 25 hours.
    assert page.evaluate(DAYS, ['2026-03-28T22:30:00.000Z', '2026-03-29T21:30:00Z'])[1:3] == [1, 'yesterday']
    assert page.evaluate(DAYS, ['2026-10-24T21:30:00.000Z', '2026-10-25T22:30:00Z'])[1:3] == [1, 'yesterday']
    assert page.evaluate(DAYS, ['2026-10-24T22:30:00.000Z', '2026-10-25T22:30:00Z'])[1:3] == [0, 'today']
    typed = ['2026-07-01T12:00', '2026-12-01T12:00', '2026-03-29T02:30', '2026-10-25T02:30', '2027-01-01T00:30']
    assert page.evaluate(TYPED, typed) == [
        '2026-07-01T10:00', '2026-12-01T11:00', '2026-03-29T01:30', '2026-10-25T00:30', '2026-12-31T23:30',
    ]  # fmt: skip
    moments = ['2026-12-09T13:00Z', '2026-12-09T11:00Z', '2026-12-08T23:30Z', '2026-12-08T20:00Z']
    assert page.evaluate(AGO, moments) == ['för 23 timmar sedan', 'i går', 'i går', 'i förrgår']
    assert page.evaluate(MORNING, '2026-03-29T10:00:00Z') == '2026-03-29T06:00:00.000Z'
    assert page.evaluate(MORNING, '2026-10-25T10:00:00Z') == '2026-10-25T07:00:00.000Z'
    assert page.evaluate(MORNING, '2026-12-31T23:30:00Z') == '2026-12-31T23:30:00.000Z'
