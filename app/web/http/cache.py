"""What was made from the store, kept in memory until something that it shows changes."""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Awaitable, Callable, Hashable, Iterable, Sequence, Sized
from typing import Generic, TypeVar

from app.domain.document import Document
from app.store.protocol import Store

ROOM = 4 * 2**20
"""Bytes that the things on a shelf may take together."""

EVERYTHING = ''
"""What a thing is about that shows all there is: any change that concerns the shelf makes it old."""

_ERASED = 'erased'

T = TypeVar('T', bound=Sized)

Mark = tuple[tuple[str, int], ...]
"""How often each thing that something is about had changed when it was made."""

Concerns = Callable[[Document], Iterable[str]]
"""What a changed document concerns: the ids of sites, say, or a word for what many things show. Nothing: no matter."""


class ChangeCounts:
    """Count the changes of a store by what they concern, once for all caches that follow the same rule.

    Counting is what every report pays for, so that caches with the same `concerns` should share one.
    """

    def __init__(self, store: Store, concerns: Concerns) -> None:
        self._concerns = concerns
        self._counts: Counter[str] = Counter()
        self._when_erased: list[Callable[[], None]] = []
        store.follow(self._note)

    def mark(self, about: Iterable[str]) -> Mark:
        """Return how often each of these has changed so far. Erasing changes all of them."""
        return tuple((concern, self._counts[concern]) for concern in (_ERASED, *about))

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
    """Keep pages, feeds and pictures, so that a thousand requests cost one making as long as nothing changes.

    A change makes old what is about one of its concerns, before whoever made the change has their answer. All things
    together have `room` bytes, measured by `len`; what was asked for longest ago goes first.
    """

    def __init__(self, changes: ChangeCounts, room: int = ROOM) -> None:
        self._changes = changes
        self._room = room
        self._things: OrderedDict[Hashable, tuple[Mark, T]] = OrderedDict()
        self._taken = 0
        changes.when_erased(self._clear)  # what was erased may not stay here either

    async def take(self, key: Hashable, about: Iterable[str], make: Callable[[], Awaitable[T]]) -> T:
        """The thing with this key; made now where there is none, or where something that it is about has changed."""
        mark = self._changes.mark(about)  # before it's made: what changes meanwhile makes it old at once
        found = self._things.get(key)
        if found and found[0] == mark:
            self._things.move_to_end(key)
            return found[1]
        thing = await make()
        self._put(key, mark, thing)
        return thing

    @property
    def taken(self) -> int:
        """Bytes that the things here take now."""
        return self._taken

    def _put(self, key: Hashable, mark: Mark, thing: T) -> None:
        self._drop(key)
        self._things[key] = mark, thing
        self._taken += len(thing)
        while self._taken > self._room and len(self._things) > 1:
            self._drop(next(iter(self._things)))

    def _drop(self, key: Hashable) -> None:
        if key in self._things:
            self._taken -= len(self._things.pop(key)[1])

    def _clear(self) -> None:
        self._things.clear()
        self._taken = 0
