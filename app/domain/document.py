"""The base class of stored documents, and the small types that they are made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Annotated, Any, ClassVar, NamedTuple, Self
from unicodedata import category

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, PlainSerializer

from app.domain.composed_text import composed
from app.domain.errors import Clash, Invalid

LONGEST_TEXT = 2_000
"""The most characters that a note or an entry can have."""

LONGEST_NAME = 120


@lru_cache(maxsize=1_024)
def sortable(moment: datetime) -> str:
    """Return a moment as it is stored."""
    # Cached: one change writes the same moment into several documents, and this is most of the cost of writing them.
    utc = moment if moment.tzinfo is UTC else moment.astimezone(UTC)
    return utc.isoformat(timespec='microseconds')


Moment = Annotated[AwareDatetime, PlainSerializer(sortable, when_used='json')]
"""A point in time with a time zone. It is written in UTC with a fixed width, so that text sorts by time."""

Text = Annotated[str, AfterValidator(composed)]
"""Words that people wrote, composed whenever a document is read: what was stored in another spelling is found, too."""


_set = object.__setattr__


class Value(BaseModel):
    """A part of a document. It equals any other with the same fields."""

    model_config = ConfigDict(frozen=True, extra='forbid')

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Copy as pydantic does, for a model without extra or private attributes, in half the time.

        Every transition makes a copy, and so does every save.
        """
        if deep:
            return super().model_copy(update=update, deep=True)
        changes = update or {}
        copy = object.__new__(type(self))
        _set(copy, '__dict__', {**self.__dict__, **changes})
        _set(copy, '__pydantic_fields_set__', self.__pydantic_fields_set__.union(changes))
        _set(copy, '__pydantic_extra__', None)
        _set(copy, '__pydantic_private__', None)
        return copy


class Document(Value):
    """A stored document. It is frozen: a change makes a new one.

    `kept_in` names its table, `found_by` the fields that it can be found by, and `newest_by` the field that orders
    them. `photo_fields` are the paths of the fields that name photos, such as `photos.name`.

    `revision` is 0 until the document is first saved, and grows by one with each save. A store refuses a document that
    is not based on the newest revision.
    """

    kept_in: ClassVar[str]
    found_by: ClassVar[tuple[str, ...]] = ()
    newest_by: ClassVar[str]
    photo_fields: ClassVar[tuple[str, ...]] = ()

    id: str
    revision: int = 0

    @classmethod
    def kinds(cls) -> Iterator[type[Document]]:
        """Yield each kind of document that has been imported so far."""
        for kind in cls.__subclasses__():
            if hasattr(kind, 'kept_in') and hasattr(kind, 'newest_by'):
                yield kind
            yield from kind.kinds()

    def require_revision(self, seen: int | None) -> Self:
        """Return the document. Raise Clash if the person who changes it saw another revision.

        With None they change whatever is there.
        """
        if seen not in (None, self.revision):
            raise Clash('Somebody changed this meanwhile. Compare, and save again if yours should stand.')
        return self

    def as_saved(self) -> Self:
        """Return the document as it is after one save."""
        return self.model_copy(update={'revision': self.revision + 1})


class ChangeStamp(NamedTuple):
    """The person who changes something, the time, and the id of the resulting Event. `by` is None for residents."""

    event_id: str
    at: datetime
    by: str | None = None

    def anonymous(self) -> ChangeStamp:
        """Return the stamp without a person and rounded down to the minute, so that it doesn't reveal who it was."""
        return ChangeStamp(self.event_id, self.at.replace(second=0, microsecond=0))


def checked_text(text: str, field: str = 'text', limit: int = LONGEST_TEXT) -> str:
    """Return the text without outer white space.

    Raise Invalid if nothing is left, or if it is longer than `limit` characters.
    """
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
    """Return the name on one line. Raise Invalid if it is empty or longer than LONGEST_NAME."""
    name = ' '.join(readable(name, field).split())
    if not name:
        raise Invalid(field, 'Give it a name.')
    if len(name) > LONGEST_NAME:
        raise Invalid(
            field, 'That name has {length} characters; at most {limit} fit.', length=len(name), limit=LONGEST_NAME
        )
    return name


def readable(text: str, field: str) -> str:
    """Return the text with composed letters, with plain line ends and without control characters.

    Raise Invalid if it holds half of a surrogate pair, which JSON can spell and neither a file nor an answer can hold.
    """
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise Invalid(field, 'There is a character in it that can not be read. Type it anew.') from error
    lines = composed(text).replace('\r\n', '\n').replace('\r', '\n')
    return ''.join(character for character in lines if character in '\n\t' or category(character) != 'Cc')
