"""Give the texts of one sticker and its QR symbol."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache

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
        """Return the address as people type it: without the scheme, an international domain in its own letters."""
        host, _, path = self.typed.partition('/')
        return f'{".".join(map(_as_read, host.split(".")))}/{path}'

    @property
    def typed(self) -> str:
        """Return the address without the scheme, in letters that every keyboard has."""
        return _in_ascii(self.url).partition('://')[2]

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
    """Return the smallest QR symbol of the label's address that bears damage to a quarter of it, or more if it can.

    The scheme is in small letters, because several scanners take HTTPS:// for text. Hosts and our paths may be in
    capitals, which are alphanumeric data and need less room than bytes.
    """
    url = _in_ascii(label.url)
    base, _, code = url.rpartition('/')
    level, in_capitals = _encoding(base, len(code))
    return _drawn(url, level, in_capitals)


@lru_cache(maxsize=64)
def _encoding(base: str, length: int) -> tuple[str, bool]:
    """Return the error level of the smallest symbol for codes of this length, and if all but the scheme is in capitals.

    It is the same for all codes, and finding it takes as long as drawing four symbols.
    """
    ways = [(level, in_capitals) for level in ('h', 'q') for in_capitals in (False, True)]
    return min(ways, key=lambda way: len(_drawn(f'{base}/{"0" * length}', *way).matrix))


def _drawn(url: str, level: str, in_capitals: bool) -> segno.QRCode:
    scheme, _, rest = url.partition('://')
    content = [f'{scheme.lower()}://', rest.upper()] if in_capitals else f'{scheme.lower()}://{rest}'
    return segno.make_qr(content, error=level, boost_error=False)  # type: ignore[arg-type]  # segments are documented


def _in_ascii(url: str) -> str:
    """Return the address with an international domain in its ASCII form."""
    scheme, separator, rest = url.partition('://')
    host, slash, path = rest.partition('/')
    with suppress(UnicodeError):
        name, colon, port = host.partition(':')
        host = host if host.isascii() else f'{name.encode("idna").decode()}{colon}{port}'
    return f'{scheme}{separator}{host}{slash}{path}'


def _as_read(part: str) -> str:
    """Return a part of a domain in its own letters."""
    with suppress(UnicodeError):
        return part.encode('ascii').decode('idna') if part.lower().startswith('xn--') else part
    return part


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
