"""Test what an idle device shows before it lets somebody in: a code, and then what was asked for."""

from __future__ import annotations

import pytest
from nicegui import ElementFilter, ui
from nicegui.testing import User

from app.domain.people import Invitation, Role
from app.services.container import Services
from components.ui.text import Text
from tests.cast import Clock
from tests.staff_screens import SignIn, choose, fill_in, handled, hire, press, wait_until


@pytest.mark.parametrize('by', ['owner', 'administrator'])
async def test_a_key_is_made_once_the_device_is_confirmed(
    services: Services, sign_in: SignIn, clock: Clock, by: str
) -> None:
    alva, fia = await hire(services, 'Alva', Role.ADMIN), await hire(services, 'Fia', Role.FIELD)
    async with sign_in(fia) as idle:
        clock.pass_(hours=12)
        async with sign_in(fia if by == 'owner' else alva) as other:
            await idle.open('/me')
            press(idle, 'Create a key')
            await idle.should_see('What is it for?')
            fill_in(idle, 'What is it for?', 'Statistik')
            press(idle, 'Create a key')
            await idle.should_see('Confirm this device')
            await idle.should_not_see('python -m app invite')
            assert await services.access_tokens.of(fia.id) == ()
            await _confirm(other, _code(idle))
            await other.should_see('The device is confirmed')
            await idle.should_see(marker='new-key')
    (token,) = await services.access_tokens.of(fia.id)
    assert token.name == 'Statistik'


@pytest.mark.parametrize('act', ['invite', 'promote', 'add'])
async def test_an_invitation_and_an_administrator_wait_too(
    services: Services, sign_in: SignIn, clock: Clock, act: str
) -> None:
    alva = await hire(services, 'Alva', Role.ADMIN)
    await hire(services, 'Fia', Role.FIELD)
    async with sign_in(alva) as idle:
        clock.pass_(hours=12)
        before = await _made(services)
        await idle.open('/people')
        idle.find(marker='Fia').click()
        await idle.should_see('Devices')
        await _begin(idle, act)
        await idle.should_see('python -m app invite --role admin NAME')
        assert await _made(services) == before
        async with sign_in(alva) as other:
            before = await _made(services)
            await _confirm(other, _code(idle))
            await wait_until(lambda: _has_made_something(services, before))
    now_admin = {person.name for person in await services.people.all() if person.is_admin}
    assert now_admin == {'invite': {'Alva'}, 'promote': {'Alva', 'Fia'}, 'add': {'Alva', 'Eva'}}[act]


async def test_whoever_closes_the_dialog_keeps_what_they_typed(
    services: Services, sign_in: SignIn, clock: Clock
) -> None:
    alva = await hire(services, 'Alva', Role.ADMIN)
    async with sign_in(alva) as idle:
        clock.pass_(hours=12)
        await idle.open('/people')
        await _begin(idle, 'add')
        await idle.should_see('Confirm this device')
        code = _code(idle)
        press(idle, 'Cancel')
        (name,) = idle.find(kind=ui.input, content='Name').elements
        assert name.value == 'Eva'
        async with sign_in(alva) as other:
            await _confirm(other, code)
            await other.should_see('No device is waiting with this code')
    assert [person.name for person in await services.people.all()] == ['Alva']


async def test_a_wrong_code_is_told_at_the_field(services: Services, sign_in: SignIn) -> None:
    fia = await hire(services, 'Fia', Role.FIELD)
    async with sign_in(fia) as user:
        await _confirm(user, 'K7M 2QR')
        await user.should_see('No device is waiting with this code')


async def _confirm(user: User, code: str) -> None:
    await user.open('/me')
    press(user, 'Confirm another device')
    await user.should_see('The code on the other device')
    fill_in(user, 'The code on the other device', code)
    press(user, 'Confirm')


async def _begin(user: User, act: str) -> None:
    if act == 'invite':
        press(user, 'Invite')
        return
    async with handled(user):
        press(user, 'Edit' if act == 'promote' else 'Add a person')
    if act == 'add':
        fill_in(user, 'Name', 'Eva')
    choose(user, 'Role', Role.ADMIN)
    press(user, 'Save')


async def _made(services: Services) -> list[str]:
    """Return the ids of what lets somebody in, and who is administrator."""
    invitations = await services.context.find_all(Invitation)
    return [*(one.id for one in invitations), *(one.id for one in await services.people.all() if one.is_admin)]


async def _has_made_something(services: Services, before: list[str]) -> bool:
    return await _made(services) != before


def _code(user: User) -> str:
    """Return the newest code on this screen."""
    with user:
        codes = list(ElementFilter(kind=Text, marker='confirmation-code', local_scope=False))
    return str(max(codes, key=lambda code: code.id).text)
