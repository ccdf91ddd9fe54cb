"""Test a sticker's state, from the day it is printed until it should be gone."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from app.domain.document import ChangeStamp
from app.domain.events import EventKind, Showing, Topic
from app.domain.sites import Asset, AssetDraft, Site, SiteDraft, SiteKind, Sticker
from app.domain.sticker_audit import (
    LONG_UNSEEN,
    ROUND_LASTS,
    SEEN_EVERY,
    AuditRound,
    StickerState,
    counts_from,
    sticker_state,
)
from tests.cast import NOON

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)

SITE, SITES_OWN, _ = Site.add(
    'kransmossen', SiteDraft('Kransmossen', SiteKind.OTHER), 'AB12CD', ChangeStamp('e1', NOON)
)
GLASS, STICKER, _ = Asset.add('glass', SITE, AssetDraft('Glas', 'bench'), 'K7M2QX', ChangeStamp('e2', NOON))


def at(moment: datetime, by: str | None = None) -> ChangeStamp:
    return ChangeStamp('an-event', moment, by)


def seen(moment: datetime) -> Sticker:
    return STICKER.see(at(moment))[0]


def begun(moment: datetime) -> AuditRound:
    return AuditRound.begin(SITE, None, at(moment, 'fia'))[0]


def test_seeing_a_sticker_makes_one_event_that_names_what_it_is_on_and_nobody() -> None:
    sticker, event = STICKER.see(at(NOON))
    assert sticker.seen_at == NOON
    assert (event.kind, event.topic, event.by) == (EventKind.STICKER_SEEN, Topic.UPKEEP, None)
    assert event.showing is Showing.FOLDED, 'a round would flood the feed'
    assert (event.asset_id, event.site_id) == ('glass', 'kransmossen')
    assert SITES_OWN.see(at(NOON))[1].asset_id is None


def test_a_round_takes_the_place_of_the_one_before_and_tells_who_began_it() -> None:
    first = begun(NOON).model_copy(update={'revision': 3})
    second, event = AuditRound.begin(SITE, first, at(NOON + DAY, 'fia'))
    assert (second.id, second.revision, second.begun_at) == ('kransmossen', 3, NOON + DAY)
    assert (event.kind, event.by, event.site_id) == (EventKind.ROUND_BEGUN, 'fia', 'kransmossen')


def test_a_round_is_under_way_for_a_working_day() -> None:
    newest = begun(NOON)
    assert newest.is_under_way(NOON)
    assert newest.is_under_way(NOON + ROUND_LASTS - MINUTE)
    assert not newest.is_under_way(NOON + ROUND_LASTS)
    assert not newest.is_under_way(NOON - MINUTE)


@pytest.mark.parametrize(
    ('newest', 'counts'),
    [
        (None, NOON - SEEN_EVERY),
        (begun(NOON - 2 * HOUR), NOON - SEEN_EVERY),
        (begun(NOON - 10 * MINUTE), NOON - 10 * MINUTE),
        (begun(NOON - 13 * HOUR), NOON - SEEN_EVERY),
        (begun(NOON + DAY), NOON - SEEN_EVERY),
    ],
    ids=['none', 'long begun', 'just begun', 'over', 'a clock that went back'],
)
def test_a_sighting_is_kept_once_an_hour_and_once_in_a_new_round(newest: AuditRound | None, counts: datetime) -> None:
    assert counts_from(newest, NOON) == counts


def test_from_never_seen_to_seen_long_ago() -> None:
    assert sticker_state(STICKER, GLASS, None, NOON) is StickerState.NEVER
    assert sticker_state(STICKER, GLASS, begun(NOON), NOON) is StickerState.NEVER
    assert sticker_state(seen(NOON), GLASS, None, NOON + DAY) is StickerState.SEEN
    assert sticker_state(seen(NOON), GLASS, None, NOON + LONG_UNSEEN) is StickerState.SEEN
    assert sticker_state(seen(NOON), GLASS, None, NOON + LONG_UNSEEN + MINUTE) is StickerState.LATE


def test_in_a_round_what_was_seen_since_it_began_counts() -> None:
    newest = begun(NOON)
    assert sticker_state(seen(NOON - MINUTE), GLASS, newest, NOON + HOUR) is StickerState.SEEN
    assert sticker_state(seen(NOON), GLASS, newest, NOON + HOUR) is StickerState.IN_ROUND
    assert sticker_state(seen(NOON + MINUTE), None, newest, NOON + HOUR) is StickerState.IN_ROUND
    assert sticker_state(seen(NOON + MINUTE), GLASS, newest, NOON + DAY) is StickerState.SEEN


def test_a_replaced_sticker_is_missed_by_nobody_until_it_is_seen_again() -> None:
    gone = seen(NOON - DAY).retire(at(NOON))
    assert sticker_state(gone, GLASS, None, NOON + HOUR) is None
    again, _ = gone.see(at(NOON + HOUR))
    assert again.retired_at == NOON
    assert sticker_state(again, GLASS, None, NOON + DAY) is StickerState.OLD
    assert sticker_state(again, GLASS, None, NOON + HOUR + LONG_UNSEEN) is None


def test_the_sticker_of_what_was_taken_away_should_be_gone_too() -> None:
    taken, _ = GLASS.retire(at(NOON))
    assert sticker_state(seen(NOON - HOUR), taken, None, NOON + HOUR) is None
    assert sticker_state(seen(NOON + HOUR), taken, None, NOON + DAY) is StickerState.OLD


def test_an_old_sticker_that_a_new_round_does_not_find_is_forgotten() -> None:
    gone, _ = seen(NOON).retire(at(NOON)).see(at(NOON + HOUR))
    newest = begun(NOON + 2 * HOUR)
    assert sticker_state(gone, GLASS, newest, NOON + 3 * HOUR) is None
    assert sticker_state(gone, GLASS, newest, NOON + 30 * DAY) is None
    found, _ = gone.see(at(NOON + 3 * HOUR))
    assert sticker_state(found, GLASS, newest, NOON + 4 * HOUR) is StickerState.OLD
