"""What every engine that keeps Haren's documents can do."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Generic, NamedTuple, Protocol, TypeVar

from app.domain.document import Document

D = TypeVar('D', bound=Document)
D_co = TypeVar('D_co', bound=Document, covariant=True)

Field = str | None
"""What a document can be found by: text, the text of an enumeration, or nothing."""

Listener = Callable[[Sequence[Document]], None]


class StoreError(Exception):
    """The store can't do what was asked.

    StoreError
    ├── Outdated      somebody saved a newer revision first: load again, decide again
    ├── Unreadable    what is on the disk can't be read
    │   └── Damaged   it was whole once: names the file and the place
    ├── Occupied      there is data where an empty place is needed
    ├── ReadOnly      the disk takes no writes: nothing was kept; it can be tried again later
    └── InUse         another process has this store open
    """


class Outdated(StoreError):
    """A document of the batch isn't based on its newest revision. Nothing of the batch was kept."""


class Unreadable(StoreError):
    """What is on the disk is damaged or isn't Haren's. Nothing was changed."""


class Damaged(Unreadable):
    """A file isn't as it was written. `offset` is where in the file, in bytes."""

    def __init__(self, path: Path, offset: int, what: str) -> None:
        super().__init__(
            f'{path} is damaged at byte {offset}: {what}. "python -m app check" tells more; '
            '"python -m app repair" saves what is whole'
        )
        self.path = path
        self.offset = offset
        self.what = what


class ReadOnly(StoreError):
    """The disk refused a write. Nothing of the batch was kept; reading goes on, and writing once the disk lets it."""


class Occupied(StoreError):
    """There is data already where this would put some. Nothing was changed."""


class InUse(StoreError):
    """Another process has this store open."""


class State(NamedTuple):
    """Whether a store can be written to: `refused` is None, or why not (the disk's words, for whoever runs Haren)."""

    refused: str | None = None

    @property
    def is_writable(self) -> bool:
        """Whether what is saved now would be kept."""
        return self.refused is None


StateListener = Callable[[State], None]


class Page(Generic[D_co]):
    """Some documents, newest first, and the cursor behind which older ones are (None: these were the last)."""

    def __init__(self, documents: Sequence[D_co], older: str | None) -> None:
        self.documents = tuple(documents)
        self.older = older


class PhotoStore(Protocol):
    """Photos that documents name."""

    async def keep(self, content: bytes) -> str:
        """Keep a photo; its name, by which a document can name it now. ReadOnly where the disk refuses."""
        ...

    async def has_room(self) -> bool:
        """Whether there is room for another photo."""
        ...

    async def read(self, name: str) -> bytes | None:
        """A photo's content; None where there is no such photo."""
        ...


class Store(Protocol):
    """A document store with one writer, whose batches are all or nothing."""

    @property
    def photos(self) -> PhotoStore:
        """Photos, each there for as long as a document names it."""
        ...

    async def get(self, kind: type[D], id: str) -> D | None:
        """The document of this kind with this id, or None."""
        ...

    async def save(self, *documents: Document) -> None:
        """Keep all of them or none; durable when it returns.

        Each is kept with its revision raised by one. Outdated where one isn't based on the newest revision; ReadOnly
        where the disk refuses.
        """
        ...

    async def find(
        self,
        kind: type[D],
        /,
        *,
        limit: int | None = None,
        before: str | None = None,
        **where: Field | Collection[Field],
    ) -> Page[D]:
        """Documents whose fields have these values (one of several, where a collection is given), newest first.

        Only fields that the kind declares in `found_by` can be asked for. `before` is a cursor from an earlier page.
        """
        ...

    async def count(self, kind: type[D], by: str) -> dict[Field, int]:
        """How many documents there are for each value of a declared field."""
        ...

    async def erase(self, *documents: Document) -> None:
        """Remove all of them or none; those that aren't there are passed over."""
        ...

    def follow(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` with each batch after it was kept, in order; with an empty one after something was erased.

        Whoever saved gets their answer after that. Returns what ends it. It must not raise or wait.
        """
        ...

    @property
    def state(self) -> State:
        """Whether it can be written to now, and why not."""
        ...

    def follow_state(self, listener: StateListener) -> Callable[[], None]:
        """Call `listener` on this event loop with each new state, until what it returns is called."""
        ...

    async def close(self) -> None:
        """Finish what is under way and let go of the files."""
        ...
