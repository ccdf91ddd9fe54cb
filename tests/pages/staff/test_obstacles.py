"""Test the obstacle diary on the server: what it sends to the browser, and what the browser can ask of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from nicegui import ui
from nicegui.testing import User
from nicegui.testing.user_interaction import UserInteraction

from app.domain.entries import Entry
from app.domain.entry_content import Audience, Content, EntryKind
from app.domain.obstacles import Obstacle, ObstacleState
from app.domain.people import Person, Role
from app.domain.replies import ReplyKind
from app.services.container import Services
from app.services.people import PersonDraft
from components.obstacles.list import ObstacleList
from tests.cast import sign_in_once
from tests.staff_screens import SignIn, fill_in, handled, press, wait_until

WALL = Content(kind=EntryKind.OBSTACLE, text='Nobody answers 19121212-1212', obstacle_kind='culture', tried='We called')
CLAIM = 'only-the-phone-of-fia-knows-this'

Calls = list[tuple[Any, ...]]


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Calls:
    """Return the calls of the methods of the cards in browsers, in order."""
    made: Calls = []
    monkeypatch.setattr(ObstacleList, 'run_method', lambda _, *args, **__: made.append(args))
    return made


@pytest.fixture
async def fia(services: Services) -> Person:
    """Add Fia, who collects."""
    alva = await services.people.add(None, PersonDraft('Alva Admin', Role.ADMIN), 'alva')
    await services.people.add_team(alva, 'Collectors', 'Energy', 'collectors')
    await services.people.add_team(alva, 'Streets', 'City', 'streets')
    return await speaks_english(
        services, await services.people.add(alva, PersonDraft('Fia', Role.FIELD, 'collectors'), 'fia')
    )


@pytest.fixture
async def nils(services: Services, fia: Person) -> Person:
    """Add Nils, of another organisation."""
    alva = await services.people.get('alva')
    return await speaks_english(
        services, await services.people.add(alva, PersonDraft('Nils', Role.FIELD, 'streets'), 'nils')
    )


async def speaks_english(services: Services, person: Person) -> Person:
    return await services.people.prefer(person, 'en', 'auto')


async def log(services: Services, person: Person, number: int = 0, claim: str = '', **other: Any) -> Entry:
    content = WALL.model_copy(update=other)
    return await services.entries.log(person, f'a-phone-minted-this-{number}', content, claim)


def cards(user: User) -> ObstacleList:
    (cards,) = user.find(kind=ObstacleList).elements
    return cards


def texts(user: User) -> list[str]:
    return [row['text'] for row in cards(user).props['rows']]


async def send(user: User, event: str, **args: Any) -> None:
    """Send an event of the cards, as the browser does when somebody presses a button there."""
    async with handled(user):
        UserInteraction(user, {cards(user)}, '').trigger(event, args)


async def standing(services: Services, entry: Entry) -> Obstacle:
    return await services.obstacles.of(entry)


async def test_an_empty_diary_says_what_will_appear(services: Services, sign_in: SignIn, fia: Person) -> None:
    async with sign_in(fia) as user:
        await user.open('/obstacles')
        await user.should_see('Log an obstacle')
        (empty,) = [view['empty'] for view in cards(user).props['views'] if view['id'] == 'open']
        assert empty.startswith('Nothing is in the way here.')


async def test_a_card_has_all_that_one_needs_and_covers_personal_numbers(
    services: Services, sign_in: SignIn, fia: Person, nils: Person
) -> None:
    entry = await log(services, fia)
    await services.obstacles.share(nils, entry.id)
    async with sign_in(nils) as user:
        await user.open('/obstacles')
        (row,) = cards(user).props['rows']
    assert '1212' not in row['text'].removeprefix('Nobody answers 1912')
    assert (row['state']['word'], row['kind']['label'], row['tried'], row['by']) == (
        'Noted', 'Culture', 'We called', 'Fia · Collectors',
    )  # fmt: skip
    assert row['sharing']['words'] == '1 has the same obstacle'
    assert row['sharing']['organisations'] == [{'name': 'City', 'count': 1, 'other': True}]
    assert (row['mine'], row['shared']) == (False, True)
    assert [act['act'] for act in row['acts']] == ['explore', 'raise', 'remove', 'work_around', 'link']
    assert not any(act['spent'] for act in row['acts'])


async def test_the_button_that_was_pressed_keeps_its_place(services: Services, sign_in: SignIn, fia: Person) -> None:
    entry = await log(services, fia)
    await services.obstacles.explore(fia, entry.id)
    async with sign_in(fia) as user:
        await user.open('/obstacles')
        (row,) = cards(user).props['rows']
    acts = [(act['act'], act['spent']) for act in row['acts']]
    assert acts[:4] == [('explore', True), ('raise', False), ('remove', False), ('work_around', False)]


async def test_the_view_stands_in_the_address_and_nonsense_shows_what_is_open(
    services: Services, sign_in: SignIn, fia: Person, nils: Person
) -> None:
    await log(services, fia)
    await log(services, nils, 1, text='Other', obstacle_kind='competence')
    async with sign_in(fia) as user:
        for address, shown in (
            ('?kind=competence', ['Other']),
            ('?organisation=City', ['Other']),
            ('?view=closed', []),
            ('?view=mine&kind=competence', []),
        ):
            await user.open(f'/obstacles{address}')
            assert texts(user) == shown, address
        await user.open('/obstacles?view=nonsense&kind=nonsense&organisation=nonsense')
        assert len(texts(user)) == 2


async def test_me_too_counts_on_the_other_screen_as_it_happens(
    services: Services, sign_in: SignIn, fia: Person, nils: Person, calls: Calls
) -> None:
    entry = await log(services, fia)
    async with sign_in(fia) as user:
        await user.open('/obstacles')
        await services.obstacles.share(nils, entry.id)
        await wait_until(lambda: calls and calls[-1][1]['sharing']['words'])
    method, row = calls[-1]
    assert (method, row['sharing']['words'], row['shared']) == ('put', '1 has the same obstacle', False)


async def test_what_is_new_comes_and_what_is_withdrawn_goes(
    services: Services, sign_in: SignIn, fia: Person, nils: Person, calls: Calls
) -> None:
    async with sign_in(nils) as user:
        await user.open('/obstacles')
        entry = await log(services, fia)
        await wait_until(lambda: calls)
        await log(services, fia, 1, audience=Audience.TEAM)
        await services.entries.withdraw(fia, entry.id)
        await wait_until(lambda: len(calls) > 2)
    assert [(method, row['id'] if method == 'add' else row) for method, row in calls] == [
        ('add', entry.id), ('take', 'a-phone-minted-this-1'), ('take', entry.id),
    ]  # fmt: skip


async def test_what_somebody_else_may_not_read_is_not_acted_on_by_hand(
    services: Services, sign_in: SignIn, fia: Person, nils: Person, calls: Calls
) -> None:
    entry = await log(services, fia, audience=Audience.TEAM)
    async with sign_in(nils) as user:
        await user.open('/obstacles')
        for act in ('share', 'explore', 'raise', 'nonsense'):
            await send(user, 'act', id=entry.id, act=act)
    assert {method for method, *_ in calls} == {'take'}
    assert await services.context.find_all(Obstacle) == ()


async def test_fia_says_how_it_went_away_and_undoes_it(
    services: Services, sign_in: SignIn, fia: Person, calls: Calls
) -> None:
    entry = await log(services, fia)
    async with sign_in(fia) as user:
        await user.open('/obstacles')
        await send(user, 'act', id=entry.id, act='remove')
        async with handled(user):
            press(user, 'It’s gone')
        await user.should_see('Write a few words first.')
        fill_in(user, 'How did you get rid of it?', 'They answered')
        press(user, 'It’s gone')
        await wait_until(lambda: any(row['state']['id'] == 'removed' for _, row in calls))
        obstacle = await standing(services, entry)
        assert obstacle.latest is not None
        assert (obstacle.state, obstacle.latest.words) == (ObstacleState.REMOVED, 'They answered')
        await send(user, 'act', id=entry.id, act='put_back')
    assert (await standing(services, entry)).state is ObstacleState.NOTICED


async def test_fia_raises_it_with_a_text_that_is_ready(
    services: Services, sign_in: SignIn, fia: Person, nils: Person, calls: Calls
) -> None:
    entry = await log(services, fia)
    await services.obstacles.share(nils, entry.id)
    async with sign_in(fia) as user:
        await user.open('/obstacles')
        await send(user, 'act', id=entry.id, act='raise')
        (words,) = user.find(kind=ui.textarea).elements
        for part in (
            'Nobody answers',
            'What we have tried: We called',
            '1 colleague besides us has met it. The obstacle exists in: City, Energy.',
        ):
            assert part in words.value
        fill_in(user, 'To whom?', 'The county')
        fill_in(user, 'Day to ask again', '2020-01-01')
        async with handled(user):
            press(user, 'Done, passed on')
        await user.should_see('Choose a day in the future')
        day = (services.context.now() + timedelta(days=9)).date()
        fill_in(user, 'Day to ask again', day.isoformat())
        press(user, 'Done, passed on')
        await wait_until(lambda: any(row['raised'] for _, row in calls))
    obstacle = await standing(services, entry)
    assert obstacle.latest is not None
    assert (obstacle.latest.to, obstacle.ask_again_on, obstacle.latest.words) == ('The county', day, words.value)


async def test_the_text_of_who_shares_it_alone_tells_of_no_others(
    services: Services, sign_in: SignIn, fia: Person, nils: Person, calls: Calls
) -> None:
    entry = await log(services, fia)
    await services.obstacles.share(nils, entry.id)
    async with sign_in(nils) as user:
        await user.open('/obstacles')
        await send(user, 'act', id=entry.id, act='raise')
        (words,) = user.find(kind=ui.textarea).elements
    assert 'Nobody answers' in words.value
    assert 'besides us' not in words.value


async def test_a_sheet_that_was_overtaken_says_so_and_keeps_what_was_typed(
    services: Services, sign_in: SignIn, fia: Person, nils: Person, calls: Calls
) -> None:
    entry = await log(services, fia)
    async with sign_in(fia) as user:
        await user.open('/obstacles')
        await send(user, 'act', id=entry.id, act='work_around')
        fill_in(user, 'What do you do instead?', 'By the back door')
        await services.obstacles.share(nils, entry.id)
        async with handled(user):
            press(user, 'We have a way around it')
        await user.should_see('Somebody has changed this in the meantime.')
        press(user, 'We have a way around it')
        await wait_until(lambda: any(row['state']['id'] == 'worked_around' for _, row in calls))
    latest = (await standing(services, entry)).latest
    assert latest is not None
    assert latest.words == 'By the back door'


async def test_linking_shows_the_pattern_on_both_cards(
    services: Services, sign_in: SignIn, fia: Person, nils: Person, calls: Calls
) -> None:
    entry = await log(services, fia)
    other = await log(services, nils, 1, text='A fence')
    async with sign_in(fia) as user:
        await user.open('/obstacles')
        await send(user, 'act', id=entry.id, act='link')
        press(user, 'A fence')
        await wait_until(lambda: {row['id'] for _, row in calls if row['pattern']} == {entry.id, other.id})
        assert {row['pattern']['words'] for _, row in calls if row['pattern']} == {'In 2 teams'}
        calls.clear()
        await send(user, 'act', id=entry.id, act='unlink')
        await wait_until(lambda: {row['id'] for _, row in calls if not row['pattern']} == {entry.id, other.id})


async def test_mine_needs_the_claim_that_the_phone_shows(
    services: Services, sign_in: SignIn, fia: Person, calls: Calls
) -> None:
    for name in ('Leo', 'Vera'):
        await sign_in_once(services, (await services.people.add(None, PersonDraft(name, Role.FIELD, fia.team_id))).id)
    entry = await log(services, fia, claim=CLAIM)
    async with sign_in(fia) as user:
        await user.open('/obstacles?view=mine')
        assert texts(user) == []
        for generation, claims in enumerate(({}, {entry.id: 'forged' * 6}, {entry.id: CLAIM}, 'nonsense')):
            await send(user, 'wish', view='mine', claims=claims, generation=generation)
    assert [(len(rows), total, generation) for _, rows, total, _, generation in calls] == [
        (0, 0, 0), (0, 0, 1), (1, 1, 2), (0, 0, 3),
    ]  # fmt: skip
    assert calls[2][1][0]['by'] == 'Collectors'


async def test_what_nobody_has_touched_is_brought_up(
    services: Services, sign_in: SignIn, fia: Person, clock: Any
) -> None:
    await log(services, fia)
    clock.pass_(days=60)
    async with sign_in(fia) as user:
        await user.open('/obstacles')
        assert cards(user).props['resting'] == '1 obstacle has stalled.'
        (row,) = cards(user).props['rows']
        assert row['rests'] == 'Nobody has touched this for a while.'
        await user.open('/me')
        await user.should_see('1 obstacle has stalled.')


async def test_its_entrys_page_has_it_without_the_words_that_stand_there_anyway(
    services: Services, sign_in: SignIn, fia: Person, nils: Person, calls: Calls
) -> None:
    entry = await log(services, fia)
    async with sign_in(nils) as user:
        await user.open(f'/entries/{entry.id}')
        assert cards(user).props['single'] is True
        await send(user, 'act', id='another-one', act='share')
        await wait_until(lambda: any(method == 'put' and row['shared'] for method, row in calls))
        await services.entries.withdraw(fia, entry.id)
        await wait_until(lambda: calls[-1] == ('take', entry.id))
    assert (await standing(services, entry)).is_shared_by(nils.id)


async def test_more_are_shown_when_one_asks(services: Services, sign_in: SignIn, fia: Person, calls: Calls) -> None:
    for number in range(45):
        await log(services, fia, number)
    async with sign_in(fia) as user:
        await user.open('/obstacles')
        assert (len(texts(user)), cards(user).props['count']) == (40, 45)
        for generation, most in enumerate((80, 10**9, -1)):
            await send(user, 'wish', view='open', claims={}, most=most, generation=generation)
    assert [len(rows) for method, rows, *_ in calls if method == 'show'] == [45, 45, 40]


async def test_one_that_comes_together_with_its_first_answer_is_shown(
    services: Services, sign_in: SignIn, fia: Person, nils: Person, calls: Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr('components.shell.live_updates.AFTER_THE_ANSWER', 0.2)
    async with sign_in(nils) as user:
        await user.open('/obstacles')
        entry = await log(services, fia)
        await services.replies.add(nils, entry.id, 'a-reply-by-nils-0000', ReplyKind.YES_AND, 'Ring')
        await wait_until(lambda: any(method == 'add' and row['id'] == entry.id for method, row in calls))


async def test_who_comes_into_another_team_or_leads_no_more_sees_the_diary_anew(
    services: Services, sign_in: SignIn, fia: Person, nils: Person, calls: Calls
) -> None:
    await log(services, fia, text='Ring 811218-9876', audience=Audience.TEAM)
    alva = await services.people.get('alva')
    await services.people.change(alva, nils.id, PersonDraft('Nils', Role.LEAD, 'collectors'))
    async with sign_in(alva) as user:
        await user.open('/people')
        await services.people.add(alva, PersonDraft('Vera', Role.FIELD))
        await user.should_see(marker='Vera', retries=50)  # so no earlier change reaches the screen that opens now
    async with sign_in(await services.people.get('nils')) as user:
        await user.open('/obstacles')
        assert texts(user) == ['Ring 811218-9876']
        await services.people.change(alva, nils.id, PersonDraft('Nils', Role.FIELD, 'collectors'))
        await wait_until(lambda: calls)
        await services.people.change(alva, nils.id, PersonDraft('Nils', Role.FIELD, 'streets'))
        await wait_until(lambda: len(calls) == 2)
    assert [[row['text'] for row in rows] for _, rows, *_ in calls] == [['Ring ••••••-••••'], []]


async def test_of_two_who_undo_the_latest_step_at_once_one_does(
    services: Services, sign_in: SignIn, fia: Person, calls: Calls
) -> None:
    entry = await log(services, fia)
    await services.obstacles.explore(fia, entry.id)
    await services.obstacles.remove(fia, entry.id, 'Svar')
    async with sign_in(fia) as user:
        await user.open('/obstacles?view=closed')
        (row,) = cards(user).props['rows']
        for _ in range(2):
            await send(user, 'act', id=entry.id, act='put_back', revision=row['revision'])
        await user.should_see('Somebody has changed this in the meantime.')
    assert (await standing(services, entry)).state is ObstacleState.EXPLORED
