"""What every kept thing has in common, and the small types that they are made of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache
from typing import Annotated, ClassVar, NamedTuple, Self
from unicodedata import category

from pydantic import AwareDatetime, BaseModel, ConfigDict, PlainSerializer

from app.domain.errors import Clash, Invalid

LONGEST_TEXT = 2_000
"""Characters that a note or an entry may have."""

LONGEST_NAME = 120


@lru_cache(maxsize=1_024)
def _sortable(moment: datetime) -> str:
    # Remembered, as one change writes its moment into several documents: it's most of what writing them takes.
    return moment.astimezone(UTC).isoformat(timespec='microseconds')


Moment = Annotated[AwareDatetime, PlainSerializer(_sortable, when_used='json')]
"""A point in time with a zone; written in UTC with a fixed width, so that text order is time order."""


_set = object.__setattr__


class Value(BaseModel):
    """A part of a document, equal to any other with the same fields."""

    model_config = ConfigDict(frozen=True, extra='forbid')

    def __copy__(self) -> Self:
        """What pydantic's own does, for a model without extra or private attributes, in a third of the time.

        Every transition makes a copy, and so does every save.
        """
        twin = object.__new__(type(self))
        _set(twin, '__dict__', self.__dict__.copy())
        _set(twin, '__pydantic_fields_set__', self.__pydantic_fields_set__.copy())
        _set(twin, '__pydantic_extra__', None)
        _set(twin, '__pydantic_private__', None)
        return twin


class Document(Value):
    """Something that Haren keeps. Frozen: a change makes a new one.

    `revision` is 0 until it is kept, and grows by one each time it is; a store refuses a revision that is not the
    newest.
    """

    kept_in: ClassVar[str]
    found_by: ClassVar[tuple[str, ...]] = ()
    newest_by: ClassVar[str]

    id: str
    revision: int = 0

    @classmethod
    def kinds(cls) -> Iterator[type[Document]]:
        """Yield each kind of document that has been imported by now."""
        for kind in cls.__subclasses__():
            if hasattr(kind, 'kept_in') and hasattr(kind, 'newest_by'):
                yield kind
            yield from kind.kinds()

    def require_revision(self, seen: int | None) -> Self:
        """Itself; Clash where somebody changes what they saw at another revision. None: they change it blindly."""
        if seen not in (None, self.revision):
            raise Clash('Somebody changed this meanwhile. Compare, and save again if yours should stand.')
        return self

    def once_kept(self) -> Self:
        """Itself as it is after it was saved once."""
        return self.model_copy(update={'revision': self.revision + 1})


class ChangeStamp(NamedTuple):
    """Who changes something, when, and the id of the Event that will tell of it. `by` is None for residents."""

    event_id: str
    at: datetime
    by: str | None = None

    def veiled(self) -> ChangeStamp:
        """The same by nobody, and to the minute: it tells nothing about who it was."""
        return ChangeStamp(self.event_id, self.at.replace(second=0, microsecond=0))


def checked_text(text: str, field: str = 'text', limit: int = LONGEST_TEXT) -> str:
    """The text without outer white space; Invalid where nothing is left or it is longer than `limit` characters."""
    text = readable(text, field).strip()
    if not text:
        raise Invalid(field, 'Write a few words first.')
    if len(text) > limit:
        raise Invalid(
            field,
            'That is {length} characters; at most {limit} fit. Shorten it a little.',
            length=len(text),
            limit=limit,
        )
    return text


def checked_name(name: str, field: str = 'name') -> str:
    """The name on one line; Invalid where it is empty or longer than LONGEST_NAME."""
    name = ' '.join(readable(name, field).split())
    if not name:
        raise Invalid(field, 'Give it a name.')
    if len(name) > LONGEST_NAME:
        raise Invalid(
            field, 'That name has {length} characters; at most {limit} fit.', length=len(name), limit=LONGEST_NAME
        )
    return name


def readable(text: str, field: str) -> str:
    """The text with plain line ends and without control characters; Invalid where it holds half a character.

    JSON can spell half of a surrogate pair, which no file and no answer could hold.
    """
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise Invalid(field, 'There is a character in it that can not be read. Type it anew.') from error
    lines = text.replace('\r\n', '\n').replace('\r', '\n')
    return ''.join(character for character in lines if character in '\n\t' or category(character) != 'Cc')
