"""Test random ids and nonces."""

from __future__ import annotations

import re

from app.services.random_ids import RESERVE, RandomIds


def test_no_id_comes_twice() -> None:
    chance = RandomIds()
    ids = [chance.id() for _ in range(RESERVE)]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch('[0-9a-f]{32}', id) for id in ids)


def test_as_many_bytes_as_were_asked_for() -> None:
    chance = RandomIds()
    assert [len(chance.bytes(count)) for count in (0, 1, RESERVE - 1, RESERVE, RESERVE * 2, 6)] == [
        0,
        1,
        RESERVE - 1,
        RESERVE,
        RESERVE * 2,
        6,
    ]
