"""Test sightings and audits of stickers: what is stored about them, and their events."""

from __future__ import annotations

import asyncio

import pytest

from app.domain.errors import NotAllowed, NotFound
from app.domain.events import Event, EventKind
from app.domain.sites import Asset, SiteDraft, SiteKind, Sticker
from app.domain.sticker_audit import LONG_UNSEEN, StickerState
from app.services.people import PersonDraft
from app.services.sticker_audit import SiteAudit
from tests.cast import Cast


async def events(cast: Cast, kind: EventKind) -> list[Event]:
    return [event for event in await cast.services.context.find_all(Event) if event.kind is kind]


def sights(audit: SiteAudit) -> dict[str, StickerState]:
    return {posted.asset.name if posted.asset else 'place': posted.state for posted in audit.posted}


async def test_a_sighting_is_kept_once_an_hour_with_one_event_that_names_nobody(cast: Cast) -> None:
    for minutes in (0, 20, 39, 2, 30):
        cast.clock.pass_(minutes=minutes)
        await cast.services.sites.see_sticker(cast.fia, cast.glass.code)
    sticker = await cast.services.sites.sticker(cast.glass.code)
    assert (cast.clock.at - (sticker.seen_at or cast.clock.at)).total_seconds() == 30 * 60
    seen = await events(cast, EventKind.STICKER_SEEN)
    assert len(seen) == 2
    assert all(event.by is None and event.person_id is None for event in seen)
    assert 'fia' not in ''.join(event.model_dump_json() for event in seen) + sticker.model_dump_json()


async def test_a_round_is_one_row_of_the_feed_however_many_stickers_are_seen(cast: Cast) -> None:
    await cast.services.sticker_audit.begin_round(cast.fia, 'kransmossen')
    cast.clock.pass_(minutes=1)
    for code in (cast.glass.code, cast.paper.code, cast.kransmossen.code):
        await cast.services.sites.see_sticker(cast.fia, code)
    assert len(await events(cast, EventKind.STICKER_SEEN)) == 3
    (newest,) = (await cast.services.feed.page(limit=1)).documents
    assert newest.kind is EventKind.ROUND_BEGUN


async def test_many_who_scan_at_once_are_one_sighting(cast: Cast) -> None:
    people = [cast.fia, cast.leo, cast.alva] * 10
    await asyncio.gather(*(cast.services.sites.see_sticker(person, cast.glass.code) for person in people))
    assert len(await events(cast, EventKind.STICKER_SEEN)) == 1


async def test_a_new_round_wants_to_see_again_what_was_seen_just_before(cast: Cast) -> None:
    sites, audit = cast.services.sites, cast.services.sticker_audit
    await sites.see_sticker(cast.fia, cast.glass.code)
    cast.clock.pass_(minutes=5)
    await audit.begin_round(cast.fia, 'kransmossen')
    assert (await audit.site('kransmossen')).count(StickerState.IN_ROUND) == 0
    cast.clock.pass_(minutes=1)
    for _ in range(3):
        await sites.see_sticker(cast.leo, cast.glass.code)
    now = await audit.site('kransmossen')
    assert (now.count(StickerState.IN_ROUND), now.expected) == (1, 3)
    assert len(await events(cast, EventKind.STICKER_SEEN)) == 2
    (begun,) = await events(cast, EventKind.ROUND_BEGUN)
    assert (begun.by, begun.site_id, begun.team_id) == ('fia', 'kransmossen', 'collectors')


async def test_a_round_of_one_place_does_not_concern_another(cast: Cast) -> None:
    other = await cast.services.sites.add(cast.alva, SiteDraft('Tallen', SiteKind.PLAYGROUND))
    await cast.services.sites.see_sticker(cast.fia, other.code)
    await cast.services.sticker_audit.begin_round(cast.fia, 'kransmossen')
    cast.clock.pass_(minutes=5)
    await cast.services.sites.see_sticker(cast.fia, other.code)
    assert len(await events(cast, EventKind.STICKER_SEEN)) == 1
    assert (await cast.services.sticker_audit.site('tallen')).round is None


async def test_what_needs_a_look_stands_first(cast: Cast) -> None:
    sites, audit = cast.services.sites, cast.services.sticker_audit
    await sites.see_sticker(cast.fia, cast.paper.code)
    cast.clock.at += LONG_UNSEEN
    cast.clock.pass_(hours=1)
    await sites.see_sticker(cast.fia, cast.kransmossen.code)
    now = await audit.site('kransmossen')
    assert list(sights(now).items()) == [
        ('Färgat glas', StickerState.NEVER),
        ('Tidningar', StickerState.LATE),
        ('place', StickerState.SEEN),
    ]
    assert (now.expected, now.needing_attention) == (3, 2)


async def test_a_replaced_sticker_that_still_hangs_is_reported(cast: Cast) -> None:
    sites, audit = cast.services.sites, cast.services.sticker_audit
    await sites.see_sticker(cast.fia, cast.glass.code)
    cast.clock.pass_(days=1)
    changed = await sites.replace_sticker(cast.alva, cast.glass.id)
    now = await audit.site('kransmossen')
    assert [(posted.sticker.id, posted.state) for posted in now.posted if posted.asset == await _glass(cast)] == [
        (changed.code, StickerState.NEVER)
    ]
    cast.clock.pass_(minutes=1)
    await sites.see_sticker(cast.fia, cast.glass.code)
    now = await audit.site('kransmossen')
    assert (now.posted[0].sticker.id, now.posted[0].state) == (cast.glass.code, StickerState.OLD)
    assert now.posted[0].replacement == changed.code
    assert now.expected == 3


async def _glass(cast: Cast) -> Asset:
    return await cast.services.sites.asset(cast.glass.id)


async def test_the_sticker_of_something_taken_away_that_still_hangs_is_reported(cast: Cast) -> None:
    await cast.services.sites.retire_asset(cast.alva, cast.glass.id)
    assert 'Färgat glas' not in sights(await cast.services.sticker_audit.site('kransmossen'))
    cast.clock.pass_(minutes=1)
    await cast.services.sites.see_sticker(cast.fia, cast.glass.code)
    now = await cast.services.sticker_audit.site('kransmossen')
    assert sights(now)['Färgat glas'] is StickerState.OLD
    assert (now.posted[0].replacement, now.expected) == (None, 2)


async def test_places_stand_in_the_order_of_their_need(cast: Cast) -> None:
    sites, audit = cast.services.sites, cast.services.sticker_audit
    tallen = await sites.add(cast.alva, SiteDraft('Tallen', SiteKind.PLAYGROUND))
    annelund = await sites.add(cast.alva, SiteDraft('annelund', SiteKind.PLAYGROUND))
    assert [one.site.name for one in await audit.sites()] == ['Kransmossen', 'annelund', 'Tallen']
    for code in (cast.kransmossen.code, cast.glass.code, cast.paper.code, annelund.code):
        await sites.see_sticker(cast.fia, code)
    assert [one.site.name for one in await audit.sites()] == ['Tallen', 'annelund', 'Kransmossen']
    assert [one.needing_attention for one in await audit.sites()] == [1, 0, 0]
    assert (await audit.sites())[0] == await audit.site(tallen.id)


async def test_nobody_but_staff_sees_or_begins(cast: Cast) -> None:
    gone = await cast.services.people.change(
        cast.alva, 'fia', PersonDraft('Fia', cast.fia.role, cast.fia.team_id, active=False)
    )
    with pytest.raises(NotAllowed):
        await cast.services.sites.see_sticker(gone, cast.glass.code)
    with pytest.raises(NotAllowed):
        await cast.services.sticker_audit.begin_round(gone, 'kransmossen')
    with pytest.raises(NotFound):
        await cast.services.sticker_audit.begin_round(cast.leo, 'atlantis')
    with pytest.raises(NotFound):
        await cast.services.sites.see_sticker(cast.leo, '000000')
    assert {sticker.seen_at for sticker in await cast.services.context.find_all(Sticker)} == {None}
