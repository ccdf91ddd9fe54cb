"""Make pictures as residents' phones take them, and as attackers craft them. All are small."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

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
