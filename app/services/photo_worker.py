"""Makes one print: a picture on standard input becomes a small upright JPEG without metadata on standard output.

Runs as a process of its own (`python -I enlarger.py`), because decoders are where pictures attack. It locks itself in
before it reads a byte: little memory, little time, no file and no socket to open. Its exit status says what was wrong.
"""

from __future__ import annotations

import io
import os
import re
import resource
import sys
import warnings
import zipfile
from collections.abc import Callable
from contextlib import suppress
from enum import IntEnum

from PIL import Image, ImageCms, MpoImagePlugin, TiffImagePlugin, WebPImagePlugin
from PIL.Image import Transpose

LOADED_IN_TIME = (MpoImagePlugin, TiffImagePlugin, WebPImagePlugin)
"""What Pillow would load when it meets such a picture: by then no file can be opened any more."""

LONGEST_SIDE = 1_600
"""Pixels of the longer side of a print."""

QUALITY = 82

MEMORY = 768 * 2**20
"""Bytes of address space. Measured: 170 MB for a JPEG of 99 megapixels, 415 for a HEIC and 350 for a PNG of 48."""

SECONDS = 10
"""Of the processor. Measured: 0.3 for a photo of 12 megapixels, 2 for the worst that is let in."""

LARGEST_PRINT = 4 * 2**20
"""Bytes: no more gets out of here."""

MOST_PIXELS = {'JPEG': 100_000_000, 'PNG': 64_000_000, 'WEBP': 40_000_000, 'HEIF': 64_000_000}
"""A JPEG can be decoded at a fraction of its size; the others are in memory as a whole first, WebP four times."""

BRANDS = frozenset({b'heic', b'heix', b'heim', b'heis', b'hevc', b'hevx', b'hevm', b'hevs', b'mif1', b'msf1'})

STOWAWAY = re.compile(rb'<script[\s>/]|<html[\s>]|<\?php\s|Rar!\x1a\x07|7z\xbc\xaf\x27\x1c', re.IGNORECASE)
"""What has no business in a picture. What phones put behind theirs has: a film, a brighter copy, the maker's notes."""

TURNS = {
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_90,
}
"""How to turn a picture upright, by its EXIF orientation."""

ORIENTATION = 0x0112


class PhotoFlaw(IntEnum):
    """Why there is no print; the exit status."""

    NO_PICTURE = 10
    STOWAWAY = 11
    TOO_MANY_PIXELS = 12
    BROKEN = 13


class PhotoError(Exception):
    """There is no print of this."""

    def __init__(self, flaw: PhotoFlaw) -> None:
        super().__init__(flaw.name)
        self.flaw = flaw


def process_photo(content: bytes, before_opening: Callable[[], None] = lambda: None) -> bytes:
    """The print; Flawed where there can't be one. `before_opening` is called before anything decodes it."""
    kind = _kind(content)
    before_opening()
    _require_nothing_else(content)
    try:
        with Image.open(io.BytesIO(content), formats=[kind]) as image:
            return _print(image, kind)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError) as error:
        raise PhotoError(PhotoFlaw.TOO_MANY_PIXELS) from error


def _kind(content: bytes) -> str:
    """What its first bytes say that it is, as Pillow calls it."""
    if content.startswith(b'\xff\xd8\xff'):
        return 'JPEG'
    if content.startswith(b'\x89PNG\r\n\x1a\n'):
        return 'PNG'
    if content.startswith(b'RIFF') and content[8:12] == b'WEBP':
        return 'WEBP'
    if content[4:8] == b'ftyp' and content[8:12] in BRANDS:
        _learn_heic()
        return 'HEIF'
    raise PhotoError(PhotoFlaw.NO_PICTURE)


def _learn_heic() -> None:
    import pillow_heif  # takes longer to load than most prints take to make

    pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False, decode_threads=1)


def _require_nothing_else(content: bytes) -> None:
    if b'%PDF-' in content[:1024] or STOWAWAY.search(content) or zipfile.is_zipfile(io.BytesIO(content)):
        raise PhotoError(PhotoFlaw.STOWAWAY)


def _print(image: Image.Image, kind: str) -> bytes:
    if image.width * image.height > MOST_PIXELS[kind]:
        raise PhotoError(PhotoFlaw.TOO_MANY_PIXELS)
    orientation, profile = _orientation(image), image.info.get('icc_profile')
    small = _in_srgb(_on_white(_small(image)), profile)
    return _bare(small.transpose(TURNS[orientation]) if orientation in TURNS else small)


def _orientation(image: Image.Image) -> int:
    """As EXIF has it. pillow-heif turns a HEIC by itself, and says 1 here."""
    with suppress(Exception):  # a picture can be whole where what is said about it isn't
        return int(image.getexif().get(ORIENTATION, 1))
    return 1


def _small(image: Image.Image) -> Image.Image:
    scale = min(1, LONGEST_SIDE / max(image.size))
    width, height = (max(1, round(side * scale)) for side in image.size)
    image.draft(None, (2 * width, 2 * height))
    image = _in_plain_mode(image)
    return image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=2)


def _in_plain_mode(image: Image.Image) -> Image.Image:
    """In a mode that can be made smaller without falling apart."""
    if image.mode.startswith('I'):
        return image.point(lambda level: level / 256).convert('L')
    if image.has_transparency_data:
        return image.convert('RGBA')
    return image if image.mode in ('L', 'RGB', 'CMYK') else image.convert('RGB')


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode != 'RGBA':
        return image
    white = Image.new('RGB', image.size, 'white')
    white.paste(image, mask=image.getchannel('A'))
    return white


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    if profile:
        with suppress(ImageCms.PyCMSError, OSError, ValueError, TypeError):  # then as it stands
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            found = ImageCms.profileToProfile(image, own, ImageCms.createProfile('sRGB'), outputMode='RGB')
            if found is not None:
                return found
    return image.convert('RGB')


def _bare(image: Image.Image) -> bytes:
    """The pixels alone as a JPEG: Pillow would carry some of what it has read into what it writes."""
    bare = Image.new('RGB', image.size)
    bare.paste(image)
    written = io.BytesIO()
    bare.save(written, 'JPEG', quality=QUALITY, progressive=True, optimize=True)
    return written.getvalue()


def main() -> int:
    """Make a print of what comes in; the exit status."""
    _lock_in()
    Image.preinit()
    warnings.simplefilter('error', Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = max(MOST_PIXELS.values())
    try:
        sys.stdout.buffer.write(process_photo(sys.stdin.buffer.read(), before_opening=enter_sandbox))
        sys.stdout.buffer.flush()
    except PhotoError as flawed:
        return flawed.flaw
    except Exception:  # whatever a decoder stumbles over
        return PhotoFlaw.BROKEN
    return 0


def _lock_in() -> None:
    """Take the limits upon itself. A dump of its memory would keep the photo, and with it where it was taken."""
    for limit, value in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, LARGEST_PRINT),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (value, value))
    os.nice(10)
    with suppress(OSError), open('/proc/self/oom_score_adj', 'w') as score:
        score.write('1000')  # where memory runs out, this goes and not the server


def enter_sandbox() -> None:
    """Open no file and no socket from now on."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


if __name__ == '__main__':
    sys.exit(main())
