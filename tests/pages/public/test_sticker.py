"""Test the page of a sticker. Rut is a resident at the container; Rolf comes after her. Fia and Leo are staff."""

from __future__ import annotations

import base64
import hashlib
import re
from datetime import date

import httpx
import pytest

from app.domain.case_handling import promise
from app.domain.case_states import CaseState
from app.domain.sites import Asset
from app.i18n import LANGUAGES
from components import js_assets
from tests.cast import ELSEWHERE, Cast
from tests.public_pages import alert, form_id, heading, report, send, tap, words

LIMIT = 14_000
"""Bytes of the whole answer: what fits into the first round trip of a connection (ten segments)."""


async def test_rut_reports_with_one_tap_and_is_thanked(cast: Cast) -> None:
    rut = cast.browser()
    answer = await tap(cast, rut, cast.glass, 'full')
    assert answer.status_code == 303
    thanks = await rut.get(answer.headers['location'])
    assert 'Thank you!' in thanks.text
    assert 'Case number: 2026-1.' in thanks.text
    assert 'Insamlingen has received the report.' in thanks.text
    assert [case.problem for case in await cast.services.cases.open()] == ['full']


async def test_the_page_says_what_it_is_and_that_nothing_is_reported(cast: Cast) -> None:
    page = (await cast.browser().get(f'/q/{cast.glass.code}')).text
    assert heading(page) == 'Färgat glas'
    assert 'Coloured glass' in page
    assert 'href="/s/kransmossen"' in page
    assert 'Nothing reported' in page
    assert 'Urgent? Call 033-00 00 00.' in page
    assert 'No account and no cookies.' in page
    assert 'We never ask you to sign in or pay.' in page


async def test_a_kind_that_the_name_says_already_is_not_repeated(cast: Cast) -> None:
    page = (await cast.browser('sv').get(f'/q/{cast.glass.code}')).text
    assert page.count('Färgat glas') == page.count('Färgat glas')


async def test_it_says_how_it_is_with_count_and_age_and_who_has_seen_it(cast: Cast) -> None:
    rut = cast.browser()
    for _ in range(3):
        await tap(cast, rut, cast.glass, 'full')
    cast.clock.pass_(minutes=40)
    page = words((await rut.get(f'/q/{cast.glass.code}')).text)
    assert 'Full 3 have reported it · 40 minutes ago' in page
    assert 'is taking care' not in page
    (case,) = await cast.services.cases.open()
    await cast.services.cases.acknowledge(cast.fia, case.id)
    page = words((await rut.get(f'/q/{cast.glass.code}')).text)
    assert 'Insamlingen is taking care of it.' in page
    assert 'Fia' not in page


async def test_what_is_reported_already_can_be_confirmed_with_one_tap(cast: Cast) -> None:
    rut, rolf = cast.browser(), cast.browser(address=ELSEWHERE)
    assert 'Still full' not in (await rut.get(f'/q/{cast.glass.code}')).text
    await tap(cast, rut, cast.glass, 'full')
    assert 'Still full' in (await rolf.get(f'/q/{cast.glass.code}')).text
    await tap(cast, rolf, cast.glass, 'full')
    (case,) = await cast.services.cases.open()
    assert (case.state, case.reports) == (CaseState.CONFIRMED, 2)


async def test_it_says_when_it_was_last_fixed(cast: Cast) -> None:
    rut = cast.browser()
    await tap(cast, rut, cast.glass, 'full')
    (case,) = await cast.services.cases.open()
    await cast.services.cases.resolve(cast.fia, case.id)
    cast.clock.pass_(days=3)
    assert 'Last emptied: 3 days ago' in words((await rut.get(f'/q/{cast.glass.code}')).text)


async def test_a_sticker_that_was_replaced_still_works_and_names_the_newer_one(cast: Cast) -> None:
    old = cast.glass
    new = await cast.services.sites.replace_sticker(cast.alva, old.id)
    page = (await cast.browser().get(f'/q/{old.code}')).text
    assert f'{new.code[:3]} {new.code[3:]}' in page
    assert heading(page) == 'Färgat glas'
    assert (await tap(cast, cast.browser(), old, 'full')).status_code == 303


async def test_the_sticker_of_something_taken_away_leads_to_what_is_left(cast: Cast) -> None:
    rut = cast.browser()
    shown = await rut.get(f'/q/{cast.glass.code}')
    await cast.services.sites.retire_asset(cast.alva, cast.glass.id)
    page = (await rut.get(f'/q/{cast.glass.code}')).text
    assert 'Färgat glas has been removed.' in page
    assert f'href="/q/{cast.paper.code}"' in page
    late = await send(rut, cast.glass, id=form_id(shown.text), problem='full')
    assert late.status_code == 410
    assert alert(late.text) == 'This has been removed. You can report something else at the same place.'
    assert not await cast.services.cases.open()


async def test_a_sites_code_lists_what_stands_there(cast: Cast) -> None:
    rut = cast.browser()
    await tap(cast, rut, cast.paper, 'full')
    page = await rut.get(f'/q/{cast.kransmossen.code}')
    assert page.status_code == 200
    assert 'Färgat glas Coloured glass Nothing reported' in words(page.text)
    assert 'Tidningar Newspapers Full 1 has reported it · just now' in words(page.text)
    assert f'href="/q/{cast.glass.code}"' in page.text


async def test_the_same_request_twice_is_one_report(cast: Cast) -> None:
    rut = cast.browser()
    id = form_id((await rut.get(f'/q/{cast.glass.code}')).text)
    first = await send(rut, cast.glass, id=id, problem='full')
    again = await send(rut, cast.glass, id=id, problem='full')
    assert first.headers['location'] == again.headers['location'] == f'/q/{cast.glass.code}/thanks/{id}-full'
    (case,) = await cast.services.cases.open()
    assert case.reports == 1


async def test_whoever_goes_back_can_report_a_second_thing(cast: Cast) -> None:
    rut = cast.browser()
    kept_by_the_browser = (await rut.get(f'/q/{cast.glass.code}')).text
    for problem in ('full', 'litter_around'):
        id = form_id(kept_by_the_browser)
        assert (await send(rut, cast.glass, id=id, problem=problem)).status_code == 303
    assert len(await cast.services.cases.open()) == 2


@pytest.mark.parametrize('path', ['/q/{}', '/Q/{}'])
async def test_a_code_may_be_spelled_carelessly(cast: Cast, path: str) -> None:
    asset = await _asset_with_a_zero(cast)
    for spelled in (asset.code, asset.code.lower(), asset.code.replace('0', 'O'), f'{asset.code[:3]}-{asset.code[3:]}'):
        page = await cast.browser().get(path.format(spelled))
        assert page.status_code == 200
        assert heading(page.text) == asset.name


async def test_the_field_leads_to_the_code_that_was_typed(cast: Cast) -> None:
    rut, code = cast.browser(), cast.glass.code
    for typed in (code.lower(), f' {code[:3]} {code[3:]} ', f'haren.test/q/{code}'):
        answer = await rut.get('/q', params={'code': typed})
        assert (answer.status_code, answer.headers['location']) == (303, f'/q/{code}')
    assert (await rut.get('/q', params={'code': code, 'lang': 'sv'})).headers['location'] == f'/q/{code}?lang=sv'


@pytest.mark.parametrize('language', LANGUAGES)
async def test_everything_fits_in_one_small_answer_without_cookie(cast: Cast, language: str) -> None:
    rut = cast.browser(language)
    kind = cast.services.context.base_catalogue.asset_kind(cast.glass.kind)
    for problem in kind.problems:
        await tap(cast, rut, cast.glass, problem)
    for case in await cast.services.cases.open():
        await cast.services.cases.acknowledge(cast.fia, case.id)
        seen = await cast.services.cases.get(case.id)
        promised = promise(seen, date(2026, 12, 24), cast.services.context.stamp(cast.fia))
        await cast.services.context.store.save(*promised)
    page = await rut.get(f'/q/{cast.glass.code}', headers={'accept-encoding': 'identity'})
    print(language, _on_the_wire(page), 'bytes')
    assert _on_the_wire(page) < LIMIT
    assert 'set-cookie' not in page.headers
    assert page.headers['cache-control'] == 'no-store'
    assert re.findall('<script.*?src="([^"]*)"', page.text) == [js_assets.address('public/main.js')]
    assert ' style=' not in page.text
    assert not re.findall(r'(?:src|srcset|action|data)="(?:https?:)?//', page.text)
    loaded = [link for link in re.findall('<link [^>]*>', page.text) if 'rel="alternate"' not in link]
    assert re.findall(r'href="([^"]{5})', ''.join(loaded)) == ['data:']


@pytest.mark.parametrize(('language', 'path'), [('en', '/q/{}'), ('ar', '/q/{}'), ('ar', '/'), ('en', '/')])
async def test_the_policy_lets_nothing_in_but_the_pages_own_style(cast: Cast, language: str, path: str) -> None:
    page = await cast.browser(language).get(path.format(cast.glass.code))
    policy = page.headers['content-security-policy']
    style = re.search(r'<style>(.*?)</style>', page.text, re.DOTALL)
    assert style
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert page.headers['x-content-type-options'] == 'nosniff'


async def test_the_chosen_language_stays(cast: Cast) -> None:
    rut = cast.browser('sv')
    page = (await rut.get(f'/q/{cast.glass.code}', params={'lang': 'en'})).text
    assert '<html lang="en" dir="ltr">' in page
    assert f'action="/q/{cast.glass.code}?lang=en"' in page
    assert '<a href="?lang=sv" lang="sv">Svenska</a>' in page
    answer = await rut.post(
        f'/q/{cast.glass.code}?lang=en', data={'id': form_id(page), 'problem': 'full'}, follow_redirects=True
    )
    assert 'Thank you!' in answer.text
    assert answer.url.params['lang'] == 'en'


async def test_it_speaks_swedish_where_nobody_asks_for_anything_else(cast: Cast) -> None:
    page = (await cast.browser('de').get(f'/q/{cast.glass.code}')).text
    assert '<html lang="sv" dir="ltr">' in page
    assert 'Det är fullt' in page
    assert 'Bråttom? Ring 033-00 00 00.' in page


async def _asset_with_a_zero(cast: Cast) -> Asset:
    asset = cast.glass
    while '0' not in asset.code:
        asset = await cast.services.sites.replace_sticker(cast.alva, asset.id)
    return asset


def _on_the_wire(answer: httpx.Response) -> int:
    """Return the size in bytes of a response over HTTP/1.1, with the two headers that uvicorn adds."""
    head = sum(len(f'{name}: {value}\r\n'.encode()) for name, value in answer.headers.items())
    return (
        len(b'HTTP/1.1 200 OK\r\ndate: Mon, 04 May 2026 08:00:00 GMT\r\nserver: uvicorn\r\n\r\n')
        + head
        + len(answer.content)
    )


async def test_rolf_says_still_full_or_fine_now(cast: Cast) -> None:
    await tap(cast, cast.browser(), cast.glass, 'full')
    rolf, rita = cast.browser(), cast.browser(address=ELSEWHERE)
    shown = (await rolf.get(f'/q/{cast.glass.code}')).text
    assert 'Still full' in words(shown)
    assert 'It’s fine now' in words(shown)
    for browser in (rolf, rita):
        id = form_id((await browser.get(f'/q/{cast.glass.code}')).text)
        cast.clock.pass_(seconds=3)
        answer = await send(browser, cast.glass, id=id, fine='full')
        assert answer.headers['location'].endswith(f'{id}-full-fine')
    page = words((await rolf.get(f'/q/{cast.glass.code}')).text)
    assert 'Nothing reported' in page
    assert 'Last emptied:' in page


async def test_one_word_that_it_is_fine_is_shown_beside_the_count(cast: Cast) -> None:
    await tap(cast, cast.browser(), cast.glass, 'full')
    id = form_id((await cast.browser().get(f'/q/{cast.glass.code}')).text)
    cast.clock.pass_(seconds=3)
    await send(cast.browser(), cast.glass, id=id, fine='full')
    page = words((await cast.browser().get(f'/q/{cast.glass.code}')).text)
    assert '1 person says it’s fine now.' in page


async def test_it_says_what_is_usual_here(cast: Cast) -> None:
    for hours in (2, 20, 21):
        await tap(cast, cast.browser(), cast.glass, 'full')
        (case,) = await cast.services.cases.open()
        cast.clock.pass_(hours=hours)
        await cast.services.cases.resolve(cast.fia, case.id)
        cast.clock.pass_(days=1)
    await tap(cast, cast.browser(), cast.glass, 'full')
    cast.clock.pass_(minutes=40)
    page = words((await cast.browser().get(f'/q/{cast.glass.code}')).text)
    assert 'Full 1 has reported it · 40 minutes ago · usually emptied within a day' in page


async def test_who_comes_back_from_the_thanks_confirms_nothing(cast: Cast) -> None:
    rut = cast.browser()
    thanks = (await rut.get(await report(cast, rut, cast.glass, 'full'))).text
    back = re.search(r'href="(/q/[^"]+[?]again=[^"]+)"', thanks)
    assert back
    page = (await rut.get(back[1])).text
    mine = re.search(r'name="again" value="([^"]+)"', page)
    assert mine
    cast.clock.pass_(seconds=3)
    await send(rut, cast.glass, id=form_id(page), problem='full', again=mine[1])
    (case,) = await cast.services.cases.open()
    assert (case.reports, case.state) == (1, CaseState.REPORTED)


WAITS = {
    'en': 'Your report waits until somebody has looked at it.',
    'sv': 'Din anmälan väntar tills någon har tittat på den.',
    'fi': 'Ilmoituksesi odottaa, kunnes joku on katsonut sen.',
    'ar': 'بلاغك في الانتظار إلى أن يطّلع عليه أحد.',
    'uk': 'Ваше повідомлення чекає, доки його хтось перегляне.',
    'so': 'Warbixintaadu way sugaysaa ilaa qof eego.',
}


@pytest.mark.parametrize('trap', [{'website': 'https://spam.example'}, {'subject': 'rut@example.org'}, {}], ids=str)
@pytest.mark.parametrize('problem', ['full', 'litter_around'])
async def test_whoever_is_held_is_told_that_the_report_waits(cast: Cast, trap: dict[str, str], problem: str) -> None:
    await tap(cast, cast.browser(address=ELSEWHERE), cast.glass, 'full')  # so that one of the two has a case
    answer = await _send_what_is_held(cast, trap, problem)
    assert answer.status_code == 303
    for language, sentence in WAITS.items():
        page = words((await cast.browser(language).get(answer.headers['location'])).text)
        assert sentence in page
        assert '2026-1' not in page
    thanks = words((await cast.browser().get(answer.headers['location'])).text)
    assert 'Thank you!' in thanks
    assert 'You need not send it again.' in thanks
    glass = [case for case in await cast.services.cases.open() if case.asset_id == cast.glass.id]
    assert [(case.problem, case.reports) for case in glass] == [('full', 1)]
    noted = await cast.browser().post(f'{answer.headers["location"]}/note', data={'note': 'Jag finns'})
    assert noted.status_code == 303
    assert 'Jag finns' in (await cast.browser().get(answer.headers['location'])).text


async def _send_what_is_held(cast: Cast, trap: dict[str, str], problem: str) -> httpx.Response:
    """Send a report that fills in a trap, or one that comes too fast after many others."""
    rut = cast.browser()
    for number in range(0 if trap else 5):
        await send(rut, cast.paper, id=f'a-machine-minted-{number}', problem='full')
    id = form_id((await rut.get(f'/q/{cast.glass.code}')).text)
    if trap:
        cast.clock.pass_(seconds=2)
    return await send(rut, cast.glass, id=id, problem=problem, **trap)


async def test_who_is_not_held_is_told_no_such_thing(cast: Cast) -> None:
    rut = cast.browser()
    assert WAITS['en'] not in (await rut.get(await report(cast, rut, cast.glass, 'full'))).text


@pytest.mark.parametrize(('subject', 'held'), [('', False), ('rut@example.org', True)])
async def test_programs_learn_whether_a_report_is_held(cast: Cast, subject: str, held: bool) -> None:
    rut = cast.browser()
    stamp = (await rut.get('/api/v1/stamp')).json()['stamp']
    cast.clock.pass_(seconds=2)
    sent = {'id': 'a-phone-minted-this', 'code': cast.glass.code, 'problem': 'full', 'stamp': stamp, 'subject': subject}
    for _ in range(2):
        answer = await rut.post('/api/v1/reports', json=sent)
        assert (answer.status_code, answer.json().get('held', False)) == (201, held)


async def test_password_managers_find_nothing_to_fill_in(cast: Cast) -> None:
    page = (await cast.browser().get(f'/q/{cast.glass.code}')).text
    (field,) = re.findall(r'<p hidden>(<input [^>]*>)', page)
    assert {'data-1p-ignore', 'data-lpignore="true"', 'data-bwignore', 'autocomplete="off"'} <= set(field.split())
    assert not re.search('name="(?:url|website|e?mail|user|name|tel|phone|address|company|city|zip)', field)


async def test_each_of_several_problems_has_its_own_two_buttons(cast: Cast) -> None:
    rut = cast.browser()
    for problem in ('full', 'litter_around'):
        await tap(cast, rut, cast.glass, problem)
    page = (await rut.get(f'/q/{cast.glass.code}')).text
    cards = re.findall(r'<section class="state.*?</section>', page, re.DOTALL)
    assert [re.findall(r'name="(\w+)" value="(\w+)"', card) for card in cards] == [
        [('problem', problem), ('fine', problem)] for problem in ('full', 'litter_around')
    ]
    assert 'aria-label="It’s fine now: Full"' in cards[0]
    assert 'Is it something else?' in page
    assert page.count('value="full"') == 2
    staff = (await (await cast.signed_in(cast.fia)).get(f'/q/{cast.glass.code}')).text
    assert staff.count('name="fine" value="full"') == 1
    assert staff.index('What do you see?') < staff.index('name="fine" value="full"')
