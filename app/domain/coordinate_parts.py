"""Find the parts of written coordinates: numbers with their units, signs, points of the compass, words."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from unicodedata import normalize

from app.domain.bounded_pattern import BoundedPattern
from app.domain.characters import plain

LONGEST_NUMBERS = 200
"""Characters. Two coordinates in degrees, minutes and seconds, with words, are less than half of that."""


class Axis(StrEnum):
    """The direction in which a coordinate counts."""

    LATITUDE = 'latitude'
    LONGITUDE = 'longitude'

    @property
    def other(self) -> Axis:
        """Return the other axis."""
        return Axis.LONGITUDE if self is Axis.LATITUDE else Axis.LATITUDE

    @property
    def most(self) -> int:
        """Return the most degrees on this axis."""
        return 90 if self is Axis.LATITUDE else 180


HEMISPHERES = {
    **dict.fromkeys(('n', 'north', 'nord', 'norr'), (Axis.LATITUDE, 1)),
    **dict.fromkeys(('s', 'south', 'syd', 'söder'), (Axis.LATITUDE, -1)),
    **dict.fromkeys(('e', 'east', 'ö', 'öst', 'öster', 'o', 'ost'), (Axis.LONGITUDE, 1)),
    **dict.fromkeys(('w', 'west', 'v', 'väst', 'väster'), (Axis.LONGITUDE, -1)),
}

_AXES = {
    **dict.fromkeys(('lat', 'latitude', 'latitud'), Axis.LATITUDE),
    **dict.fromkeys(('lon', 'lng', 'long', 'longitude', 'longitud'), Axis.LONGITUDE),
}

_SIGNS = ('+', '-')
_BEFORE_SIGN = (';', *HEMISPHERES, *_AXES)

UNITS = ('°', "'", '"')

_UNIT_WORDS = {
    **dict.fromkeys(('deg', 'degree', 'degrees', 'grad', 'grader'), '°'),
    **dict.fromkeys(('min', 'minute', 'minutes', 'minut', 'minuter'), "'"),
    **dict.fromkeys(('sec', 'second', 'seconds', 'sek', 'sekund', 'sekunder'), '"'),
}

_MARKS = str.maketrans({
    **dict.fromkeys('º˚∘◦⁰ᵒ', '°'), **dict.fromkeys('′’‘‛´`ʹʼ', "'"), **dict.fromkeys('″”“„‟ʺ', '"'),
    **dict.fromkeys('\t\n\r\v\f/|،、；', ';'), **dict.fromkeys('()[]{}<>:=', ' '), '٫': '.', '·': '.',
})  # fmt: skip
"""Signs, and their spelling before Unicode's normal form turns them into letters, digits and spaces."""

_TOKEN = BoundedPattern(r'[0-9]+(?:\.[0-9]+)?|[^\W\d_]+|\s+|.', longest=LONGEST_NUMBERS)


@dataclass
class Part:
    """The parts of one coordinate as they were typed."""

    numbers: list[str] = field(default_factory=list)
    units: list[str] = field(default_factory=list)
    sign: str = ''
    hemisphere: str = ''
    axis: Axis | None = None
    is_closed: bool = False

    @property
    def is_begun(self) -> bool:
        """Return True once anything of it is written."""
        return bool(self.numbers or self.sign or self.hemisphere or self.axis)

    @property
    def is_bare(self) -> bool:
        """Return True if nothing but spaces tells degrees from minutes and from the next coordinate."""
        return not (any(self.units) or self.hemisphere or self.axis)


def normal_text(typed: str) -> str:
    """Return the text in small ASCII letters, digits and marks, or '' if it is too long for coordinates.

    Semicolons stand for all that can only separate two coordinates.
    """
    if len(typed) > LONGEST_NUMBERS:
        return ''
    marked = ''.join(map(plain, normalize('NFKC', typed.strip().translate(_MARKS)))).lower()
    text = marked.replace("''", '"').lstrip(' ;').rstrip(' .,;')
    is_quoted = len(text) > 1 and text[0] in '\'"' and text[0] == text[-1]
    return '' if text.startswith(',') else text[1:-1] if is_quoted else text


def parts_in(text: str) -> list[Part]:
    """Return the parts of all coordinates in the text. Raise ValueError if something else stands there."""
    tokens = [match[0] for match in _TOKEN.finditer(text)]
    words = [token for token in tokens if not token.isspace() and token not in _AXES]
    is_before = bool(words) and words[0] in HEMISPHERES
    parts = [Part()]
    for before, token, following in zip(['', *tokens], tokens, [*tokens[1:], ''], strict=False):
        if token in _SIGNS and not _is_sign(before, following, begins_signed=tokens[0] in _SIGNS):
            raise ValueError(text)
        if _begins_another(parts[-1], token, is_before=is_before):
            parts.append(Part())
        if token == '.' and before.isalpha():
            continue
        if token in HEMISPHERES:
            _take_hemisphere(parts[-1], token, is_before=is_before)
        elif _UNIT_WORDS.get(token, token) == '°' and len(parts[-1].numbers) > 1:
            parts.append(Part([parts[-1].numbers.pop()], [parts[-1].units.pop()]))
            _take(parts[-1], token)
        else:
            _take(parts[-1], token)
    return [part for part in parts if part.is_begun]


def _is_sign(before: str, following: str, *, begins_signed: bool) -> bool:
    """Return False for a hyphen: -33.4-70.6 is two signed numbers (ISO 6709), but 57.7-12.9 is not."""
    return following[:1].isdigit() and (begins_signed or not before or before.isspace() or before in _BEFORE_SIGN)


def _begins_another(part: Part, token: str, *, is_before: bool) -> bool:
    if token[0].isdigit():
        return part.is_closed or (bool(part.numbers) and '.' in part.numbers[-1])
    if token in HEMISPHERES:
        return is_before and bool(part.numbers)
    if token in _SIGNS:
        return bool(part.numbers)
    return (token == ';' or token in _AXES) and part.is_begun


def _take_hemisphere(part: Part, word: str, *, is_before: bool) -> None:
    if part.hemisphere or bool(part.numbers) is is_before:
        raise ValueError(word)
    part.hemisphere, part.is_closed = word, not is_before


def _take(part: Part, token: str) -> None:
    if token[0].isdigit():
        part.numbers.append(token)
        part.units.append('')
    elif token in _AXES:
        part.axis = _AXES[token]
    elif token in _SIGNS and not part.sign:
        part.sign = token
    elif (unit := _UNIT_WORDS.get(token, token)) in UNITS and part.units and not part.units[-1]:
        part.units[-1] = unit
    elif token != ';' and not token.isspace():
        raise ValueError(token)
