"""Tell people from machines, without a puzzle, an account or a stored address.

Senders who opened the page, waited a moment and left the trap empty have generous limits. All others share small ones.
A machine that acts like a person meets the limits of its network, of its sticker and of everybody together.
"""

from __future__ import annotations

import secrets
from datetime import date, datetime, timedelta
from hashlib import blake2b
from typing import NamedTuple

from app.domain.form_stamps import ReadStamp
from app.domain.quarantine import HoldReason
from app.domain.token_buckets import RateLimit, TokenBuckets
from app.services.report_origins import Origin

FASTEST_HUMAN = timedelta(seconds=1)
"""The least time in which somebody can read a page and tap."""

STAMP_LASTS = timedelta(hours=24)

USES = 10
"""Reports that one stamp is good for: each problem of an asset, as it is and as "fine now"."""


class Sender(NamedTuple):
    """The sender of a report: the prefix of the network, the stamp, and the content of the hidden trap field."""

    network: str
    stamp: str = ''
    trap: str = ''


class RateLimits(NamedTuple):
    """The limits for senders who look like people, and for all others together (`odd`). Photos have their own limits.

    `first` is for each network alone: others cannot use it up. Staff are not judged, but one of them, and each of their
    devices and keys, can write only so much.
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
    staff_person: RateLimit = RateLimit(at_once=160, an_hour=3_600)
    staff_device: RateLimit = RateLimit(at_once=120, an_hour=2_400)


class SpamFilter:
    """Decide for each report if it looks automatic. Everything is remembered in memory alone.

    A network is remembered by a hash whose salt is thrown away each day. So the hash can't be reversed, and nothing
    links one day to the next.
    """

    def __init__(self, limits: RateLimits) -> None:
        self._first = TokenBuckets(limits.first)
        self._network = TokenBuckets(limits.network)
        self._sticker = TokenBuckets(limits.sticker)
        self._all = TokenBuckets(limits.all)
        self._odd_network = TokenBuckets(limits.odd_network)
        self._odd = TokenBuckets(limits.odd)
        self._photo_network = TokenBuckets(limits.photo_network)
        self._photo = TokenBuckets(limits.photo)
        self._odd_photo = TokenBuckets(limits.odd_photo)
        self._uses = TokenBuckets(RateLimit(at_once=USES, an_hour=0))
        self._salted: tuple[date, bytes] | None = None

    def judge(self, sender: Sender, stamp: ReadStamp | None, sticker: str, now: datetime) -> HoldReason | None:
        """Return why a report looks automatic, or None if it doesn't. Ask once a report: each call counts.

        `stamp` is the sender's stamp as it was read, None if it is none of ours. `now` is a steady clock's.
        """
        if sender.trap:
            return HoldReason.TRAP
        network = self._hashed(sender.network, now.date())
        oddity = self._oddity(stamp, now)
        if oddity:
            return None if self._take_all((self._odd_network, network), (self._odd, None), now=now) else oddity
        return self._exceeded(network, sticker, now)

    def origin(self, network: str, now: datetime) -> Origin:
        """Return what tells a network from others today, and nothing more."""
        return Origin(now.date(), self._hashed(network, now.date()))

    def admits_photo(self, network: str, odd: bool, now: datetime) -> bool:
        """Return True if one more photo may come; `odd`: for a held report. Ask once a photo, as each call counts."""
        buckets = ((self._photo_network, self._hashed(network, now.date())), (self._photo, None))
        return self._take_all(*buckets, *(((self._odd_photo, None),) if odd else ()), now=now)

    def _oddity(self, stamp: ReadStamp | None, now: datetime) -> HoldReason | None:
        if stamp is None or now - stamp.at > STAMP_LASTS or not self._take_all((self._uses, stamp.nonce), now=now):
            return HoldReason.UNSIGNED
        # An earlier run of the server may have made the stamp, by a clock that was ahead: then nothing is known.
        return HoldReason.HASTY if timedelta() <= now - stamp.at < FASTEST_HUMAN else None

    def _exceeded(self, network: bytes, sticker: str, now: datetime) -> HoldReason | None:
        if not self._network.holds(network, now.timestamp()):
            return HoldReason.NETWORK
        if self._take_all((self._first, network), (self._network, network), now=now):
            return None
        if not self._sticker.holds(sticker, now.timestamp()):
            return HoldReason.STICKER
        admitted = self._take_all((self._all, None), (self._network, network), (self._sticker, sticker), now=now)
        return None if admitted else HoldReason.ALL

    def _take_all(self, *counted: tuple[TokenBuckets, bytes | str | None], now: datetime) -> bool:
        """Count in all of these buckets if every one has room, and return True; else count in none."""
        second = now.timestamp()
        if not all(buckets.holds(key, second) for buckets, key in counted):
            return False
        for buckets, key in counted:
            buckets.take(key, second)
        return True

    def _hashed(self, network: str, today: date) -> bytes:
        if self._salted is None or self._salted[0] != today:
            self._salted = today, secrets.token_bytes(32)
            for buckets in (self._first, self._network, self._odd_network, self._photo_network):
                buckets.clear()
        return blake2b(network.encode(), digest_size=12, key=self._salted[1]).digest()
