"""Test how an administrator sets up sites, assets and stickers."""

from __future__ import annotations

import asyncio

import pytest

from app.domain import sticker_codes
from app.domain.errors import Clash, Invalid, NotFound
from app.domain.sites import AssetDraft, SiteDraft, SiteKind
from app.services.sites import address
from tests.cast import Cast, send_report


@pytest.mark.parametrize(
    ('name', 'end'),
    [
        ('Återvinning Göta', 'atervinning-gota'),
        ('  Höjden / Norra!', 'hojden-norra'),
        ('東京', 'plats'),
        ('É' * 80, 'e' * 60),
    ],
)
def test_an_address_is_readable(name: str, end: str) -> None:
    assert address(name) == end


async def test_two_places_of_one_name_have_two_addresses_and_codes(cast: Cast) -> None:
    other = await cast.services.sites.add(cast.alva, SiteDraft('Kransmossen', SiteKind.OTHER))
    assert (cast.kransmossen.id, other.id) == ('kransmossen', 'kransmossen-2')
    assert sticker_codes.read(other.code) == other.code != cast.kransmossen.code


async def test_an_asset_without_a_team_falls_to_the_sites_whoever_that_is(cast: Cast) -> None:
    assert cast.glass.team_at(cast.kransmossen) == cast.collectors.id
    gardeners = await cast.services.people.add_team(cast.alva, 'Gata och park', 'Borås Stad')
    draft = SiteDraft('Kransmossen', SiteKind.RECYCLING_STATION, team_id=gardeners.id)
    await cast.services.sites.change(cast.alva, cast.kransmossen.id, draft)
    receipt = await send_report(cast.services, cast.glass.code, 'full', 'a-phone-minted-this-1')
    assert receipt.case.team_id == gardeners.id


async def test_a_replaced_stickers_code_keeps_leading_there(cast: Cast) -> None:
    changed = await cast.services.sites.replace_sticker(cast.alva, cast.glass.id)
    old = await cast.services.public_status.arrival(cast.glass.code)
    new = await cast.services.public_status.arrival(changed.code)
    assert old.asset is not None
    assert new.asset is not None
    assert old.asset.asset.id == new.asset.asset.id == cast.glass.id
    assert old.replaced
    assert not new.replaced


async def test_the_sticker_of_something_taken_away_leads_to_its_site(cast: Cast) -> None:
    await cast.services.sites.retire_asset(cast.alva, cast.glass.id)
    arrival = await cast.services.public_status.arrival(cast.glass.code)
    assert arrival.asset is None
    assert arrival.taken_away is not None
    assert arrival.taken_away.name == 'Färgat glas'
    assert [status.asset.name for status in arrival.site.assets] == ['Tidningar']
    with pytest.raises(Clash):
        await cast.services.sites.retire_asset(cast.alva, cast.glass.id)


async def test_a_code_that_was_never_printed_leads_nowhere(cast: Cast) -> None:
    with pytest.raises(NotFound):
        await cast.services.public_status.arrival('000000')


@pytest.mark.parametrize(
    ('draft', 'field'),
    [
        (AssetDraft('', 'bench'), 'name'),
        (AssetDraft('x' * 121, 'bench'), 'name'),
        (AssetDraft('Bänk', 'no such kind'), 'kind'),
        (AssetDraft('Bänk', 'bench', team_id='nobody'), 'team'),
    ],
)
async def test_a_wrong_draft_names_its_field_and_changes_nothing(cast: Cast, draft: AssetDraft, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        await cast.services.sites.add_asset(cast.alva, cast.kransmossen.id, draft)
    assert refused.value.field == field
    assert len(await cast.services.sites.assets(cast.kransmossen.id)) == 2


async def test_problems_are_offered_in_the_lists_order_and_never_none(cast: Cast) -> None:
    await cast.services.sites.offer_problems(cast.alva, 'bench', {'broken', 'full'})
    kind = (await cast.services.context.catalogue()).asset_kind('bench')
    order = [problem.id for problem in cast.services.context.base_catalogue.problems if problem.id in kind.problems]
    assert set(kind.problems) == {'broken', 'full'}
    assert list(kind.problems) == order
    with pytest.raises(Invalid):
        await cast.services.sites.offer_problems(cast.alva, 'bench', set())
    await cast.services.sites.offer_problems(cast.alva, 'bench', {'full'})


async def test_how_a_site_is_the_most_pressing_first(cast: Cast) -> None:
    await send_report(cast.services, cast.glass.code, 'full', 'a-phone-minted-this-1')
    cast.clock.pass_(hours=1)
    await send_report(cast.services, cast.glass.code, 'dangerous', 'a-phone-minted-this-2')
    status = await cast.services.public_status.site('kransmossen')
    (troubled,) = status.troubled
    assert [trouble.problem.id for trouble in troubled.troubles] == ['dangerous', 'full']
    assert troubled.team == cast.collectors.model_copy(update={'revision': 1})


async def test_a_place_that_adam_changed_meanwhile_is_changed_only_by_who_has_seen_that(cast: Cast) -> None:
    sites, draft = cast.services.sites, SiteDraft('Tallen', SiteKind.PLAYGROUND)
    seen = (await sites.get('kransmossen')).revision
    await sites.change(cast.alva, 'kransmossen', SiteDraft('Kransmossen', SiteKind.OTHER), seen=seen)
    with pytest.raises(Clash):
        await sites.change(cast.alva, 'kransmossen', draft, seen=seen)
    assert (await sites.get('kransmossen')).kind is SiteKind.OTHER
    assert (await sites.change(cast.alva, 'kransmossen', draft, seen=seen + 1)).name == 'Tallen'
    assert (await sites.change(cast.alva, 'kransmossen', SiteDraft('Eken', SiteKind.OTHER))).name == 'Eken'


async def test_a_thing_that_adam_changed_meanwhile_is_changed_only_by_who_has_seen_that(cast: Cast) -> None:
    sites, draft = cast.services.sites, AssetDraft('Glas', 'container_coloured_glass')
    seen = (await sites.asset(cast.glass.id)).revision
    await sites.replace_sticker(cast.alva, cast.glass.id)
    with pytest.raises(Clash):
        await sites.change_asset(cast.alva, cast.glass.id, draft, seen=seen)
    assert (await sites.change_asset(cast.alva, cast.glass.id, draft, seen=seen + 1)).name == 'Glas'


async def test_problems_that_adam_chose_meanwhile_are_changed_only_by_who_has_seen_them(cast: Cast) -> None:
    sites = cast.services.sites
    listed = await sites.offered('bench')
    assert listed.problems == cast.services.context.base_catalogue.asset_kind('bench').problems
    await sites.offer_problems(cast.alva, 'bench', {'broken'}, seen=listed.revision)
    with pytest.raises(Clash):
        await sites.offer_problems(cast.alva, 'bench', {'full'}, seen=listed.revision)
    newest = await sites.offered('bench')
    assert newest.problems == ('broken',)
    await sites.offer_problems(cast.alva, 'bench', {'full'}, seen=newest.revision)
    assert (await sites.offered('bench')).problems == ('full',)


async def test_of_two_who_save_at_once_one_is_refused(cast: Cast) -> None:
    seen = (await cast.services.sites.get('kransmossen')).revision
    drafts = [SiteDraft(name, SiteKind.OTHER) for name in ('Eken', 'Tallen', 'Granen')]
    answers = await asyncio.gather(
        *(cast.services.sites.change(cast.alva, 'kransmossen', draft, seen=seen) for draft in drafts),
        return_exceptions=True,
    )
    assert [type(answer) for answer in answers].count(Clash) == 2
