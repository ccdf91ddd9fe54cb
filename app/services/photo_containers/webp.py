"""Read the chunks of a WebP (RFC 9649)."""

from __future__ import annotations

import struct
from collections.abc import Iterator

NEEDED = (b'VP8X', b'ICCP', b'ALPH', b'VP8 ', b'VP8L', b'EXIF')
ANIMATION = b'ANIM'


def plain(content: bytes) -> bytes:
    """Return the picture without chunks that are cut off or that it doesn't need. Return an animation as it is."""
    chunks = dict(_chunks(content))
    if ANIMATION in chunks:
        return content
    body = b'WEBP' + b''.join(_chunk(name, chunks[name]) for name in NEEDED if name in chunks)
    return b'RIFF' + struct.pack('<I', len(body)) + body


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the name and the data of each chunk that is whole."""
    at = 12
    while (end := at + 8 + int.from_bytes(content[at + 4 : at + 8], 'little')) <= len(content) and at + 8 <= end:
        yield content[at : at + 4], content[at + 8 : end]
        at = end + (end - at) % 2


def _chunk(name: bytes, data: bytes) -> bytes:
    return name + struct.pack('<I', len(data)) + data + b'\0' * (len(data) % 2)
