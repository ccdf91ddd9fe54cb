"""Test the page of an entry: Leo reads what Fia logged, and they reply to each other."""

from __future__ import annotations

from nicegui import ElementFilter
from nicegui.testing import User

from app.domain.entry_content import Audience, Content, EntryKind
from app.domain.people import Person, Role
from app.domain.replies import ReplyKind
from app.services.container import Services
from app.services.people import PersonDraft
from components.entries.author_actions import AuthorActions
from components.entries.reply_box import ReplyBox
from tests.cast import Clock, sign_in_once
from tests.staff_screens import SignIn, fill_in, handled, hire, press, wait_until

ID = 'a-phone-minted-this-entry'
CLAIM = 'only-the-phone-of-fia-knows-this'
WALK = Content(
    kind=EntryKind.ACTIVITY, text='Gick runt, 811218-9876', roots=('culture',), partners=('Polisen', 'Nils 811218-9876')
)


async def in_team(services: Services, name: str, role: Role = Role.FIELD, team: str = 'gatan') -> Person:
    """Add a person to a team, which is added if it doesn't exist."""
    founder = await services.people.add(None, PersonDraft('Grundaren', Role.ADMIN))
    if await services.people.team(team) is None:
        await services.people.add_team(founder, team.title(), 'Teknik', team)
    person = await hire(services, name, role)
    return await services.people.change(founder, person.id, PersonDraft(name, role, team))


def ui_elements(user: User, kind: type[AuthorActions]) -> list[AuthorActions]:
    """Return all elements of a kind. Unlike `user.find`, allow that there are none."""
    with user:
        return list(ElementFilter(kind=kind, local_scope=False))


def everything_sent(user: User) -> str:
    """Return everything that the page's elements have sent to the browser."""
    assert user.client
    return str([(element.props, getattr(element, 'text', '')) for element in user.client.elements.values()])


def owner(user: User) -> AuthorActions:
    (element,) = user.find(kind=AuthorActions).elements
    return element


async def test_leo_reads_it_and_may_not_change_it(services: Services, sign_in: SignIn) -> None:
    fia, leo = await in_team(services, 'Fia'), await in_team(services, 'Leo')
    await services.entries.log(fia, ID, WALK)
    async with sign_in(leo) as user:
        await user.open(f'/entries/{ID}')
        await user.should_see('Fia logged an activity')
        await user.should_see('Gick runt, ••••••-••••')
        await user.should_see('Polisen')
        await user.should_see('everyone who is signed in')
        assert not ui_elements(user, AuthorActions)
        assert '811218-9876' not in everything_sent(user)


async def test_its_author_and_administrators_may(services: Services, sign_in: SignIn) -> None:
    fia, alva = await in_team(services, 'Fia'), await hire(services, 'Alva', Role.ADMIN)
    await services.entries.log(fia, ID, WALK)
    for person, role in ((fia, 'author'), (alva, 'admin')):
        async with sign_in(person) as user:
            await user.open(f'/entries/{ID}')
            assert owner(user).props['role'] == role


async def test_who_may_not_read_it_is_told_kindly(services: Services, sign_in: SignIn) -> None:
    fia, nils = await in_team(services, 'Fia'), await in_team(services, 'Nils', team='parken')
    await services.entries.log(fia, ID, WALK.model_copy(update={'audience': Audience.TEAM}))
    async with sign_in(nils) as user:
        for id in (ID, 'no-such-entry-at-all'):
            await user.open(f'/entries/{id}')
            await user.should_see('This entry doesn’t exist, or you can’t read it.')
            await user.should_see('To the feed')
            await user.should_not_see('Gick runt')


async def test_the_page_of_an_entry_under_the_teams_name_says_nothing_of_its_author(
    services: Services, clock: Clock, sign_in: SignIn
) -> None:
    fia, leo, vera = [await in_team(services, name) for name in ('Fia', 'Leo', 'Vera')]
    await sign_in_once(services, leo.id, vera.id)
    wall = Content(kind=EntryKind.OBSTACLE, text='Ingen svarar 811218-9876', hits='Grannarna', tried='Ringt')
    wall = wall.model_copy(update={'partners': ('Nils 811218-9876',)})
    await services.entries.log(fia, ID, wall, CLAIM)
    async with sign_in(leo) as user:
        await user.open(f'/entries/{ID}')
        await user.should_see('This entry doesn’t exist, or you can’t read it.')
        await user.should_see('can be opened after a minute')
    clock.pass_(minutes=1)
    for person in (fia, leo):
        async with sign_in(person) as user:
            client = await user.open(f'/entries/{ID}')
            await user.should_see('Gatan logged an obstacle')
            await user.should_see('Grannarna')
            assert owner(user).props['role'] == ''
            assert owner(user).props['veiled'] is True
            shown = str([element.props for element in client.elements.values()])
            assert CLAIM not in shown
            assert '811218-9876' not in everything_sent(user)
            if person is leo:
                assert 'Fia logged' not in shown
                assert fia.id not in shown


async def test_what_others_say_arrives_by_itself(services: Services, sign_in: SignIn) -> None:
    fia, leo = await in_team(services, 'Fia'), await in_team(services, 'Leo')
    await services.entries.log(fia, ID, WALK)
    async with sign_in(fia) as user:
        await user.open(f'/entries/{ID}')
        await user.should_see('Nobody has said anything yet.')
        reply = await services.replies.add(leo, ID, 'a-reply-by-leo-00000', ReplyKind.YES_AND, 'vi går på måndag')
        await user.should_see('Yes, and … vi går på måndag')
        await services.replies.add(leo, ID, '', ReplyKind.THANKS)
        await user.should_see('1 thanks: Leo')
        await services.replies.withdraw(leo, reply.id)
        await user.should_see('Withdrawn')
        await user.should_not_see('vi går på måndag')


async def test_what_is_corrected_and_withdrawn_is_shown_so(services: Services, sign_in: SignIn) -> None:
    fia, leo = await in_team(services, 'Fia'), await in_team(services, 'Leo')
    await services.entries.log(fia, ID, WALK)
    async with sign_in(leo) as user:
        await user.open(f'/entries/{ID}')
        await services.replies.add(fia, ID, 'a-reply-by-fia-00000', ReplyKind.ANSWER, 'Synd')
        await user.should_see('Synd')
        await services.entries.correct(fia, ID, WALK.model_copy(update={'text': 'Gick inte alls'}))
        await user.should_see('Gick inte alls')
        await services.entries.withdraw(fia, ID)
        await user.should_see('This has been withdrawn.')
        await user.should_not_see('Gick inte alls')
        assert 'Synd' not in everything_sent(user)
    for person in (leo, fia):
        async with sign_in(person) as user:
            await user.open(f'/entries/{ID}')
            await user.should_see('This has been withdrawn.')
            for said in ('Gick inte alls', 'Polisen', 'Synd'):
                assert said not in everything_sent(user)


async def test_who_leads_no_more_reads_what_is_covered(services: Services, sign_in: SignIn) -> None:
    fia, lova = await in_team(services, 'Fia'), await in_team(services, 'Lova', Role.LEAD)
    await services.entries.log(fia, ID, WALK)
    await services.replies.add(fia, ID, 'a-reply-by-fia-00000', ReplyKind.YES_AND, 'ring 811218-9876')
    async with sign_in(lova) as user:
        await user.open(f'/entries/{ID}')
        assert everything_sent(user).count('811218-9876') == 3
        founder = next(person for person in await services.people.all() if person.role is Role.ADMIN)
        await services.people.change(founder, lova.id, PersonDraft('Lova', Role.FIELD, 'gatan'))
        await user.should_see('ring ••••••-••••')
        await services.replies.add(fia, ID, 'a-reply-by-fia-00001', ReplyKind.YES_AND, 'eller 811218-9876')
        await user.should_see('eller ••••••-••••')
        assert '811218-9876' not in everything_sent(user)


async def test_who_administers_no_more_is_sent_what_is_covered_alone(services: Services, sign_in: SignIn) -> None:
    fia, nils = await in_team(services, 'Fia'), await in_team(services, 'Nils', Role.ADMIN)
    await services.entries.log(fia, ID, WALK)
    async with sign_in(nils) as user:
        await user.open(f'/entries/{ID}')
        assert owner(user).props['role'] == 'admin'
        founder = next(
            person for person in await services.people.all() if person.id != nils.id and person.role is Role.ADMIN
        )
        await services.people.change(founder, nils.id, PersonDraft('Nils', Role.FIELD, 'gatan'))
        await user.should_see('Gick runt, ••••••-••••')
        assert ui_elements(user, AuthorActions) == []
        await services.entries.correct(fia, ID, WALK.model_copy(update={'text': 'Nej, 811218-9876'}))
        await user.should_see('Nej, ••••••-••••')
        assert '811218-9876' not in everything_sent(user)


async def test_who_may_read_it_no_more_is_shown_out(services: Services, sign_in: SignIn) -> None:
    fia, nils = await in_team(services, 'Fia'), await in_team(services, 'Nils', team='parken')
    await services.entries.log(fia, ID, WALK)
    async with sign_in(nils) as user:
        await user.open(f'/entries/{ID}')
        narrowed = WALK.model_copy(update={'audience': Audience.TEAM, 'text': 'Bara för oss'})
        await services.entries.correct(fia, ID, narrowed)
        await wait_until(lambda: user.back_history[-1] == '/feed')
        await user.should_not_see('Bara för oss')


async def test_leo_takes_back_what_he_said_and_alva_says_why(services: Services, sign_in: SignIn) -> None:
    fia, leo, alva = (
        await in_team(services, 'Fia'),
        await in_team(services, 'Leo'),
        await hire(services, 'Alva', Role.ADMIN),
    )
    await services.entries.log(fia, ID, WALK)
    await services.replies.add(leo, ID, 'a-reply-by-leo-00000', ReplyKind.QUESTION, 'Var då?')
    await services.replies.add(leo, ID, 'a-reply-by-leo-00001', ReplyKind.QUESTION, 'När då?')
    async with sign_in(alva) as user:
        await user.open(f'/entries/{ID}')
        await user.should_not_see('Withdraw')
        press(user, 'Remove')
        await user.should_see('Remove this answer?')
        fill_in(user, 'Why? The author can read this.', 'Fel tråd')
        press(user, 'Remove')
        await user.should_see('Removed by an administrator: “Fel tråd”')
    async with sign_in(leo) as user:
        await user.open(f'/entries/{ID}')
        async with handled(user):
            press(user, 'Withdraw')
            await user.should_see('Withdraw this?')
            press(user, 'Withdraw')
    assert (
        await services.replies.thread(await services.entries.get(await services.context.reader(leo), ID))
    ).documents == ()


async def test_colleagues_and_teams_can_be_called(services: Services, sign_in: SignIn) -> None:
    fia, leo = await in_team(services, 'Fia'), await in_team(services, 'Leo')
    await services.entries.log(fia, ID, WALK)
    async with sign_in(leo) as user:
        await user.open(f'/entries/{ID}')
        (box,) = user.find(kind=ReplyBox).elements
        assert set(box.props['people']) == {'Fia', 'Grundaren', 'Gatan'}
        assert (box.props['thankable'], box.props['thanked']) == (True, '')
