"""Read the segments of a JPEG (ITU T.81, annex B)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

SOI, EOI, SOS = 0xD8, 0xD9, 0xDA
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
END = bytes((0xFF, EOI))
APPLICATION = range(0xE0, 0xF0)
PROFILE = 0xE2
LARGEST = 2**16

NEEDED = {0xE0: (b'JFIF\0', 12), 0xE1: (b'Exif\0\0', 14), PROFILE: (b'ICC_PROFILE\0', 15), 0xEE: (b'Adobe', 12)}
"""The application segments that say how to show the pixels, how they begin, and the bytes they have at least."""

ALONE = frozenset((*range(0x01, 0xC0), *range(0xD0, 0xDA)))
"""Markers without a segment behind them. Those below 0xC0 are reserved."""

MARKER = re.compile(rb'\xff[^\x00\xff]')
MARKER_IN_SCAN = re.compile(rb'\xff[^\x00\xff\xd0-\xd7]')


@dataclass(frozen=True)
class Scans:
    """The compressed pixels, with an end.

    `whole` is False if the file ends before them. `count` is how often they pass over the picture.
    """

    content: bytes
    whole: bool
    count: int


def head(content: bytes) -> bytes:
    """Return the segments before the pixels that a decoder needs."""
    kept, seen = [content[:2]], set[int]()
    for marker, begin, end in _segments(content):
        if _is_needed(marker, content[begin + 4 : end], seen):
            kept.append(content[begin:end])
            seen.add(marker)
    return b''.join(kept)


def scans(content: bytes) -> Scans:
    """Return the pixels, as far as they are there."""
    begin = at = max((end for _, _, end in _segments(content)), default=2)
    count = 0
    while match := MARKER_IN_SCAN.search(content, at):
        marker = content[match.start() + 1]
        at = _segment_end(content, match.start())
        if marker in (SOI, EOI) or at > len(content):
            return Scans(content[begin : match.start()] + END, marker == EOI, count)
        count += marker == SOS
    return Scans(content[begin:] + END, whole=False, count=count)


def coefficients(content: bytes) -> int:
    """Return how many bytes the coefficients of all pixels take, at two bytes each."""
    frames = [content[begin + 4 : end] for marker, begin, end in _segments(content) if marker in FRAMES]
    if not frames or len(frames[-1]) < 6:
        return 0
    height, width = (int.from_bytes(frames[-1][at : at + 2]) for at in (1, 3))
    factors = [(sampling >> 4) * (sampling & 15) for sampling in frames[-1][7::3]]
    return 2 * width * height * sum(factors) // max(1, *factors)


def _segments(content: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield the marker, the begin and the end of each segment before the pixels."""
    at = 2
    while (match := MARKER.search(content, at)) and (marker := content[match.start() + 1]) != SOS:
        at = _segment_end(content, match.start())
        yield marker, match.start(), at


def _segment_end(content: bytes, begin: int) -> int:
    if content[begin + 1] in ALONE:
        return begin + 2
    return begin + 2 + max(2, int.from_bytes(content[begin + 2 : begin + 4]))


def _is_needed(marker: int, data: bytes, seen: set[int]) -> bool:
    """Return True if a decoder needs the segment. The first of a kind counts, but a profile may have several."""
    if marker in ALONE or marker >= 0xF0:
        return False
    if marker not in APPLICATION:
        return True
    start, least = NEEDED.get(marker, (b'', LARGEST))
    return data.startswith(start) and len(data) >= least and (marker == PROFILE or marker not in seen)
