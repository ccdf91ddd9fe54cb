"""Test the screen of a case: Fia and Leo read what residents said, and see what the other one does."""

from __future__ import annotations

from datetime import date

import pytest
from nicegui.testing import User

from app.domain.cases import Case
from app.domain.people import Role
from app.i18n import translator
from app.services.people import PersonDraft
from components.cases.state import promise_days
from components.cases.state_types import ActButton, CaseState
from components.cases.view import CaseView
from tests.cast import Cast, send_report
from tests.staff_screens import SignIn, wait_until

NOTE = 'Fullt upp till hålet, ring 811218-9876'


@pytest.fixture
async def case(cast: Cast) -> Case:
    """Return a case that two residents have reported, one of them with words."""
    for person in (cast.fia, cast.leo):
        await cast.services.people.prefer(person, 'en', 'auto')
    await send_report(cast.services, cast.glass.code, 'full', 'a-phone-minted-this-1', NOTE)
    cast.clock.pass_(minutes=5)
    return (await send_report(cast.services, cast.glass.code, 'full', 'a-phone-minted-this-2')).case


async def opened(user: User, case: Case) -> CaseView:
    await user.open(f'/cases/{case.number}')
    (view,) = user.find(kind=CaseView).elements
    return view


def state_of(view: CaseView) -> CaseState:
    assert view.shown
    return view.shown


def pressable(buttons: list[ActButton]) -> list[str]:
    return [button['verb'] for button in buttons if not button['off']]


async def test_a_case_says_what_where_and_how_it_stands(cast: Cast, case: Case, sign_in: SignIn) -> None:
    async with sign_in(cast.fia) as user:
        view = await opened(user, case)
        await user.should_see(f'Case {case.number}')
        shown = state_of(view)
        assert (shown['thing']['label'], shown['problem'], shown['place']['label']) == (
            'Färgat glas',
            'Full',
            'Kransmossen',
        )
        assert shown['position'] == {'latitude': 57.7046, 'longitude': 12.9634}
        assert shown['sentence'] == 'Reported 14:00 and confirmed, nobody has taken it yet'
        assert shown['heard'] == '2 have reported it'
        assert [report['text'] for report in shown['reports']] == ['', NOTE.replace('811218-9876', '••••••-••••')]
        assert [step['sentence'] for step in shown['timeline']] == [
            'Confirmed by a second report',
            'Reported for the first time',
        ]
        ids = ('a-phone-minted-this-1', 'a-phone-minted-this-2')
        assert not any(id in str(shown) for id in ids)  # whoever has it could write in the resident's name


async def test_what_others_do_is_seen_at_once(cast: Cast, case: Case, sign_in: SignIn) -> None:
    async with sign_in(cast.fia) as user:
        view = await opened(user, case)
        assert pressable(state_of(view)['acts']) == ['acknowledge', 'take', 'assign', 'promise', 'pause']
        places = [button['place'] for button in state_of(view)['acts']]
        await cast.services.case_acts.assign(cast.leo, case.id, 'a-press-of-leos-phone', cast.fia.id)
        await cast.services.case_acts.promise(cast.leo, case.id, 'a-promise-of-leos-phone', date(2026, 5, 7))
        await wait_until(lambda: 'promised' in state_of(view)['sentence'])
        assert state_of(view)['sentence'] == 'Taken care of by Fia Fält since 14:05, promised for Thursday'
        assert pressable(state_of(view)['acts']) == ['assign', 'promise', 'pause', 'decline']
        assert [button['place'] for button in state_of(view)['acts']][: len(places)] == places


async def test_a_closed_case_offers_to_open_it_again(cast: Cast, case: Case, sign_in: SignIn) -> None:
    await cast.services.cases.resolve(cast.leo, case.id)
    async with sign_in(cast.fia) as user:
        shown = state_of(await opened(user, case))
        assert shown['sentence'].startswith('Emptied by Leo Ledare')
        assert pressable([*shown['acts'], *shown['bar']]) == ['reopen']
        assert [button['verb'] for button in shown['bar'] if button['done']] == ['fixed']


async def test_who_else_has_it_open_is_named_while_they_do(cast: Cast, case: Case, sign_in: SignIn) -> None:
    async with sign_in(cast.fia) as fia, sign_in(cast.leo) as leo:
        view, others = await opened(fia, case), await opened(leo, case)
        assert view.seen == 'Leo Ledare has this case open, too'
        assert others.seen == 'Fia Fält has this case open, too'
        assert leo.client
        leo.client.delete()
        await wait_until(lambda: view.seen == '')


@pytest.mark.parametrize('number', ['2026-99', 'nothing'])
async def test_a_number_that_leads_nowhere(cast: Cast, case: Case, sign_in: SignIn, number: str) -> None:
    async with sign_in(cast.fia) as user:
        await user.open(f'/cases/{number}')
        await user.should_see('There is no case with this number')
        await user.should_see('To the cases')


async def test_a_merged_case_says_where_it_counts(cast: Cast, case: Case, sign_in: SignIn) -> None:
    other = (await send_report(cast.services, cast.paper.code, 'full', 'a-phone-minted-this-3', 'Ännu en')).case
    async with sign_in(cast.fia) as fia, sign_in(cast.leo) as leo:
        target, merged = await opened(fia, case), await opened(leo, other)
        assert [one['id'] for one in state_of(target)['similar']] == [other.id]
        await cast.services.case_acts.merge(cast.leo, other.id, 'a-merge-of-leos-phone', case.id)
        await wait_until(lambda: state_of(merged)['merged'] and len(state_of(target)['reports']) == 3)
        assert state_of(merged)['merged'] == {
            'href': f'/cases/{case.number}', 'label': f'It counts in case {case.number}'
        }  # fmt: skip
        assert state_of(target)['heard'] == '3 have reported it'
        (act,) = [step['undoes'] for step in state_of(target)['timeline'] if step['undoes']]
        await cast.services.case_acts.undo(cast.fia, other.id, 'an-undo-of-fias-phone', act)
        await wait_until(lambda: state_of(merged)['merged'] is None and len(state_of(target)['reports']) == 2)


async def test_an_act_that_came_too_late_keeps_its_words(cast: Cast, case: Case, sign_in: SignIn) -> None:
    await cast.services.cases.resolve(cast.leo, case.id)
    cast.clock.pass_(minutes=1)
    with pytest.raises(Exception, match='Leo'):
        await cast.services.case_acts.decline(cast.fia, case.id, 'an-act-of-fias-phone', 'Vi har ingen bil i dag')
    async with sign_in(cast.fia) as user:
        shown = state_of(await opened(user, case))
        assert shown['timeline'][0]['sentence'] == 'Fia Fält was too late'
        assert shown['timeline'][0]['text'] == 'Vi har ingen bil i dag'


async def test_whoever_joins_another_team_can_hand_back_what_was_handed_to_it(
    cast: Cast, case: Case, sign_in: SignIn
) -> None:
    others = await cast.services.people.add_team(cast.alva, 'Parken', 'Teknik', 'park')
    await cast.services.case_acts.assign(cast.leo, case.id, 'a-press-of-leos-phone', team_id=others.id)
    async with sign_in(cast.fia) as user:
        view = await opened(user, case)
        assert 'decline' not in pressable(state_of(view)['acts'])
        await cast.services.people.change(cast.alva, 'fia', PersonDraft('Fia Fält', Role.FIELD, others.id))
        await wait_until(lambda: 'decline' in pressable(state_of(view)['acts']))


@pytest.mark.parametrize(
    ('today', 'days'),
    [
        (date(2026, 5, 4), ['2026-05-04', '2026-05-05', '2026-05-08']),  # a Monday
        (date(2026, 5, 7), ['2026-05-07', '2026-05-08', '2026-05-15']),  # a Thursday: tomorrow is the end of the week
        (date(2026, 5, 9), ['2026-05-09', '2026-05-10', '2026-05-15']),
    ],
)
def test_the_days_that_can_be_promised_with_one_press(today: date, days: list[str]) -> None:
    assert [choice['id'] for choice in promise_days(today, translator('en'))] == days
