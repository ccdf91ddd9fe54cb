"""The protocol of every store that keeps Haren's documents."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Generic, NamedTuple, Protocol, TypeVar

from app.domain.document import Document

D = TypeVar('D', bound=Document)
D_co = TypeVar('D_co', bound=Document, covariant=True)

Field = str | None
"""A value that a document can be found by: text, the text of an enumeration, or nothing."""

Listener = Callable[[Sequence[Document]], None]


class StoreError(Exception):
    """The store can't do what was asked.

    StoreError
    ├── Outdated      somebody saved a newer revision first: load it and decide again
    ├── Unreadable    the files can't be read
    │   └── Damaged   a file was whole once; names the file and the place
    ├── Occupied      there is data where an empty place is needed
    ├── ReadOnly      the disk takes no writes: nothing was saved; try again later
    └── InUse         another process has this store open
    """


class Outdated(StoreError):
    """A document of the batch isn't based on its newest revision. Nothing of the batch was saved."""


class Unreadable(StoreError):
    """The files are damaged or aren't Haren's. Nothing was changed."""


class Damaged(Unreadable):
    """A file isn't as it was written. `offset` is the place in the file, in bytes."""

    def __init__(self, path: Path, offset: int, what: str) -> None:
        super().__init__(
            f'{path} is damaged at byte {offset}: {what}. "python -m app check" tells more; '
            '"python -m app repair" saves what is whole'
        )
        self.path = path
        self.offset = offset
        self.what = what


class ReadOnly(StoreError):
    """The disk refused a write, and nothing of the batch was saved.

    Reading goes on; writing does once the disk allows it.
    """


class Occupied(StoreError):
    """Raised if the target already contains data. Nothing was changed."""


class InUse(StoreError):
    """Another process has this store open."""


class State(NamedTuple):
    """The state of a store.

    `refused` is None, or the disk's reason for refusing writes, in words for the administrator.
    """

    refused: str | None = None

    @property
    def is_writable(self) -> bool:
        """Return True if a save would succeed now."""
        return self.refused is None


StateListener = Callable[[State], None]


class Page(Generic[D_co]):
    """Some documents, newest first, and the cursor to older ones (None if there are none)."""

    def __init__(self, documents: Sequence[D_co], older: str | None) -> None:
        self.documents = tuple(documents)
        self.older = older


class PhotoStore(Protocol):
    """Photos that documents name."""

    async def keep(self, content: bytes) -> str:
        """Store a photo and return its name, which a document can use from now on.

        Raise ReadOnly if the disk refuses.
        """
        ...

    async def has_room(self) -> bool:
        """Return True if there is room for another photo."""
        ...

    async def read(self, name: str) -> bytes | None:
        """Return a photo's content, or None if there is no such photo."""
        ...


class Store(Protocol):
    """A document store with one writer. Its batches are all or nothing."""

    @property
    def photos(self) -> PhotoStore:
        """The photos. Each is kept for as long as a document names it."""
        ...

    async def get(self, kind: type[D], id: str) -> D | None:
        """Return the document of this kind with this id, or None."""
        ...

    async def save(self, *documents: Document) -> None:
        """Save all documents or none. They are durable when this returns.

        Each is saved with its revision raised by one. Raise Outdated if one isn't based on its newest revision, and
        ReadOnly if the disk refuses.
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
        """Return documents whose fields have these values, newest first. A collection means one of several values.

        Only fields that the kind declares in `found_by` can be used. `before` is a cursor from an earlier page.
        """
        ...

    async def count(self, kind: type[D], by: str) -> dict[Field, int]:
        """Return the number of documents for each value of a declared field."""
        ...

    async def erase(self, *documents: Document) -> None:
        """Erase all documents or none. Those that don't exist are skipped."""
        ...

    def follow(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` with each saved batch, in order, and with an empty one after documents were erased.

        It is called before `save` returns, and must not raise or wait. Return a function that ends it.
        """
        ...

    @property
    def state(self) -> State:
        """The current state: whether the store can be written to."""
        ...

    def follow_state(self, listener: StateListener) -> Callable[[], None]:
        """Call `listener` on this event loop with each new state. Return a function that ends it."""
        ...

    async def close(self) -> None:
        """Finish what is under way and close the files."""
        ...
