"""Coordinates as people write them and as maps copy them: decimal, or in degrees, minutes and seconds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import NamedTuple

from app.domain.coordinate_parts import HEMISPHERES, UNITS, Axis, Part, normal_text, parts_in


class Coordinate(NamedTuple):
    """Degrees, and their axis if the text names it."""

    degrees: float
    axis: Axis | None = None


Reading = tuple[Coordinate, ...]
"""The one or two coordinates that a text can mean."""


class MinutesTooLarge(ValueError):
    """The text has 60 minutes or seconds, or more."""


_MOST_TIGHT_COMMAS = 3


def readings(typed: str) -> set[Reading]:
    """Return everything that the text can mean. Raise MinutesTooLarge if only that keeps it from meaning anything."""
    found, refused = set[Reading](), False
    for text in _with_each_meaning_of_commas(normal_text(typed)):
        for parts in _ways_to_part(text):
            try:
                found.add(tuple(map(_coordinate, parts)))
            except MinutesTooLarge:
                refused = True
            except ValueError:
                continue
    if refused and not found:
        raise MinutesTooLarge
    return found


def _with_each_meaning_of_commas(text: str) -> Iterator[str]:
    """Yield the text with each comma between two digits as a decimal mark or as the end of a coordinate."""
    pieces = ['']
    for place, character in enumerate(text):
        if character != ',':
            pieces[-1] += character
        elif text[max(place - 1, 0)].isdigit() and text[place + 1 : place + 2].isdigit():
            pieces.append('')
        else:
            pieces[-1] += ';'
    if len(pieces) <= _MOST_TIGHT_COMMAS + 1:
        for marks in product('.;', repeat=len(pieces) - 1):
            yield pieces[0] + ''.join(mark + piece for mark, piece in zip(marks, pieces[1:], strict=True))


def _ways_to_part(text: str) -> Iterator[Sequence[Part]]:
    """Yield the parts of one coordinate or of two."""
    try:
        parts = parts_in(text)
    except ValueError:
        return
    if len(parts) == 1 or (len(parts) == 2 and _are_alike(*parts)):
        yield parts
    if len(parts) == 1 and parts[0].is_bare and len(parts[0].numbers) % 2 == 0:
        yield _halves(parts[0])


def _halves(part: Part) -> tuple[Part, Part]:
    half = len(part.numbers) // 2
    units = [''] * half
    return Part(part.numbers[:half], units, part.sign), Part(part.numbers[half:], units)


def _are_alike(one: Part, other: Part) -> bool:
    """Return False for 57 and 12 56.4: without signs, that rather is 57,12 and 56,4."""
    return not (one.is_bare and other.is_bare) or len(one.numbers) == len(other.numbers)


def _coordinate(part: Part) -> Coordinate:
    """Return the coordinate that is written. Raise ValueError if it is none."""
    if not _is_whole(part):
        raise ValueError(part)
    values = [float(number) for number in part.numbers]
    if any(value >= 60 for value in values[1:]):
        raise MinutesTooLarge
    axis, sign = HEMISPHERES.get(part.hemisphere, (part.axis, -1 if part.sign == '-' else 1))
    return Coordinate(sign * sum(value / 60**place for place, value in enumerate(values)), axis)


def _is_whole(part: Part) -> bool:
    """Return True for degrees, minutes and seconds in this order, of which only the last has a fraction."""
    in_order = all(unit in ('', expected) for unit, expected in zip(part.units, UNITS, strict=False))
    is_contradicted = part.hemisphere and (part.sign or part.axis not in (None, HEMISPHERES[part.hemisphere][0]))
    return (
        1 <= len(part.numbers) <= len(UNITS)
        and in_order
        and not is_contradicted
        and not any('.' in number for number in part.numbers[:-1])
    )
