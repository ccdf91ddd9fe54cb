"""Tells people from machines, without a puzzle, an account or a kept address.

Whoever opened the page, waited a moment and left the trap alone has a generous allowance; all others together have a
small one. A machine that does as people do is held up by the allowance of its network, its sticker and of all.
"""

from __future__ import annotations

import secrets
from datetime import date, datetime, timedelta
from hashlib import blake2b
from typing import NamedTuple

from app.domain.form_stamps import ReadStamp
from app.domain.quarantine import HoldReason
from app.domain.token_buckets import RateLimit, TokenBuckets

HASTE = timedelta(seconds=1)
"""Nobody reads a page and taps within this."""

STAMP_LASTS = timedelta(hours=24)

USES = 10
"""Reports that one stamp may carry: each problem of a thing, and each that somebody says is fine now."""


class Sender(NamedTuple):
    """How a report came: from which network (its prefix, see Doorkeeper), with which stamp and what in the trap."""

    network: str
    stamp: str = ''
    trap: str = ''


class RateLimits(NamedTuple):
    """How much is let through: of those that look like people, and of all others together. Photos have their own.

    `first` is what a network may send whatever others do: no crowd uses that up.
    """

    first: RateLimit = RateLimit(at_once=2, an_hour=2)
    network: RateLimit = RateLimit(at_once=10, an_hour=240)
    sticker: RateLimit = RateLimit(at_once=60, an_hour=360)
    all: RateLimit = RateLimit(at_once=300, an_hour=3_600)
    odd_network: RateLimit = RateLimit(at_once=5, an_hour=12)
    odd: RateLimit = RateLimit(at_once=8, an_hour=60)
    photo_network: RateLimit = RateLimit(at_once=20, an_hour=60)
    photo: RateLimit = RateLimit(at_once=100, an_hour=300)
    odd_photo: RateLimit = RateLimit(at_once=10, an_hour=10)


class SpamFilter:
    """Decides about each report whether it looks automatic. What it remembers is in memory alone.

    A network is remembered by a hash with a salt that is thrown away each day: it can't be turned back, and nothing
    links one day to the next.
    """

    def __init__(self, allowances: RateLimits) -> None:
        self._first = TokenBuckets(allowances.first)
        self._network = TokenBuckets(allowances.network)
        self._sticker = TokenBuckets(allowances.sticker)
        self._all = TokenBuckets(allowances.all)
        self._odd_network = TokenBuckets(allowances.odd_network)
        self._odd = TokenBuckets(allowances.odd)
        self._photo_network = TokenBuckets(allowances.photo_network)
        self._photo = TokenBuckets(allowances.photo)
        self._odd_photo = TokenBuckets(allowances.odd_photo)
        self._uses = TokenBuckets(RateLimit(at_once=USES, an_hour=0))
        self._salted: tuple[date, bytes] | None = None

    def judge(self, knock: Sender, stamped: ReadStamp | None, sticker: str, now: datetime) -> HoldReason | None:
        """Why this report looks automatic, or None where it doesn't. To be asked once a report.

        `stamped` is what its stamp says, None where it has none of ours.
        """
        if knock.trap:
            return HoldReason.TRAP
        network = self._hashed(knock.network, now.date())
        oddity = self._oddity(stamped, now)
        if oddity:
            return None if self._lets((self._odd_network, network), (self._odd, None), now=now) else oddity
        return self._crowd(network, sticker, now)

    def admits_photo(self, network: str, odd: bool, now: datetime) -> bool:
        """Whether there's room for one more photo; `odd` is one to a held report. To be asked once a photo."""
        doors = ((self._photo_network, self._hashed(network, now.date())), (self._photo, None))
        return self._lets(*doors, *(((self._odd_photo, None),) if odd else ()), now=now)

    def _oddity(self, stamped: ReadStamp | None, now: datetime) -> HoldReason | None:
        if stamped is None or now - stamped.at > STAMP_LASTS or not self._lets((self._uses, stamped.nonce), now=now):
            return HoldReason.UNSIGNED
        return HoldReason.HASTY if now - stamped.at < HASTE else None

    def _crowd(self, network: bytes, sticker: str, now: datetime) -> HoldReason | None:
        if not self._network.holds(network, now.timestamp()):
            return HoldReason.NETWORK
        if self._lets((self._first, network), (self._network, network), now=now):
            return None
        if not self._sticker.holds(sticker, now.timestamp()):
            return HoldReason.STICKER
        lets = self._lets((self._all, None), (self._network, network), (self._sticker, sticker), now=now)
        return None if lets else HoldReason.ALL

    def _lets(self, *doors: tuple[TokenBuckets, bytes | str | None], now: datetime) -> bool:
        """Whether every one of these has room; then, and only then, each is counted."""
        second = now.timestamp()
        if not all(buckets.holds(key, second) for buckets, key in doors):
            return False
        for buckets, key in doors:
            buckets.take(key, second)
        return True

    def _hashed(self, network: str, today: date) -> bytes:
        if self._salted is None or self._salted[0] != today:
            self._salted = today, secrets.token_bytes(32)
            for buckets in (self._first, self._network, self._odd_network, self._photo_network):
                buckets.clear()
        return blake2b(network.encode(), digest_size=12, key=self._salted[1]).digest()
