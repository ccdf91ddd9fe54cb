"""Test photos of entries that can't be kept: the answer speaks of what Fia wrote, not of a report."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest

from app.domain.entry_content import Content, EntryKind
from app.services.context import no_room_for_photos
from tests.cast import Cast
from tests.sample_photos import photo
from tests.web.test_api_auth import ENTRY, program

ADDRESS = f'/api/v1/entries/{ENTRY}/photos/1'
LATER = 'The photo can’t be saved right now, but what you wrote is. The photo will follow by itself.'


@pytest.fixture
async def fia(cast: Cast, reader: httpx.AsyncClient) -> httpx.AsyncClient:
    """Return a program of Fia's, after she has logged an entry."""
    await cast.services.entries.log(cast.fia, ENTRY, Content(kind=EntryKind.LESSON, text='Så var det'))
    return await program(cast.services, reader, cast.fia)


async def slowly() -> AsyncIterator[bytes]:
    """Send the beginning of a photo, and then nothing more."""
    yield photo()[:9]
    await asyncio.Event().wait()


async def sent(fia: httpx.AsyncClient, body: bytes | AsyncIterator[bytes] | None = None) -> tuple[int, str]:
    answer = await fia.put(ADDRESS, content=body or photo(), headers={'accept-language': 'en'})
    return answer.status_code, answer.json().get('detail', '')


async def test_it_is_no_report_that_is_kept(
    cast: Cast, fia: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(*_: object) -> None:
        raise no_room_for_photos()

    with monkeypatch.context() as busy:
        busy.setattr('app.web.http.photo_uploads.FROM_ONE_NETWORK', 0)
        assert await sent(fia) == (503, LATER)
    with monkeypatch.context() as slow:
        slow.setattr('app.web.http.photo_uploads.IDLE_TIMEOUT', 0.01)
        assert await sent(fia, slowly()) == (503, LATER)
    with monkeypatch.context() as broken:
        broken.setattr(cast.services.context.photo_processor, '_command', ('/nowhere/at/all',))
        assert await sent(fia) == (503, LATER)
    with monkeypatch.context() as small:
        small.setattr(type(cast.services.context), 'save_with_photo', full)
        assert await sent(fia) == (503, LATER)
    assert (await sent(fia))[0] == 200


async def test_what_it_may_answer_is_described_of_entries(fia: httpx.AsyncClient) -> None:
    paths = (await fia.get('/openapi.json')).json()['paths']
    of_entry = paths['/api/v1/entries/{entry_id}/photos/{place}']['put']['responses']
    of_report = paths['/api/v1/reports/{report_id}/photo']['put']['responses']
    assert set(of_entry) == {*of_report, '401', '429'}
    descriptions = {status: answer['description'] for status, answer in of_entry.items()}
    assert descriptions['404'] == 'There is no such entry, or it is not for you to read.'
    assert descriptions['410'] == 'The entry has been withdrawn.'
    assert not any('report' in words for words in descriptions.values())
    assert (of_report['404']['description'], of_report['410']['description']) == (
        'There is no such report.',
        'The report is too old.',
    )
