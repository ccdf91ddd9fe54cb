"""Read the chunks of a PNG (W3C PNG, third edition), and tell how many of its rows are there."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator

SIGNATURE = b'\x89PNG\r\n\x1a\n'
NEEDED = (b'IHDR', b'PLTE', b'tRNS', b'iCCP', b'eXIf', b'IDAT', b'IEND')
NAME = re.compile(rb'[A-Za-z]{4}')
NEEDED_NAME = re.compile(b'|'.join(NEEDED))

LARGEST_PROFILE = 2**20
"""Bytes of a colour profile. Pillow refuses a picture with a larger one, so it is left out."""

LARGEST_EXIF = 2**16

GREY, RGB, PALETTE = 0, 2, 3
SAMPLES = {GREY: 1, RGB: 3, PALETTE: 1, 4: 2, 6: 4}
"""Samples of a pixel, by colour type."""

TRANSPARENCY = {GREY: range(2, 3), RGB: range(6, 7), PALETTE: range(1, 257)}
"""Possible lengths of a tRNS chunk, by colour type."""

ONE_PASS = ((0, 0, 1, 1),)
SEVEN_PASSES = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
"""The first column, the first row and the steps between columns and rows of each pass of an interlaced picture."""

STEP = 1024
"""Bytes that are inflated at a time. So many are lost where the data is damaged."""


def plain(content: bytes) -> bytes:
    """Return the picture with its pixels in one chunk, with right checksums and with an end."""
    found: dict[bytes, bytes] = {}
    pixels = []
    for name, data in _chunks(content):
        pixels.append(data if name == b'IDAT' else b'')
        found.setdefault(name, data)
    found |= {b'IDAT': b''.join(pixels), b'IEND': b''}
    kept = [name for name in NEEDED if name in found and _is_sound(name, found)]
    return SIGNATURE + b''.join(_chunk(name, found[name]) for name in kept)


def visible_rows(content: bytes) -> int:
    """Return how many rows of the picture are there, counted from above."""
    found = dict(_chunks(content))
    width, height, depth, colour, _, _, interlaced = struct.unpack('>IIBBBBB', found[b'IHDR'])
    passes = SEVEN_PASSES if interlaced else ONE_PASS
    sizes = [(-(-(width - x) // dx), -(-(height - y) // dy)) for x, y, dx, dy in passes]
    row_sizes = [1 + (columns * depth * SAMPLES[colour] + 7) // 8 if columns > 0 else 0 for columns, _ in sizes]
    before = sum(size * rows for size, (_, rows) in zip(row_sizes[:-1], sizes[:-1], strict=True))
    there = _inflated_size(found[b'IDAT'], before + row_sizes[-1] * sizes[-1][1]) - before
    _, first, _, step = passes[-1]
    return 0 if there < 0 else min(height, first + step * (there // row_sizes[-1]))


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the name and the data of each chunk. Search for the next one that is needed where a length is wrong."""
    at = len(SIGNATURE)
    while at + 8 <= len(content):
        end, name = at + 12 + int.from_bytes(content[at : at + 4]), content[at + 4 : at + 8]
        if name == b'IDAT' or (NAME.match(name) and _has_right_length(content, at, end)):
            yield name, content[at + 8 : end - 4]
            if name == b'IEND':
                return
            at = end
        elif found := NEEDED_NAME.search(content, at + 8):
            at = found.start() - 4
        else:
            return


def _has_right_length(content: bytes, begin: int, end: int) -> bool:
    """Return True if another chunk follows or the file ends here, or at least the checksum is right."""
    follows = end == len(content) or NAME.match(content, end + 4)
    return bool(follows) or content[end - 4 : end] == struct.pack('>I', zlib.crc32(content[begin + 4 : end - 4]))


def _is_sound(name: bytes, found: dict[bytes, bytes]) -> bool:
    """Return True if a decoder can use the chunk."""
    data, colour = found[name], found.get(b'IHDR', b'')[9:10]
    match name:
        case b'PLTE':
            return colour == bytes((PALETTE,))
        case b'tRNS':
            return len(data) in TRANSPARENCY.get(int.from_bytes(colour), range(0))
        case b'iCCP':
            return _is_profile(data)
        case b'eXIf':
            return len(data) <= LARGEST_EXIF
    return True


def _is_profile(data: bytes) -> bool:
    _, _, packed = data.partition(b'\0')
    inflating = zlib.decompressobj()
    try:
        inflating.decompress(packed[1:], LARGEST_PROFILE)
    except zlib.error:
        return False
    return packed.startswith(b'\0') and not inflating.unconsumed_tail


def _inflated_size(packed: bytes, most: int) -> int:
    """Return how many bytes the compressed pixels give before they end or are damaged, and not more than `most`."""
    inflating, size, rest = zlib.decompressobj(-zlib.MAX_WBITS), 0, packed[2:]
    try:
        while size < most and (made := inflating.decompress(rest, STEP)):
            size, rest = size + len(made), inflating.unconsumed_tail
    except zlib.error:
        return size
    return min(size, most)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack('>I', len(data)) + name + data + struct.pack('>I', zlib.crc32(name + data))
