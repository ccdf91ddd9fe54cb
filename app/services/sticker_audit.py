"""Audit the stickers: see which ones still need to be looked at, and go round a site to check them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime

from app.domain.collation import sort_key
from app.domain.people import Person, Role
from app.domain.sites import Asset, Site, Sticker
from app.domain.sticker_audit import AuditRound, StickerState, sticker_state
from app.services.context import Context
from app.services.retry import retry_on_conflict

NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class PostedSticker:
    """A sticker at a site, and its state.

    `asset` is None if it is the sticker of the site itself.
    """

    sticker: Sticker
    asset: Asset | None
    state: StickerState

    @property
    def replacement(self) -> str | None:
        """Return the code that has replaced this one, or None."""
        return self.asset.code if self.asset and not self.asset.retired_at and self.sticker.retired_at else None


@dataclass(frozen=True)
class SiteAudit:
    """The stickers of a site, those that need a look first.

    `round` is the audit round that is under way, or None.
    """

    site: Site
    round: AuditRound | None
    posted: tuple[PostedSticker, ...]

    @property
    def expected(self) -> int:
        """Return how many stickers should be up."""
        return len(self.posted) - self.count(StickerState.OLD)

    @property
    def needing_attention(self) -> int:
        """Return how many stickers need a look."""
        return self.count(StickerState.OLD, StickerState.NEVER, StickerState.LATE)

    @property
    def newest(self) -> PostedSticker | None:
        """Return the sticker that was seen last in this round, or None."""
        seen = [posted for posted in self.posted if posted.state is StickerState.IN_ROUND]
        return max(seen, key=_seen_at, default=None)

    def count(self, *states: StickerState) -> int:
        """Count the stickers in these states."""
        return sum(posted.state in states for posted in self.posted)


class StickerAudit:
    """The use cases for auditing stickers."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._store = context.store

    async def site(self, site_id: str) -> SiteAudit:
        """Return the stickers of one site. Raise NotFound if there is no such site."""
        site = await self._context.existing_site(site_id)
        stickers = (await self._store.find(Sticker, site_id=site_id)).documents
        assets = (await self._store.find(Asset, site_id=site_id)).documents
        return self._audit(site, await self._store.get(AuditRound, site_id), stickers, assets)

    async def sites(self) -> tuple[SiteAudit, ...]:
        """Return the stickers of every site. Sites with the most to look at come first, then by name."""
        rounds = {newest.id: newest for newest in await self._context.find_all(AuditRound)}
        stickers, assets = defaultdict(list), defaultdict(list)
        for sticker in await self._context.find_all(Sticker):
            stickers[sticker.site_id].append(sticker)
        for asset in await self._context.find_all(Asset):
            assets[asset.site_id].append(asset)
        audits = [
            self._audit(site, rounds.get(site.id), stickers[site.id], assets[site.id])
            for site in await self._context.find_all(Site)
        ]
        return tuple(sorted(audits, key=lambda audit: (-audit.needing_attention, sort_key(audit.site.name))))

    @retry_on_conflict
    async def begin_round(self, person: Person, site_id: str) -> AuditRound:
        """Begin a new round at a site. From now on each sticker has to be seen anew."""
        person.require(Role.FIELD)
        site = await self._context.existing_site(site_id)
        before = await self._store.get(AuditRound, site_id)
        begun, event = AuditRound.begin(site, before, self._context.stamp(person))
        await self._store.save(begun, event)
        return begun

    def _audit(
        self, site: Site, newest: AuditRound | None, stickers: Collection[Sticker], assets: Collection[Asset]
    ) -> SiteAudit:
        now, known = self._context.now(), {asset.id: asset for asset in assets}
        posted = [
            PostedSticker(sticker, asset, state)
            for sticker in sorted(stickers, key=lambda sticker: sticker.made_at)
            for asset in [known.get(sticker.asset_id or '')]
            if (state := sticker_state(sticker, asset, newest, now))
        ]
        under_way = newest if newest and newest.is_under_way(now) else None
        return SiteAudit(site, under_way, tuple(sorted(posted, key=_by_urgency)))


def _by_urgency(posted: PostedSticker) -> tuple[bool, datetime]:
    """Return the sort key: stickers that should be gone come first, then those seen longest ago."""
    return posted.state is not StickerState.OLD, _seen_at(posted)


def _seen_at(posted: PostedSticker) -> datetime:
    return posted.sticker.seen_at or NEVER
