"""The public holidays of Sweden, and the half days before some of them."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Protocol


class DaySet(Protocol):
    """Some days."""

    def __contains__(self, day: object, /) -> bool:
        """Return True if a day is one of them."""
        ...


class PublicHolidays:
    """The days on which Sweden is closed, and those whose afternoon is free by custom.

    Sundays are no holidays here: the hours of the week say what a Sunday is.
    """

    def __init__(self) -> None:
        self._closed, self._eves, self._bank_eves = (
            _days('public', 'de_facto'),
            _days('optional'),
            _days('bank'),
        )

    def is_closed(self, day: date) -> bool:
        """Return True for public holidays, Midsummer Eve, Christmas Eve and New Year's Eve."""
        return day in self._closed

    def is_half(self, day: date) -> bool:
        """Return True for the eves of Epiphany, Good Friday, the First of May and All Saints' Day.

        The library names them both among optional days and among those on which banks close early. Of what only one of
        these lists has, some are whole days off and some matter to banks alone.
        """
        return day in self._eves and day in self._bank_eves


@cache
def _days(*categories: str) -> DaySet:
    import holidays  # imported here: most commands need no holidays, and the import takes a moment

    days: DaySet = holidays.country_holidays('SE', categories=categories)
    return days
