"""Test the people: Alva, an administrator, adds and removes colleagues."""

from __future__ import annotations

import pytest
from nicegui import ui

from app.domain.errors import Gone
from app.domain.people import Role
from app.i18n import translator
from app.services.container import Services
from app.services.people import PersonDraft
from components.ui.button import Button
from components.ui.select import Select
from tests.cast import NOON, Clock
from tests.staff_screens import SignIn, choose, fill_in, handled, hint, hire, press, tap_twice


async def test_alva_adds_a_team_and_fia_and_invites_her(services: Services, sign_in: SignIn) -> None:
    alva = await hire(services, 'Alva', Role.ADMIN)
    async with sign_in(alva) as user:
        await user.open('/people')
        await user.should_see('Teams will show up here')
        press(user, 'Add a team')
        await user.should_see('Organisation')
        fill_in(user, 'Name', 'Insamlingen')
        fill_in(user, 'Organisation', 'Energi och Miljö')
        press(user, 'Save')
        await user.should_see(marker='Insamlingen')
        (team,) = await services.people.teams()

        press(user, 'Add a person')
        await user.should_see('Role')
        fill_in(user, 'Name', 'Fia Fält')
        choose(user, 'Role', Role.FIELD)
        choose(user, 'Team', team.id)
        press(user, 'Save')
        await user.should_see('Field staff · Insamlingen')
        await user.should_see('Not signed in anywhere')

        press(user, 'Invite')
        await user.should_see('Invitation for Fia Fält')
        (link,) = user.find(marker='invitation-link').elements
    address, token = link.props['value'].rsplit('/', 1)
    assert address == f'{services.base}/join'
    assert (await services.people.invited(token)).name == 'Fia Fält'


async def test_a_double_click_on_invite_makes_one_invitation_and_it_works(services: Services, sign_in: SignIn) -> None:
    alva, fia = await hire(services, 'Alva', Role.ADMIN), await hire(services, 'Fia', Role.FIELD)
    async with sign_in(alva) as user:
        await user.open('/people')
        user.find(marker='Fia').click()
        await user.should_see('Devices')
        async with handled(user):
            await tap_twice(user, 'Invite')
            (link,) = user.find(marker='invitation-link').elements
            assert (await services.people.invited(link.props['value'].rsplit('/', 1)[1])).id == fia.id
            press(user, 'Close')
        press(user, 'Invite')
        await user.should_see(marker='invitation-link')


async def test_what_adam_changed_meanwhile_is_not_undone_unknowingly(services: Services, sign_in: SignIn) -> None:
    alva, adam = await hire(services, 'Alva', Role.ADMIN), await hire(services, 'Adam', Role.ADMIN)
    fia, team = await hire(services, 'Fia', Role.FIELD), await services.people.add_team(alva, 'Insamlingen', 'EM')
    async with sign_in(alva) as user:
        await user.open('/people')
        user.find(marker='Fia').click()
        await user.should_see('Devices')
        press(user, 'Edit')
        await user.should_see('Has left')
        await services.people.change(adam, fia.id, PersonDraft('Fia', Role.LEAD, team.id))
        fill_in(user, 'Name', 'Fia Fält')
        press(user, 'Save')
        await user.should_see('Somebody has changed this in the meantime')
        assert (hint(user, 'Role'), hint(user, 'Team')) == ('Now: Team lead', 'Now: Insamlingen, EM')
        assert hint(user, 'Name') == ''
        assert (await services.people.get(fia.id)).role is Role.LEAD
        choose(user, 'Team', team.id)
        press(user, 'Save')
        await user.should_see('Saved')
    changed = await services.people.get(fia.id)
    assert (changed.name, changed.role, changed.team_id) == ('Fia Fält', Role.FIELD, team.id)


async def test_a_team_under_another_name_is_told_wherever_it_stands(services: Services, sign_in: SignIn) -> None:
    alva, adam = await hire(services, 'Alva', Role.ADMIN), await hire(services, 'Adam', Role.ADMIN)
    team = await services.people.add_team(alva, 'Insamlingen', 'EM')
    await services.people.add(alva, PersonDraft('Fia', Role.FIELD, team.id))
    async with sign_in(alva) as user:
        await user.open('/people')
        await user.should_see('Field staff · Insamlingen')
        await services.people.add(adam, PersonDraft('Nils', Role.FIELD))
        await user.should_see(marker='Nils', retries=50)  # so the screen has handled all earlier events
        await services.people.rename_team(adam, team.id, 'Gröna laget', 'EM')
        await user.should_see('Field staff · Gröna laget')
        await user.should_not_see('Insamlingen')


async def test_two_who_rename_a_team_at_once_see_each_others_change(services: Services, sign_in: SignIn) -> None:
    alva, adam = await hire(services, 'Alva', Role.ADMIN), await hire(services, 'Adam', Role.ADMIN)
    team = await services.people.add_team(alva, 'Insamlingen', 'EM')
    async with sign_in(alva) as user:
        await user.open('/people')
        user.find(marker='Insamlingen').click()
        await user.should_see('Edit the team')
        await services.people.rename_team(adam, team.id, 'Insamlingen', 'Energi och Miljö')
        fill_in(user, 'Name', 'Gröna laget')
        press(user, 'Save')
        await user.should_see('Somebody has changed this in the meantime')
        assert hint(user, 'Organisation') == 'Now: Energi och Miljö'
        press(user, 'Save')
        await user.should_see('Saved')
    (team,) = await services.people.teams()
    assert (team.name, team.organisation) == ('Gröna laget', 'EM')


async def test_roles_promise_only_what_there_is(services: Services, sign_in: SignIn) -> None:
    alva = await hire(services, 'Alva', Role.ADMIN)
    async with sign_in(alva) as user:
        await user.open('/people')
        press(user, 'Add a person')
        await user.should_see('Role')
        (role,) = user.find(kind=Select, content='Role').elements
    assert {option['label'] for option in role.props['options']} >= {
        'Team lead: does what field staff do, and reviews held reports'
    }


async def test_the_last_administrator_stays_one(services: Services, sign_in: SignIn) -> None:
    alva = await hire(services, 'Alva', Role.ADMIN)
    async with sign_in(alva) as user:
        await user.open('/people')
        user.find(marker='Alva').click()
        await user.should_see('Devices')
        press(user, 'Edit')
        await user.should_see('Has left')
        choose(user, 'Role', Role.FIELD)
        press(user, 'Save')
        await user.should_see('There must be at least one administrator')
        await user.should_see('Has left')
    assert (await services.people.get(alva.id)).role is Role.ADMIN


async def test_somebody_who_leaves_is_signed_out_and_can_not_be_invited(services: Services, sign_in: SignIn) -> None:
    alva, fia = await hire(services, 'Alva', Role.ADMIN), await hire(services, 'Fia', Role.FIELD)
    unused = await services.people.invite(alva, fia.id)
    async with sign_in(alva) as user:
        await user.open('/people')
        user.find(marker='Fia').click()
        await user.should_see('Devices')
        press(user, 'Edit')
        await user.should_see('Has left')
        user.find(kind=ui.checkbox).click()
        press(user, 'Save')
        await user.should_see('has left')
        await user.should_not_see(kind=Button, content='Invite')
    assert not (await services.people.get(fia.id)).active
    with pytest.raises(Gone):
        await services.people.join(unused, 'Firefox, Linux')


async def test_alva_signs_a_lost_phone_out(services: Services, sign_in: SignIn) -> None:
    alva, fia = await hire(services, 'Alva', Role.ADMIN), await hire(services, 'Fia', Role.FIELD)
    async with sign_in(alva) as user:
        await user.open('/people')
        user.find(marker='Fia').click()
        await user.should_see('Not signed in anywhere')
        _, session = await services.people.join(await services.people.invite(alva, fia.id), 'Safari, iPhone')
        await user.should_see('Safari, iPhone')
        press(user, 'Sign out')
        await user.should_see('needs a new invitation')
        assert await services.people.visitor(session)
        press(user, 'Sign out')
        await user.should_see('Not signed in anywhere')
    assert await services.people.visitor(session) is None


async def test_a_name_with_quotes_and_tags_is_only_a_name(services: Services, sign_in: SignIn) -> None:
    alva = await hire(services, 'Alva', Role.ADMIN)
    name = '"><img src=x onerror=alert(1)> \' :class="x"'
    await services.people.add(alva, PersonDraft(name, Role.FIELD))
    async with sign_in(alva) as user:
        await user.open('/people')
        await user.should_see(name)
        (button,) = (fold for fold in user.find(content='Field staff').elements)
        assert 'onerror' not in button.props


async def test_leo_who_leads_a_team_may_not_change_people(services: Services, sign_in: SignIn) -> None:
    leo = await hire(services, 'Leo', Role.LEAD)
    async with sign_in(leo) as user:
        await user.open('/people')
        await user.should_see('Your role doesn’t allow this')
        await user.should_not_see('Add a person')


async def test_administrators_see_the_day_on_which_a_device_was_used_and_its_owner_the_hour(
    services: Services, clock: Clock, sign_in: SignIn
) -> None:
    alva, fia = await hire(services, 'Alva', Role.ADMIN), await hire(services, 'Fia', Role.FIELD)
    await services.people.join(await services.people.invite(None, fia.id), 'Safari, iPhone')
    clock.pass_(minutes=50)
    _ = translator('en')
    ago, day = _.when(NOON, clock.at), _.date(NOON)
    assert ago != day
    for opener in (alva, fia):
        async with sign_in(opener) as user:
            await user.open('/people' if opener is alva else '/me')
            if opener is alva:
                user.find(marker='Fia').click()
            await user.should_see('Safari, iPhone')
            await user.should_see(f'last used {day if opener is alva else ago}')
            if opener is alva:
                await user.should_not_see(f'last used {ago}')
