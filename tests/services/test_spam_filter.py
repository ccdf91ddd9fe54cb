"""People and machines at the door."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from app.domain.form_stamps import ReadStamp
from app.domain.quarantine import HoldReason
from app.services.spam_filter import RateLimits, Sender, SpamFilter
from tests.cast import NOON

A_MOMENT = timedelta(seconds=3)


class Door:
    """A doorkeeper with their own allowances, and who knocks."""

    def __init__(self) -> None:
        self.doorkeeper = SpamFilter(RateLimits())
        self.now = NOON
        self.stamps = 0

    def knock(
        self, network: str = '4:c00002', waited: timedelta = A_MOMENT, sticker: str = 'K7M2QX', trap: str = ''
    ) -> HoldReason | None:
        """Somebody who opened a page so long ago."""
        self.stamps += 1
        stamped = ReadStamp(str(self.stamps).encode(), self.now - waited)
        return self.doorkeeper.judge(Sender(network, trap=trap), stamped, sticker, self.now)

    def without_stamp(self, network: str = '4:c00002', stamped: ReadStamp | None = None) -> HoldReason | None:
        """Somebody who opened no page, or one long ago."""
        return self.doorkeeper.judge(Sender(network), stamped, 'K7M2QX', self.now)


@pytest.fixture
def door() -> Door:
    return Door()


def test_people_are_let_in_fast_or_slow(door: Door) -> None:
    assert door.knock(waited=timedelta(seconds=1)) is None
    assert door.knock(waited=timedelta(hours=3)) is None


def test_who_fills_in_everything_is_not(door: Door) -> None:
    assert door.knock(trap='https://spam.example') is HoldReason.TRAP


def test_haste_and_a_missing_stamp_are_believed_a_few_times(door: Door) -> None:
    assert [door.knock(waited=timedelta(milliseconds=200)) for _ in range(6)] == [None] * 5 + [HoldReason.HASTY]
    assert door.without_stamp() is HoldReason.UNSIGNED
    assert [door.without_stamp('4:another') for _ in range(4)] == [None] * 3 + [
        HoldReason.UNSIGNED
    ]  # all have one allowance
    assert door.knock() is None  # and take nothing from those who look like people


def test_an_old_page_counts_as_none(door: Door) -> None:
    for _ in range(5):
        assert door.knock(waited=timedelta(hours=25)) is None
    assert door.knock(waited=timedelta(hours=25)) is HoldReason.UNSIGNED


def test_one_stamp_carries_a_few_reports(door: Door) -> None:
    told = [door.without_stamp(f'4:{n}', ReadStamp(b'nonce', NOON - A_MOMENT)) for n in range(30)]
    assert told[:10] == [None] * 10
    assert told.count(None) == 10 + 8


def test_a_network_has_its_allowance_and_its_neighbour_another(door: Door) -> None:
    told = [door.knock() for _ in range(20)]
    assert told == [None] * 10 + [HoldReason.NETWORK] * 10
    assert door.knock('4:another') is None
    door.now += timedelta(minutes=1)
    assert [door.knock() for _ in range(5)] == [None] * 4 + [HoldReason.NETWORK]


def test_a_sticker_and_all_of_them_have_theirs(door: Door) -> None:
    for n in range(61):
        for _ in range(2):  # what each network may send whatever others do
            assert door.knock(f'4:{n}') is None
    assert [door.knock(f'4:{n}') for n in range(61)] == [None] * 60 + [HoldReason.STICKER]
    for n in range(1000, 1250):
        for _ in range(2):
            assert door.knock(f'4:{n}') is None
    told = [door.knock(f'4:{n}', sticker=f'sticker-{n}') for n in range(1000, 1250)]
    assert told == [None] * 240 + [HoldReason.ALL] * 10
    assert door.knock('4:of-somebody-who-comes-now') is None


def everything(of: object) -> str:
    """All that an object holds, as text."""
    held = vars(of) if hasattr(of, '__dict__') else {}
    return repr(of) + ''.join(everything(value) for value in held.values())


def test_nothing_that_it_remembers_tells_where_somebody_was(door: Door) -> None:
    door.knock('4:c00002')
    yesterday = everything(door.doorkeeper._network)
    assert 'c00002' not in everything(door.doorkeeper)
    door.now += timedelta(days=1)
    door.knock('4:another')
    today = everything(door.doorkeeper._network)
    assert not set(re.findall(r"b'.*?'", yesterday)) & set(re.findall(r"b'.*?'", today))
