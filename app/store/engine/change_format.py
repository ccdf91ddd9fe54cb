"""The changes of a batch, and their format: a line for each change, which is complete in itself.

::

    +"table"<tab>"id"<tab>{document}    put
    -"table"<tab>"id"                   remove
    :"table"                            make a table
    ~"table"                            remove all its documents
    !"table"                            drop it
    .count                              end of a snapshot: the number of documents before
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from json.encoder import encode_basestring_ascii as quoted
from typing import Any, NamedTuple

from pydantic_core import from_json

from app.domain.document import Document

PUT, REMOVE, MAKE, CLEAR, DROP, CLOSE = b'+', b'-', b':', b'~', b'!', b'.'

_encoder = json.JSONEncoder(ensure_ascii=False, separators=(',', ':'))


class Change(NamedTuple):
    """A change of one document. `row` is the encoded document if one is put.

    `document` is the same document, if its caller has it: then nobody needs to decode the row.
    """

    what: bytes
    table: str
    id: str = ''
    row: bytes = b''
    document: Document | None = None


def encode(document: Any) -> bytes:
    """Return a document as JSON in UTF-8 without a line feed. Raise TypeError for what JSON can't hold."""
    text = _encoder.encode(document)
    try:
        return text.encode()
    except UnicodeEncodeError:  # half of a surrogate pair: JSON can hold it, escaped
        return json.dumps(document).encode()


def decode(row: bytes) -> Any:
    """Return a new copy of the document, so that changing it changes nothing that is stored."""
    try:
        return from_json(row)
    except ValueError:
        return json.loads(row)


def written(changes: Iterable[Change]) -> bytes:
    """Return the changes as the payload of one record."""
    return b''.join(_line(what, table, id, row) for what, table, id, row, _ in changes)


def read(payload: bytes) -> Iterator[Change]:
    """Yield the changes in a record's payload. Raise ValueError for anything that Haren doesn't write."""
    for line in payload.split(b'\n')[:-1]:
        what = line[:1]
        if what == PUT:
            table, id, row = line.split(b'\t', 2)
            yield Change(PUT, _table(table[1:]), _text(id), row)
        elif what == REMOVE:
            table, id = line.split(b'\t')
            yield Change(REMOVE, _table(table[1:]), _text(id))
        elif what in (MAKE, CLEAR, DROP):
            yield Change(what, _table(line[1:]))
        else:
            raise ValueError(f'no kind of change begins with {what!r}')


def closing(count: int) -> bytes:
    """Return the payload that ends a snapshot of `count` documents."""
    return b'.%d\n' % count


def closed_with(payload: bytes) -> int | None:
    """Return the count of a closing payload, or None for any other payload."""
    return int(payload[1:]) if payload[:1] == CLOSE and payload[1:-1].isdigit() else None


def _line(what: bytes, table: str, id: str, row: bytes) -> bytes:
    if what == PUT:
        return b'+%b\t%b\t%b\n' % (quoted(table).encode(), quoted(id).encode(), row)
    if what == REMOVE:
        return b'-%b\t%b\n' % (quoted(table).encode(), quoted(id).encode())
    return b'%b%b\n' % (what, quoted(table).encode())


def _text(token: bytes) -> str:
    return token[1:-1].decode() if b'\\' not in token else str(json.loads(token))


_table = lru_cache(maxsize=64)(_text)
