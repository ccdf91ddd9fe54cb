"""Make the pixels of a photo small, plain and upright, without those that are missing."""

from __future__ import annotations

import io
from contextlib import suppress

from PIL import Image, ImageChops, ImageCms
from PIL.Image import Transpose

LEAST_PART = 0.5
"""The part of a picture's rows that must be there if its file was cut short. They are kept without the rest."""

MISSING = (127, 128)
"""The level of each sample that a JPEG decoder gives where pixels are missing."""

JPEG_ROWS = 16
"""Rows that a JPEG may encode together. The last ones of a file that was cut short are there only in part."""

BLENDED_ROWS = 2
"""Rows above a border that are mixed with those below it when a picture gets smaller."""

ORIENTATION = 0x0112

TURNS = {
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_90,
}
"""The turn that makes a picture upright, by its EXIF orientation."""


def upright(image: Image.Image, orientation: int) -> Image.Image:
    """Return the picture turned as its EXIF orientation wants it."""
    return image.transpose(TURNS[orientation]) if orientation in TURNS else image


def orientation_of(image: Image.Image) -> int:
    """Return the EXIF orientation. It is 1 for a HEIC, because pillow-heif turns it by itself."""
    exif = Image.Exif()  # image.getexif() would decode all pixels of a PNG without EXIF data
    with suppress(Exception):  # a picture can be sound though its metadata is not
        exif.load(image.info.get('exif', b''))
        return int(exif.get(ORIENTATION, 1))
    return 1


def resized(image: Image.Image, longest_side: int) -> Image.Image:
    """Return the picture with sides of at most so many pixels. Decode a JPEG at a fraction of its size."""
    scale = min(1, longest_side / max(image.size))
    width, height = (max(1, round(side * scale)) for side in image.size)
    image.draft(None, (2 * width, 2 * height))
    image = _in_plain_mode(image)
    return image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=2)


def without_grey(small: Image.Image, height: int) -> Image.Image:
    """Return a picture whose file was cut short without its grey end. `height` is the one that it had in the file.

    Raise OSError if less than LEAST_PART of it is there.
    """
    last = small.getpixel((small.width - 1, small.height - 1))
    samples = last if isinstance(last, tuple) else (last,)
    if any(sample not in MISSING for sample in samples):
        return small
    box = ImageChops.difference(small, Image.new(small.mode, small.size, last)).getbbox(alpha_only=False)
    return _cut(small, (box[3] if box else 0) - JPEG_ROWS * small.height / height)


def first_rows(small: Image.Image, part: float) -> Image.Image:
    """Return the upper part of a picture. Raise OSError if it is less than LEAST_PART."""
    return small if part >= 1 else _cut(small, part * small.height)


def _cut(small: Image.Image, rows: float) -> Image.Image:
    if rows < LEAST_PART * small.height:
        raise OSError('most of the picture is missing')
    return small.crop((0, 0, small.width, max(1, int(rows) - BLENDED_ROWS)))


def _in_plain_mode(image: Image.Image) -> Image.Image:
    """Return the picture in a mode that can be resized without losing its colours."""
    if image.mode.startswith('I'):
        return image.point(lambda level: level / 256).convert('L')
    if image.has_transparency_data:
        return image.convert('RGBA')
    return image if image.mode in ('L', 'RGB', 'CMYK') else image.convert('RGB')


def on_white(image: Image.Image) -> Image.Image:
    """Return the picture on white where it is transparent."""
    if image.mode != 'RGBA':
        return image
    white = Image.new('RGB', image.size, 'white')
    white.paste(image, mask=image.getchannel('A'))
    return white


def in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Return the picture in the colours of screens."""
    if profile:
        with suppress(ImageCms.PyCMSError, OSError, ValueError, TypeError):  # then without a conversion
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            found = ImageCms.profileToProfile(image, own, ImageCms.createProfile('sRGB'), outputMode='RGB')
            if found is not None:
                return found
    return image.convert('RGB')


def encoded(image: Image.Image, quality: int) -> bytes:
    """Return the pixels as a JPEG without metadata.

    They are copied to a new picture, because Pillow would write some of the metadata that it has read.
    """
    bare = Image.new('RGB', image.size)
    bare.paste(image)
    written = io.BytesIO()
    bare.save(written, 'JPEG', quality=quality, progressive=True, optimize=True)
    return written.getvalue()
