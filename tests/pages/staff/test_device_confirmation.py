"""Test what an idle device shows before it lets somebody in: a code, and then what was asked for."""

from __future__ import annotations

import pytest
from nicegui import ElementFilter
from nicegui.testing import User

from app.domain.people import Role
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


async def test_an_invitation_and_an_administrator_wait_too(services: Services, sign_in: SignIn, clock: Clock) -> None:
    alva, fia = await hire(services, 'Alva', Role.ADMIN), await hire(services, 'Fia', Role.FIELD)
    async with sign_in(alva) as idle:
        clock.pass_(hours=12)
        await idle.open('/people')
        idle.find(marker='Fia').click()
        await idle.should_see('Devices')
        press(idle, 'Invite')
        await idle.should_see('python -m app invite --role admin NAME')
        press(idle, 'Cancel')
        await idle.should_not_see(marker='invitation-link')
        press(idle, 'Edit')
        await idle.should_see('Edit the person')
        choose(idle, 'Role', Role.ADMIN)
        press(idle, 'Save')
        await idle.should_see('It works for 10 minutes')
        assert (await services.people.get(fia.id)).role is Role.FIELD
        async with sign_in(alva) as other:
            await _confirm(other, _code(idle))
            await wait_until(lambda: _is_admin(services, fia.id))
        async with handled(idle):
            press(idle, 'Add a person')
        fill_in(idle, 'Name', 'Eva')
        choose(idle, 'Role', Role.ADMIN)
        async with handled(idle):
            press(idle, 'Save')
        await idle.should_see(marker='Eva')
        assert 'Eva' in {person.name for person in await services.people.all()}, 'it is asked once'


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


async def _is_admin(services: Services, person_id: str) -> bool:
    return (await services.people.get(person_id)).is_admin


def _code(user: User) -> str:
    """Return the newest code on this screen."""
    with user:
        codes = list(ElementFilter(kind=Text, marker='confirmation-code', local_scope=False))
    return str(max(codes, key=lambda code: code.id).text)
