"""Return the plain file of a photo."""

from __future__ import annotations

from dataclasses import dataclass

from app.services.photo_containers import jpeg, png, webp


@dataclass(frozen=True)
class PlainPhoto:
    """The file of a photo with only what its pixels need.

    `whole` is False if the file ends before its picture does. `held` is how many bytes a decoder must hold before the
    first pixel.
    """

    content: bytes
    whole: bool = True
    held: int = 0


def plain_photo(content: bytes, kind: str) -> PlainPhoto:
    """Return the plain file of a photo of this format, by Pillow's name for it."""
    match kind:
        case 'JPEG':
            head, scans = jpeg.head(content), jpeg.scans(content)
            return PlainPhoto(head + scans.content, scans.whole, jpeg.coefficients(head) if scans.count > 1 else 0)
        case 'PNG':
            return PlainPhoto(png.plain(content))
        case 'WEBP':
            return PlainPhoto(webp.plain(content))
    return PlainPhoto(content)
