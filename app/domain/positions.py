"""Positions as people type or paste them: in one field or in two, in numbers or as a link of a map."""

from __future__ import annotations

from app.domain.coordinate_parts import Axis
from app.domain.coordinates import Coordinate, MinutesTooLarge, Reading, readings
from app.domain.errors import Invalid
from app.domain.map_links import is_link, position_in
from app.domain.sites import Position

Pair = tuple[Coordinate, Coordinate]

_LATITUDES_OF_SWEDEN = (55, 69.1)
_LONGITUDES_OF_SWEDEN = (10.9, 24.2)


def read_position(latitude: str, longitude: str) -> Position | None:
    """Return a typed position, whose two numbers may stand in one of the fields, or None if both are empty.

    Raise Invalid with the field to look at if it is none, or if it could be more than one.
    """
    latitude, longitude = latitude.strip(), longitude.strip()
    if latitude and longitude:
        return _position(_one(latitude, Axis.LATITUDE), _one(longitude, Axis.LONGITUDE))
    if latitude:
        return _position(*_two(latitude, Axis.LATITUDE))
    return _position(*_two(longitude, Axis.LONGITUDE)) if longitude else None


def write_degrees(degrees: float, mark: str) -> str:
    """Return degrees as a field shows them, with this decimal mark. That is exact to a metre."""
    return f'{degrees:.5f}'.replace('.', mark)


def _one(typed: str, field: Axis) -> Coordinate:
    """Return the only coordinate that the text of a field of two can mean."""
    meant = _readings(typed, field)
    found = [reading for reading in meant if len(reading) == 1 and reading[0].axis in (None, field)]
    if len(found) == 1:
        return _within(found[0][0], field)
    if any(len(reading) == 2 for reading in meant):
        raise Invalid(field, 'Both numbers stand here. Empty the other field, or write one number in each.')
    raise _unreadable(field)


def _two(typed: str, field: Axis) -> Pair:
    """Return the only two coordinates, latitude first, that the text of the only field with text can mean."""
    meant = _readings(typed, field)
    pairs = [_in_order(reading) for reading in meant if len(reading) == 2]
    if meant and not pairs:
        _one(typed, field)
        raise _unreadable(field.other)
    singles = [reading for reading in meant if len(reading) == 1 and abs(reading[0].degrees) <= field.most]
    possible = [pair for pair in pairs if pair and _is_on_earth(pair)]
    if len(possible) + len(singles) > 1:
        raise Invalid(field, 'This can be read in more than one way. Write it with decimal points: 57.7046, 12.9634.')
    if singles:
        raise _unreadable(field.other)
    for pair in possible or filter(None, pairs):
        return _within(pair[0], field, Axis.LATITUDE), _within(pair[1], field, Axis.LONGITUDE)
    if pairs:
        raise Invalid(field, 'One number must be north or south, the other east or west.')
    raise _unreadable(field)


def _readings(typed: str, field: Axis) -> set[Reading]:
    if is_link(typed):
        pair = position_in(typed)
        if pair is None:
            raise Invalid(field, 'This link names no position. Open it, and copy the numbers from the map.')
        return {(Coordinate(pair[0], Axis.LATITUDE), Coordinate(pair[1], Axis.LONGITUDE))}
    try:
        return readings(typed)
    except MinutesTooLarge:
        raise Invalid(field, 'Minutes and seconds are less than 60.') from None


def _in_order(reading: Reading) -> Pair | None:
    """Return latitude and longitude, or None if both are of one axis."""
    one, other = reading
    if one.axis is not None and one.axis is other.axis:
        return None
    is_reversed = one.axis is Axis.LONGITUDE or other.axis is Axis.LATITUDE
    return (other, one) if is_reversed else (one, other)


def _is_on_earth(pair: Pair) -> bool:
    return abs(pair[0].degrees) <= Axis.LATITUDE.most and abs(pair[1].degrees) <= Axis.LONGITUDE.most


def _within(coordinate: Coordinate, field: Axis, axis: Axis | None = None) -> Coordinate:
    """Return the coordinate. Raise Invalid with the field where it stands if its axis has fewer degrees."""
    most = (axis or field).most
    if not abs(coordinate.degrees) <= most:
        raise _off_the_globe(field, most)
    return coordinate


def _unreadable(field: Axis) -> Invalid:
    return _off_the_globe(field, field.most)


def _off_the_globe(field: Axis, most: int) -> Invalid:
    return Invalid(field, 'Write it in degrees, from −{most} to {most}, such as 57,7046.', most=most)


def _position(latitude: Coordinate, longitude: Coordinate) -> Position:
    """Return the position. Raise Invalid if the numbers are those of Sweden in the wrong order, without a direction."""
    names_axes = latitude.axis or longitude.axis
    if not names_axes and _is_reversed_in_sweden(latitude.degrees, longitude.degrees):
        raise Invalid('latitude', 'Is it the other way round? Latitude comes first: in Sweden, it is 55 to 69.')
    return Position(latitude=round(latitude.degrees, 6), longitude=round(longitude.degrees, 6))


def _is_reversed_in_sweden(latitude: float, longitude: float) -> bool:
    (south, north), (west, east) = _LATITUDES_OF_SWEDEN, _LONGITUDES_OF_SWEDEN
    return west <= latitude <= east and south <= longitude <= north
