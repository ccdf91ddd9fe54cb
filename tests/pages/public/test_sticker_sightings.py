"""What a scan leaves behind: staff are believed that the sticker hangs, strangers leave no trace."""

from __future__ import annotations

from datetime import datetime

import httpx
import pytest

from app.domain.events import Event, EventKind
from app.domain.people import Person
from tests.town import BASE, Town, words


async def seen_at(town: Town, code: str) -> datetime | None:
    return (await town.services.sites.sticker(code)).seen_at


async def look(browser: httpx.AsyncClient, path: str, **headers: str) -> str:
    answer = await browser.get(path, headers={name.replace('_', '-'): value for name, value in headers.items()})
    assert answer.status_code == 200
    return words(answer.text)


async def test_staff_of_every_role_see_a_sticker_by_scanning_it(town: Town) -> None:
    for person in (town.alva, town.lova, town.fia):
        town.clock.pass_(hours=2)
        page = await look(await town.signed_in(person), f'/Q/{town.glass.code}')
        assert 'Sticker seen.' in page
        assert await seen_at(town, town.glass.code) == town.clock.at


@pytest.mark.parametrize('spelling', ['/q/{}', '/Q/{}', '/q/{lower}', '/q/{head}-{tail}', '/Q/{head}%20{tail}'])
async def test_any_spelling_of_the_code_counts(town: Town, spelling: str) -> None:
    code = town.glass.code
    path = spelling.format(code, lower=code.lower(), head=code[:3], tail=code[3:])
    assert 'Sticker seen.' in await look(await town.signed_in(town.fia), path)
    assert await seen_at(town, code) == town.clock.at


async def test_the_places_own_sticker_counts_too(town: Town) -> None:
    page = await look(await town.signed_in(town.fia), f'/Q/{town.site.code}')
    assert 'Sticker seen.' in page
    assert await seen_at(town, town.site.code) == town.clock.at


async def test_an_old_sticker_is_seen_though_another_has_taken_its_place(town: Town) -> None:
    await town.services.sites.replace_sticker(town.alva, town.glass.id)
    await look(await town.signed_in(town.fia), f'/Q/{town.glass.code}')
    assert await seen_at(town, town.glass.code) == town.clock.at


async def test_strangers_leave_no_trace(town: Town) -> None:
    rut = town.browser()
    rut.cookies.set('haren', 'forged')
    for path in (f'/Q/{town.glass.code}', f'/q/{town.site.code}'):
        page = await look(rut, path)
        assert 'Sticker' not in page
        assert '/audit' not in (await rut.get(path)).text
    assert await seen_at(town, town.glass.code) is None
    assert EventKind.STICKER_SEEN not in [event.kind for event in await town.services.context.find_all(Event)]


async def test_a_program_that_only_looks_at_the_headers_sees_nothing(town: Town) -> None:
    fia = await town.signed_in(town.fia)
    assert (await fia.head(f'/Q/{town.glass.code}')).status_code == 200
    assert await seen_at(town, town.glass.code) is None


@pytest.mark.parametrize('name', ['sec-purpose', 'purpose'])
async def test_a_browser_that_fetches_ahead_sees_nothing(town: Town, name: str) -> None:
    fia = await town.signed_in(town.fia)
    await look(fia, f'/Q/{town.glass.code}', **{name: 'prefetch;prerender'})
    assert await seen_at(town, town.glass.code) is None


async def test_whoever_follows_a_link_of_ours_may_be_miles_away(town: Town) -> None:
    fia = await town.signed_in(town.fia)
    page = await look(fia, f'/q/{town.glass.code}', referer=f'{BASE}/feed')
    assert 'Sticker seen.' not in page
    assert 'All stickers of this place' in page
    assert await seen_at(town, town.glass.code) is None
    await look(fia, f'/q/{town.glass.code}', referer='https://scanner.example/')
    assert await seen_at(town, town.glass.code) == town.clock.at


async def test_what_is_done_on_the_page_is_no_second_look(town: Town) -> None:
    fia = await town.signed_in(town.fia)
    refused = await fia.post(f'/q/{town.glass.code}', data={'problem': 'no such problem'})
    assert refused.status_code == 422
    assert await seen_at(town, town.glass.code) is None


async def test_a_second_scan_within_the_hour_reads_the_same_and_keeps_nothing(town: Town) -> None:
    fia, first = await town.signed_in(town.fia), town.clock.at
    await look(fia, f'/Q/{town.glass.code}')
    town.clock.pass_(minutes=20)
    assert 'Sticker seen.' in await look(fia, f'/Q/{town.glass.code}')
    assert await seen_at(town, town.glass.code) == first


async def test_during_a_round_the_page_tells_how_far_it_is_and_leads_back(town: Town) -> None:
    fia = await town.signed_in(town.fia)
    page = await look(fia, f'/Q/{town.paper.code}')
    assert 'Sticker seen. All stickers of this place' in page
    town.clock.pass_(minutes=1)
    await town.services.sticker_audit.begin_round(town.fia, town.site.id)
    town.clock.pass_(minutes=1)
    for number, code in enumerate((town.glass.code, town.paper.code, town.site.code), 1):
        assert f'Sticker seen. {number} of 3 seen in this round. Back to the round' in await look(fia, f'/Q/{code}')
    assert 'href="/audit?site=kransmossen"' in (await fia.get(f'/q/{town.glass.code}')).text


async def test_a_fault_in_it_keeps_no_page_from_being_shown(
    town: Town, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def stumble(person: Person, code: str) -> None:
        raise RuntimeError

    monkeypatch.setattr(town.services.sites, 'see_sticker', stumble)
    page = await look(await town.signed_in(town.fia), f'/Q/{town.glass.code}')
    assert 'Färgat glas 1' in page
    assert 'Sticker seen.' not in page
    assert 'a sighting failed' in caplog.text
