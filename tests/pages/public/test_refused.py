"""Test refusals: if something can't be kept or found, Rut reads why and keeps all that she typed."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.cast import Cast
from tests.public_pages import alert, form_id, heading, send


async def test_an_id_used_for_something_else_is_refused(cast: Cast) -> None:
    rut = cast.browser()
    id = form_id((await rut.get(f'/q/{cast.glass.code}')).text)
    await send(rut, cast.glass, id=id, problem='full')
    answer = await send(rut, cast.glass, id=id, problem='full', note='Flaskor på marken')
    assert answer.status_code == 409
    assert alert(answer.text) == 'This id has been used for another report. Nothing was changed.'
    assert 'Flaskor på marken</textarea>' in answer.text
    fresh = form_id(answer.text.replace(_note_field(answer.text), ''))
    assert (await send(rut, cast.glass, id=fresh, problem='litter_around')).status_code == 303


@pytest.mark.parametrize(
    ('sent', 'sentence'),
    [
        ({'problem': 'on_fire'}, 'That problem can’t be reported here. Choose one of the buttons.'),
        ({'problem': ''}, 'That problem can’t be reported here. Choose one of the buttons.'),
        ({'note': 'å' * 2_001}, 'The text has 2001 characters. At most 2000 fit.'),
        ({'id': '1'}, 'The id must be 16 to 64 letters, digits, hyphens or underscores.'),
    ],
)
async def test_what_can_not_be_kept_is_explained_and_loses_nothing(
    cast: Cast, sent: dict[str, str], sentence: str
) -> None:
    sent = {'id': 'minted-in-the-form', 'problem': 'full', 'note': 'Locket sitter fast <b>', **sent}
    answer = await send(cast.browser(), cast.glass, **sent)
    assert answer.status_code == 422
    assert alert(answer.text) == sentence
    assert sent['note'].replace('<', '&lt;').replace('>', '&gt;') in _note_field(answer.text)
    assert heading(answer.text) == 'Färgat glas'
    assert not await cast.services.cases.open()


async def test_a_form_that_can_not_be_read_shows_the_page_again(cast: Cast) -> None:
    answer = await cast.browser().post(
        f'/q/{cast.glass.code}', content=b'nonsense', headers={'content-type': 'multipart/form-data; boundary=x'}
    )
    assert answer.status_code == 400
    assert 'could not be read' in alert(answer.text)
    assert 'value="full"' in answer.text


@pytest.mark.parametrize(
    ('flawed', 'title'),
    [
        (lambda code: code[:-1] + ('A' if code[-1] != 'A' else 'B'), 'One character seems wrong'),
        (lambda code: code[:-1], 'A code has six characters'),
        (lambda code: code[:-1] + 'Ö', 'No code has that character'),
        (lambda _: '000000', 'No sticker has this code'),
    ],
)
async def test_a_slip_is_told_from_an_unknown_sticker(cast: Cast, flawed: Callable[[str], str], title: str) -> None:
    typed = flawed(cast.glass.code)
    rut = cast.browser()
    for page in (await rut.get(f'/q/{typed}'), await rut.post(f'/q/{typed}', data={'problem': 'full'})):
        assert page.status_code == 404
        assert heading(page.text) == title
        assert f'name="code" value="{typed}"' in page.text


async def test_the_field_keeps_what_was_mistyped(cast: Cast) -> None:
    answer = await cast.browser().get('/q', params={'code': 'K7M2"'})
    assert answer.status_code == 404
    assert 'value="K7M2&#34;"' in answer.text
    assert (await cast.browser().get('/q')).status_code == 200


async def test_a_form_on_another_website_reports_nothing(cast: Cast) -> None:
    answer = await cast.browser().post(
        f'/q/{cast.glass.code}',
        data={'id': 'minted-elsewhere-1', 'problem': 'full'},
        headers={'origin': 'https://elsewhere.test'},
    )
    assert answer.status_code == 403
    assert 'sent from another website' in answer.text
    assert not await cast.services.cases.open()


def _note_field(html: str) -> str:
    found = re.search(r'<label for="note">.*?</textarea>', html, re.DOTALL)
    assert found
    return found[0]
