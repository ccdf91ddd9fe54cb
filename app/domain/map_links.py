"""Positions in links of maps: Google Maps, OpenStreetMap, Apple Maps, and the geo addresses of RFC 5870.

`position_in` reads them, `web_map` writes one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import unquote_plus

from app.domain.bounded_pattern import BoundedPattern

LONGEST_LINK = 2_000

Pair = tuple[float, float]

_PAIR = BoundedPattern(r'(?:loc:)?([-+]?[0-9]{1,3}(?:\.[0-9]+)?)[,~] ?([-+]?[0-9]{1,3}(?:\.[0-9]+)?)(?:[,~(].*)?', 200)
_PIN = BoundedPattern(r'!3d(-?[0-9]{1,3}(?:\.[0-9]{1,20})?)!4d(-?[0-9]{1,3}(?:\.[0-9]{1,20})?)', longest=LONGEST_LINK)
_NUMBER = BoundedPattern(r'[-+]?[0-9]{1,3}(?:\.[0-9]+)?', longest=40)

_ONE_EACH = (('mlat', 'mlon'), ('lat', 'lon'), ('lat', 'lng'), ('latitude', 'longitude'))
_BOTH = ('q', 'query', 'coordinate', 'll', 'destination', 'daddr', 'center', 'sll', 'cp', 'c')
_NAMES = ('map', 'mlat', 'mlon', *_BOTH)


def is_link(typed: str) -> bool:
    """Return True for an address, with or without its scheme, or for the end of one: `q=57.72,12.94`."""
    text = typed.strip().lower()
    host, slash, _ = text.partition('/')
    ending = host.rpartition('.')[2] if '.' in host else ''
    return (
        '://' in text
        or text.startswith(('geo:', '@'))
        or text.lstrip('?#&').partition('=')[0] in _NAMES
        or ('&' in text and '=' in text)
        or (bool(slash) and len(ending) > 1 and ending.isalpha())
    )


def position_in(link: str) -> Pair | None:
    """Return the latitude and longitude that a link of a map names, or None.

    A marked place goes before what was asked for, and that before the middle of the map.
    """
    if len(link) > LONGEST_LINK:
        return None
    text = unquote_plus(link.strip())[:LONGEST_LINK]
    pin = _PIN.search(text)
    pair = (pin[1], pin[2]) if pin else next(_pairs(text), None)
    return (float(pair[0]), float(pair[1])) if pair else None


def web_map(pair: Pair) -> str:
    """Return the address of a web page with a map of this position. Any browser can open it."""
    latitude, longitude = pair
    return f'https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}#map=18/{latitude}/{longitude}'


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    """Yield the pairs of numbers in a link, the best first."""
    pieces = text.replace('?', '&').replace('#', '&').split('&')
    values = dict(piece.partition('=')[::2] for piece in pieces)
    for names in _ONE_EACH:
        yield from _pair_of(values.get(name, '') for name in names)
    yield from filter(None, (_pair_in(values.get(name, '')) for name in _BOTH))
    yield from _pairs_on_the_way(pieces[0])
    yield from _pair_of(values.get('map', '').split('/')[1:3])


def _pairs_on_the_way(path: str) -> Iterator[tuple[str, str]]:
    """Yield the pair that is a step of the path. A way from one place to another names no position."""
    is_geo = path[:4].lower() == 'geo:'
    steps = [path[4:].partition(';')[0]] if is_geo else path.split('/')
    places = {pair for step in steps if not step.startswith('@') and (pair := _pair_in(step))}
    middles = (pair for step in steps if step.startswith('@') and (pair := _pair_in(step[1:])))
    if len(places) <= 1:
        yield from (*places, *middles)


def _pair_in(text: str) -> tuple[str, str] | None:
    match = _PAIR.fullmatch(text.strip())
    return (match[1], match[2]) if match else None


def _pair_of(numbers: Iterable[str]) -> Iterator[tuple[str, str]]:
    match [number for number in numbers if _NUMBER.fullmatch(number)]:
        case [latitude, longitude]:
            yield latitude, longitude
