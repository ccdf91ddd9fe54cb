"""What one sticker says, and its QR symbol."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import segno

QUIET_ZONE = 4
"""Modules of white around the symbol (ISO/IEC 18004, 6.3.8): many scanners fail on less."""


@dataclass(frozen=True)
class StickerLabel:
    """What one sticker says. `thing` is empty on a site's own sticker."""

    url: str
    code: str
    place: str
    thing: str
    municipality: str

    @property
    def address(self) -> str:
        """The address as people type it, without the scheme."""
        return self.url.partition('://')[2]

    @property
    def host(self) -> str:
        """The part of the address that a browser shows: what people compare to tell our sticker from another's."""
        return self.address.partition('/')[0]

    @property
    def title(self) -> str:
        """What the sticker is on: the thing, or the place itself."""
        return self.thing or self.place

    @property
    def subtitle(self) -> str:
        """Where that is, and whose."""
        return ', '.join(filter(None, (self.place if self.thing else '', self.municipality)))


def symbol(label: StickerLabel) -> segno.QRCode:
    """The QR symbol of the label's address.

    In capitals the address is alphanumeric data, so that level H, which bears damage to almost a third of the symbol,
    takes no more modules than level Q takes for small letters.
    """
    return segno.make_qr(label.url.upper(), error='h', boost_error=False)


def runs(code: segno.QRCode) -> Iterator[tuple[int, int, int]]:
    """The dark modules as horizontal runs: column, row and length, counted from the quiet zone's corner."""
    for row, modules in enumerate(code.matrix):
        start = None
        for column, dark in enumerate((*modules, 0)):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                yield start + QUIET_ZONE, row + QUIET_ZONE, column - start
                start = None


def side(code: segno.QRCode) -> int:
    """Modules along one side, with the quiet zone."""
    return len(code.matrix) + 2 * QUIET_ZONE
