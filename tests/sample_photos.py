"""Make pictures as residents' phones take them, and as attackers craft them. All are small."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable

import pillow_heif
from PIL import Image, ImageCms
from PIL.Image import Transpose

pillow_heif.register_heif_opener()

PHONE = 'Ruts telefon'
RED, GREEN, BLUE, YELLOW = (200, 30, 30), (30, 160, 60), (30, 60, 200), (230, 210, 40)

TURNED = {
    1: None,
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_90,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_270,
}
"""The transformation of the pixels in a file with this EXIF orientation."""


def scene(width: int = 96, height: int = 64) -> Image.Image:
    """Draw a scene that shows when it is turned: red and green above, blue and yellow below."""
    image = Image.new('RGB', (width, height), RED)
    image.paste(GREEN, (width // 2, 0, width, height // 2))
    image.paste(BLUE, (0, height // 2, width // 2, height))
    image.paste(YELLOW, (width // 2, height // 2, width, height))
    return image


def is_upright(image: Image.Image) -> bool:
    """Return True if the image shows the scene upright."""
    width, height = image.size
    seen = [image.getpixel((width * x // 4, height * y // 4)) for y in (1, 3) for x in (1, 3)]
    return all(near(one, other) for one, other in zip(seen, (RED, GREEN, BLUE, YELLOW), strict=True))


def near(seen: object, meant: tuple[int, ...], by: int = 24) -> bool:
    """Return True if a colour is the expected one, within the loss of a compression."""
    assert isinstance(seen, tuple)
    return all(abs(one - other) <= by for one, other in zip(seen, meant, strict=True))


def exif(orientation: int) -> Image.Exif:
    """Make the EXIF data that a phone writes: its name, the orientation, place and time."""
    tags = Image.Exif()
    tags[0x010F] = PHONE
    tags[0x0112] = orientation
    tags[0x0132] = '2026:05:04 12:00:00'
    tags.get_ifd(0x8825).update({1: 'N', 2: (57.0, 42.0, 16.6), 3: 'E', 4: (12.0, 57.0, 48.2)})
    return tags


def photo(kind: str = 'JPEG', orientation: int = 1, size: tuple[int, int] = (96, 64), **options: object) -> bytes:
    """Make a photo with a phone's EXIF data, its pixels stored as `orientation` says."""
    method = TURNED[orientation]
    image = scene(*size)
    return written(image.transpose(method) if method is not None else image, kind, exif=exif(orientation), **options)


def heic(orientation: int = 1) -> bytes:
    """Make a HEIC as phones write it: with the orientation in EXIF and in the container."""
    method = TURNED[orientation]
    image = scene().transpose(method) if method is not None else scene()
    return written(image, 'HEIF', exif=exif(orientation).tobytes(), quality=90)


def written(image: Image.Image, kind: str, **options: object) -> bytes:
    """Return the image as the bytes of a file."""
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def opened(content: bytes) -> Image.Image:
    """Return the picture in these bytes."""
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


def segments(jpeg: bytes) -> list[int]:
    """Return the markers of a JPEG up to its pixels, in order. Fail if anything follows its end."""
    assert jpeg.startswith(b'\xff\xd8')
    assert jpeg.endswith(b'\xff\xd9')
    found, at = [], 2
    while (marker := jpeg[at + 1]) != 0xDA:
        assert jpeg[at] == 0xFF
        found.append(marker)
        at += 2 + int(struct.unpack('>H', jpeg[at + 2 : at + 4])[0])
    return found


def swapped_profile() -> bytes:
    """Make a colour profile that swaps red and green."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile('sRGB')).tobytes()
    return profile.replace(b'rXYZ', b'?XYZ', 1).replace(b'gXYZ', b'rXYZ', 1).replace(b'?XYZ', b'gXYZ', 1)


def landscape(width: int = 480, height: int = 320) -> Image.Image:
    """Draw the scene with noise, so that all its parts take about the same room in a file."""
    return Image.blend(scene(width, height), Image.effect_noise((width, height), 60).convert('RGB'), 0.1)


def shows_upper_part(image: Image.Image) -> bool:
    """Return True if the image shows the upper part of the scene and nothing that is missing: grey, black or clear."""
    width, height = image.size
    corners = [image.getpixel((x, y)) for y in (1, height - 2) for x in (1, width - 2)]
    return all(near(one, other, 48) for one, other in zip(corners, (RED, GREEN, BLUE, YELLOW), strict=True))


def huge_jpeg(width: int, height: int, **options: object) -> bytes:
    """Make a JPEG of many pixels in little memory: one noisy row of blocks, repeated. The sides divide by 16."""
    strip = Image.effect_noise((width, 16), 9).convert('RGB')
    jpeg = written(strip, 'JPEG', quality=38, restart_marker_rows=1, **options)
    made, at = [jpeg[:2]], 2
    while (marker := jpeg[at + 1]) != 0xD9:
        end = at + 2 + int.from_bytes(jpeg[at + 2 : at + 4])
        segment = jpeg[at:end]
        is_frame = marker in (0xC0, 0xC2)
        made.append(segment[:5] + struct.pack('>H', height) + segment[7:] if is_frame else segment)
        at = end
        if marker == 0xDA:
            stop = re.compile(rb'\xff[^\x00\xd0-\xd7]').search(jpeg, at)
            assert stop
            made.append(_with_restarts(re.split(rb'\xff[\xd0-\xd7]', jpeg[at : stop.start()]) * (height // 16)))
            at = stop.start()
    return b''.join(made) + jpeg[at:]


def _with_restarts(parts: Iterable[bytes]) -> bytes:
    first, *others = parts
    return first + b''.join(bytes((0xFF, 0xD0 + count % 8)) + part for count, part in enumerate(others))


def chunks(png: bytes) -> list[tuple[bytes, bytes]]:
    """Return the name and the data of each chunk of a PNG."""
    found, at = [], 8
    while at < len(png):
        end = at + 8 + int.from_bytes(png[at : at + 4])
        found.append((png[at + 4 : at + 8], png[at + 8 : end]))
        at = end + 4
    return found


def with_chunk(png: bytes, name: bytes, data: bytes, checksum: int | None = None, length: int | None = None) -> bytes:
    """Add a chunk behind the header of a PNG, with a wrong checksum or length if one is given."""
    made = bytearray(_chunk(name, data))
    if length is not None:
        made[:4] = struct.pack('>I', length)
    if checksum is not None:
        made[-4:] = struct.pack('>I', checksum)
    return png[:33] + made + png[33:]


def png(width: int, height: int, depth: int, colour: int, pixels: bytes) -> bytes:
    """Write a PNG by hand, as Pillow would not write it. `pixels` are compressed already."""
    head = struct.pack('>IIBBBBB', width, height, depth, colour, 0, 0, 0)
    parts = (_chunk(b'IHDR', head), _chunk(b'IDAT', pixels), _chunk(b'IEND', b''))
    return b'\x89PNG\r\n\x1a\n' + b''.join(parts)


def flood(side: int) -> bytes:
    """Make a real PNG of one colour, one bit a pixel: small to send, large to open."""
    packer = zlib.compressobj(1)
    row = bytes(1 + side // 8)
    return png(side, side, 1, 0, b''.join([*(packer.compress(row) for _ in range(side)), packer.flush()]))


def archive() -> bytes:
    """Make a ZIP with a program in it."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, 'w') as packed:
        packed.writestr('setup.exe', b'MZ' * 100)
    return file.getvalue()


def with_comment(jpeg: bytes, comment: bytes) -> bytes:
    """Add a comment to a JPEG, in a segment that no viewer shows."""
    return jpeg[:2] + b'\xff\xfe' + struct.pack('>H', len(comment) + 2) + comment + jpeg[2:]


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack('>I', len(content)) + name + content + struct.pack('>I', zlib.crc32(name + content))


def interlaced(image: Image.Image) -> bytes:
    """Make an interlaced PNG, which Pillow can read but not write."""
    width, height = image.size
    passes = (
        (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)
    )  # fmt: skip
    rows = [image.crop((0, row, width, row + 1)).tobytes() for row in range(height)]
    pixels = b''.join(
        b'\0' + b''.join(rows[row][3 * column : 3 * column + 3] for column in range(x, width, dx))
        for x, y, dx, dy in passes
        for row in range(y, height, dy)
    )
    head = struct.pack('>IIBBBBB', width, height, 8, 2, 0, 0, 1)
    parts = (_chunk(b'IHDR', head), _chunk(b'IDAT', zlib.compress(pixels)), _chunk(b'IEND', b''))
    return b'\x89PNG\r\n\x1a\n' + b''.join(parts)
