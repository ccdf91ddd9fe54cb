"""Convert one photo: read a picture from standard input, write a small upright JPEG without metadata.

This runs as a process of its own (`python -I photo_worker.py`), because attacks by pictures aim at decoders. The
process limits itself before it reads a byte: little memory and little time. It enters a sandbox before a decoder sees
the photo. Its exit status is a PhotoFlaw if it fails.
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
from pathlib import Path

from PIL import Image, ImageFile, MpoImagePlugin, TiffImagePlugin, WebPImagePlugin

if not __package__:  # an isolated interpreter does not look for modules beside its program
    sys.path.append(str(Path(__file__).parents[2]))

from app.services import photo_pixels
from app.services.photo_containers import png
from app.services.photo_containers.plain_photo import PlainPhoto, plain_photo
from app.services.photo_sandbox import enter_sandbox

LOADED_IN_TIME = (MpoImagePlugin, TiffImagePlugin, WebPImagePlugin)
"""Modules that Pillow would load only when it needs them. By then no file can be opened any more."""

LONGEST_SIDE = 1_600
"""Pixels of the longer side of the JPEG."""

QUALITY = 82

MEMORY = 768 * 2**20
"""Bytes of address space. Measured: 170 MB for a JPEG of 99 megapixels, 415 for a HEIC and 350 for a PNG of 48."""

SECONDS = 10
"""Processor time. Measured: 0.3 s for a photo of 12 megapixels, 2 s for the worst that is accepted."""

LARGEST_OUTPUT = 4 * 2**20
"""Bytes that this process may write."""

MOST_PIXELS = {'JPEG': 250_000_000, 'PNG': 64_000_000, 'WEBP': 40_000_000, 'HEIF': 64_000_000}
"""The largest pictures that are decoded, by format.

A JPEG can be decoded at a fraction of its size. The others take their full size in memory, and a WebP takes
it four times.
"""

MOST_HELD = 610 * 2**20
"""Bytes that a decoder may have to hold before the first pixel. Only a JPEG of several scans needs any."""

BRANDS = frozenset({b'heic', b'heix', b'heim', b'heis', b'hevc', b'hevx', b'hevm', b'hevs', b'mif1', b'msf1'})

HIDDEN_CONTENT = re.compile(rb'<script[\s>/]|<html[\s>]|<\?php\s|Rar!\x1a\x07|7z\xbc\xaf\x27\x1c', re.IGNORECASE)
"""Content that does not belong in a picture.

What phones append to theirs does: a film, a brighter copy, notes of the maker.
"""


class PhotoFlaw(IntEnum):
    """The reasons why a photo is refused. Each is an exit status."""

    NO_PICTURE = 10
    STOWAWAY = 11
    TOO_MANY_PIXELS = 12
    BROKEN = 13


class PhotoError(Exception):
    """The photo is refused."""

    def __init__(self, flaw: PhotoFlaw) -> None:
        super().__init__(flaw.name)
        self.flaw = flaw


def process_photo(content: bytes, before_opening: Callable[[], None] = lambda: None) -> bytes:
    """Return the photo as a small JPEG. Raise PhotoError if that is not possible.

    `before_opening` is called before a decoder sees the content.
    """
    kind = _format(content)
    before_opening()
    _require_nothing_hidden(content)
    photo = plain_photo(content, kind)
    try:
        return _jpeg(photo, kind)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError) as error:
        raise PhotoError(PhotoFlaw.TOO_MANY_PIXELS) from error


def _format(content: bytes) -> str:
    """Return the format that the first bytes show, by Pillow's name for it."""
    if content.startswith(b'\xff\xd8\xff'):
        return 'JPEG'
    if content.startswith(b'\x89PNG\r\n\x1a\n'):
        return 'PNG'
    if content.startswith(b'RIFF') and content[8:12] == b'WEBP':
        return 'WEBP'
    if content[4:8] == b'ftyp' and content[8:12] in BRANDS:
        _enable_heic()
        return 'HEIF'
    raise PhotoError(PhotoFlaw.NO_PICTURE)


def _enable_heic() -> None:
    import pillow_heif  # loading it takes longer than converting most photos

    pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False, decode_threads=1)


def _require_nothing_hidden(content: bytes) -> None:
    if b'%PDF-' in content[:1024] or HIDDEN_CONTENT.search(content) or zipfile.is_zipfile(io.BytesIO(content)):
        raise PhotoError(PhotoFlaw.STOWAWAY)


def _jpeg(photo: PlainPhoto, kind: str) -> bytes:
    with _opened(photo, kind) as image:
        _require_few_pixels(image, kind, photo)
        orientation, profile = photo_pixels.orientation_of(image), image.info.get('icc_profile')
        small = photo_pixels.on_white(_small(image, kind, photo))
    upright = photo_pixels.upright(photo_pixels.in_srgb(small, profile), orientation)
    return photo_pixels.encoded(upright, QUALITY)


def _opened(photo: PlainPhoto, kind: str) -> ImageFile.ImageFile:
    return Image.open(io.BytesIO(photo.content), formats=[kind])


def _require_few_pixels(image: ImageFile.ImageFile, kind: str, photo: PlainPhoto) -> None:
    if image.width * image.height > MOST_PIXELS[kind] or photo.held > MOST_HELD:
        raise PhotoError(PhotoFlaw.TOO_MANY_PIXELS)


def _small(image: ImageFile.ImageFile, kind: str, photo: PlainPhoto) -> Image.Image:
    """Return the picture small, without the rows that are missing."""
    height = image.height
    try:
        small = photo_pixels.resized(image, LONGEST_SIDE)
    except OSError:
        if kind != 'PNG':
            raise
        return _small_in_part(photo)
    return small if photo.whole else photo_pixels.without_grey(small, height)


def _small_in_part(photo: PlainPhoto) -> Image.Image:
    """Return the rows of a damaged PNG that can be read."""
    ImageFile.LOAD_TRUNCATED_IMAGES = True
    try:
        with _opened(photo, 'PNG') as image:
            part = png.visible_rows(photo.content) / image.height
            return photo_pixels.first_rows(photo_pixels.resized(image, LONGEST_SIDE), part)
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = False


def main() -> int:
    """Convert the picture on standard input. Return the exit status."""
    limit_resources()
    Image.preinit()
    warnings.simplefilter('error', Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = max(MOST_PIXELS.values())
    try:
        sys.stdout.buffer.write(process_photo(sys.stdin.buffer.read(), before_opening=enter_sandbox))
        sys.stdout.buffer.flush()
    except PhotoError as error:
        return error.flaw
    except Exception:  # a decoder may raise anything
        return PhotoFlaw.BROKEN
    return 0


def limit_resources() -> None:
    """Limit memory, processor time and output, and forbid core dumps.

    A dump of the memory would keep the photo, and with it the place where it was taken.
    """
    for limit, value in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, LARGEST_OUTPUT),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (value, value))
    os.nice(10)
    with suppress(OSError), open('/proc/self/oom_score_adj', 'w', encoding='utf-8') as score:
        score.write('1000')  # if memory runs out, this process is killed and not the server


if __name__ == '__main__':
    sys.exit(main())
