"""Test the pages that people see when something is refused or fails."""

from __future__ import annotations

import logging

import pytest

from app.domain.errors import Clash, Gone, Invalid, NotAllowed, NotFound, Refusal, SignedOut
from tests.cast import Cast

SECRET = 'hunter2'
NEWER = 'There is a newer sticker, with the code {code}.'


@pytest.mark.parametrize(
    ('refusal', 'status'),
    [
        (SignedOut(NEWER, code='<b>'), 401),
        (NotAllowed(NEWER, code='<b>'), 403),
        (NotFound(NEWER, code='<b>'), 404),
        (Clash(NEWER, code='<b>'), 409),
        (Gone(NEWER, code='<b>'), 410),
        (Invalid('who', NEWER, code='<b>'), 422),
    ],
)
async def test_a_refusal_is_a_page_for_people_and_a_problem_for_programs(
    cast: Cast, refusal: Refusal, status: int
) -> None:
    @cast.server.get('/declines')
    @cast.server.get('/api/declines')
    async def decline() -> None:
        raise refusal

    page = await cast.browser().get('/declines')
    assert page.status_code == status
    assert 'with the code &lt;b&gt;.' in page.text
    assert page.headers['content-security-policy'].startswith("default-src 'none'")
    answer = await cast.browser().get('/api/declines')
    assert answer.status_code == status
    assert answer.headers['content-type'] == 'application/problem+json'
    assert answer.json()['detail'] == 'There is a newer sticker, with the code <b>.'


async def test_an_address_without_anything_offers_a_way_on(cast: Cast) -> None:
    page = await cast.browser().get('/no/such/thing')
    assert page.status_code == 404
    assert 'Page not found' in page.text
    assert 'href="/"' in page.text
    assert 'name="code"' in page.text


async def test_a_method_that_does_not_fit_says_which_would(cast: Cast) -> None:
    page = await cast.browser().get('/out')
    assert page.status_code == 405
    assert page.headers['allow'] == 'POST'
    assert 'can’t be used that way' in page.text


async def test_a_body_over_the_limit_has_its_own_sentence(cast: Cast) -> None:
    page = await cast.browser().post(f'/q/{cast.glass.code}', data={'note': 'a' * 70_000})
    assert page.status_code == 413
    assert 'It doesn’t fit.' in page.text
    answer = await cast.browser().post('/api/v1/reports', content=b'{"note": "' + b'a' * 70_000)
    assert (answer.status_code, answer.json()['detail']) == (413, 'It doesn’t fit. Shorten the text and try again.')


async def test_malformed_json_is_a_problem_with_status_400(cast: Cast) -> None:
    answer = await cast.browser().post('/api/v1/reports', content=b'{', headers={'content-type': 'application/json'})
    assert answer.status_code == 400
    assert answer.headers['content-type'] == 'application/problem+json'


async def test_a_value_that_does_not_fit_is_a_page_too(cast: Cast) -> None:
    @cast.server.get('/counts')
    async def count(many: int) -> int:
        return many

    page = await cast.browser().get('/counts?many=few')
    assert page.status_code == 422
    assert 'could not be read' in page.text


@pytest.mark.parametrize(('path', 'kind'), [('/breaks', 'text/html'), ('/api/breaks', 'application/problem+json')])
async def test_a_fault_is_logged_and_never_shown_raw(
    cast: Cast, path: str, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    @cast.server.get(path)
    async def break_down() -> None:
        raise RuntimeError(SECRET)

    with caplog.at_level(logging.ERROR):
        page = await cast.browser().get(path)
    assert page.status_code == 500
    assert page.headers['content-type'].startswith(kind)
    assert 'Something went wrong on our side' in page.text
    assert SECRET not in page.text
    assert page.headers['x-content-type-options'] == 'nosniff'
    assert page.headers['referrer-policy'] == 'same-origin'
    assert SECRET in caplog.text
    assert path in caplog.text


async def test_a_fault_keeps_keys_out_of_the_log(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    async def break_down(token: str) -> None:
        raise RuntimeError

    cast.services.people.invited = break_down  # type: ignore[method-assign,assignment]
    assert (await cast.browser().get(f'/join/{SECRET}')).status_code == 500
    assert '/join/{token}' in caplog.text
    assert SECRET not in ''.join(record.getMessage() for record in caplog.records)


async def test_even_a_store_that_fails_gets_a_sentence(cast: Cast) -> None:
    async def break_down() -> None:
        raise OSError(SECRET)

    cast.services.municipality.get = break_down  # type: ignore[method-assign,assignment]
    page = await cast.browser().get('/')
    assert page.status_code == 500
    assert 'Something went wrong on our side' in page.text
    assert SECRET not in page.text


async def test_no_key_is_logged_of_a_request_that_breaks(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    async def break_down(*_: object) -> None:
        raise OSError('no reason')

    cast.services.report_intake.expect_photo = break_down  # type: ignore[method-assign,assignment]
    with caplog.at_level(logging.ERROR):
        answer = await cast.browser().put('/api/v1/reports/a-phone-minted-this-1/photo', content=b'a picture')
    assert answer.status_code == 500
    assert 'a-phone-minted' not in caplog.text
    assert 'PUT /api/v1/reports/{report_id}/photo failed' in caplog.text
