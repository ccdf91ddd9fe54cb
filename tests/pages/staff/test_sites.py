"""Test the places: Alva, an administrator, sets up the sites and assets that residents report."""

from __future__ import annotations

import dataclasses

from nicegui import ui
from nicegui.testing import User

from app.domain.people import Role
from app.domain.sites import AssetDraft, Position, SiteDraft, SiteKind
from app.domain.sticker_codes import spaced
from app.services.container import Services
from app.services.people import PersonDraft
from components.shell.form import Form
from components.ui.accordion import FIRST
from components.ui.button import ButtonLink
from tests.cast import send_report
from tests.staff_screens import (
    SignIn,
    choose,
    fill_in,
    handled,
    hint,
    hire,
    press,
    staff_screens,
    tap_twice,
    wait_until,
)


async def test_alva_reads_before_printing_what_can_not_be_printed(services: Services, sign_in: SignIn) -> None:
    alva = await hire(services, 'Alva', Role.ADMIN)
    site = await services.sites.add(alva, SiteDraft('Lekplatsen Ёлка', SiteKind.PLAYGROUND))
    async with sign_in(alva) as user:
        await user.open('/sites')
        await user.should_not_see('can’t be printed')
        await services.sites.add_asset(alva, site.id, AssetDraft('Gungan 🦊 漢', 'swing'))
        await user.should_see('can’t be printed')
        await user.should_see('🦊 漢 (in Gungan 🦊 漢)')


async def test_alva_adds_a_playground_and_prints_its_stickers(services: Services, sign_in: SignIn) -> None:
    alva = await hire(services, 'Alva', Role.ADMIN)
    async with sign_in(alva) as user:
        await user.open('/sites')
        await user.should_see('Your places will show up here')
        press(user, 'Add a place')
        await user.should_see('Use my position')
        fill_in(user, 'Name', 'Lekplatsen Tallen')
        choose(user, 'Type', SiteKind.PLAYGROUND)
        fill_in(user, 'Latitude', '57,72')
        fill_in(user, 'Longitude', '12,94')
        press(user, 'Save')
        await user.should_see('There’s nothing here yet')
        await user.should_not_see('Your places will show up here')
        press(user, 'Add a thing')
        await user.should_see('Use my position')
        fill_in(user, 'Name', 'Stora gungan')
        choose(user, 'Type', 'swing')
        fill_in(user, 'Latitude', '57,7210, 12,9401')
        press(user, 'Save')
        await user.should_see(marker='Stora gungan')
        (printing,) = user.find(kind=ButtonLink, content='Print stickers (PDF)').elements
    (site,) = await services.sites.all()
    assert (site.id, site.kind, site.position) == (
        'lekplatsen-tallen',
        SiteKind.PLAYGROUND,
        Position(latitude=57.72, longitude=12.94),
    )
    assert printing.props['href'] == '/sites/lekplatsen-tallen/stickers.pdf'
    (swing,) = await services.sites.assets(site.id)
    assert (swing.name, swing.kind) == ('Stora gungan', 'swing')
    assert swing.position == Position(latitude=57.721, longitude=12.9401)


async def test_a_second_tap_on_save_makes_no_second_place(services: Services, sign_in: SignIn) -> None:
    alva = await hire(services, 'Alva', Role.ADMIN)
    async with sign_in(alva) as user:
        await user.open('/sites')
        press(user, 'Add a place')
        await user.should_see('Use my position')
        fill_in(user, 'Name', 'Tallen')
        await tap_twice(user, 'Save')
        await user.should_see('There’s nothing here yet')
    assert [site.id for site in await services.sites.all()] == ['tallen']


async def test_a_double_click_opens_one_sheet(services: Services, sign_in: SignIn) -> None:
    alva = await hire(services, 'Alva', Role.ADMIN)
    async with sign_in(alva) as user:
        await user.open('/sites')
        async with handled(user):
            await tap_twice(user, 'Add a place')
            assert len(user.find(kind=Form).elements) == 1
            press(user, 'Cancel')
        press(user, 'Add a place')
        await user.should_see('Use my position')


async def test_a_refused_form_keeps_what_was_typed_and_says_where_it_is_wrong(
    services: Services, sign_in: SignIn
) -> None:
    alva = await hire(services, 'Alva', Role.ADMIN)
    async with sign_in(alva) as user:
        await user.open('/sites')
        press(user, 'Add a place')
        await user.should_see('Use my position')
        fill_in(user, 'Name', 'Tallen')
        fill_in(user, 'Latitude', 'north of the pond')
        press(user, 'Save')
        await user.should_see('Write it in degrees')
        (latitude,) = user.find(kind=ui.input, content='Latitude').elements
        (name,) = user.find(kind=ui.input, content='Name').elements
        assert latitude.error
        assert (latitude.value, name.value, name.error) == ('north of the pond', 'Tallen', None)
    assert await services.sites.all() == ()


async def test_a_thing_that_is_taken_away_goes_once_alva_is_sure(services: Services, sign_in: SignIn) -> None:
    alva = await hire(services, 'Alva', Role.ADMIN)
    site = await services.sites.add(alva, SiteDraft('Kransmossen', SiteKind.RECYCLING_STATION))
    await services.sites.add_asset(alva, site.id, AssetDraft('Ofärgat glas', 'container_clear_glass'))
    async with sign_in(alva) as user:
        await user.open('/sites')
        user.find(marker='Kransmossen').click()
        await user.should_see('Ofärgat glas')
        user.find(marker='Ofärgat glas').click()
        await user.should_see('View page')
        press(user, 'Remove')
        await user.should_see('Its sticker leads to Kransmossen instead')
        assert await services.sites.assets(site.id)
        press(user, 'Remove')
        await user.should_see('Removed')
        await user.should_see('There’s nothing here yet')
    assert await services.sites.assets(site.id) == ()


async def test_alva_reads_how_many_cases_she_closes_by_taking_a_thing_away(services: Services, sign_in: SignIn) -> None:
    alva = await hire(services, 'Alva', Role.ADMIN)
    site = await services.sites.add(alva, SiteDraft('Kransmossen', SiteKind.RECYCLING_STATION))
    glass = await services.sites.add_asset(alva, site.id, AssetDraft('Glas', 'container_clear_glass'))
    await send_report(services, glass.code, 'full', 'a-phone-minted-this-1')
    await send_report(services, glass.code, 'dangerous', 'a-phone-minted-this-2')
    async with sign_in(alva) as user:
        await user.open('/sites')
        user.find(marker='Kransmossen').click()
        await user.should_see('Glas')
        user.find(marker='Glas').click()
        await user.should_see('View page')
        press(user, 'Remove')
        await user.should_see('2 open cases will be closed.')


async def test_a_new_sticker_leaves_the_old_code_leading_there(services: Services, sign_in: SignIn) -> None:
    alva = await hire(services, 'Alva', Role.ADMIN)
    site = await services.sites.add(alva, SiteDraft('Kransmossen', SiteKind.RECYCLING_STATION))
    glass = await services.sites.add_asset(alva, site.id, AssetDraft('Glas', 'container_clear_glass'))
    async with sign_in(alva) as user:
        await user.open('/sites')
        user.find(marker='Kransmossen').click()
        await user.should_see(spaced(glass.code))
        user.find(marker='Glas').click()
        await user.should_see('View page')
        press(user, 'New sticker')
        await user.should_see('keeps working')
        press(user, 'New sticker')
        await user.should_see('It has a new code')
        fresh = await services.sites.asset(glass.id)
        await user.should_see(spaced(fresh.code))
    assert fresh.code != glass.code
    assert (await services.public_status.arrival(glass.code)).replaced


async def test_two_administrators_see_each_others_changes(services: Services, sign_in: SignIn) -> None:
    alva, adam = await hire(services, 'Alva', Role.ADMIN), await hire(services, 'Adam', Role.ADMIN)
    site = await services.sites.add(alva, SiteDraft('Kransmossen', SiteKind.RECYCLING_STATION))
    async with sign_in(alva) as user:
        await user.open('/sites')
        user.find(marker='Kransmossen').click()
        await user.should_see('There’s nothing here yet')
        await services.sites.add_asset(adam, site.id, AssetDraft('Tidningar', 'container_newspapers'))
        await user.should_see('Tidningar')
        await user.should_see('1 thing')
        await user.should_not_see('There’s nothing here yet')


async def test_what_adam_changed_meanwhile_is_not_undone_unknowingly(services: Services, sign_in: SignIn) -> None:
    alva, adam = await hire(services, 'Alva', Role.ADMIN), await hire(services, 'Adam', Role.ADMIN)
    site = await services.sites.add(alva, SiteDraft('Kransmossen', SiteKind.RECYCLING_STATION))
    team = await services.people.add_team(alva, 'Insamlingen', 'EM')
    async with sign_in(alva) as user:
        await user.open('/sites')
        user.find(marker='Kransmossen').click()
        await user.should_see('There’s nothing here yet')
        press(user, 'Edit')
        await user.should_see('Use my position')
        here = Position(latitude=57.7, longitude=12.9)
        await services.sites.change(adam, site.id, SiteDraft('Kransmossen', SiteKind.PLAYGROUND, here, team.id))
        fill_in(user, 'Name', 'Tallen')
        press(user, 'Save')
        await user.should_see('Somebody has changed this in the meantime')
        fields = ('Name', 'Type', 'Responsible team', 'Latitude')
        assert [hint(user, field) for field in fields] == [
            'The name people use', 'Now: Playground', 'Now: Insamlingen, EM', 'Now: 57.70000',
        ]  # fmt: skip
        assert (await services.sites.get(site.id)).name == 'Kransmossen'
        choose(user, 'Type', SiteKind.PLAYGROUND)
        press(user, 'Save')
        await user.should_see('Saved')
    changed = await services.sites.get(site.id)
    assert (changed.name, changed.kind, changed.team_id) == ('Tallen', SiteKind.PLAYGROUND, None)


async def test_a_team_under_another_name_is_told_wherever_it_stands(services: Services, sign_in: SignIn) -> None:
    alva, adam = await hire(services, 'Alva', Role.ADMIN), await hire(services, 'Adam', Role.ADMIN)
    team = await services.people.add_team(alva, 'Insamlingen', 'EM')
    site = await services.sites.add(alva, SiteDraft('Kransmossen', SiteKind.RECYCLING_STATION, team_id=team.id))
    await services.sites.add_asset(alva, site.id, AssetDraft('Glas', 'container_clear_glass'))
    async with sign_in(alva) as user:
        await user.open('/sites')
        user.find(marker='Kransmossen').click()
        await user.should_see('Clear glass · Insamlingen')
        await services.sites.add(adam, SiteDraft('Tallen', SiteKind.PLAYGROUND))
        await user.should_see(marker='Tallen', retries=50)  # so the screen has handled all earlier events
        await services.people.rename_team(adam, team.id, 'Gröna laget', 'EM')
        await user.should_see('1 thing · Gröna laget')
        await user.should_see('Clear glass · Gröna laget')
        await user.should_not_see('Insamlingen')


async def test_the_sticker_of_a_place_alone_can_be_had(services: Services, sign_in: SignIn) -> None:
    alva = await hire(services, 'Alva', Role.ADMIN)
    site = await services.sites.add(alva, SiteDraft('Kransmossen', SiteKind.RECYCLING_STATION))
    async with sign_in(alva) as user:
        await user.open('/sites')
        user.find(marker='Kransmossen').click()
        await user.should_see('There’s nothing here yet')
        (link,) = user.find(kind=ButtonLink, content='sticker (SVG)').elements
    assert link.props['href'] == f'/stickers/{site.code}.svg'


async def test_alva_is_told_where_stickers_would_lead_before_she_prints_them(services: Services) -> None:
    alva = await hire(services, 'Alva', Role.ADMIN)
    local = dataclasses.replace(services, base='http://192.168.1.5:8080')
    async with staff_screens(local) as sign_in, sign_in(alva) as user:
        await user.open('/sites')
        await user.should_see('The stickers would show http://192.168.1.5:8080.')
        await services.context.store.save((await services.municipality.get()).model_copy(update={'demo': True}))
        await user.open('/sites')
        await user.should_not_see('set the right address (HAREN_URL)')


async def test_an_address_for_years_is_no_cause_for_a_notice(services: Services, sign_in: SignIn) -> None:
    alva = await hire(services, 'Alva', Role.ADMIN)
    async with sign_in(alva) as user:
        await user.open('/sites')
        await user.should_not_see('set the right address (HAREN_URL)')


async def test_looking_for_something_closes_nothing_and_forgets_no_choice(services: Services, sign_in: SignIn) -> None:
    alva = await hire(services, 'Alva', Role.ADMIN)
    async with sign_in(alva) as user:
        await user.open('/sites/problems')
        user.find(marker='Swing').click()
        await user.should_see(kind=ui.checkbox)
        (full,) = user.find(kind=ui.checkbox, content='It is full').elements
        full.value = True
        fill_in(user, 'Search types', 'bench')
        await user.should_not_see(marker='Swing')
        await user.should_not_see(kind=ui.checkbox)
        await user.should_see(marker='Bench')
        fill_in(user, 'Search types', 'nothing of the kind')
        await user.should_see('Nothing by that name.')
        fill_in(user, 'Search types', '')
        await user.should_see(marker='Swing')
        assert user.find(kind=ui.checkbox, content='It is full').elements == {full}
        press(user, 'Save')
        await user.should_see('Saved')
    assert 'full' in (await services.context.catalogue()).asset_kind('swing').problems


async def test_a_place_that_was_just_added_is_shown_whatever_is_looked_for(services: Services, sign_in: SignIn) -> None:
    alva = await hire(services, 'Alva', Role.ADMIN)
    for number in range(FIRST + 1):
        await services.sites.add(alva, SiteDraft(f'Place {number:02}', SiteKind.OTHER))
    async with sign_in(alva) as user:
        await user.open('/sites')
        await user.should_not_see(marker=f'Place {FIRST:02}')
        fill_in(user, 'Search places', f'{FIRST:02}')
        await user.should_see(marker=f'Place {FIRST:02}')
        await user.should_not_see(marker='Place 00')
        press(user, 'Add a place')
        await user.should_see('Use my position')
        fill_in(user, 'Name', 'Zoo')
        press(user, 'Save')
        await user.should_see(marker='Zoo')
        await user.should_see('There’s nothing here yet')


async def test_boxes_follow_what_adam_chooses_unless_alva_is_choosing(services: Services, sign_in: SignIn) -> None:
    alva, adam = await hire(services, 'Alva', Role.ADMIN), await hire(services, 'Adam', Role.ADMIN)
    async with sign_in(alva) as user:
        await user.open('/sites/problems')
        user.find(marker='Swing').click()
        await user.should_see(kind=ui.checkbox)
        await services.sites.offer_problems(adam, 'swing', {'full'})
        await wait_until(lambda: _ticked(user) == {'It is full'})
        user.find(kind=ui.checkbox, content='It is dangerous').click()
        async with handled(user):
            await services.sites.offer_problems(adam, 'swing', {'broken'})
            await services.sites.offer_problems(adam, 'bench', {'full', 'dangerous'})
            await user.should_see('It is full · It is dangerous', retries=50)  # so the swing is up to date
        assert _ticked(user) == {'It is full', 'It is dangerous'}
        press(user, 'Save')
        await user.should_see('Somebody has changed this in the meantime')
        assert (await services.sites.offered('swing')).problems == ('broken',)
        press(user, 'Save')
        await user.should_see('Saved')
        user.find(kind=ui.checkbox, content='It is dangerous').click()
        async with handled(user):
            press(user, 'Save')
        assert (await services.sites.offered('swing')).problems == ('full',)
        await user.should_not_see('Somebody has changed this in the meantime')


async def test_alva_chooses_what_can_be_reported_about_a_swing(services: Services, sign_in: SignIn) -> None:
    alva = await hire(services, 'Alva', Role.ADMIN)
    async with sign_in(alva) as user:
        await user.open('/sites/problems')
        user.find(marker='Swing').click()
        await user.should_see(kind=ui.checkbox)
        for box in user.find(kind=ui.checkbox).elements:
            box.value = False
        press(user, 'Save')
        await user.should_see('Choose at least one problem.')
        user.find(kind=ui.checkbox, content='It is full').click()
        press(user, 'Save')
        await user.should_see('Saved')
    assert (await services.context.catalogue()).asset_kind('swing').problems == ('full',)


async def test_fia_who_works_in_the_field_may_not_change_places(services: Services, sign_in: SignIn) -> None:
    fia = await hire(services, 'Fia', Role.FIELD)
    async with sign_in(fia) as user:
        await user.open('/sites')
        await user.should_see('Your role doesn’t allow this')
        await user.should_not_see('Add a place')
        await user.should_not_see('/people')


async def test_somebody_who_was_demoted_meanwhile_is_refused(services: Services, sign_in: SignIn) -> None:
    alva, adam = await hire(services, 'Alva', Role.ADMIN), await hire(services, 'Adam', Role.ADMIN)
    async with sign_in(alva) as user:
        await user.open('/sites')
        press(user, 'Add a place')
        await user.should_see('Use my position')
        fill_in(user, 'Name', 'Tallen')
        await services.people.change(adam, alva.id, PersonDraft('Alva', Role.FIELD))
        press(user, 'Save')
        await user.should_see('Your role doesn’t allow this')
        (name,) = user.find(kind=ui.input, content='Name').elements
        assert name.value == 'Tallen'
    assert await services.sites.all() == ()


def _ticked(user: User) -> set[str]:
    return {box.text for box in user.find(kind=ui.checkbox).elements if box.value}
