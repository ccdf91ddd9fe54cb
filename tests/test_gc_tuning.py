"""Test that the garbage collector is set for serving, and that everything is set back afterwards."""

from __future__ import annotations

import asyncio
import gc
import weakref
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest

from app.cli import gc_tuning
from app.cli.gc_tuning import GENERATIONS, YOUNG, collecting_when_idle, tune_gc
from tests.staff_screens import wait_until


class Circle:
    """An object that refers to itself."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def usual_collector() -> Iterator[None]:
    """Set the collector back."""
    thresholds = gc.get_threshold()
    yield
    gc.set_threshold(*thresholds)
    gc.enable()


def leave_circle() -> weakref.ref[Circle]:
    """Make garbage that only a collection of everything frees: it has outlived the young generations."""
    circle = Circle()
    gc.collect()
    return weakref.ref(circle)


def test_what_is_in_memory_at_the_start_is_never_looked_through() -> None:
    kept = [Circle() for _ in range(10)]
    tune_gc()
    assert gc.get_threshold() == (YOUNG, *GENERATIONS)
    assert gc.get_freeze_count() > 10
    assert not [each for each in gc.get_objects() if isinstance(each, Circle)]
    assert len(kept) == 10


async def test_garbage_is_collected_from_time_to_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gc_tuning, 'PERIOD', 0.01)
    monkeypatch.setattr(gc_tuning, 'AFFORDABLE', 10**9)
    gc.disable()
    garbage = leave_circle()
    async with collecting_when_idle():
        await wait_until(lambda: garbage() is None)


def show_objects(monkeypatch: pytest.MonkeyPatch, number: Callable[[int], int], worth_it: int) -> Callable[[], int]:
    """Let the collector see `number(period)` objects in each period. Return what counts the periods."""
    periods = 0

    def look(generation: int) -> list[object]:
        nonlocal periods
        periods += 1
        return [None] * number(periods)

    for name, value in {'PERIOD': 0.001, 'AFFORDABLE': 10, 'QUIET': 10, 'WORTH_IT': worth_it}.items():
        monkeypatch.setattr(gc_tuning, name, value)
    monkeypatch.setattr(gc, 'get_objects', look)
    gc.disable()
    return lambda: periods


@pytest.mark.parametrize('step', [11, -11], ids=['they come', 'they go'])
async def test_nothing_is_collected_while_there_is_much_to_look_through(
    monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    periods = show_objects(monkeypatch, lambda period: 10_000 + step * period, worth_it=5)
    garbage = leave_circle()
    async with collecting_when_idle():
        await wait_until(lambda: periods() > 3)
        assert garbage() is not None


async def test_once_it_is_quiet_much_is_collected_once(monkeypatch: pytest.MonkeyPatch) -> None:
    periods = show_objects(monkeypatch, lambda _: 100, worth_it=50)  # of screens that stay open
    garbage = leave_circle()
    async with collecting_when_idle():
        await wait_until(lambda: garbage() is None)
        again, begun = leave_circle(), periods()
        await wait_until(lambda: periods() > begun + 3)
        assert again() is not None


async def test_an_error_ends_the_collecting_too() -> None:
    before = asyncio.all_tasks()
    with suppress(KeyError):
        async with collecting_when_idle():
            raise KeyError
    assert asyncio.all_tasks() == before
