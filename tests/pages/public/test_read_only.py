"""Test a full disk: people read so, nothing that they wrote is lost, and writing works again by itself."""

from __future__ import annotations

import dataclasses
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from app.build import plain_server
from app.domain.access_tokens import Scope
from app.domain.entry_content import Content, EntryKind
from app.domain.errors import NotNow
from app.domain.people import Device
from app.services.container import Services
from app.store.engine.disk import Disk
from app.store.tinydb.store import TinyStore
from app.web.http.session import Session
from tests.cast import BASE, NOON, Cast, Clock, create_cast, create_test_services
from tests.staff_screens import hire, staff_screens, wait_until


class Full(Disk):
    """A disk that is full for as long as the test says."""

    is_full = False

    def write(self, file: int, content: bytes) -> None:
        if self.is_full:
            raise OSError(28, 'No space left on device')
        super().write(file, content)


@pytest.fixture
def disk() -> Full:
    return Full()


@pytest.fixture
async def services(tmp_path: Path, clock: Clock, disk: Full) -> AsyncIterator[Services]:
    """Services on that disk."""
    spare = create_test_services(tmp_path / 'spare', clock)
    await spare.context.store.close()
    store = TinyStore(tmp_path / 'store', disk=disk)
    yield Services.create(dataclasses.replace(spare.context, store=store), BASE)
    disk.is_full = False
    await store.close()


async def writable(services: Services) -> None:
    """Wait until the store can be written to again."""
    await wait_until(lambda: services.context.store.state.is_writable)


async def test_rut_keeps_her_words_and_can_send_them_later(services: Services, clock: Clock, disk: Full) -> None:
    cast: Cast = await create_cast(services, clock)
    server = plain_server(services, Session(services.people, secure=False), secure=False)
    transport = httpx.ASGITransport(server, raise_app_exceptions=False)
    sent = {'id': 'a-phone-minted-this-1', 'problem': 'full', 'note': 'Upp till hålet'}
    async with httpx.AsyncClient(transport=transport, base_url=BASE, headers={'accept-language': 'en'}) as rut:
        disk.is_full = True
        refused = await rut.post(f'/q/{cast.glass.code}', data=sent)
        assert refused.status_code == 503
        assert 'Nothing can be saved right now' in refused.text
        assert 'Upp till hålet' in refused.text
        health = await rut.get('/healthz')
        assert (health.status_code, health.json()) == (503, {'status': 'read-only'})
        assert (await rut.get(f'/q/{cast.glass.code}')).status_code == 200

        disk.is_full = False
        await writable(services)
        assert (await rut.post(f'/q/{cast.glass.code}', data=sent)).status_code == 303
        assert (await rut.get('/healthz')).json() == {'status': 'ok'}
    (case,) = await services.cases.open()
    assert case.reports == 1


async def test_a_sticker_shows_its_page_though_no_sighting_can_be_kept(
    services: Services, clock: Clock, disk: Full
) -> None:
    cast = await create_cast(services, clock)
    server = plain_server(services, Session(services.people, secure=False), secure=False)
    transport = httpx.ASGITransport(server, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=BASE, headers={'accept-language': 'en'}) as fia:
        await fia.post(f'/join/{await services.people.invite(None, cast.fia.id)}')
        disk.is_full = True
        shown = await fia.get(f'/Q/{cast.glass.code}')
        assert shown.status_code == 200
        assert 'All stickers here' in shown.text
        assert 'Sticker seen.' not in shown.text
        assert (await services.sites.sticker(cast.glass.code)).seen_at is None

        disk.is_full = False
        await writable(services)
        assert 'Sticker seen.' in (await fia.get(f'/Q/{cast.glass.code}')).text
    assert (await services.sites.sticker(cast.glass.code)).seen_at == clock.at


async def test_staff_read_on_though_an_hour_has_passed(services: Services, clock: Clock, disk: Full) -> None:
    cast = await create_cast(services, clock)
    server = plain_server(services, Session(services.people, secure=False), secure=False)
    transport = httpx.ASGITransport(server, raise_app_exceptions=False)
    _, secret = await services.access_tokens.make(cast.fia, 'Räknare', {Scope.READ})
    async with httpx.AsyncClient(transport=transport, base_url=BASE) as fia:
        await fia.post(f'/join/{await services.people.invite(None, cast.fia.id)}')
        disk.is_full = True
        clock.pass_(hours=2)
        for headers in ({}, {'authorization': f'Bearer {secret}'}):
            assert (await fia.get('/api/v1/entries', headers=headers)).status_code == 200
        clock.pass_(hours=1)
        with pytest.raises(NotNow):
            await services.last_seen.keep()

        disk.is_full = False
        await writable(services)
        await services.last_seen.keep()
    (device,) = await services.context.find_all(Device)
    assert (device.seen_at, device.revision) == (NOON + timedelta(hours=2), 2)


async def test_staff_are_told_by_a_banner_that_goes_away_again(services: Services, clock: Clock, disk: Full) -> None:
    cast = await create_cast(services, clock)
    eva = await hire(services, 'Eva', cast.fia.role)
    async with staff_screens(services) as sign_in, sign_in(eva) as user:
        await user.open('/me')
        await user.should_not_see('Nothing can be saved right now')
        disk.is_full = True
        with pytest.raises(NotNow):
            await services.entries.log(eva, 'a-phone-minted-this-2', Content(kind=EntryKind.LESSON, text='Fullt'))
        await user.should_see('Nothing can be saved right now')
        disk.is_full = False
        await writable(services)
        await user.should_not_see('Nothing can be saved right now')
