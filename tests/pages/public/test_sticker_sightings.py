"""Test sightings: a scan by staff shows that the sticker hangs, and a scan by a stranger leaves no trace."""

from __future__ import annotations

from datetime import datetime

import httpx
import pytest

from app.domain.events import Event, EventKind
from app.domain.people import Person
from tests.cast import WEBSITE, Cast
from tests.public_pages import words


async def seen_at(cast: Cast, code: str) -> datetime | None:
    return (await cast.services.sites.sticker(code)).seen_at


async def look(browser: httpx.AsyncClient, path: str, **headers: str) -> str:
    answer = await browser.get(path, headers={name.replace('_', '-'): value for name, value in headers.items()})
    assert answer.status_code == 200
    return words(answer.text)


async def test_staff_of_every_role_see_a_sticker_by_scanning_it(cast: Cast) -> None:
    for person in (cast.alva, cast.leo, cast.fia):
        cast.clock.pass_(hours=2)
        page = await look(await cast.signed_in(person), f'/Q/{cast.glass.code}')
        assert 'Sticker seen.' in page
        assert await seen_at(cast, cast.glass.code) == cast.clock.at


@pytest.mark.parametrize('spelling', ['/q/{}', '/Q/{}', '/q/{lower}', '/q/{head}-{tail}', '/Q/{head}%20{tail}'])
async def test_any_spelling_of_the_code_counts(cast: Cast, spelling: str) -> None:
    code = cast.glass.code
    path = spelling.format(code, lower=code.lower(), head=code[:3], tail=code[3:])
    assert 'Sticker seen.' in await look(await cast.signed_in(cast.fia), path)
    assert await seen_at(cast, code) == cast.clock.at


async def test_the_places_own_sticker_counts_too(cast: Cast) -> None:
    page = await look(await cast.signed_in(cast.fia), f'/Q/{cast.kransmossen.code}')
    assert 'Sticker seen.' in page
    assert await seen_at(cast, cast.kransmossen.code) == cast.clock.at


async def test_an_old_sticker_is_seen_though_another_has_taken_its_place(cast: Cast) -> None:
    await cast.services.sites.replace_sticker(cast.alva, cast.glass.id)
    await look(await cast.signed_in(cast.fia), f'/Q/{cast.glass.code}')
    assert await seen_at(cast, cast.glass.code) == cast.clock.at


async def test_strangers_leave_no_trace(cast: Cast) -> None:
    rut = cast.browser()
    rut.cookies.set('haren', 'forged')
    for path in (f'/Q/{cast.glass.code}', f'/q/{cast.kransmossen.code}'):
        page = await look(rut, path)
        assert 'Sticker' not in page
        assert '/audit' not in (await rut.get(path)).text
    assert await seen_at(cast, cast.glass.code) is None
    assert EventKind.STICKER_SEEN not in [event.kind for event in await cast.services.context.find_all(Event)]


async def test_a_program_that_only_looks_at_the_headers_sees_nothing(cast: Cast) -> None:
    fia = await cast.signed_in(cast.fia)
    assert (await fia.head(f'/Q/{cast.glass.code}')).status_code == 200
    assert await seen_at(cast, cast.glass.code) is None


@pytest.mark.parametrize('name', ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'])
@pytest.mark.parametrize('purpose', ['prefetch;prerender', 'prerender', 'prefetch;anonymous-client-ip', 'preview'])
async def test_a_browser_that_fetches_ahead_sees_nothing(cast: Cast, name: str, purpose: str) -> None:
    fia = await cast.signed_in(cast.fia)
    await look(fia, f'/Q/{cast.glass.code}', **{name: purpose})
    assert await seen_at(cast, cast.glass.code) is None


@pytest.mark.parametrize(
    'headers',
    [
        {'sec-fetch-site': 'cross-site'},
        {'sec-fetch-site': 'same-site'},
        {'sec-fetch-site': 'cross-site', 'referer': f'{WEBSITE}/feed'},
        {'referer': 'https://evil.example/'},
        {'referer': 'http://[::1'},
        {'referer': 'evil'},
    ],
)
async def test_another_website_can_lead_staff_anywhere_and_shows_nothing(cast: Cast, headers: dict[str, str]) -> None:
    fia = await cast.signed_in(cast.fia)
    for path in (f'/Q/{cast.glass.code}', f'/q/{cast.glass.code}'):
        assert 'Sticker seen.' not in await look(fia, path, **headers)
    assert await seen_at(cast, cast.glass.code) is None


async def test_whoever_follows_a_link_of_ours_may_be_miles_away(cast: Cast) -> None:
    fia = await cast.signed_in(cast.fia)
    page = await look(fia, f'/q/{cast.glass.code}', referer=f'{WEBSITE}/feed')
    assert 'Sticker seen.' not in page
    assert 'All stickers here' in page
    assert await seen_at(cast, cast.glass.code) is None
    await look(fia, f'/q/{cast.glass.code}', **{'sec-fetch-site': 'none'})
    assert await seen_at(cast, cast.glass.code) == cast.clock.at


async def test_what_is_done_on_the_page_is_no_second_look(cast: Cast) -> None:
    fia = await cast.signed_in(cast.fia)
    refused = await fia.post(f'/q/{cast.glass.code}', data={'problem': 'no such problem'})
    assert refused.status_code == 422
    assert await seen_at(cast, cast.glass.code) is None


async def test_a_second_scan_within_the_hour_reads_the_same_and_keeps_nothing(cast: Cast) -> None:
    fia, first = await cast.signed_in(cast.fia), cast.clock.at
    await look(fia, f'/Q/{cast.glass.code}')
    cast.clock.pass_(minutes=20)
    assert 'Sticker seen.' in await look(fia, f'/Q/{cast.glass.code}')
    assert await seen_at(cast, cast.glass.code) == first


async def test_during_a_round_the_page_tells_how_far_it_is_and_leads_back(cast: Cast) -> None:
    fia = await cast.signed_in(cast.fia)
    page = await look(fia, f'/Q/{cast.paper.code}')
    assert 'Sticker seen. All stickers here' in page
    cast.clock.pass_(minutes=1)
    await cast.services.sticker_audit.begin_round(cast.fia, cast.kransmossen.id)
    cast.clock.pass_(minutes=1)
    for number, code in enumerate((cast.glass.code, cast.paper.code, cast.kransmossen.code), 1):
        assert f'Sticker seen. Seen in this round: {number} of 3. Back to the round' in await look(fia, f'/Q/{code}')
    assert 'href="/audit?site=kransmossen"' in (await fia.get(f'/q/{cast.glass.code}')).text


async def test_a_fault_in_it_keeps_no_page_from_being_shown(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail(person: Person, code: str) -> None:
        raise RuntimeError

    monkeypatch.setattr(cast.services.sites, 'see_sticker', fail)
    page = await look(await cast.signed_in(cast.fia), f'/Q/{cast.glass.code}')
    assert 'Färgat glas' in page
    assert 'Sticker seen.' not in page
    assert 'a sighting failed' in caplog.text
