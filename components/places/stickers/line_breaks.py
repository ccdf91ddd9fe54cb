"""Break names into lines."""

from __future__ import annotations

from collections.abc import Iterator

from app.domain.bounded_pattern import BoundedPattern
from components.places.stickers.print_font import width_of

_PIECES = BoundedPattern(r'[^ -]*-+|[^ -]+| +', longest=2_000)
"""A word, or a part of one up to its hyphen, or spaces."""


def wrapped(text: str, size: float, width: float, bold: bool = False) -> list[str]:
    """Return the text as lines that fit into the width, of about the same length. A word that is too long is cut."""
    lines = _greedy(text, size, width, bold)
    if len(lines) < 2:
        return lines
    narrow, wide = width / len(lines), width
    for _ in range(6):  # the narrowest width that needs no more lines
        middle = (narrow + wide) / 2
        narrow, wide = (narrow, middle) if len(_greedy(text, size, middle, bold)) <= len(lines) else (middle, wide)
    return _greedy(text, size, wide, bold)


def _greedy(text: str, size: float, width: float, bold: bool) -> list[str]:
    lines = ['']
    for piece in _pieces(text, size, width, bold):
        if width_of((lines[-1] + piece).strip(), size, bold) > width:
            lines.append('')
        lines[-1] += piece
    return [line.strip() for line in lines if line.strip()]


def _pieces(text: str, size: float, width: float, bold: bool) -> Iterator[str]:
    """Yield what a line may end behind. Cut words that are longer than a line."""
    for piece in _PIECES.findall(text):
        rest = piece
        while width_of(rest.strip(), size, bold) > width and len(rest) > 1:
            cut = _fitting(rest, size, width, bold)
            yield rest[:cut]
            rest = rest[cut:]
        yield rest


def _fitting(text: str, size: float, width: float, bold: bool) -> int:
    """Return how many characters fit into the width, at least one."""
    return next((end for end in range(len(text), 1, -1) if width_of(text[:end], size, bold) <= width), 1)
