"""Test the access tokens on Fia's own page: she makes one, reads it once, and ends it."""

from __future__ import annotations

import pytest
from nicegui import ElementFilter, ui
from nicegui.testing import User
from nicegui.testing.user_interaction import UserInteraction

from app.domain.access_tokens import Scope
from app.domain.people import Role
from app.services.container import Services
from components.ui.button import Button
from tests.cast import Clock
from tests.staff_screens import SignIn, choose, fill_in, hire, press, wait_until


async def test_fia_makes_a_key_and_sees_it_once(services: Services, sign_in: SignIn) -> None:
    fia = await hire(services, 'Fia', Role.FIELD)
    async with sign_in(fia) as user:
        await user.open('/me')
        press(user, 'Create a key')
        await user.should_see('What is it for?')
        fill_in(user, 'What is it for?', 'Statistik')
        user.find(kind=ui.checkbox, content='Log and answer in your name').click()
        choose(user, 'How long should it be valid?', '30')
        _press_main(user, 'Create a key')
        await user.should_see('shown only this once')
        (field,) = user.find(marker='new-key').elements
        secret = str(field.props['value'])
        shown = await services.access_tokens.authenticate(secret)
        assert shown is not None
        assert (shown.person.id, shown.token.name) == (fia.id, 'Statistik')
        assert shown.token.scopes == (Scope.READ, Scope.LOG)
        assert (shown.token.ends_at - shown.token.made_at).days == 30
        press(user, 'I have the key')
        await wait_until(lambda: not _shown(user))
        await user.should_see('Read what you may read · Log and answer in your name')
        await user.open('/me')
        await user.should_see('Statistik')
        await user.should_not_see(marker='new-key')
        assert all(secret not in str(element.props) for element in user.find(kind=ui.element).elements)


async def test_a_key_is_shown_until_fia_says_that_she_has_it(services: Services, sign_in: SignIn, clock: Clock) -> None:
    fia = await hire(services, 'Fia', Role.FIELD)
    async with sign_in(fia) as user:
        secret = await _make_key(user)
        await user.should_see('nobody has said that they have it')
        for _ in range(2):  # the browser has lost the screen
            await user.open('/me')
            assert _shown(user) == [secret]
        press(user, 'I have the key')
        await wait_until(lambda: not _shown(user))
        await user.open('/me')
        assert _shown(user) == []
    clock.pass_(days=1)
    assert await services.access_tokens.authenticate(secret)


@pytest.mark.parametrize('given_back', [True, False])
async def test_no_key_works_that_nobody_has(
    services: Services, sign_in: SignIn, clock: Clock, given_back: bool
) -> None:
    fia = await hire(services, 'Fia', Role.FIELD)
    async with sign_in(fia) as user:
        secret = await _make_key(user)
        if given_back:
            press(user, 'I don’t need it')
            await wait_until(lambda: not _shown(user))
        else:
            clock.pass_(hours=1)
        assert await services.access_tokens.authenticate(secret) is None
        assert await services.access_tokens.of(fia.id) == ()
        await user.open('/me')
        assert _shown(user) == []


async def test_nobody_else_and_no_other_device_sees_a_key(services: Services, sign_in: SignIn) -> None:
    fia, leo = await hire(services, 'Fia', Role.FIELD), await hire(services, 'Leo', Role.LEAD)
    async with sign_in(fia) as user, sign_in(fia) as at_home, sign_in(leo) as other:
        await _make_key(user)
        for elsewhere in (at_home, other):
            await elsewhere.open('/me')
            assert _shown(elsewhere) == []


async def test_a_key_that_may_nothing_is_not_made(services: Services, sign_in: SignIn) -> None:
    fia = await hire(services, 'Fia', Role.FIELD)
    async with sign_in(fia) as user:
        await user.open('/me')
        press(user, 'Create a key')
        await user.should_see('What is it for?')
        _press_main(user, 'Create a key')
        await user.should_see('Enter a name.')
        fill_in(user, 'What is it for?', 'Statistik')
        user.find(kind=ui.checkbox, content='Read what you may read').click()
        _press_main(user, 'Create a key')
        await user.should_see('Choose what the program may do.')
        await user.should_not_see(marker='new-key')
    assert await services.access_tokens.of(fia.id) == ()


async def test_fia_ends_a_key_of_hers(services: Services, sign_in: SignIn) -> None:
    fia = await hire(services, 'Fia', Role.FIELD)
    _, secret = await services.access_tokens.make(fia, 'Statistik', {Scope.READ})
    await services.access_tokens.make(await hire(services, 'Leo', Role.LEAD), 'Leos nyckel', {Scope.READ})
    async with sign_in(fia) as user:
        await user.open('/me')
        await user.should_not_see('Leos nyckel')
        (end,) = _named(user, 'Revoke Statistik')
        UserInteraction(user, {end}, 'Revoke').click()
        await user.should_see('can’t use Haren any more')
        press(user, 'Revoke')
        await user.should_see('Key revoked')
        await wait_until(lambda: not _named(user, 'Revoke Statistik'))
    assert await services.access_tokens.authenticate(secret) is None


async def _make_key(user: User) -> str:
    await user.open('/me')
    press(user, 'Create a key')
    await user.should_see('What is it for?')
    fill_in(user, 'What is it for?', 'Statistik')
    _press_main(user, 'Create a key')
    await user.should_see(marker='new-key')
    (secret,) = _shown(user)
    return secret


def _shown(user: User) -> list[str]:
    """Return the secrets in open dialogs."""
    with user:
        dialogs = [dialog for dialog in ElementFilter(kind=ui.dialog, local_scope=False) if dialog.value]
        fields = list(ElementFilter(marker='new-key', local_scope=False))
    return [
        str(field.props['value'])
        for field in fields
        if any(dialog in dialogs for dialog in field.ancestors(include_self=False))
    ]


def _named(user: User, name: str) -> list[Button]:
    """Return the buttons with this name for screen readers."""
    return [button for button in user.find(kind=Button).elements if button.props.get('aria-label') == name]


def _press_main(user: User, label: str) -> None:
    """Press the button of the dialog, not the one that opened it."""
    found = user.find(kind=Button, content=label).elements
    UserInteraction(user, {max(found, key=lambda button: button.id)}, label).click()
