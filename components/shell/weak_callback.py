"""Let a part of a screen call the screen without keeping it in memory."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import ParamSpec
from weakref import WeakMethod

P = ParamSpec('P')


def weakly(method: Callable[P, Awaitable[None]]) -> Callable[P, Awaitable[None]]:
    """Return a callback that calls the method for as long as its object exists, and then does nothing.

    For an object that refers to a part of its own and gives it a method to call. Referring to each other, both would
    stay in memory until a garbage collection finds them (`client_disposal.py` says why that matters).
    """
    reference = WeakMethod(method)

    async def call(*args: P.args, **kwargs: P.kwargs) -> None:
        found = reference()
        if found is not None:
            await found(*args, **kwargs)

    return call
