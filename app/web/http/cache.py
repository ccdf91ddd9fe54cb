"""A cache of answers that were made from the store. An answer is kept until something that it shows changes."""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Awaitable, Callable, Hashable, Iterable, Sequence, Sized
from typing import Generic, Protocol, TypeVar

from app.domain.document import Document
from app.store.protocol import Listener

ROOM = 4 * 2**20
"""The most bytes that the values of one cache may take together."""

LONGEST_KEY = 500
"""Characters of a key, as it is printed. A value with a longer one is not kept."""

EVERYTHING = ''
"""The key of values that show everything: any change that concerns the cache makes them out of date."""

_ERASED = 'erased'

T = TypeVar('T', bound=Sized)

Version = tuple[tuple[str, int], ...]
"""The keys that a value depends on, each with the number of changes at the time when the value was made."""

Concerns = Callable[[Document], Iterable[str]]
"""Returns the keys that the change of a document concerns, such as the ids of sites. None: it changes no value."""


class Followable(Protocol):
    """Something that reports its changes: a Store, or Services."""

    def follow(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` with each batch that is saved. Return what ends it."""
        ...


class ChangeCounts:
    """Counts the changes of a store by the keys that they concern, once for all caches that follow the same rule.

    Each report pays for the counting, so that caches with the same `concerns` should share one.
    """

    def __init__(self, source: Followable, concerns: Concerns) -> None:
        self._concerns = concerns
        self._counts: Counter[str] = Counter()
        self._when_erased: list[Callable[[], None]] = []
        source.follow(self._note)

    def version(self, about: Iterable[str]) -> Version:
        """Return how often each of these keys has changed so far. Erasing something changes all of them."""
        return tuple(
            [(concern, self._counts[concern]) for concern in (_ERASED, *about)]
        )  # a list is faster than a generator

    def when_erased(self, forget: Callable[[], None]) -> None:
        """Call `forget` whenever something is erased."""
        self._when_erased.append(forget)

    def _note(self, batch: Sequence[Document]) -> None:
        if not batch:  # something was erased
            self._counts[_ERASED] += 1
            for forget in self._when_erased:
                forget()
        concerns = {concern for document in batch for concern in self._concerns(document)}
        for concern in concerns and (EVERYTHING, *concerns):
            self._counts[concern] += 1


class ResponseCache(Generic[T]):
    """Keeps pages, feeds and pictures, so that a value is made once for a thousand requests if nothing changes.

    A change makes the values out of date that depend on a key that it concerns, before the change is answered. The
    values may take `room` bytes together, measured by `len`: those that were not used for longest are dropped.
    """

    def __init__(self, changes: ChangeCounts, room: int = ROOM) -> None:
        self._changes = changes
        self._room = room
        self._values: OrderedDict[Hashable, tuple[Version, T]] = OrderedDict()
        self._taken = 0
        changes.when_erased(self._clear)  # what was erased must not stay in memory

    async def get_or_make(self, key: Hashable, about: Iterable[str], make: Callable[[], Awaitable[T]]) -> T:
        """Return the value with this key. Make it if there is none, or if something that it is about has changed."""
        version = self._changes.version(about)  # taken first: a change meanwhile makes the value out of date
        found = self._values.get(key)
        if found and found[0] == version:
            self._values.move_to_end(key)
            return found[1]
        value = await make()
        self._put(key, version, value)
        return value

    @property
    def taken(self) -> int:
        """The bytes that all values take now."""
        return self._taken

    def _put(self, key: Hashable, version: Version, value: T) -> None:
        self._drop(key)
        if len(repr(key)) > LONGEST_KEY:
            return  # strangers can make up long addresses; keys are not counted
        self._values[key] = version, value
        self._taken += len(value)
        while self._taken > self._room and len(self._values) > 1:
            self._drop(next(iter(self._values)))

    def _drop(self, key: Hashable) -> None:
        if key in self._values:
            self._taken -= len(self._values.pop(key)[1])

    def _clear(self) -> None:
        self._values.clear()
        self._taken = 0
