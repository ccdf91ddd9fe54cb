"""Test the thanks page that Rut sees after her report, and what staff do about it at the container."""

from __future__ import annotations

import re

import httpx
import pytest

from app.domain.case_states import CaseState
from app.domain.reports import Report
from app.services.photo_processing import LARGEST_PHOTO
from tests.cast import ELSEWHERE, Cast
from tests.public_pages import form_id, heading, report, send, tap
from tests.sample_photos import photo


async def test_the_thanks_follow_the_case_and_name_a_team_but_no_person(cast: Cast) -> None:
    rut = cast.browser()
    thanks = await report(cast, rut, cast.glass, 'full')
    (case,) = await cast.services.cases.open()
    assert 'Reported' in _state(await _read(cast, thanks))
    await cast.services.cases.acknowledge(cast.fia, case.id)
    page = await _read(cast, thanks)
    assert 'Being taken care of' in _state(page)
    assert 'Insamlingen is taking care of it.' in page
    await cast.services.cases.resolve(cast.leo, case.id)
    page = await _read(cast, thanks)
    assert 'Emptied' in _state(page)
    assert 'It has been emptied.' in page
    assert not re.search('Fia|Leo', page)


async def test_a_second_voice_confirms(cast: Cast) -> None:
    first = await report(cast, cast.browser(), cast.glass, 'full')
    await report(cast, cast.browser(address=ELSEWHERE), cast.glass, 'full')
    page = await _read(cast, first)
    assert 'Confirmed' in _state(page)
    assert 'Several people have reported the same' in page
    assert '2 have reported it' in page


async def test_a_case_of_which_nobody_speaks_says_so(cast: Cast) -> None:
    thanks = await report(cast, cast.browser(), cast.glass, 'full')
    cast.clock.pass_(hours=72)
    await cast.services.cases.close_stale()
    page = await _read(cast, thanks)
    assert 'There have been no new reports for a while' in page


async def test_a_note_is_kept_shown_and_can_be_changed(cast: Cast) -> None:
    rut = cast.browser()
    thanks = await report(cast, rut, cast.glass, 'full')
    for words in ('Locket sitter fast', 'Locket <i>sitter</i> löst\nigen'):
        answer = await rut.post(f'{thanks}/note', data={'note': words})
        assert (answer.status_code, answer.headers['location']) == (303, thanks)
    page = await _read(cast, thanks)
    assert '<p class="said" dir="auto">Locket &lt;i&gt;sitter&lt;/i&gt; löst\nigen</p>' in page
    assert 'Locket sitter fast' not in page


async def test_a_second_tap_of_ruts_leads_to_her_earlier_note_and_nobody_elses_does(cast: Cast) -> None:
    rut = cast.browser()
    thanks = await report(cast, rut, cast.glass, 'full')
    await rut.post(f'{thanks}/note', data={'note': 'Locket sitter fast'})
    again = id = thanks.rpartition('/')[2]
    for number in (2, 3):  # as the script of the sticker's page does, which knows the id of the report before
        again, before = f'a-phone-minted-this-{number}', again
        said = {'code': cast.glass.code, 'problem': 'full'}
        answer = await rut.post('/api/v1/reports', json={**said, 'id': again, 'again': before})
        assert answer.is_success
        page = await _read(cast, f'/q/{cast.glass.code}/thanks/{again}')
        assert f'href="{thanks}"' in page
        assert 'Locket' not in page
    mark = next(report.mark for report in await cast.services.context.find_all(Report) if report.id == id)
    # Rut has sent Bo the address of her thanks page.
    sent = {'id': 'a-phone-minted-this-9', 'problem': 'full', 'again': mark}
    shared = await send(cast.browser(), cast.glass, **sent)
    assert thanks not in await _read(cast, str(shared.headers['location']))


async def test_a_note_of_an_earlier_case_is_not_led_to(cast: Cast) -> None:
    rut = cast.browser()
    thanks = await report(cast, rut, cast.glass, 'full')
    await rut.post(f'{thanks}/note', data={'note': 'Locket sitter fast'})
    (case,) = await cast.services.cases.open()
    await cast.services.cases.resolve(cast.fia, case.id)
    cast.clock.pass_(days=7)
    said = {
        'code': cast.glass.code,
        'problem': 'full',
        'id': 'a-phone-minted-this-2',
        'again': thanks.rpartition('/')[2],
    }
    said['again'] = thanks.rpartition('/')[2]
    assert (await rut.post('/api/v1/reports', json=said)).is_success
    assert thanks not in await _read(cast, f'/q/{cast.glass.code}/thanks/a-phone-minted-this-2')


@pytest.mark.parametrize(
    ('typed', 'sentence'),
    [
        ('  ', 'Write a few words first.'),
        ('å' * 2_001, 'The text has 2001 characters. At most 2000 fit.'),
    ],
)
async def test_a_note_that_can_not_be_kept_stays_in_the_field(cast: Cast, typed: str, sentence: str) -> None:
    rut = cast.browser()
    thanks = await report(cast, rut, cast.glass, 'full')
    answer = await rut.post(f'{thanks}/note', data={'note': typed})
    assert answer.status_code == 422
    assert f'role="alert">{sentence}<' in answer.text
    assert f'{typed}</textarea>' in answer.text
    assert 'class="said"' not in await _read(cast, thanks)
    assert f'href="{thanks}?lang=sv"' in answer.text


async def test_the_field_cuts_nothing_that_is_typed(cast: Cast) -> None:
    page = await _read(cast, await report(cast, cast.browser(), cast.glass, 'full'))
    assert '<textarea' in page
    assert 'maxlength' not in page
    assert 'becomes a public record' in page


async def test_a_body_over_the_limit_gets_its_own_sentence(cast: Cast) -> None:
    rut = cast.browser()
    thanks = await report(cast, rut, cast.glass, 'full')
    answer = await rut.post(f'{thanks}/note', data={'note': 'a' * 70_000})
    assert answer.status_code == 413
    assert 'It doesn’t fit. Shorten the text and try again.' in answer.text
    assert 'class="said"' not in await _read(cast, thanks)


async def test_an_old_report_takes_no_note(cast: Cast) -> None:
    rut = cast.browser()
    thanks = await report(cast, rut, cast.glass, 'full')
    cast.clock.pass_(days=8)
    answer = await rut.post(f'{thanks}/note', data={'note': 'Nu med'})
    assert answer.status_code == 410
    assert 'Nu med</textarea>' in answer.text


async def test_thanks_survive_that_the_thing_is_taken_away(cast: Cast) -> None:
    thanks = await report(cast, cast.browser(), cast.glass, 'full')
    await cast.services.sites.retire_asset(cast.alva, cast.glass.id)
    assert 'Färgat glas, Kransmossen' in await _read(cast, thanks)


async def test_thanks_belong_to_their_sticker_and_their_report(cast: Cast) -> None:
    rut = cast.browser()
    thanks = await report(cast, rut, cast.glass, 'full')
    for wrong in (thanks.replace(cast.glass.code, cast.paper.code), thanks[:-1], thanks.replace(cast.glass.code, 'X')):
        assert (await rut.get(wrong)).status_code == 404
        assert (await rut.post(f'{wrong}/note', data={'note': 'Hej'})).status_code == 404
    assert 'class="said"' not in await _read(cast, thanks)


async def test_whoever_opens_the_forms_address_again_is_led_back(cast: Cast) -> None:
    rut = cast.browser()
    thanks = await report(cast, rut, cast.glass, 'full')
    assert (await rut.get(f'{thanks}/note')).headers['location'] == thanks
    assert (await rut.get(f'/q/{cast.glass.code}/cases/any')).headers['location'] == f'/q/{cast.glass.code}'


async def test_fia_at_the_container_takes_it_on_and_empties_it(cast: Cast) -> None:
    thanks = await report(cast, cast.browser(), cast.glass, 'full')
    fia, case = await cast.signed_in(cast.fia), (await cast.services.cases.open())[0]
    page = (await fia.get(f'/q/{cast.glass.code}')).text
    assert 'You’re signed in as Fia Fält.' in page
    assert 'href="/feed"' in page
    answer = await fia.post(f'/q/{cast.glass.code}/cases/{case.id}', data={'act': 'acknowledge'})
    assert (answer.status_code, answer.headers['location']) == (303, f'/q/{cast.glass.code}')
    page = (await fia.get(f'/q/{cast.glass.code}')).text
    assert 'value="acknowledge" disabled>' in page
    assert 'value="resolve">' in page
    cast.clock.pass_(seconds=1)
    await fia.post(f'/q/{cast.glass.code}/cases/{case.id}', data={'act': 'resolve'})
    assert 'Emptied' in _state(await _read(cast, thanks))


async def test_residents_get_no_staff_buttons_and_may_not_act(cast: Cast) -> None:
    rut = cast.browser()
    await tap(cast, rut, cast.glass, 'full')
    (case,) = await cast.services.cases.open()
    page = (await rut.get(f'/q/{cast.glass.code}')).text
    assert 'name="act"' not in page
    assert '/feed' not in page
    answer = await rut.post(f'/q/{cast.glass.code}/cases/{case.id}', data={'act': 'resolve'})
    assert answer.status_code == 401
    assert 'Staff sign-in' in answer.text
    assert (await cast.services.cases.get(case.id)).state is CaseState.REPORTED


async def test_whoever_comes_second_is_told_that_somebody_was_faster(cast: Cast) -> None:
    await tap(cast, cast.browser(), cast.glass, 'full')
    (case,) = await cast.services.cases.open()
    fia = await cast.signed_in(cast.fia)
    await cast.services.cases.resolve(cast.leo, case.id)
    answer = await fia.post(f'/q/{cast.glass.code}/cases/{case.id}', data={'act': 'resolve'})
    assert answer.status_code == 409
    assert 'role="alert">Somebody was faster: this case is already closed.<' in answer.text
    assert heading(answer.text) == 'Färgat glas'


@pytest.mark.parametrize(('act', 'status'), [('explode', 422), ('', 422)])
async def test_only_the_buttons_can_be_pressed(cast: Cast, act: str, status: int) -> None:
    await tap(cast, cast.browser(), cast.glass, 'full')
    (case,) = await cast.services.cases.open()
    fia = await cast.signed_in(cast.fia)
    answer = await fia.post(f'/q/{cast.glass.code}/cases/{case.id}', data={'act': act})
    assert answer.status_code == status
    assert (await cast.services.cases.get(case.id)).state is CaseState.REPORTED


async def test_a_case_is_handled_at_its_own_sticker(cast: Cast) -> None:
    await tap(cast, cast.browser(), cast.glass, 'full')
    (case,) = await cast.services.cases.open()
    fia = await cast.signed_in(cast.fia)
    answer = await fia.post(f'/q/{cast.paper.code}/cases/{case.id}', data={'act': 'resolve'})
    assert answer.status_code == 404
    assert (await cast.services.cases.get(case.id)).state is CaseState.REPORTED


async def _read(cast: Cast, address: str) -> str:
    answer = await cast.browser().get(address)
    assert answer.status_code == 200
    return answer.text


def _state(html: str) -> str:
    found = re.search(r'<p class="word">(.*?)</p>', html)
    assert found
    return found[1]


MORE: dict[str, tuple[str, bytes, str]] = {
    'none': ('', b'', 'application/octet-stream'),
    'good': ('a.jpg', photo(), 'image/jpeg'),
    'bad': ('a.gif', b'GIF89a nothing', 'image/gif'),
    'large': ('a.jpg', bytes(LARGEST_PHOTO + 40_000), 'image/jpeg'),
}


@pytest.mark.parametrize('held', [False, True], ids=['counted', 'held'])
@pytest.mark.parametrize('note', ['', 'Upp till hålet', 'a' * 2_001, '+46 33 35 70 00'])
@pytest.mark.parametrize('chosen', MORE)
async def test_one_form_takes_words_and_photo_and_loses_neither(cast: Cast, chosen: str, note: str, held: bool) -> None:
    rut = cast.browser()
    thanks = await _held(cast, rut) if held else await report(cast, rut, cast.glass, 'full')
    answer = await rut.post(f'{thanks}/more', data={'note': note}, files={'photo': MORE[chosen]})
    page = answer.text if answer.status_code != 303 else await _read(cast, thanks)
    takes_note, takes_photo = bool(note) and len(note) <= 2_000, chosen == 'good'
    kept = (await cast.services.report_intake.receipt(thanks.rpartition('/')[2])).report
    assert (kept.note, kept.photo is not None) == (note if takes_note else '', takes_photo)
    assert ('class="said"' in page, 'Your photo has arrived.' in page) == (takes_note, takes_photo)
    is_refused = (chosen in ('bad', 'large')) or len(note) > 2_000 or (not note and chosen == 'none')
    assert ('role="alert"' in page, answer.status_code == 303) == (is_refused, not is_refused)
    if chosen in ('bad', 'large'):
        assert ('Your comment has arrived.' in page) == takes_note
    if is_refused:
        assert f'\n{note}</textarea>' in page, 'nothing that was typed is lost'


async def _held(cast: Cast, browser: httpx.AsyncClient) -> str:
    id = form_id((await browser.get(f'/q/{cast.glass.code}')).text)
    return str((await send(browser, cast.glass, id=id, problem='full', subject='x')).headers['location'])


async def test_words_arrive_where_no_photo_can_be_kept(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    rut = cast.browser()
    thanks = await report(cast, rut, cast.glass, 'full')
    monkeypatch.setattr('app.web.http.photo_uploads.FROM_ONE_NETWORK', 0)
    answer = await rut.post(f'{thanks}/more', data={'note': 'Full'}, files={'photo': MORE['good']})
    assert answer.status_code == 503
    assert '<p class="said" dir="auto">Full</p>' in answer.text
    more = await rut.post(f'{thanks}/more', data={'note': 'Very full'}, files={'photo': MORE['none']})
    assert more.status_code == 303, 'words alone are no upload'
    monkeypatch.undo()
    assert (await rut.post(f'{thanks}/more', data={'note': 'Very full'}, files={'photo': MORE['good']})).is_redirect
    kept = (await cast.services.report_intake.receipt(thanks.rpartition('/')[2])).report
    assert (kept.note, kept.notes, kept.photos) == ('Very full', 2, 1), 'the same words again change nothing'


async def test_a_form_without_a_file_and_one_of_another_site(cast: Cast) -> None:
    rut = cast.browser()
    thanks = await report(cast, rut, cast.glass, 'full')
    assert (await rut.post(f'{thanks}/more', data={'note': 'Låda'})).status_code == 303
    assert 'Låda' in await _read(cast, thanks)
    evil = {'origin': 'https://evil.example'}
    answer = await rut.post(f'{thanks}/more', data={'note': 'x'}, files={'photo': MORE['good']}, headers=evil)
    assert answer.status_code == 403
    assert (await rut.post(f'{thanks}9/more', data={'note': 'x'})).status_code == 404
    assert (await rut.get(f'{thanks}/more')).headers['location'] == thanks
    page = await _read(cast, thanks)
    assert page.count('<form method="post" enctype=') == page.count('>Send</button>') == 1
