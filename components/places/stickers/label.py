"""Give the texts of one sticker and its QR symbol."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import segno

QUIET_ZONE = 4
"""Modules of white around the symbol (ISO/IEC 18004, 6.3.8): many scanners fail on less."""


@dataclass(frozen=True)
class StickerLabel:
    """The texts of one sticker. `thing` is empty on the sticker of a site."""

    url: str
    code: str
    place: str
    thing: str
    municipality: str

    @property
    def address(self) -> str:
        """Return the address as people type it, without the scheme."""
        return self.url.partition('://')[2]

    @property
    def host(self) -> str:
        """Return the host name. Browsers show it, so people can compare it to recognise a forged sticker."""
        return self.address.partition('/')[0]

    @property
    def title(self) -> str:
        """Return the name of the asset, or of the site if the sticker is for the site itself."""
        return self.thing or self.place

    @property
    def subtitle(self) -> str:
        """Return the site, unless it is the title, and the municipality."""
        return ', '.join(filter(None, (self.place if self.thing else '', self.municipality)))


def symbol(label: StickerLabel) -> segno.QRCode:
    """Return the QR symbol of the label's address.

    In capitals the address is alphanumeric data. So level H, which tolerates damage to almost a third of the symbol,
    needs no more modules than level Q needs for small letters.
    """
    return segno.make_qr(label.url.upper(), error='h', boost_error=False)


def runs(code: segno.QRCode) -> Iterator[tuple[int, int, int]]:
    """Yield the dark modules as horizontal runs: column, row and length, counted from the corner of the quiet zone."""
    for row, modules in enumerate(code.matrix):
        start = None
        for column, dark in enumerate((*modules, 0)):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                yield start + QUIET_ZONE, row + QUIET_ZONE, column - start
                start = None


def side(code: segno.QRCode) -> int:
    """Return the number of modules along one side, with the quiet zone."""
    return len(code.matrix) + 2 * QUIET_ZONE
