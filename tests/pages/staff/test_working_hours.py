"""Test the screens that say when cases are late: Alva sets the working hours, Leo the periods."""

from __future__ import annotations

from nicegui import ElementFilter, ui

from app.domain.people import Role
from app.domain.periods import Periods
from app.domain.typed_hours import shown_days, shown_openings
from app.domain.working_hours import WorkingHours
from app.services.container import Services
from tests.staff_screens import SignIn, choose, fill_in, handled, hint, hire, press


async def test_alva_sets_the_working_hours(services: Services, sign_in: SignIn) -> None:
    alva = await hire(services, 'Alva', Role.ADMIN)
    async with sign_in(alva) as user:
        await user.open('/settings/hours')
        fill_in(user, 'Friday', '7-12, 13-15')
        fill_in(user, 'Own closed days', '2026-12-28 – 2026-12-30 Julstängt')
        fill_in(user, 'Own half days', '2026-12-23')
        user.find('Half days before Epiphany').click()
        async with handled(user):
            press(user, 'Save')
        await user.should_see('Saved')
    hours = (await services.working_hours.get()).hours
    assert shown_openings(hours.week[4]) == '07.00–12.00, 13.00–15.00'
    assert (shown_days(hours.closed), shown_days(hours.half)) == ('2026-12-28 – 2026-12-30 Julstängt', '2026-12-23')
    assert hours.half_days


async def test_what_can_not_be_read_stays_at_its_field(services: Services, sign_in: SignIn) -> None:
    alva = await hire(services, 'Alva', Role.ADMIN)
    async with sign_in(alva) as user:
        await user.open('/settings/hours')
        for field, typed, words in (
            ('Monday', '16-7', 'Each span must end'),
            ('Own closed days', 'Christmas', 'Line 1 can’t be read'),
            ('A half day ends at', 'noon', 'Write a time'),
        ):
            fill_in(user, field, typed)
            async with handled(user):
                press(user, 'Save')
            await user.should_see(words)
            await user.should_see(typed)
            fill_in(user, field, '12' if field.startswith('A half') else '')
    assert (await services.working_hours.get()).revision == 0


async def test_alva_reads_what_adam_changed_meanwhile(services: Services, sign_in: SignIn) -> None:
    alva, adam = await hire(services, 'Alva', Role.ADMIN), await hire(services, 'Adam', Role.ADMIN)
    async with sign_in(alva) as user:
        await user.open('/settings/hours')
        await services.working_hours.change(adam, WorkingHours(half_until=13 * 60))
        fill_in(user, 'Friday', '7-13')
        async with handled(user):
            press(user, 'Save')
        await user.should_see('Somebody has changed this in the meantime')
        assert hint(user, 'A half day ends at') == 'Now: 13.00'
        async with handled(user):
            press(user, 'Save')
    assert shown_openings((await services.working_hours.get()).hours.week[4]) == '07.00–13.00'


async def test_leo_sets_when_a_problem_is_late(services: Services, sign_in: SignIn) -> None:
    leo = await hire(services, 'Leo', Role.LEAD)
    async with sign_in(leo) as user:
        await user.open('/settings/periods')
        await user.should_not_see('Working hours')  # an administrator's tab
        user.find(marker='Dangerous').click()
        await user.should_see('All things')
        press(user, 'Edit')
        await user.should_see('Dangerous: all things')
        fill_in(user, 'Seen within', '20')
        async with handled(user):
            press(user, 'Save')
        await user.should_see('write at least 20 hours')
        fill_in(user, 'Seen within', '')
        async with handled(user):
            press(user, 'Save')
        await user.should_see('Done within 9 h')
        await user.should_not_see('Seen within 1 h · Done within 9 h')
        assert (await services.deadlines.rules()).periods('dangerous') == Periods(done_hours=9)
        async with handled(user):
            press(user, 'As it was at first')
        await user.should_see('Seen within 1 h · Done within 9 h')
        assert (await services.deadlines.rules()).periods('dangerous') == Periods(seen_hours=1, done_hours=9)


async def test_leo_sets_it_for_a_kind_of_thing_and_takes_it_back(services: Services, sign_in: SignIn) -> None:
    leo = await hire(services, 'Leo', Role.LEAD)
    async with sign_in(leo) as user:
        await user.open('/settings/periods')
        user.find(marker='Full').click()
        await user.should_see('All things')
        press(user, 'Other times for one type of thing')
        await user.should_see('Type')
        async with handled(user):
            press(user, 'Save')
        await user.should_see('Choose a type')
        choose(user, 'Type', 'litter_bin')
        fill_in(user, 'Done within', '9')
        async with handled(user):
            press(user, 'Save')
        await user.should_see('Litter bin')
        bin = Periods(seen_hours=4, done_hours=9)
        assert (await services.deadlines.rules()).periods('full', 'litter_bin') == bin
        async with handled(user):
            press(user, 'Same as all things')
        assert await services.problem_periods.all() == ()
        async with handled(user):
            press(user, 'Undo')
        assert (await services.deadlines.rules()).periods('full', 'litter_bin') == bin


async def test_leo_sees_what_lova_sets(services: Services, sign_in: SignIn) -> None:
    leo, lova = await hire(services, 'Leo', Role.LEAD), await hire(services, 'Lova', Role.LEAD)
    async with sign_in(leo) as user:
        await user.open('/settings/periods')
        await services.problem_periods.change(lova, 'full', None, Periods(seen_hours=1, done_hours=2))
        await user.should_see('Seen within 1 h · Done within 2 h')


async def test_leo_reads_what_lova_set_meanwhile(services: Services, sign_in: SignIn) -> None:
    leo, lova = await hire(services, 'Leo', Role.LEAD), await hire(services, 'Lova', Role.LEAD)
    async with sign_in(leo) as user:
        await user.open('/settings/periods')
        user.find(marker='Full').click()
        await user.should_see('All things')
        press(user, 'Edit')
        await user.should_see('Full: all things')
        await services.problem_periods.change(lova, 'full', None, Periods(seen_hours=1, done_hours=2))
        fill_in(user, 'Done within', '5')
        async with handled(user):
            press(user, 'Save')
        await user.should_see('Somebody has changed this in the meantime')
        assert (hint(user, 'Seen within'), hint(user, 'Done within')) == ('Now: 1', 'Now: 2')
        assert (await services.deadlines.rules()).periods('full') == Periods(seen_hours=1, done_hours=2)


async def test_each_role_is_led_to_its_settings(services: Services, sign_in: SignIn) -> None:
    for role, address in ((Role.FIELD, None), (Role.LEAD, '/settings/periods'), (Role.ADMIN, '/settings')):
        async with sign_in(await hire(services, role.value, role)) as user:
            await user.open('/me')
            with user:
                found = {str(link.props.get('href')) for link in ElementFilter(kind=ui.element)}
            assert {one for one in found if one.startswith('/settings')} == ({address} if address else set())


async def test_fia_may_not(services: Services, sign_in: SignIn) -> None:
    fia = await hire(services, 'Fia', Role.FIELD)
    async with sign_in(fia) as user:
        for address in ('/settings/hours', '/settings/periods', '/settings/answers'):
            await user.open(address)
            await user.should_see('Your role doesn’t allow this')
