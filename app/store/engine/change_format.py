"""What a batch changes, and how it is written: a line for each change, which tells all by itself.

::

    +"table"<tab>"id"<tab>{document}    put
    -"table"<tab>"id"                   remove
    :"table"                            let there be a table
    ~"table"                            remove all its documents
    !"table"                            drop it
    .count                              closes a snapshot: as many documents came before
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from json.encoder import encode_basestring_ascii as quoted
from typing import Any, NamedTuple

from pydantic_core import from_json

PUT, REMOVE, MAKE, CLEAR, DROP, CLOSE = b'+', b'-', b':', b'~', b'!', b'.'

_encoder = json.JSONEncoder(ensure_ascii=False, separators=(',', ':'))


class Change(NamedTuple):
    """One change. `row` is the document as encoded, where one is put."""

    what: bytes
    table: str
    id: str = ''
    row: bytes = b''


def encode(document: Any) -> bytes:
    """A document as it is kept: JSON in UTF-8 without a line feed. TypeError for what JSON can't hold."""
    text = _encoder.encode(document)
    try:
        return text.encode()
    except UnicodeEncodeError:  # half of a surrogate pair: TinyDB takes it, escaped
        return json.dumps(document).encode()


def decode(row: bytes) -> Any:
    """The document, made anew each time: whoever changes it changes nothing that is kept."""
    try:
        return from_json(row)
    except ValueError:
        return json.loads(row)


def written(changes: Iterable[Change]) -> bytes:
    """The changes as the payload of one record."""
    return b''.join(_line(*change) for change in changes)


def read(payload: bytes) -> Iterator[Change]:
    """The changes in a record's payload; ValueError for what no Haren writes."""
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
            raise ValueError(f'no change begins with {what!r}')


def closing(count: int) -> bytes:
    """The payload that closes a snapshot of `count` documents."""
    return b'.%d\n' % count


def closed_with(payload: bytes) -> int | None:
    """The count of a closing payload; None for any other."""
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
