"""Test stamps in forms."""

from __future__ import annotations

import re

import pytest

from app.domain.form_stamps import FormStamps, ReadStamp
from tests.cast import NOON

STAMPS = FormStamps(b'a key')


def test_it_says_when_it_was_made() -> None:
    assert STAMPS.read(STAMPS.make(b'nonce!', NOON)) == ReadStamp(b'nonce!', NOON)


def test_it_can_stand_in_an_address_and_in_a_reports_id() -> None:
    stamp = STAMPS.make(b'\xff' * 6, NOON)
    assert re.fullmatch(r'[0-9A-Za-z_-]{28}', stamp)


def test_two_of_one_moment_differ() -> None:
    assert STAMPS.make(b'nonce1', NOON) != STAMPS.make(b'nonce2', NOON)


@pytest.mark.parametrize('wrong', ['', 'x', 'a-phone-minted-this-1', 'å' * 28, 'A' * 28, 'A' * 4000, '=' * 28])
def test_nobody_makes_one_up(wrong: str) -> None:
    assert STAMPS.read(wrong) is None


def test_none_of_its_characters_can_be_changed() -> None:
    stamp = STAMPS.make(b'nonce!', NOON)
    for place in range(len(stamp)):
        other = 'A' if stamp[place] != 'A' else 'B'
        assert STAMPS.read(stamp[:place] + other + stamp[place + 1 :]) is None
        for more in ('!', ' ', '=', '\n'):
            assert STAMPS.read(stamp[:place] + more + stamp[place:]) is None, 'one stamp has one spelling'
    assert FormStamps(b'another key').read(stamp) is None
