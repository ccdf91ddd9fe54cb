"""Test both ways to upload a photo: what is read, how much of it, and what is refused unread."""

from __future__ import annotations

import asyncio
import os
import tracemalloc
from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import HTTPException, Request
from starlette.types import Message

from app.build import plain_server
from app.domain.errors import NotNow
from app.services.photo_processing import LARGEST_PHOTO
from app.web.http.photo_uploads import PHOTO_KINDS, PORTION_WITHIN, PhotoUploads
from app.web.http.session import Session
from tests.cast import BASE, Cast, send_report
from tests.sample_photos import heic, opened, photo
from tests.web.test_api import error_responses

ID = 'a-phone-minted-this-1'
ADDRESS = f'/api/v1/reports/{ID}/photo'


@pytest.fixture
async def rut(cast: Cast) -> AsyncIterator[httpx.AsyncClient]:
    """Return Rut's browser, after she has reported that the container for glass is full."""
    await send_report(cast.services, cast.glass.code, 'full', ID)
    server = plain_server(cast.services, Session(cast.services.people, secure=True), secure=True)
    transport = httpx.ASGITransport(server, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=BASE, headers={'accept-language': 'en'}) as browser:
        yield browser


class Unread:
    """A request body that records whether it was read."""

    def __init__(self, piece: bytes = bytes(1000), times: int = 1) -> None:
        self.read = 0
        self._piece, self._times = piece, times

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for _ in range(self._times):
            self.read += len(self._piece)
            yield self._piece


async def photo_of(cast: Cast) -> bytes | None:
    """Return the report's photo as it is stored."""
    name = (await cast.services.cases.receipt(ID)).report.photo
    return await cast.services.context.store.photos.read(name) if name else None


@pytest.mark.parametrize('kind', ['image/heic', 'application/octet-stream', 'image/x-whatever', None])
async def test_rut_sends_the_picture_itself(cast: Cast, rut: httpx.AsyncClient, kind: str | None) -> None:
    answer = await rut.put(ADDRESS, content=heic(6), headers={'content-type': kind} if kind else {})
    assert (answer.status_code, answer.json()) == (200, {'id': ID, 'photo': True})
    kept = await photo_of(cast)
    assert kept is not None
    assert opened(kept).size == (96, 64)


async def test_sending_the_same_again_answers_the_same(cast: Cast, rut: httpx.AsyncClient) -> None:
    answers = await asyncio.gather(*(rut.put(ADDRESS, content=photo()) for _ in range(2)))
    assert {answer.status_code for answer in answers} == {200}
    assert (await cast.services.cases.receipt(ID)).report.photos == 1


async def test_a_report_that_is_not_there_is_told_before_the_body_is_read(cast: Cast, rut: httpx.AsyncClient) -> None:
    body = Unread()
    other = ADDRESS.replace(ID, 'a-phone-minted-this-9')
    assert error_responses(await rut.put(other, content=body), 404)
    thanks = f'/q/{cast.glass.code}/thanks/a-phone-minted-this-9/photo'
    assert (await rut.post(thanks, content=body, headers=FORM)).status_code == 404
    assert (await rut.post(f'/q/{cast.paper.code}/thanks/{ID}/photo', content=body, headers=FORM)).status_code == 404
    assert error_responses(await rut.put(ADDRESS, content=body, headers={'content-type': 'text/html'}), 415)
    cast.clock.pass_(days=8)
    assert error_responses(await rut.put(ADDRESS, content=body), 410)
    assert (await rut.post(f'/q/{cast.glass.code}/thanks/{ID}/photo', content=body, headers=FORM)).status_code == 410
    assert body.read == 0


FORM = {'content-type': 'multipart/form-data; boundary=x'}


async def test_another_site_sends_no_photo(cast: Cast, rut: httpx.AsyncClient) -> None:
    answer = await rut.put(ADDRESS, content=photo(), headers={'origin': 'https://evil.example'})
    assert error_responses(answer, 403)
    assert await photo_of(cast) is None


@pytest.mark.parametrize('announced', [True, False])
async def test_over_15_mb_nothing_more_is_read(cast: Cast, rut: httpx.AsyncClient, announced: bool) -> None:
    body = Unread(bytes(2**20), 40)
    headers = {'content-length': str(40 * 2**20)} if announced else {}
    answer = await rut.put(ADDRESS, content=body, headers=headers)
    assert error_responses(answer, 413)
    assert answer.json()['detail'] == 'That photo is larger than 15 MB. Choose a smaller one.'
    assert body.read <= LARGEST_PHOTO + 2 * 2**20
    assert await photo_of(cast) is None


async def test_a_large_photo_that_is_none_is_told_so_too(rut: httpx.AsyncClient) -> None:
    assert error_responses(await rut.put(ADDRESS, content=photo() + bytes(LARGEST_PHOTO)), 413)
    assert error_responses(await rut.put(ADDRESS, content=os.urandom(LARGEST_PHOTO)), 422)
    assert error_responses(await rut.put(ADDRESS, content=b''), 422)


async def test_all_else_keeps_its_limit(cast: Cast, rut: httpx.AsyncClient) -> None:
    json = {'content-type': 'application/json'}
    assert error_responses(await rut.post('/api/v1/reports', content=bytes(70_000), headers=json), 413)
    thanks = f'/q/{cast.glass.code}/thanks/{ID}'
    assert (await rut.post(f'{thanks}/note', data={'note': 'a' * 70_000})).status_code == 413
    assert (await rut.post(f'{thanks}/note/photo', content=Unread(times=70))).status_code in (404, 405)


async def test_the_upload_is_described(rut: httpx.AsyncClient) -> None:
    put = (await rut.get('/openapi.json')).json()['paths']['/api/v1/reports/{report_id}/photo']['put']
    assert set(put['requestBody']['content']) == set(PHOTO_KINDS)
    assert set(put['responses']) == {'200', '400', '403', '404', '410', '413', '415', '422', '503'}
    assert all('application/problem+json' in put['responses'][status]['content'] for status in ('413', '422', '503'))


class Watch:
    """The clock of the event loop, which a test can move forward."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._real = loop.time
        self.ahead = 0.0

    def time(self) -> float:
        return self._real() + self.ahead

    async def pass_(self, seconds: float) -> None:
        """Let so much time pass, and the timers fire that are due."""
        self.ahead += seconds
        await asyncio.sleep(0.001)  # ends after the timers that are due by now, however busy the machine is


@pytest.fixture
async def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    """Replace the clock of the event loop, so that minutes can pass at once."""
    loop = asyncio.get_running_loop()
    watch = Watch(loop)
    monkeypatch.setattr(loop, 'time', watch.time)
    return watch


def request(*pieces: bytes | float | None, watch: Watch | None = None, host: str = '192.0.2.7') -> Request:
    """Return a request whose body comes in these pieces. A number is a pause in seconds, None a lost connection."""
    coming = iter(pieces)

    async def receive() -> Message:
        while isinstance(piece := next(coming, b''), float):
            assert watch is not None
            await watch.pass_(piece)
        if piece is None:
            return {'type': 'http.disconnect'}
        return {'type': 'http.request', 'body': piece, 'more_body': bool(piece)}

    return Request({'type': 'http', 'method': 'PUT', 'headers': [], 'client': (host, 40_000)}, receive)


async def read(intake: PhotoUploads, request: Request) -> int:
    """Read the photo of a request and return its size in bytes."""
    async with intake.body(request) as photo:
        return len(photo)


async def test_photos_have_as_much_room_as_there_is() -> None:
    intake = PhotoUploads(room=100)
    async with intake.body(request(b'x' * 60)) as first:
        assert len(first) == 60
        with pytest.raises(NotNow, match='Many photos are arriving'):
            async with intake.body(request(b'x' * 30, b'x' * 30)):
                pass
        async with intake.body(request(b'x' * 30)) as second:
            assert len(second) == 30
    async with intake.body(request(b'x' * 100)) as third:
        assert len(third) == 100


async def test_one_network_leaves_room_for_all_others() -> None:
    intake = PhotoUploads()
    async with intake.body(request(b'x', host='192.0.2.7')), intake.body(request(b'x', host='192.0.2.8')):
        for body in (intake.body, lambda request: intake.form(request, 'photo')):
            with pytest.raises(NotNow, match='Many photos are arriving'):
                async with body(request(b'x', host='192.0.2.9')):
                    pass
        assert await read(intake, request(b'x', host='198.51.100.1')) == 1
    assert await read(intake, request(b'x', host='192.0.2.9')) == 1


@pytest.mark.parametrize(
    'pieces',
    [
        (b'x', 21.0, b'x'),
        (b'x', 19.0, b'x', 12.0, b'x'),
        tuple([b'x' * 900, 1.0] * 31),
        (b'x' * 29_999, 15.0, b'x', 15.0, b'x', 16.0, b'x'),
        tuple([b'x' * 30_000, 19.0] * 190),
    ],
    ids=['silent', 'a byte at a time', 'under 1 kB/s', 'slow from the second portion on', 'an hour'],
)
async def test_nobody_is_waited_for_for_ever(watch: Watch, pieces: tuple[bytes | float, ...]) -> None:
    intake = PhotoUploads()
    with pytest.raises(NotNow, match='too long on its way'):
        await read(intake, request(*pieces, watch=watch))
    assert await read(intake, request(b'x' * 100)) == 100


@pytest.mark.parametrize(
    'pieces',
    [
        (b'x', 19.0, b'x'),
        tuple([b'x' * 8_000, 1.0] * 400),
        tuple([b'x' * 1_100, 1.0] * 200),
        (b'x' * 10**6, 19.0, b'x' * 10**6, 19.0, b'x'),
    ],
    ids=['after a pause', '8 kB/s for minutes', 'over 1 kB/s', 'fast with pauses'],
)
async def test_a_slow_line_is_waited_for(watch: Watch, pieces: tuple[bytes | float, ...]) -> None:
    sent = sum(len(piece) for piece in pieces if isinstance(piece, bytes))
    assert await read(PhotoUploads(), request(*pieces, watch=watch)) == sent


async def test_stalled_uploads_end_within_half_a_minute_and_are_forgotten(watch: Watch) -> None:
    intake, drip = PhotoUploads(), (b'x', 9.0)
    stalled = [request(*drip * 40, watch=watch, host=f'192.0.{net}.1') for net in (1, 1, 2, 2, 3, 3, 4, 4)]
    ended = await asyncio.gather(*(read(intake, each) for each in stalled), return_exceptions=True)
    assert {type(each) for each in ended} == {NotNow}
    assert watch.ahead <= PORTION_WITHIN + 8 * 9.0  # all share the clock, so each may pause once more before it ends
    assert not intake._coming


async def test_a_form_holds_its_photo_once() -> None:
    size = 8 * 2**20
    head = b'--x\r\nContent-Disposition: form-data; name="photo"; filename="a.jpg"\r\n\r\n'
    sent = request(head, *[bytes(2**16)] * (size // 2**16), b'\r\n--x--\r\n')
    sent.scope['headers'] = [(b'content-type', FORM['content-type'].encode())]
    tracemalloc.start()
    try:
        async with PhotoUploads().form(sent, 'photo') as photo:
            held, _ = tracemalloc.get_traced_memory()
            assert len(photo) == size
            assert held < 1.2 * size
    finally:
        tracemalloc.stop()


async def test_a_line_that_is_cut_is_no_fault_of_ours() -> None:
    with pytest.raises(HTTPException) as refused:
        async with PhotoUploads().body(request(b'x', None)):
            pass
    assert refused.value.status_code == 400
