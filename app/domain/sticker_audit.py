"""Audits of a site's stickers: which of them staff have seen lately, and which need a look."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import ClassVar

from app.domain.document import ChangeStamp, Document, Moment
from app.domain.events import Event, EventKind, make_event
from app.domain.sites import Asset, Site, Sticker

SEEN_EVERY = timedelta(hours=1)
"""The precision of a sticker's latest sighting, outside of a round."""

LONG_UNSEEN = timedelta(days=180)
"""The time after which a sticker that nobody has seen may be gone, unreadable or pasted over."""

ROUND_LASTS = timedelta(hours=12)
"""A working day. Whoever continues tomorrow begins a new round."""


class StickerState(StrEnum):
    """The state of one sticker in an audit. Those that need a look come first."""

    OLD = 'old'
    """The sticker is replaced or its asset is gone, but it was seen: it still hangs there."""
    NEVER = 'never'
    LATE = 'late'
    SEEN = 'seen'
    IN_ROUND = 'in_round'


class AuditRound(Document):
    """The newest walk past all stickers of a site. Its id is the site's."""

    kept_in: ClassVar[str] = 'rounds'
    newest_by: ClassVar[str] = 'begun_at'

    begun_at: Moment

    @classmethod
    def begin(cls, site: Site, before: AuditRound | None, stamp: ChangeStamp) -> tuple[AuditRound, Event]:
        """Begin a round at a site, in place of the one before."""
        begun = cls(id=site.id, revision=before.revision if before else 0, begun_at=stamp.at)
        return begun, make_event(EventKind.ROUND_BEGUN, stamp, site_id=site.id, team_id=site.team_id)

    def is_under_way(self, now: datetime) -> bool:
        """Return True if the round has begun and isn't over."""
        return self.begun_at <= now < self.begun_at + ROUND_LASTS


def counts_from(newest: AuditRound | None, now: datetime) -> datetime:
    """Return the time from which a sighting makes another one now needless.

    Each round needs its own sightings, and records each sticker once.
    """
    hour_ago = now - SEEN_EVERY
    return max(hour_ago, newest.begun_at) if newest and newest.is_under_way(now) else hour_ago


def sticker_state(
    sticker: Sticker, asset: Asset | None, newest: AuditRound | None, now: datetime
) -> StickerState | None:
    """Return the state of a sticker on this asset (None: on the site itself).

    Return None if the sticker is rightly gone.
    """
    if gone_at := sticker.retired_at or (asset.retired_at if asset else None):
        return StickerState.OLD if _still_hangs(sticker, gone_at, newest, now) else None
    if sticker.seen_at is None:
        return StickerState.NEVER
    if newest and newest.is_under_way(now) and sticker.seen_at >= newest.begun_at:
        return StickerState.IN_ROUND
    return StickerState.SEEN if now - sticker.seen_at <= LONG_UNSEEN else StickerState.LATE


def _still_hangs(sticker: Sticker, gone_at: datetime, newest: AuditRound | None, now: datetime) -> bool:
    """Return True if an old sticker was seen after it was retired, and after the latest round began."""
    since = max(gone_at, now - LONG_UNSEEN, newest.begun_at if newest else gone_at)
    return sticker.seen_at is not None and sticker.seen_at > since
