"""Test Fia's own page: her devices and preferences."""

from __future__ import annotations

import pytest
from nicegui import ui
from nicegui.testing import User
from nicegui.testing.user_interaction import UserInteraction

from app.domain.people import Person, Role
from app.services.container import Services
from components.ui.button import Button, ButtonLink
from tests.staff_screens import SignIn, handled, hire, press, wait_until


async def test_fia_sees_who_she_is_and_signs_her_old_phone_out(services: Services, sign_in: SignIn) -> None:
    fia = await hire(services, 'Fia', Role.FIELD)
    _, old = await services.people.join(await services.people.invite(None, fia.id), 'Safari, iPhone')
    async with sign_in(fia) as user:
        await user.open('/me')
        await user.should_see('Fia')
        await user.should_see('Field staff')
        await user.should_see('this device')
        _press_sign_out_of(user, 'Safari, iPhone')
        await user.should_see('needs a new invitation')
        press(user, 'Sign out')
        await user.should_see('Signed out')
    assert await services.people.visitor(old) is None
    assert [device.name for device in await services.people.devices(fia.id)] == ['Chrome, Android']


async def test_leaving_this_device_is_a_plain_form(services: Services, sign_in: SignIn) -> None:
    fia = await hire(services, 'Fia', Role.FIELD)
    async with sign_in(fia) as user:
        await user.open('/me')
        press(user, 'Sign out')
        await user.should_see('Sign out here?')
        forms = [element for element in user.find(kind=ui.element).elements if element.tag == 'form']
    assert [(form.props['method'], form.props['action']) for form in forms] == [('post', '/out')]


async def test_a_screen_ends_with_its_device(
    services: Services, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr('components.shell.socket_guard.TIME_TO_LEAVE', 0.01)
    fia = await hire(services, 'Fia', Role.FIELD)
    async with sign_in(fia) as user:
        here = await user.open('/me')
        away = await user.open('/me')
        for socket in [*away._socket_to_document_id]:
            away.handle_disconnect(socket)
        await _sign_out_everywhere(services, fia)
        await wait_until(lambda: here.is_deleted)
        assert not away.is_deleted, 'NiceGUI lets go of it by itself, unless it comes back'
        assert away.has_socket_connection is False
        await away.handle_handshake('again', 'a-tab', None, 'a-document', None)
        assert away.is_deleted
    assert 'KeyError' not in caplog.text


async def _sign_out_everywhere(services: Services, person: Person) -> None:
    for device in await services.people.devices(person.id):
        await services.people.revoke(person, device.id)


async def test_language_and_theme_take_effect_at_once(services: Services, sign_in: SignIn) -> None:
    fia = await hire(services, 'Fia', Role.FIELD)
    async with sign_in(fia) as user:
        client = await user.open('/me')
        assert (client.page.language, client.page.dark) == ('en-GB', None)
        user.find('Dark').click()
        await _until_kept(services, fia, theme='dark')
        user.find('Svenska').click()
        await _until_kept(services, fia, language='sv', theme='dark')
        client = await user.open('/me')
        assert (client.page.language, client.page.dark) == ('sv', True)


async def test_nobody_who_is_signed_out_meanwhile_changes_anything(services: Services, sign_in: SignIn) -> None:
    fia, alva = await hire(services, 'Fia', Role.FIELD), await hire(services, 'Alva', Role.ADMIN)
    async with sign_in(fia) as user:
        await user.open('/me')
        (device,) = await services.people.devices(fia.id)
        await services.people.revoke(alva, device.id)
        async with handled(user):
            user.find('Dark').click()
    assert (await services.people.get(fia.id)).theme == 'auto'


async def test_the_way_to_the_settings_is_for_administrators(services: Services, sign_in: SignIn) -> None:
    fia, alva = await hire(services, 'Fia', Role.FIELD), await hire(services, 'Alva', Role.ADMIN)
    async with sign_in(fia) as user:
        await user.open('/me')
        await user.should_not_see('Settings of the municipality')
    async with sign_in(alva) as user:
        await user.open('/me')
        await user.should_see('Settings of the municipality')


async def _until_kept(services: Services, person: Person, **wishes: str) -> None:
    async def is_kept() -> bool:
        return wishes.items() <= dict(await services.people.get(person.id)).items()

    await wait_until(is_kept)


def _press_sign_out_of(user: User, device: str) -> None:
    (button,) = (
        button for button in user.find(kind=Button).elements if device in str(button.props.get('aria-label', ''))
    )
    UserInteraction(user, {button}, device).click()


@pytest.mark.parametrize(('role', 'leads'), [(Role.FIELD, False), (Role.LEAD, True), (Role.ADMIN, True)])
async def test_a_lead_finds_the_held_reports_on_a_phone_too(
    services: Services, sign_in: SignIn, role: Role, leads: bool
) -> None:
    async with sign_in(await hire(services, 'Leo', role)) as user:
        await user.open('/me')
        links = user.find(kind=ButtonLink).elements
    assert ('/held' in {link.props['href'] for link in links}) is leads
