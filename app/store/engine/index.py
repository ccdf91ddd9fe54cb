"""An index of one kind of document by its fields, newest first, updated with each change."""

from __future__ import annotations

import heapq
from bisect import bisect_left, insort
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from pydantic_core import PydanticUndefined, to_jsonable_python

from app.domain.document import Document, sortable
from app.store.engine.change_format import decode
from app.store.engine.memory_tables import Rows
from app.store.protocol import Field

Places = list[str]
"""The order of documents in time, oldest first: each place is a moment and an id, which keeps equal moments apart.

A place is also the cursor of a page.
"""


class IndexEntry(NamedTuple):
    """A document's place, and its values in the indexed fields."""

    place: str
    values: tuple[Field, ...]


class Index:
    """The index of a kind by its `found_by`, in the order of its `newest_by`. It watches the kind's table."""

    def __init__(self, kind: type[Document], rows: Rows) -> None:
        self._newest_by = kind.newest_by
        self._defaults = {field: _default(kind, field) for field in (*kind.found_by, kind.newest_by)}
        self._all: Places = []
        self._by: dict[str, dict[Field, Places]] = {field: {} for field in kind.found_by}
        for id, row in rows.items():
            entry = self._entry_of_row(id, row)
            for places in self._lists(entry):
                places.append(entry.place)
        for places in self._every_list():
            places.sort()

    def __call__(self, id: str, old: bytes | None, row: bytes | None, document: Document | None = None) -> None:
        """Update the index after a change."""
        before = self._entry_of_row(id, old) if old is not None else None
        if document is not None:
            after: IndexEntry | None = self._entry_of_document(document)
        else:
            after = self._entry_of_row(id, row) if row is not None else None
        if before == after:
            return  # most changes touch no indexed field
        if before is not None:
            for places in self._lists(before):
                del places[bisect_left(places, before.place)]
        if after is not None:
            for places in self._lists(after):
                _put_in(places, after.place)

    def find(self, where: Mapping[str, Field | Collection[Field]], before: str | None) -> Iterator[str]:
        """Yield the places of the documents that have these values, newest first, behind `before`."""
        asked = [self._having(field, value) for field, value in where.items()] or [[self._all]]
        asked.sort(key=lambda lists: sum(map(len, lists)))
        shortest, *others = asked
        for place in _newest_first(shortest, before):
            if all(any(_holds(places, place) for places in lists) for lists in others):
                yield place

    def counts(self, field: str) -> dict[Field, int]:
        """Return the number of documents for each value."""
        return {value: len(places) for value, places in self._by[field].items() if places}

    def _having(self, field: str, value: Field | Collection[Field]) -> list[Places]:
        values = [value] if value is None or isinstance(value, str) else set(value)
        lists = (self._by[field].get(value) for value in values)
        return [places for places in lists if places]

    def _entry_of_row(self, id: str, row: bytes) -> IndexEntry:
        document = self._defaults | decode(row)
        return IndexEntry(_place(document[self._newest_by], id), tuple([document[field] for field in self._by]))

    def _entry_of_document(self, document: Document) -> IndexEntry:
        """Return the index entry without decoding the document's row."""
        fields = document.__dict__
        newest = fields[self._newest_by]
        place = _place(sortable(newest) if isinstance(newest, datetime) else newest, document.id)
        return IndexEntry(place, tuple([fields[field] for field in self._by]))

    def _lists(self, entry: IndexEntry) -> Iterator[Places]:
        yield self._all
        for lists, value in zip(self._by.values(), entry.values, strict=True):
            yield lists.setdefault(value, [])

    def _every_list(self) -> Iterator[Places]:
        yield self._all
        for lists in self._by.values():
            yield from lists.values()


def _place(newest: object, id: str) -> str:
    return f'{str(newest).replace("|", "¦")}|{id}'


def id_at(place: str) -> str:
    """Return the id of the document at this place."""
    return place.partition('|')[2]


def _default(kind: type[Document], field: str) -> Any:
    """Return the value of a field for documents that were saved before their kind had it."""
    default = kind.model_fields[field].get_default(call_default_factory=True, validated_data={})
    return None if default is PydanticUndefined else to_jsonable_python(default)


def _newest_first(lists: Iterable[Places], before: str | None) -> Iterator[str]:
    streams = [_backwards(places, before) for places in lists]
    return streams[0] if len(streams) == 1 else heapq.merge(*streams, reverse=True)


def _backwards(places: Places, before: str | None) -> Iterator[str]:
    end = len(places) if before is None else bisect_left(places, before)
    return (places[at] for at in range(end - 1, -1, -1))


def _put_in(places: Places, place: str) -> None:
    if places and place < places[-1]:
        insort(places, place)
    else:
        places.append(place)  # the usual case of a new document, without a search


def _holds(places: Places, place: str) -> bool:
    at = bisect_left(places, place)
    return at < len(places) and places[at] == place
