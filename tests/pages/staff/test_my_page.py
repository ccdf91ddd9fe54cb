"""Test Fia's own page: her notifications, her entries, and how she and others leave Haren."""

from __future__ import annotations

from nicegui import ui

from app.domain.entry_content import Content, EntryKind
from app.domain.leaving import Leaving
from app.domain.people import Person, Role
from app.domain.replies import ReplyKind
from app.services.container import Services
from app.services.people import PersonDraft
from components.people.my_device_storage import MyDeviceStorage
from tests.cast import Clock, sign_in_once
from tests.staff_screens import SignIn, choose, hire, press, wait_until

ID = 'a-phone-minted-this-entry'
WALK = Content(kind=EntryKind.ACTIVITY, text='Gick runt')


async def test_what_reached_her_stands_first_and_is_seen_then(services: Services, sign_in: SignIn) -> None:
    fia, leo = await hire(services, 'Fia', Role.FIELD), await hire(services, 'Leo', Role.FIELD)
    await services.entries.log(fia, ID, WALK)
    await services.replies.add(leo, ID, 'a-reply-by-leo-00000', ReplyKind.YES_AND, 'vi ringer 811218-9876')
    async with sign_in(fia) as user:
        await user.open('/me')
        await user.should_see('Leo built on what you logged')
        await user.should_see('Yes, and … vi ringer ••••••-••••')
        await user.should_see('(1 new)')
        await services.replies.add(leo, ID, '', ReplyKind.THANKS)
        await user.should_see('Leo thanks you', retries=10)

    async def only_the_later_one_is_unseen() -> bool:
        return await services.notifications.unseen(fia) <= 1

    await wait_until(only_the_later_one_is_unseen)


async def test_what_she_logged_stands_page_by_page(services: Services, sign_in: SignIn) -> None:
    fia = await hire(services, 'Fia', Role.FIELD)
    for number in range(7):
        await services.entries.log(fia, f'{ID}-{number}', WALK.model_copy(update={'text': f'Runda {number}'}))
    async with sign_in(fia) as user:
        await user.open('/me')
        await user.should_see('Runda 6')
        await user.should_not_see('Runda 1')
        press(user, 'Show more')
        await user.should_see('Runda 0')


async def test_the_page_asks_for_no_claim(services: Services, clock: Clock, sign_in: SignIn) -> None:
    """Send all browsers the same counts for obstacles under a team's name: each knows which are its own."""
    await services.people.add_team(await hire(services, 'Alva', Role.ADMIN), 'Gatan', 'Teknik', 'gatan')
    fia, leo, vera = [await member(services, name) for name in ('Fia', 'Leo', 'Vera')]
    await sign_in_once(services, leo.id, vera.id)
    wall = Content(kind=EntryKind.OBSTACLE, text='Ingen svarar')
    await services.entries.log(fia, ID, wall, 'only-the-phone-of-fia-knows-this')
    clock.pass_(minutes=1)
    await services.replies.add(leo, ID, 'a-reply-by-leo-00000', ReplyKind.YES_AND, 'vi ringer')
    for person in (fia, leo):
        async with sign_in(person) as user:
            await user.open('/me')
            (phone,) = user.find(kind=MyDeviceStorage).elements
            assert phone.props['answers'] == {ID: 1}
            await user.should_not_see('Ingen svarar')


async def member(services: Services, name: str) -> Person:
    """Add a member of the team Gatan, who reads English."""
    person = await services.people.add(None, PersonDraft(name, Role.FIELD, 'gatan'))
    return await services.people.prefer(person, 'en', 'auto')


async def test_leaving_is_a_plain_form_after_a_warning(services: Services, sign_in: SignIn) -> None:
    fia, alva = await hire(services, 'Fia', Role.FIELD), await hire(services, 'Alva', Role.ADMIN)
    async with sign_in(fia) as user:
        await user.open('/me')
        press(user, 'Leave Haren …')
        await user.should_see('Leave Haren for good?')
        await user.should_see('What you have written stays without your name')
        forms = [element.props for element in user.find(kind=ui.element).elements if element.tag == 'form']
        assert ('post', '/me/leave') in {(form.get('method'), form.get('action')) for form in forms}
    await services.municipality.change(alva, 'Borås', '', '', Leaving.ERASE)
    async with sign_in(fia) as user:
        await user.open('/me')
        press(user, 'Leave Haren …')
        await user.should_see('What you have written is erased')
    assert await services.people.get(fia.id)


async def test_the_last_administrator_is_told_before_the_warning(services: Services, sign_in: SignIn) -> None:
    async with sign_in(await hire(services, 'Alva', Role.ADMIN)) as user:
        await user.open('/me')
        press(user, 'Leave Haren …')
        await user.should_see('There must be at least one administrator.')
        await user.should_not_see('Leave Haren for good?')


async def test_alva_has_somebody_forgotten(services: Services, sign_in: SignIn) -> None:
    alva, fia = await hire(services, 'Alva', Role.ADMIN), await hire(services, 'Fia', Role.FIELD)
    async with sign_in(alva) as user:
        await user.open('/people')
        user.find('Fia').click()
        await user.should_see('Invite')
        press(user, 'Delete person …')
        await user.should_see('Delete Fia?')
        press(user, 'Delete')
        await user.should_see('Deleted')
        await user.should_not_see('Field staff')

    async def is_forgotten() -> bool:
        return not await services.context.store.get(Person, fia.id)

    await wait_until(is_forgotten)


async def test_the_municipality_chooses_what_becomes_of_it(services: Services, sign_in: SignIn) -> None:
    async with sign_in(await hire(services, 'Alva', Role.ADMIN)) as user:
        await user.open('/settings')
        choose(user, 'When somebody leaves Haren', Leaving.ERASE)
        press(user, 'Save')
        await user.should_see('Saved')
    assert await services.account_erasure.mode() is Leaving.ERASE
