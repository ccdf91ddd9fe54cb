"""The protocol of an index of words. It is derived from the documents, and can be thrown away and built anew."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple, Protocol

from app.domain.searching import Key, SearchFilter, SearchText


class SearchIndexError(Exception):
    """The index can't answer. Building it anew may help."""


class TookTooLong(SearchIndexError):
    """A query was stopped because it took too long. Nothing is wrong with the index."""


@dataclass(frozen=True)
class Access:
    """What decides which texts somebody may find.

    `teams` are the ids of all teams of their organisation. With `all`, they may find everything.
    """

    person_id: str
    team_id: str | None = None
    teams: Collection[str] = ()
    all: bool = False


@dataclass(frozen=True)
class IndexQuery:
    """A question to the index, by somebody with this access. `alternatives` are those of a SearchQuery."""

    alternatives: tuple[tuple[str, ...], ...]
    access: Access
    now: datetime
    chosen: SearchFilter = field(default_factory=SearchFilter)


class KeyPage(NamedTuple):
    """Some of what was found, in order, and the cursor to the next ones (None: there are none)."""

    keys: tuple[Key, ...]
    older: str | None


class SearchIndex(Protocol):
    """An index of the words of documents.

    It finds places, things and people by their names first, then what happened, the newest first, and then places,
    things and people by their other words. The order of two finds depends on nothing but themselves: it tells nobody
    about texts that they may not read.
    """

    async def put(self, texts: Sequence[SearchText]) -> None:
        """Add texts, in place of those with the same key."""
        ...

    async def remove(self, keys: Sequence[Key]) -> None:
        """Remove the texts with these keys, if they are there."""
        ...

    async def find(self, query: IndexQuery, before: str | None, limit: int) -> KeyPage:
        """Return the keys of at most `limit` texts. `before` is the cursor of an earlier page.

        Raise TookTooLong, or SearchIndexError if the index is broken.
        """
        ...

    @property
    def forgotten(self) -> int:
        """The number of texts that are found no more, and whose words are still in memory."""
        ...

    async def close(self) -> None:
        """Free the memory."""
        ...
