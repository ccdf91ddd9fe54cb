"""Test the spam filter with people and machines."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from app.domain.form_stamps import ReadStamp
from app.domain.quarantine import HoldReason
from app.services.spam_filter import RateLimits, Sender, SpamFilter
from tests.cast import NOON

A_MOMENT = timedelta(seconds=3)


class Traffic:
    """A spam filter with rate limits of its own, and requests to it."""

    def __init__(self) -> None:
        self.spam_filter = SpamFilter(RateLimits())
        self.now = NOON
        self.stamps = 0

    def send(
        self, network: str = '4:c00002', waited: timedelta = A_MOMENT, sticker: str = 'K7M2QX', trap: str = ''
    ) -> HoldReason | None:
        """Send a report from a page that was opened so long ago."""
        self.stamps += 1
        stamped = ReadStamp(str(self.stamps).encode(), self.now - waited)
        return self.spam_filter.judge(Sender(network, trap=trap), stamped, sticker, self.now)

    def send_unstamped(self, network: str = '4:c00002', stamped: ReadStamp | None = None) -> HoldReason | None:
        """Send a report without a page, or from one that was opened long ago."""
        return self.spam_filter.judge(Sender(network), stamped, 'K7M2QX', self.now)


@pytest.fixture
def traffic() -> Traffic:
    return Traffic()


def test_people_are_let_in_fast_or_slow(traffic: Traffic) -> None:
    assert traffic.send(waited=timedelta(seconds=1)) is None
    assert traffic.send(waited=timedelta(hours=3)) is None


def test_who_fills_in_everything_is_not(traffic: Traffic) -> None:
    assert traffic.send(trap='https://spam.example') is HoldReason.TRAP


def test_haste_and_a_missing_stamp_are_believed_a_few_times(traffic: Traffic) -> None:
    assert [traffic.send(waited=timedelta(milliseconds=200)) for _ in range(6)] == [None] * 5 + [HoldReason.HASTY]
    assert traffic.send_unstamped() is HoldReason.UNSIGNED
    assert [traffic.send_unstamped('4:another') for _ in range(4)] == [None] * 3 + [
        HoldReason.UNSIGNED
    ]  # all share one limit
    assert traffic.send() is None  # and they use up nothing of the limit for those who look like people


def test_an_old_page_counts_as_none(traffic: Traffic) -> None:
    for _ in range(5):
        assert traffic.send(waited=timedelta(hours=25)) is None
    assert traffic.send(waited=timedelta(hours=25)) is HoldReason.UNSIGNED


def test_one_stamp_carries_a_few_reports(traffic: Traffic) -> None:
    results = [traffic.send_unstamped(f'4:{n}', ReadStamp(b'nonce', NOON - A_MOMENT)) for n in range(30)]
    assert results[:10] == [None] * 10
    assert results.count(None) == 10 + 8


def test_a_network_has_its_allowance_and_its_neighbour_another(traffic: Traffic) -> None:
    results = [traffic.send() for _ in range(20)]
    assert results == [None] * 10 + [HoldReason.NETWORK] * 10
    assert traffic.send('4:another') is None
    traffic.now += timedelta(minutes=1)
    assert [traffic.send() for _ in range(5)] == [None] * 4 + [HoldReason.NETWORK]


def test_a_sticker_and_all_of_them_have_theirs(traffic: Traffic) -> None:
    for n in range(61):
        for _ in range(2):  # each network's own allowance, independent of the others
            assert traffic.send(f'4:{n}') is None
    assert [traffic.send(f'4:{n}') for n in range(61)] == [None] * 60 + [HoldReason.STICKER]
    for n in range(1000, 1250):
        for _ in range(2):
            assert traffic.send(f'4:{n}') is None
    results = [traffic.send(f'4:{n}', sticker=f'sticker-{n}') for n in range(1000, 1250)]
    assert results == [None] * 240 + [HoldReason.ALL] * 10
    assert traffic.send('4:of-somebody-who-comes-now') is None


def everything(of: object) -> str:
    """Return everything that an object holds, as text."""
    held = vars(of) if hasattr(of, '__dict__') else {}
    return repr(of) + ''.join(everything(value) for value in held.values())


def test_nothing_that_it_remembers_tells_where_somebody_was(traffic: Traffic) -> None:
    traffic.send('4:c00002')
    yesterday = everything(traffic.spam_filter._network)
    assert 'c00002' not in everything(traffic.spam_filter)
    traffic.now += timedelta(days=1)
    traffic.send('4:another')
    today = everything(traffic.spam_filter._network)
    assert not set(re.findall(r"b'.*?'", yesterday)) & set(re.findall(r"b'.*?'", today))
