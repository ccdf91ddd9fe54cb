"""Check that closed pages leave nothing for the garbage collector."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from nicegui import Client

OURS = ('app', 'components', 'pages', 'nicegui')
"""The packages whose objects must be gone."""

OF_TESTS = ('nicegui.testing', 'nicegui.defaults', 'nicegui.outbox')
"""The simulated user replaces a method of each outbox, which makes it refer to itself."""


@contextmanager
def uncollected_garbage() -> Iterator[list[object]]:
    """Stop the collector, and list at the end what it would have had to free: objects that refer to each other."""
    gc.collect()
    gc.disable()
    found: list[object] = []
    try:
        yield found
        gc.set_debug(gc.DEBUG_SAVEALL)
        gc.collect()
        found += gc.garbage
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
        gc.enable()


async def close_pages() -> None:
    """Delete all clients, as NiceGUI does some time after their browsers have left."""
    client = None
    for client in list(Client.instances.values()):
        client.delete()
    del client
    for _ in range(20):
        await asyncio.sleep(0.005)  # handlers that waited for a dialog go on


def names_of(garbage: Iterable[object]) -> set[str]:
    """Return the names of the classes and functions of ours that are in the garbage."""
    return {name for each in garbage if (name := _name(each)).startswith(OURS) and not name.startswith(OF_TESTS)}


def _name(each: object) -> str:
    named = each if hasattr(each, '__qualname__') else type(each)
    return f'{getattr(named, "__module__", "")}.{getattr(named, "__qualname__", "")}'
