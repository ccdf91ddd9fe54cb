"""Test the sticker audit: Fia goes round Kransmossen, and her screen follows what is scanned."""

from __future__ import annotations

import httpx
import pytest
from nicegui.testing import User

from app.domain.errors import Invalid
from app.domain.events import Event, EventKind
from app.domain.people import Person, Role
from app.domain.sites import AssetDraft, SiteDraft, SiteKind
from app.domain.sticker_audit import LONG_UNSEEN, AuditRound
from app.domain.sticker_codes import spaced
from app.services.container import Services
from components.places.sticker_code_field import read
from components.places.sticker_list import StickerList, StickerRow
from components.ui.button import ButtonLink
from tests.cast import Cast, send_report
from tests.staff_screens import SignIn, fill_in, handled, hire, press, wait_until

BASE = 'https://haren.boras.se'


def rows(user: User) -> list[StickerRow]:
    """Return the rows of the list, in its order."""
    (found,) = user.find(kind=StickerList).elements
    return sorted(found.shown.values(), key=lambda row: str(row['order']))


def states(user: User) -> list[tuple[str, str]]:
    return [(row['name'], row['state']) for row in rows(user)]


@pytest.fixture
async def fia(cast: Cast) -> Person:
    """Return Fia, who reads English."""
    return await cast.services.people.prefer(cast.fia, 'en', 'auto')


async def test_without_a_place_a_sentence_says_what_comes_first(services: Services, sign_in: SignIn) -> None:
    fia, alva = await hire(services, 'Fia', Role.FIELD), await hire(services, 'Alva', Role.ADMIN)
    async with sign_in(fia) as user:
        await user.open('/audit')
        await user.should_see('once an administrator has added a place')
        await user.should_not_see(kind=ButtonLink, content='Places')
    async with sign_in(alva) as user:
        await user.open('/audit')
        (link,) = user.find(kind=ButtonLink, content='Places').elements
        assert link.props['href'] == '/sites'


async def test_the_places_stand_by_their_need_and_change_as_it_does(cast: Cast, fia: Person, sign_in: SignIn) -> None:
    await cast.services.sites.add(cast.alva, SiteDraft('Tallen', SiteKind.PLAYGROUND))
    async with sign_in(fia) as user:
        await user.open('/audit')
        assert states(user) == [('Kransmossen', 'Never seen: 3 of 3'), ('Tallen', 'Never seen: 1 of 1')]
        assert [row['address'] for row in rows(user)] == ['/audit?site=kransmossen', '/audit?site=tallen']
        for code in (cast.glass.code, cast.paper.code, cast.kransmossen.code):
            await cast.services.sites.see_sticker(fia, code)
        all_seen = [('Tallen', 'Never seen: 1 of 1'), ('Kransmossen', 'All seen in the last six months')]
        await wait_until(lambda: states(user) == all_seen)
    cast.clock.at += LONG_UNSEEN
    cast.clock.pass_(days=1)
    await cast.services.sticker_audit.begin_round(fia, 'tallen')
    async with sign_in(fia) as user:
        await user.open('/audit')
        assert states(user) == [('Kransmossen', 'Not seen for six months: 3 of 3'), ('Tallen', 'Never seen: 1 of 1')]
        assert rows(user)[1]['detail'] == '1 sticker · Seen in this round: 0 of 1'


async def test_an_unknown_place_leads_to_all_of_them(cast: Cast, fia: Person, sign_in: SignIn) -> None:
    async with sign_in(fia) as user:
        await user.open('/audit?site=atlantis')
        assert [name for name, _ in states(user)] == ['Kransmossen']


async def test_fia_goes_round_and_the_rows_of_what_is_scanned_move_down(
    cast: Cast, fia: Person, sign_in: SignIn
) -> None:
    sites = cast.services.sites
    await sites.see_sticker(fia, cast.glass.code)
    cast.clock.pass_(days=3)
    async with sign_in(fia) as user:
        await user.open('/audit?site=kransmossen')
        await user.should_see('Never seen: 2 of 3')
        assert sorted(states(user)[:2]) == [('Kransmossen', 'Never seen'), ('Tidningar', 'Never seen')]
        assert states(user)[2:] == [('Färgat glas', 'Seen {when}')]
        press(user, 'Start a round')
        await user.should_see('Seen in this round: 0 of 3')
        assert states(user)[2] == ('Färgat glas', 'Not yet in this round')
        cast.clock.pass_(minutes=1)
        await sites.see_sticker(cast.leo, cast.kransmossen.code)
        await user.should_see('Seen in this round: 1 of 3')
        assert [name for name, _ in states(user)] == ['Tidningar', 'Färgat glas', 'Kransmossen']
        for code in (cast.glass.code, cast.paper.code):
            cast.clock.pass_(minutes=1)
            await sites.see_sticker(fia, code)
        await user.should_see('Seen in this round: 3 of 3')
        await user.should_see('All of them have been seen. Thank you!')
        assert {state for _, state in states(user)} == {'Seen {when}'}

        await user.open('/audit?site=kransmossen')
        await user.should_see('Seen in this round: 3 of 3')


async def test_a_new_round_is_begun_only_by_who_is_sure(cast: Cast, fia: Person, sign_in: SignIn) -> None:
    async with sign_in(fia) as user:
        await user.open('/audit?site=kransmossen')
        press(user, 'Start a round')
        await user.should_see('Seen in this round: 0 of 3')
        press(user, 'Start a round')  # the second tap of a double tap: the button has kept its place and is spent
        assert len(await cast.services.context.find_all(AuditRound)) == 1
        press(user, 'Start a new round')  # nothing would be lost, but nobody does this on purpose
        await user.should_see('0 of 3 have been seen in this one.')
        press(user, 'Cancel')
        await cast.services.sites.see_sticker(fia, cast.glass.code)
        await user.should_see('Seen in this round: 1 of 3')
        async with handled(user):
            press(user, 'Start a new round')
            await user.should_see('1 of 3 have been seen in this one.')
            press(user, 'Cancel')
        assert (await cast.services.sticker_audit.site('kransmossen')).round is not None
        await user.should_see('Seen in this round: 1 of 3')
        cast.clock.pass_(minutes=1)
        press(user, 'Start a new round')
        await user.should_see('1 of 3 have been seen in this one.')
        press(user, 'Start a new round')
        await user.should_see('Seen in this round: 0 of 3')


async def test_what_was_seen_last_is_said_above_for_its_row_has_moved(cast: Cast, fia: Person, sign_in: SignIn) -> None:
    site = await cast.services.sites.get('kransmossen')
    await cast.services.sticker_audit.begin_round(fia, site.id)
    async with sign_in(fia) as user:
        await user.open('/audit?site=kransmossen')
        await user.should_not_see('Last scanned')
        for name, code in (('Tidningar', cast.paper.code), ('the place’s own sticker', site.code)):
            cast.clock.pass_(seconds=20)
            await cast.services.sites.see_sticker(fia, code)
            await user.should_see(f'Last scanned: {name} ({spaced(code)})')
        await user.open('/audit?site=kransmossen')  # the link on the sticker’s page leads back here
        await user.should_see(f'Last scanned: the place’s own sticker ({spaced(site.code)})')
        cast.clock.pass_(minutes=1)
        await cast.services.sticker_audit.begin_round(fia, site.id)
        await user.should_not_see('Last scanned')


async def test_what_happens_elsewhere_leaves_the_list_alone(
    cast: Cast, fia: Person, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    tallen = await cast.services.sites.add(cast.alva, SiteDraft('Tallen', SiteKind.PLAYGROUND))
    async with sign_in(fia) as user:
        await user.open('/audit?site=kransmossen')
        (shown,) = user.find(kind=StickerList).elements
        calls: list[tuple[str, list[StickerRow], list[str]]] = []
        monkeypatch.setattr(shown, 'run_method', lambda *args: calls.append(args))
        await cast.services.sites.see_sticker(fia, tallen.code)
        await send_report(cast.services, cast.glass.code, 'full', 'a-phone-minted-this-1')
        await cast.services.sites.see_sticker(fia, cast.glass.code)
        await wait_until(lambda: calls)  # events arrive in order, so the earlier ones have been ignored
        ((verb, changed, gone),) = calls
        assert (verb, [row['id'] for row in changed], gone) == ('put', [cast.glass.code], [])


async def test_things_that_come_and_go_do_so_in_the_open_list(cast: Cast, fia: Person, sign_in: SignIn) -> None:
    async with sign_in(fia) as user:
        await user.open('/audit?site=kransmossen')
        await cast.services.sites.add_asset(cast.alva, 'kransmossen', AssetDraft('Lampa', 'lamp'))
        await user.should_see('Never seen: 4 of 4')
        await cast.services.sites.retire_asset(cast.alva, cast.glass.id)
        await user.should_see('Never seen: 3 of 3')
        assert sorted(name for name, _ in states(user)) == ['Kransmossen', 'Lampa', 'Tidningar']


async def test_an_old_sticker_that_still_hangs_stands_on_top(cast: Cast, fia: Person, sign_in: SignIn) -> None:
    cast.clock.pass_(days=1)
    changed = await cast.services.sites.replace_sticker(cast.alva, cast.glass.id)
    cast.clock.pass_(days=1)
    await cast.services.sites.see_sticker(fia, cast.glass.code)
    async with sign_in(fia) as user:
        await user.open('/audit?site=kransmossen')
        await user.should_see('1 old sticker is still up · Never seen: 3 of 3')
        assert (rows(user)[0]['id'], rows(user)[0]['state']) == (cast.glass.code, 'Old: take it down')
        assert f'replaced by {spaced(changed.code)}' in rows(user)[0]['detail']


async def ask(user: User, typed: str) -> None:
    fill_in(user, 'The code on the sticker', typed)
    press(user, 'Check')


async def test_a_typed_code_counts_as_seen_and_says_what_it_belongs_to(
    cast: Cast, fia: Person, sign_in: SignIn
) -> None:
    async with sign_in(fia) as user:
        await user.open('/audit?site=kransmossen')
        await ask(user, f' {spaced(cast.glass.code).lower()} ')
        await user.should_see('Seen: Färgat glas, Kransmossen.')
        await user.should_see('Never seen: 2 of 3')
        await ask(user, f'https://haren.example/q/{cast.kransmossen.code}')
        await user.should_see('Seen: the place’s own sticker, Kransmossen.')
    assert (await cast.services.sites.sticker(cast.glass.code)).seen_at == cast.clock.at


async def test_a_sticker_that_should_not_hang_there_is_told_of(cast: Cast, fia: Person, sign_in: SignIn) -> None:
    sites = cast.services.sites
    tallen = await sites.add(cast.alva, SiteDraft('Tallen', SiteKind.PLAYGROUND))
    swing = await sites.add_asset(cast.alva, tallen.id, AssetDraft('Gungan', 'swing'))
    changed = await sites.replace_sticker(cast.alva, cast.glass.id)
    await sites.retire_asset(cast.alva, cast.paper.id)
    async with sign_in(fia) as user:
        await user.open('/audit?site=kransmossen')
        await ask(user, swing.code)
        await user.should_see('It belongs to another place, Tallen: Gungan. If it’s here, take it down.')
        await ask(user, cast.glass.code)
        await user.should_see(f'An old sticker for Färgat glas, replaced by {spaced(changed.code)}: take it down.')
        await ask(user, cast.paper.code)
        await user.should_see('An old sticker: Tidningar is gone. Take it down.')
        await ask(user, '000000')
        await user.should_see('None of our stickers has this code. Somebody may have put up their own')
        await ask(user, 'haren-boras.example/q/' + changed.code)
        await user.should_see('That address isn’t ours')
    assert (await sites.sticker(changed.code)).seen_at is None


@pytest.mark.parametrize(
    ('typed', 'code'),
    [
        ('K7M2QR', 'K7M2QR'),
        ('k7m 2qr', 'K7M2QR'),
        ('k7m-2qr ', 'K7M2QR'),
        ('haren.boras.se/q/K7M2QR', 'K7M2QR'),
        ('Haren.Boras.SE/Q/k7m2qr/', 'K7M2QR'),
        ('https://haren.boras.se/q/K7M2QR?lang=en', 'K7M2QR'),
    ],
)
def test_a_code_is_read_as_people_type_it(typed: str, code: str) -> None:
    assert read(typed, BASE) == code


@pytest.mark.parametrize(
    ('typed', 'says'),
    [
        ('', 'six characters'),
        ('K7M', 'six characters'),
        ('K7M2QU', 'no code of ours'),
        ('K7M2Q0', 'no code of ours'),
        ('haren-boras.se/q/K7M2QR', 'address is not ours'),
        ('https://haren.boras.se.example/q/K7M2QR', 'address is not ours'),
        ('http://', 'six characters'),
    ],
)
def test_what_is_no_code_of_ours_is_told_at_the_field(typed: str, says: str) -> None:
    with pytest.raises(Invalid, match=says) as refused:
        read(typed, BASE)
    assert refused.value.field == 'code'


async def test_every_role_may_come_and_a_stranger_may_not(cast: Cast, sign_in: SignIn) -> None:
    for person in (cast.alva, cast.leo, cast.fia):
        async with sign_in(await cast.services.people.prefer(person, 'en', 'auto')) as user:
            await user.open('/audit')
            await user.should_see('Choose the place where you are.')
    async with sign_in(cast.fia) as user:
        user.http_client.cookies.clear()
        answer: httpx.Response = await user.http_client.get('/audit?site=kransmossen')
        assert answer.status_code == 401


async def test_a_round_begun_twice_makes_two_events_and_no_more(cast: Cast) -> None:
    for _ in range(2):
        await cast.services.sticker_audit.begin_round(cast.fia, 'kransmossen')
    events = await cast.services.context.find_all(Event)
    assert [event.kind for event in events].count(EventKind.ROUND_BEGUN) == 2
