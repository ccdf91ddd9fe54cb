"""Test the screen of ready answers: Leo writes what is said when a case is closed."""

from __future__ import annotations

from app.domain.case_outcomes import Outcome
from app.domain.people import Role
from app.services.container import Services
from components.ui.button import Button
from tests.staff_screens import SignIn, choose, fill_in, handled, hint, hire, press, tap_twice


async def test_leo_adds_an_answer_and_changes_it(services: Services, sign_in: SignIn) -> None:
    leo = await hire(services, 'Leo', Role.LEAD)
    async with sign_in(leo) as user:
        await user.open('/settings/answers')
        await user.should_see('You have no answers of your own yet')
        user.find(marker='Full').click()
        await user.should_see('It has been emptied. Thank you for telling us!')
        press(user, 'Add an answer')
        await user.should_see('How the case ends')
        async with handled(user):
            press(user, 'Save')
        await user.should_see('Write a few words first')
        choose(user, 'How the case ends', Outcome.CANNOT)
        fill_in(user, 'Words', 'Behållaren är borttagen.')
        await tap_twice(user, 'Save')
        await user.should_see('1 answer of your own')
        await user.should_not_see('You have no answers of your own yet')
        press(user, 'Edit')
        await user.should_see('Edit the answer')
        fill_in(user, 'Words', 'Behållaren är flyttad.')
        async with handled(user):
            press(user, 'Save')
        await user.should_see('Behållaren är flyttad.')
    (answer,) = await services.ready_answers.own()
    assert (answer.problem, answer.outcome, answer.words) == ('full', Outcome.CANNOT, 'Behållaren är flyttad.')


async def test_leo_takes_one_away_by_mistake(services: Services, sign_in: SignIn) -> None:
    leo = await hire(services, 'Leo', Role.LEAD)
    await services.ready_answers.add(leo, None, Outcome.FIXED, 'Klart!')
    async with sign_in(leo) as user:
        await user.open('/settings/answers')
        user.find(marker='All problems').click()
        await user.should_see('Klart!')
        user.find(kind=Button, content='Remove').click()
        await user.should_see('You have no answers of your own yet')
        await user.should_see('Klart!')
        async with handled(user):
            press(user, 'Undo')
        await user.should_see('1 answer of your own')
    assert [answer.words for answer in await services.ready_answers.own()] == ['Klart!']


async def test_leo_reads_what_lova_wrote_and_decides(services: Services, sign_in: SignIn) -> None:
    leo, lova = await hire(services, 'Leo', Role.LEAD), await hire(services, 'Lova', Role.LEAD)
    answer = await services.ready_answers.add(leo, 'full', Outcome.FIXED, 'Tömt.')
    async with sign_in(leo) as user:
        await user.open('/settings/answers')
        user.find(marker='Full').click()
        await user.should_see('Tömt.')
        press(user, 'Edit')
        await user.should_see('Edit the answer')
        await services.ready_answers.reword(lova, answer.id, Outcome.FIXED, 'Tömt av Lova.')
        fill_in(user, 'Words', 'Tömt av Leo.')
        async with handled(user):
            press(user, 'Save')
        await user.should_see('Somebody has changed this in the meantime')
        assert hint(user, 'Words') == 'Now: Tömt av Lova.'
        async with handled(user):
            press(user, 'Save')
    assert [answer.words for answer in await services.ready_answers.own()] == ['Tömt av Leo.']


async def test_leo_sees_at_once_what_lova_adds(services: Services, sign_in: SignIn) -> None:
    leo, lova = await hire(services, 'Leo', Role.LEAD), await hire(services, 'Lova', Role.LEAD)
    async with sign_in(leo) as user:
        await user.open('/settings/answers')
        user.find(marker='Full').click()
        await user.should_see('Add an answer')
        await services.ready_answers.add(lova, 'full', Outcome.FIXED, 'Tömt.')
        await user.should_see('Tömt.')
