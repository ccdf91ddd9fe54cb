"""Test the page of a case, open to everybody who has its number."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from urllib.parse import quote

import pytest

from app.domain import case_closing, case_handling, case_merging
from app.domain.case_outcomes import SAYS_WHY, Outcome
from app.domain.case_pauses import PauseReason
from app.domain.case_states import CaseState
from app.domain.cases import Case
from app.domain.photo_names import photo_name
from tests.cast import Cast, send_report
from tests.public_pages import heading, report, tap, words
from tests.sample_photos import photo

SECRET = 'Ring Rut på 070-123 45 67'


async def test_the_number_leads_to_the_case_and_to_nothing_private(cast: Cast) -> None:
    thanks = await report(cast, cast.browser(), cast.glass, 'full')
    await cast.browser().post(f'{thanks}/note', data={'note': SECRET})
    cast.clock.pass_(hours=2)
    page = (await cast.browser().get('/c/2026-1')).text
    assert 'Case 2026-1' in page
    assert heading(page) == 'Färgat glas'
    assert 'Full · 1 has reported it · 2 hours ago' in words(page)
    assert 'Insamlingen has received the report.' in page
    assert SECRET not in page
    assert thanks.rpartition('/')[2] not in page


async def test_it_keeps_the_time_from_first_report_to_fixed(cast: Cast) -> None:
    await tap(cast, cast.browser(), cast.glass, 'full')
    (case,) = await cast.services.cases.open()
    cast.clock.pass_(hours=5)
    await cast.services.cases.resolve(cast.fia, case.id)
    page = words((await cast.browser().get('/c/2026-1')).text)
    assert 'First reported: 5 hours ago · Emptied after 5 hours.' in page
    assert 'Fia' not in page


async def test_it_can_be_typed_where_codes_are_typed(cast: Cast) -> None:
    await tap(cast, cast.browser(), cast.glass, 'full')
    for typed in (' 2026-1 ', '#2026-1', '2026 1', '2026 – 1'):
        answer = await cast.browser().get('/q', params={'code': typed})
        assert (answer.status_code, answer.headers['location']) == (303, '/c/2026-1')


@pytest.mark.parametrize('number', ['2026-2', '2026-1x', '9999-1', '%00', '2026'])
async def test_no_such_case(cast: Cast, number: str) -> None:
    answer = await cast.browser().get(f'/c/{number}')
    assert answer.status_code == 404
    assert 'Traceback' not in answer.text


async def test_of_what_was_taken_away_too(cast: Cast) -> None:
    await tap(cast, cast.browser(), cast.glass, 'full')
    await cast.services.sites.retire_asset(cast.alva, cast.glass.id)
    page = (await cast.browser().get('/c/2026-1')).text
    assert 'has been removed, so the case is closed.' in page
    assert f'/q/{cast.glass.code}' not in page


@pytest.mark.parametrize(
    'written',
    ['2026-1', '#2026–1.', '2026 1', '(2026-1)', '٢٠٢٦-١', '２０２６－１', '2026\u200b-1', 'Ärende 2026-1',
     'haren.example/c/2026-1'],
)  # fmt: skip
async def test_a_case_is_found_by_its_number_as_people_write_it(cast: Cast, written: str) -> None:
    await send_report(cast.services, cast.glass.code, 'full', 'a-phone-minted-this-1')
    browser = cast.browser()
    found = await browser.get('/q', params={'code': written})
    assert (found.status_code, found.headers['location'].partition('?')[0]) == (303, '/c/2026-1')
    if '/' not in written:
        assert (await browser.get(f'/c/{quote(written)}')).status_code == 200


@pytest.mark.parametrize(
    'around', ['{}', '({}).', '\u2068{}\u2069', 'https://haren.example/q/{}?lang=en', '<https://haren.example/q/{}/>']
)
async def test_a_code_is_found_as_people_paste_it(cast: Cast, around: str) -> None:
    found = await cast.browser().get('/q', params={'code': around.format(cast.glass.code)})
    assert found.headers['location'].partition('?')[0] == f'/q/{cast.glass.code}'


async def test_an_address_with_a_wrong_code_says_what_is_wrong_with_the_code(cast: Cast) -> None:
    page = await cast.browser().get('/q', params={'code': 'https://haren.example/q/K7M2Q0'})
    assert 'One character seems wrong' in page.text
    assert 'value="K7M2Q0"' in page.text


async def test_a_promised_day_and_a_pause_are_read_everywhere(cast: Cast) -> None:
    await tap(cast, cast.browser(), cast.glass, 'full')
    (case,) = await cast.services.cases.open()
    store, stamp = cast.services.context.store, cast.services.context.stamp(cast.fia)
    promised, event = case_handling.promise(case, date(2026, 5, 7), stamp)
    await store.save(promised, event)
    paths = ('/c/2026-1', f'/q/{cast.glass.code}', '/s/kransmossen')
    for path in paths:
        assert 'romised by Thursday' in words((await cast.browser().get(path)).text), path
    assert 'Promised by' in (await cast.browser().get('/s/kransmossen.atom?lang=en')).text
    cast.clock.pass_(days=5)
    assert 'It was promised for 7 May and is late.' in words((await cast.browser().get('/c/2026-1')).text)
    kept = await cast.services.cases.get(case.id)
    paused, event = case_handling.pause(kept, PauseReason.PART, 'Hemligt', None, cast.services.context.stamp(cast.fia))
    await store.save(paused, event)
    for path in paths[:2]:
        page = words((await cast.browser().get(path)).text)
        assert 'Insamlingen is waiting for a part and will go on once it is here.' in page
        assert 'Hemligt' not in page
    assert 'paused' in words((await cast.browser().get('/s/kransmossen')).text)
    data = (await cast.browser().get('/s/kransmossen.json')).json()['assets'][0]['open_cases'][0]
    assert (data['state'], data['promised_for'], data['waits_for']) == ('paused', '2026-05-07', 'part')
    assert 'Waiting for a part' in (await cast.browser().get('/s/kransmossen.atom?lang=en')).text


@pytest.mark.parametrize(
    ('outcome', 'state', 'told'),
    [
        (Outcome.FIXED, 'Emptied', 'It has been emptied.'),
        (Outcome.NOTHING_FOUND, 'Nothing wrong found', 'has looked and found nothing wrong'),
        (Outcome.NOT_OURS, 'Closed, not ours', 'Here is where to turn: Ring Vägverket'),
        (Outcome.CANNOT, 'Closed, it can’t be done', 'The reason: Ring Vägverket'),
    ],
)
async def test_an_outcome_is_told_and_only_the_first_is_fixed(
    cast: Cast, outcome: Outcome, state: str, told: str
) -> None:
    rut = cast.browser()
    thanks = await report(cast, rut, cast.glass, 'full')
    (case,) = await cast.services.cases.open()
    words_of_staff = 'Ring Vägverket, 19811218-9876.'
    await close(cast, case, outcome, words_of_staff)
    for path in ('/c/2026-1', thanks):
        page = words((await rut.get(path)).text)
        assert state in page
        assert told in page
        assert ('Vägverket' in page) == (outcome in SAYS_WHY)
        assert '9876' not in page
        assert bool(re.search('Emptied|Fixed|emptied|fixed', page)) == (outcome is Outcome.FIXED)
    sticker = words((await rut.get(f'/q/{cast.glass.code}')).text)
    assert ('Vägverket' in sticker) == (outcome in SAYS_WHY)
    assert ('Last emptied' in sticker) == (outcome is Outcome.FIXED)
    assert ('Nothing reported' in sticker) == (outcome not in SAYS_WHY)
    place = words((await rut.get('/s/kransmossen')).text)
    assert (f'Full · {state}' in place) == (outcome in SAYS_WHY)
    feed = (await rut.get('/s/kransmossen.feed.json?lang=en')).json()['items']
    assert ('Emptied' in feed[0]['title']) == (outcome is Outcome.FIXED)
    assert 'Vägverket' not in str(feed)


async def test_words_and_photo_are_shown_once_staff_say_so(cast: Cast) -> None:
    await tap(cast, cast.browser(), cast.glass, 'full')
    (case,) = await cast.services.cases.open()
    closed = await close(cast, case, Outcome.FIXED, 'Nu är den tömd')
    shown, event = case_closing.show_outcome(closed, photo_name(photo()), cast.services.context.stamp(cast.fia))
    await cast.services.context.save_with_photo(photo(), shown, event)
    rut = cast.browser()
    assert 'Nu är den tömd' not in (await rut.get('/c/2026-1')).text
    assert (await rut.get('/c/2026-1/photo')).status_code == 404
    kept = await cast.services.cases.get(case.id)
    await cast.services.context.store.save(kept.changed(cast.services.context.stamp(), outcome_public=True))
    page = (await rut.get('/c/2026-1')).text
    assert 'Nu är den tömd' in page
    assert 'src="/c/2026-1/photo"' in page
    answer = await rut.get('/c/2026-1/photo')
    assert (answer.content, answer.headers['content-type']) == (photo(), 'image/jpeg')
    assert answer.headers['cache-control'] == 'no-cache'


async def test_a_ready_answer_is_read_in_the_readers_language(cast: Cast) -> None:
    await tap(cast, cast.browser(), cast.glass, 'full')
    (case,) = await cast.services.cases.open()
    (answer, *_) = await cast.services.ready_answers.for_problem('full', Outcome.CANNOT)
    await close(cast, case, Outcome.CANNOT, answer.words_in('sv'))
    for language in ('sv', 'fi', 'ar'):
        for path in ('/c/2026-1', f'/q/{cast.glass.code}'):
            assert f'<p class="said" dir="auto">{answer.words_in(language)}</p>' in unescape(
                (await cast.browser(language).get(path)).text
            )


async def test_a_duplicate_leads_to_the_other_case_and_an_open_one_says_it_was_closed(cast: Cast) -> None:
    for problem in ('full', 'litter_around'):
        await tap(cast, cast.browser(), cast.glass, problem)
    cases = {case.problem: case for case in await cast.services.cases.open()}
    stamp = cast.services.context.stamp(cast.fia)
    merged, target, event = case_merging.merge(cases['litter_around'], cases['full'], stamp)
    await cast.services.context.store.save(merged, target, event)
    page = (await cast.browser().get(f'/c/{merged.number}')).text
    assert 'Counts in another case' in page
    assert f'href="/c/{target.number}"' in page
    closed = await close(cast, await cast.services.cases.get(target.id), Outcome.NOTHING_FOUND, '')
    reopened, event = case_closing.reopen(closed, CaseState.REPORTED, cast.services.context.stamp(cast.fia))
    await cast.services.context.store.save(reopened, event)
    assert 'It was closed and is open again: just now' in words((await cast.browser().get(f'/c/{target.number}')).text)


async def test_an_open_page_asks_again_and_gets_nothing_until_something_changes(cast: Cast) -> None:
    await tap(cast, cast.browser(), cast.glass, 'full')
    rut = cast.browser()
    first = await rut.get('/c/2026-1')
    tag = {'if-none-match': first.headers['etag']}
    assert f'data-case="&#34;{first.headers["etag"].strip(chr(34))}&#34;"' in first.text
    assert ((await rut.get('/c/2026-1', headers=tag)).status_code, first.headers['cache-control']) == (304, 'no-store')
    assert (await cast.browser('sv').get('/c/2026-1', headers=tag)).status_code == 200
    (case,) = await cast.services.cases.open()
    await cast.services.cases.acknowledge(cast.fia, case.id)
    second = await rut.get('/c/2026-1', headers=tag)
    assert 'is taking care of it' in second.text
    cast.clock.pass_(minutes=10)
    again = await rut.get('/c/2026-1', headers={'if-none-match': second.headers['etag']})
    assert '10 minutes ago' in again.text


async def close(cast: Cast, case: Case, outcome: Outcome, said: str) -> Case:
    closed, event = case_closing.close(case, outcome, cast.services.context.stamp(cast.fia), said)
    await cast.services.context.store.save(closed, event)
    return await cast.services.cases.get(case.id)
