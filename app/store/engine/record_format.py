"""The format of journals and snapshots: records with checksums. It also tells a torn write from damage.

A record is a line of text and a payload that is text too::

    #LENGTH-CHECKSUM-SYNCED-HEADSUM\\n
    payload, whose last byte is a line feed

All four are hexadecimal: the payload's length and CRC-32, how much of the file was known to be on the disk when the
record was written, and the CRC-32 of the line up to there. A flipped bit in the length is noticed before it misleads
the reader, and a file can be read with `less`. A line feed never stands within a document (JSON escapes it), so
whatever looks like a head is a head.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from zlib import crc32

from app.domain.bounded_pattern import BoundedPattern

HEAD_SIZE = 41
SECTOR = 512
"""The bytes that a disk writes whole or not at all."""

_HEAD = BoundedPattern(rb'#([0-9a-f]{8})-([0-9a-f]{8})-([0-9a-f]{12})-([0-9a-f]{8})\n', HEAD_SIZE)


class Record(NamedTuple):
    """A whole record: where it begins and ends, and how much of the file was synced before it was written."""

    offset: int
    end: int
    synced: int
    payload: bytes


class _Head(NamedTuple):
    end: int
    checksum: int
    synced: int


def checksum(content: bytes) -> int:
    """Return the CRC-32. It detects every single flipped bit, and any burst of up to 32."""
    return crc32(content)


def framed(payload: bytes, synced: int) -> bytes:
    """Return the payload as a record. `synced` is the number of bytes of the file that are known to be on the disk."""
    front = b'#%08x-%08x-%012x-' % (len(payload), checksum(payload), synced)
    return b'%b%08x\n%b' % (front, checksum(front), payload)


def whole_records(content: bytes, offset: int) -> Iterator[Record]:
    """Yield the records from `offset` up to the end, or up to the first that isn't whole."""
    while (record := _record_at(content, offset)) is not None:
        yield record
        offset = record.end


def later_records(content: bytes, offset: int) -> Iterator[Record]:
    """Yield whole records behind `offset`, wherever they begin: those that damage has cut off from the rest."""
    while (start := content.find(b'#', offset)) >= 0:
        record = _record_at(content, start)
        offset = record.end if record else start + 1
        if record:
            yield record


def is_torn(content: bytes, offset: int) -> bool:
    """Return True if the bytes at `offset` are a write that a crash cut short. Nobody got an answer that it succeeded.

    Anything else is damage. A crash leaves a file that ends too early, or sectors that were never written and read as
    zeros. Text holds no zeros, and since head and payload begin and end with bytes of more than one set bit, no single
    flipped bit looks like an unwritten sector. A later record that knew this place to be synced proves that the write
    had succeeded.
    """
    return _looks_unwritten(content, offset) and all(later.synced <= offset for later in later_records(content, offset))


def _record_at(content: bytes, offset: int) -> Record | None:
    head = _head_at(content, offset)
    if head is None or head.end > len(content):
        return None
    payload = content[offset + HEAD_SIZE : head.end]
    return Record(offset, head.end, head.synced, payload) if checksum(payload) == head.checksum else None


def _head_at(content: bytes, offset: int) -> _Head | None:
    found = _HEAD.match(content, offset)
    if found is None:
        return None
    length, payload_sum, synced, head_sum = (int(part, 16) for part in found.groups())
    if checksum(content[offset : found.start(4)]) != head_sum:
        return None
    return _Head(offset + HEAD_SIZE + length, payload_sum, synced)


def _looks_unwritten(content: bytes, offset: int) -> bool:
    head = _head_at(content, offset)
    end = head.end if head else offset + HEAD_SIZE
    return end > len(content) or any(not part.strip(b'\0') for part in _sectors(content, offset, end))


def _sectors(content: bytes, start: int, end: int) -> Iterator[bytes]:
    while start < end:
        border = min(end, (start // SECTOR + 1) * SECTOR)
        yield content[start:border]
        start = border
