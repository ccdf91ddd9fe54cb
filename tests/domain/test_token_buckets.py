"""Test rate limits by token buckets."""

from __future__ import annotations

from app.domain.token_buckets import RateLimit, TokenBuckets


def taken(buckets: TokenBuckets, key: str, now: float, tries: int = 100) -> int:
    """Return how many of so many tries at one moment are allowed."""
    happened = 0
    for _ in range(tries):
        if buckets.holds(key, now):
            buckets.take(key, now)
            happened += 1
    return happened


def test_a_little_at_once_and_then_steadily() -> None:
    buckets = TokenBuckets(RateLimit(at_once=10, an_hour=60))
    assert taken(buckets, 'a', 0) == 10
    assert taken(buckets, 'a', 59) == 0
    assert taken(buckets, 'a', 60) == 1
    assert taken(buckets, 'a', 60 + 3600) == 10


def test_one_takes_nothing_from_another() -> None:
    buckets = TokenBuckets(RateLimit(at_once=2, an_hour=0))
    assert taken(buckets, 'a', 0) == 2
    assert taken(buckets, 'b', 0) == 2
    assert taken(buckets, 'a', 9e9) == 0


def test_a_clock_that_is_set_back_gives_nothing_away() -> None:
    buckets = TokenBuckets(RateLimit(at_once=1, an_hour=3600))
    assert taken(buckets, 'a', 100) == 1
    assert taken(buckets, 'a', 50) == 0


def test_only_so_many_are_remembered_and_the_quietest_is_forgotten() -> None:
    buckets = TokenBuckets(RateLimit(at_once=1, an_hour=0), most=2)
    for key in ('a', 'b', 'a', 'c'):
        taken(buckets, key, 0)
    assert [buckets.holds(key, 0) for key in ('a', 'b', 'c')] == [True, False, False]


def test_a_bucket_that_is_full_again_is_forgotten() -> None:
    buckets = TokenBuckets(RateLimit(at_once=1, an_hour=3600))
    for second in range(100):
        taken(buckets, f'key-{second}', second, 1)
    assert 'key-5' not in repr(vars(buckets))
