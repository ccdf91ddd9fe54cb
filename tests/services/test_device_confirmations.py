"""Test that a device which was idle for 12 hours lets nobody in before it is confirmed on another one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from starlette.requests import HTTPConnection

from app.domain.access_tokens import Scope
from app.domain.audit import AuditKind, AuditRecord
from app.domain.errors import Invalid, TooOften, Unconfirmed
from app.domain.people import Device, Person, Role
from app.services.container import Services
from app.services.people import PersonDraft, fingerprint
from app.web.http.session import Session
from tests.cast import Cast, Clock, create_test_services

Act = Callable[[Services, Person, Device], Awaitable[object]]

IDLE = timedelta(hours=12)


async def _make_key(services: Services, alva: Person, on: Device) -> None:
    await services.access_tokens.make(alva, 'Räknare', {Scope.READ}, on=on)


async def _invite(services: Services, alva: Person, on: Device) -> None:
    await services.people.invite(alva, 'fia', on=on)


async def _add_administrator(services: Services, alva: Person, on: Device) -> None:
    await services.people.add(alva, PersonDraft('Eva', Role.ADMIN), on=on)


async def _promote(services: Services, alva: Person, on: Device) -> None:
    await services.people.change(alva, 'leo', PersonDraft('Leo Ledare', Role.ADMIN, 'collectors'), on=on)


async def _bring_back(services: Services, alva: Person, on: Device) -> None:
    """Give access back to an administrator who had left."""
    eva = await services.people.add(alva, PersonDraft('Eva', Role.ADMIN, active=True))
    await services.people.change(alva, eva.id, PersonDraft('Eva', Role.ADMIN, active=False))
    await services.people.change(alva, eva.id, PersonDraft('Eva', Role.ADMIN), on=on)


ACTS: tuple[Act, ...] = (_make_key, _invite, _add_administrator, _promote, _bring_back)


async def join(services: Services, person: Person) -> str:
    """Sign somebody in on a new device. Return its session."""
    return (await services.people.join(await services.people.invite(None, person.id), 'Firefox'))[1]


async def use(services: Services, session: str) -> Device:
    """Make a request."""
    visitor = await services.people.visitor(session)
    assert visitor
    return visitor.device


async def come_back(cast: Cast, person: Person) -> Device:
    """Sign somebody in, and let their device lie for 12 hours."""
    session = await join(cast.services, person)
    cast.clock.at += IDLE
    return await use(cast.services, session)


async def newest_records(cast: Cast, count: int) -> list[AuditRecord]:
    return list((await cast.services.audit_log.page(cast.alva, count)).documents)


@pytest.mark.parametrize('act', ACTS)
async def test_a_device_that_was_just_used_is_never_asked(cast: Cast, act: Act) -> None:
    session = await join(cast.services, cast.alva)
    device = await use(cast.services, session)
    for _ in range(3):
        cast.clock.pass_(hours=11, minutes=59)
        device = await use(cast.services, session)
    await act(cast.services, cast.alva, device)
    await act(cast.services, cast.alva, await use(cast.services, await join(cast.services, cast.alva)))


@pytest.mark.parametrize('act', ACTS)
async def test_a_device_that_was_idle_lets_nobody_in(cast: Cast, act: Act) -> None:
    device = await come_back(cast, cast.alva)
    with pytest.raises(Unconfirmed):
        await act(cast.services, cast.alva, device)
    assert (await cast.services.people.get('leo')).role is Role.LEAD
    assert await cast.services.access_tokens.of('alva') == ()


async def test_a_device_that_was_idle_does_everything_else(cast: Cast) -> None:
    device, people = await come_back(cast, cast.alva), cast.services.people
    await people.add(cast.alva, PersonDraft('Eva', Role.LEAD), on=device)
    await people.change(cast.alva, 'leo', PersonDraft('Leo', Role.LEAD, 'collectors'), on=device)
    await people.change(cast.alva, 'alva', PersonDraft('Alva A', Role.ADMIN), on=device)
    await people.add_team(cast.alva, 'Parkerna', 'Stadsmiljö')


@pytest.mark.parametrize(
    ('first_use', 'gap', 'must_confirm'),
    [
        (timedelta(0), timedelta(hours=11, minutes=59), False),
        (timedelta(0), IDLE, True),
        (timedelta(minutes=59), IDLE, True),
        (timedelta(minutes=1), IDLE - timedelta(seconds=1), False),
        (timedelta(minutes=59), timedelta(days=80), True),
    ],
)
async def test_a_gap_is_measured_to_the_moment(
    cast: Cast, first_use: timedelta, gap: timedelta, must_confirm: bool
) -> None:
    session = await join(cast.services, cast.alva)
    cast.clock.at += first_use
    await use(cast.services, session)
    await cast.services.last_seen.keep(unfinished=True)
    cast.clock.at += gap
    assert (await use(cast.services, session)).must_confirm is must_confirm
    assert (await use(cast.services, session)).must_confirm is must_confirm


@pytest.mark.parametrize(
    ('first_use', 'gap', 'must_confirm'),
    [
        (timedelta(0), timedelta(hours=11, minutes=59), False),
        (timedelta(0), IDLE, True),
        (timedelta(minutes=59), IDLE, True),  # the stored hour is 12:00
        (timedelta(minutes=59), timedelta(hours=10), False),
    ],
)
async def test_a_gap_across_a_restart_is_not_missed(
    tmp_path: Path, first_use: timedelta, gap: timedelta, must_confirm: bool
) -> None:
    clock = Clock()
    before = create_test_services(tmp_path / 'store', clock)
    alva = await before.people.add(None, PersonDraft('Alva', Role.ADMIN), 'alva')
    session = await join(before, alva)
    clock.at += first_use
    await use(before, session)
    await before.last_seen.keep(unfinished=True)
    await before.close()
    clock.at += gap
    after = create_test_services(tmp_path / 'store', clock)
    assert (await use(after, session)).must_confirm is must_confirm
    await after.close()


@pytest.mark.parametrize('kept', [True, False])
async def test_a_restart_confirms_nothing(tmp_path: Path, kept: bool) -> None:
    """It stays so whether Haren stops in good order or is killed before the hour is over."""
    clock = Clock()
    first = create_test_services(tmp_path / 'store', clock)
    session = await join(first, await first.people.add(None, PersonDraft('Alva', Role.ADMIN), 'alva'))
    clock.at += IDLE
    await use(first, session)
    if kept:
        await first.last_seen.keep(unfinished=True)
    await first.close()
    second = create_test_services(tmp_path / 'store', clock)
    for _ in range(3):
        clock.pass_(hours=2)
        assert (await use(second, session)).must_confirm
        await second.last_seen.keep()
    await second.close()


@pytest.mark.parametrize('stored', [datetime(2031, 1, 1, tzinfo=UTC), datetime(1970, 1, 1, tzinfo=UTC)])
async def test_an_hour_of_a_wrong_clock_proves_nothing(cast: Cast, stored: datetime) -> None:
    session, store = await join(cast.services, cast.alva), cast.services.context.store
    device = await store.get(Device, fingerprint(session))
    assert device
    await store.save(device.model_copy(update={'seen_at': stored}))
    assert (await use(cast.services, session)).must_confirm


async def test_a_clock_that_is_set_meanwhile_neither_asks_nor_forgives(tmp_path: Path) -> None:
    clock, steady = Clock(), Clock()
    services = create_test_services(tmp_path / 'store', clock, steady)
    session = await join(services, await services.people.add(None, PersonDraft('Alva', Role.ADMIN), 'alva'))
    await use(services, session)
    clock.pass_(days=1)
    assert not (await use(services, session)).must_confirm
    steady.pass_(hours=12)
    clock.pass_(days=-1)
    assert (await use(services, session)).must_confirm
    await services.last_seen.keep(unfinished=True)
    kept = await services.context.store.get(Device, fingerprint(session))
    assert kept is not None
    assert kept.must_confirm
    await services.close()


@pytest.mark.parametrize('by', ['fia', 'alva'])
async def test_the_owner_and_administrators_confirm(cast: Cast, by: str) -> None:
    device = await come_back(cast, cast.fia)
    code = await cast.services.device_confirmations.ask(cast.fia, device)
    person = {'fia': cast.fia, 'alva': cast.alva}[by]
    other = await use(cast.services, await join(cast.services, person))
    typed = f' {code[:3].lower()} {code[3:]} '
    assert (await cast.services.device_confirmations.confirm(person, other, typed)).id == device.id
    await cast.services.access_tokens.make(cast.fia, 'Räknare', {Scope.READ}, on=device)
    found = [record for record in await newest_records(cast, 20) if 'confirm' in record.kind]
    assert [(record.kind, record.by, record.about) for record in found] == [
        (AuditKind.DEVICE_CONFIRMED, by, 'fia'),
        (AuditKind.CONFIRMATION_ASKED, 'fia', None),
    ]
    cast.clock.pass_(hours=1)
    await cast.services.last_seen.keep()
    kept = await cast.services.context.store.get(Device, device.id)
    assert kept is not None
    assert not kept.must_confirm, 'what is kept later confirms it, too'


async def test_a_confirmed_device_is_asked_after_the_next_gap(cast: Cast) -> None:
    session = await join(cast.services, cast.fia)
    for _ in range(2):
        cast.clock.at += IDLE
        device = await use(cast.services, session)
        assert device.must_confirm
        code = await cast.services.device_confirmations.ask(cast.fia, device)
        other = await use(cast.services, await join(cast.services, cast.fia))
        await cast.services.device_confirmations.confirm(cast.fia, other, code)
        assert not (await use(cast.services, session)).must_confirm


@pytest.mark.parametrize('by', ['leo', 'itself'])
async def test_neither_somebody_else_nor_the_device_itself_confirms(cast: Cast, by: str) -> None:
    confirmations, device = cast.services.device_confirmations, await come_back(cast, cast.fia)
    code = await confirmations.ask(cast.fia, device)
    other = device if by == 'itself' else await use(cast.services, await join(cast.services, cast.leo))
    with pytest.raises(Invalid):
        await confirmations.confirm(cast.leo if by == 'leo' else cast.fia, other, code)
    with pytest.raises(Unconfirmed):
        await cast.services.last_seen.require_confirmed(device)


@pytest.mark.parametrize('by', ['fia', 'alva'])
async def test_in_the_morning_one_idle_device_confirms_another(cast: Cast, by: str) -> None:
    person = {'fia': cast.fia, 'alva': cast.alva}[by]
    session = await join(cast.services, person)
    device = await come_back(cast, cast.fia)
    other = await use(cast.services, session)
    assert other.must_confirm
    code = await cast.services.device_confirmations.ask(cast.fia, device)
    await cast.services.device_confirmations.confirm(person, other, code)
    await cast.services.last_seen.require_confirmed(device)
    with pytest.raises(Unconfirmed):
        await cast.services.last_seen.require_confirmed(other)


@pytest.mark.parametrize('ended', ['old', 'replaced', 'withdrawn', 'used', 'signed out'])
async def test_a_code_ends(cast: Cast, ended: str) -> None:
    confirmations, device = cast.services.device_confirmations, await come_back(cast, cast.fia)
    other = await use(cast.services, await join(cast.services, cast.fia))
    code = await confirmations.ask(cast.fia, device)
    cast.clock.pass_(minutes=10 if ended == 'old' else 9)
    if ended == 'replaced':
        await confirmations.ask(cast.fia, device)
    if ended == 'withdrawn':
        confirmations.withdraw(device)
    if ended == 'used':
        await confirmations.confirm(cast.fia, other, code)
    if ended == 'signed out':
        await cast.services.people.revoke(cast.fia, device.id)
    with pytest.raises(Invalid):
        await confirmations.confirm(cast.fia, other, code)


async def test_wrong_codes_are_few_and_in_the_audit_log(cast: Cast) -> None:
    confirmations, device = cast.services.device_confirmations, await come_back(cast, cast.fia)
    other = await use(cast.services, await join(cast.services, cast.fia))
    code = await confirmations.ask(cast.fia, device)
    for typo in ('', code[:5], f'{code[:5]}{"Z" if code[5] != "Z" else "Y"}', 'ÅÄÖÅÄÖ', 'x' * 5_000):
        with pytest.raises(Invalid):
            await confirmations.confirm(cast.fia, other, typo)
    for _ in range(5):
        with pytest.raises(Invalid):
            await confirmations.confirm(cast.fia, other, 'K7M 2QR')
    with pytest.raises(TooOften):
        await confirmations.confirm(cast.fia, other, code)
    (refused,) = [one for one in await newest_records(cast, 20) if one.kind is AuditKind.CONFIRMATION_REFUSED]
    assert (refused.by, refused.count) == ('fia', 4)
    cast.clock.pass_(minutes=6)
    await confirmations.confirm(cast.fia, other, code)


@pytest.mark.parametrize('path', ['/_nicegui_ws/socket.io/', '/healthz'])
async def test_an_open_screen_that_nobody_touches_is_idle(cast: Cast, path: str) -> None:
    """Its socket comes back by itself, and its browser acknowledges what it is sent."""
    session, gate = await join(cast.services, cast.fia), Session(cast.services.people, secure=False)
    headers = [(b'cookie', f'haren={session}'.encode())]
    for _ in range(13):
        socket = HTTPConnection({'type': 'websocket', 'path': path, 'headers': headers})
        assert await gate.visitor(socket)
        assert await cast.services.people.visitor_on(fingerprint(session), is_used=False)
        cast.clock.pass_(hours=1)
    visitor = await gate.visitor(HTTPConnection({'type': 'http', 'path': '/me', 'headers': headers}))
    assert visitor
    assert visitor.device.must_confirm
