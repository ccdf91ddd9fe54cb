"""Translate texts with gettext catalogues.

The msgids are English, and English has a catalogue of its own, so that its wording can change without them. Swedish
is the default of the screens. Public pages speak all LANGUAGES, staff screens STAFF_LANGUAGES. A text that a catalogue
lacks is shown in English.
"""

from __future__ import annotations

import gettext
import io
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Literal

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time, format_timedelta
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from markupsafe import Markup

from app.domain.collation import SortKey, sort_key
from app.domain.errors import Refusal
from app.domain.local_dates import ZONE, day_of

LANGUAGES: Mapping[str, str] = {
    'sv': 'Svenska',
    'en': 'English',
    'fi': 'Suomi',
    'ar': 'العربية',
    'uk': 'Українська',
    'so': 'Soomaali',
}
"""The languages of public pages: each by its own name."""

STAFF_LANGUAGES: Mapping[str, str] = {code: LANGUAGES[code] for code in ('sv', 'en')}
DEFAULT = 'sv'
FALLBACK = 'en'

FOLDER = Path(__file__).parents[1] / 'data' / 'locales'

Day = date
"""A day. `Translator.date` has the type's own name."""

_JUST_NOW = timedelta(minutes=1)
_DAY = timedelta(days=1)
_RECENT = timedelta(days=7)

# In CLDR 47, Somali writes "ka hor" as one word, has an unusual word for minutes, and dates in English order.
_MENDED_WORDS: Mapping[str, Mapping[str, str]] = {'so': {'daqiiqadood': 'daqiiqo', 'kahor': 'ka hor'}}
_MENDED_DATES: Mapping[str, str] = {'so': 'd MMMM y'}

# CLDR takes plain "en" for American English.
_LOCALES: Mapping[str, str] = {'en': 'en_GB'}


class Translator:
    """Translate into one language: `_('Report')` returns the message in it, with its `{slots}` filled."""

    def __init__(self, language: str, catalogue: gettext.NullTranslations) -> None:
        self.language = language
        self._catalogue = catalogue
        self._locale = Locale.parse(_LOCALES.get(language, language))

    @property
    def direction(self) -> Literal['ltr', 'rtl']:
        """The direction in which the language is written."""
        return 'rtl' if self._locale.text_direction == 'rtl' else 'ltr'

    @property
    def in_address(self) -> str:
        """The end of an address whose page should be in this language, whatever the browser prefers."""
        return '' if self.language == DEFAULT else f'?lang={self.language}'

    def __call__(self, message: str, /, **values: object) -> str:
        """Return the message in this language."""
        return interpolate(self._catalogue.gettext(message), **values)

    def plural(self, one: str, many: str, count: int, /, **values: object) -> str:
        """Return the message for `count` things, which fills the slot `{count}`."""
        return interpolate(self._catalogue.ngettext(one, many, count), count=count, **values)

    def order(self, name: str) -> SortKey:
        """Return the key by which a name sorts in this language: `sorted(names, key=_.order)`."""
        return sort_key(name, self.language)

    def refusal(self, refusal: Refusal) -> str:
        """Return the message of a refusal. A moment among its values is shown as a time, and a date as a day."""
        return self(refusal.message, **{name: self._shown(value) for name, value in refusal.values.items()})

    def _shown(self, value: object) -> object:
        if isinstance(value, datetime):
            return self.time(value)
        return self.day(value) if isinstance(value, date) else value

    def ago(self, moment: datetime, now: datetime) -> str:
        """Return how long ago it was, in the largest unit that fits: '40 minutes ago', 'yesterday'.

        From a day on, calendar days count: what was two nights ago was not yesterday.
        """
        time = now - moment
        if time < _JUST_NOW:
            return self(_NOW)
        days = (day_of(now) - day_of(moment)).days
        if time >= _DAY and days == 1:
            return self(_YESTERDAY)
        if _DAY <= time < _RECENT and days:  # none of them on the day of 25 hours
            time = timedelta(days=days)
        words = format_timedelta(-time, add_direction=True, threshold=0.99, locale=self._locale)
        for poor, better in _MENDED_WORDS.get(self.language, {}).items():
            words = words.replace(poor, better)
        return words

    def span(self, time: timedelta) -> str:
        """Return a duration in the largest unit that fits: '3 hours'."""
        return format_timedelta(time, threshold=0.99, locale=self._locale)

    def when(self, moment: datetime, now: datetime) -> str:
        """Return how long ago it was if that is recent, and the date otherwise."""
        return self.ago(moment, now) if now - moment < _RECENT else self.date(moment)

    def date(self, moment: datetime) -> str:
        """Return the day of a moment: '3 nov. 2026'."""
        return self.day(day_of(moment))

    def day(self, day: Day) -> str:
        """Return the day: '3 nov. 2026'."""
        return format_date(day, format=_MENDED_DATES.get(self.language, 'medium'), locale=self._locale)

    def time(self, moment: datetime) -> str:
        """Return the local time of a moment: '14:05'."""
        return format_time(moment, 'short', tzinfo=ZONE, locale=self._locale)

    def day_and_time(self, moment: datetime) -> str:
        """Return the day and the time: '3 nov. 2026 14:05'."""
        return f'{self.date(moment)} {self.time(moment)}'

    def weekday(self, day: Day) -> str:
        """Return the name of the day of the week: 'torsdag'."""
        return format_date(day, 'EEEE', locale=self._locale)

    def short_date(self, day: Day, today: Day) -> str:
        """Return the day and the month, with the year if it isn't this one: '3 dec.'."""
        return format_skeleton('MMMd' if day.year == today.year else 'yMMMd', day, locale=self._locale)


def msgid(message: str) -> str:
    """Return the message itself, marked for translation where it is shown."""
    return message


def interpolate(text: str, /, **values: object) -> str:
    """Fill the slots of a text. If a value is markup, the result is markup, with everything else escaped."""
    if any(isinstance(value, Markup) for value in values.values()):
        return Markup(Markup.escape(text)).format(**values)
    return text.format(**values) if values else text


_NOW = msgid('just now')
_YESTERDAY = msgid('yesterday')

FAULT = msgid('Something went wrong here, and it is not your fault. Nothing was lost; please try again in a moment.')
"""The message for people when a fault of Haren's own occurs."""


def translator(language: str) -> Translator:
    """Return the Translator of a language, or the default one if Haren doesn't speak it."""
    return _speaking(language if language in LANGUAGES else DEFAULT)  # cache no others: anybody can invent more


@cache
def _speaking(language: str) -> Translator:
    catalogue = _load(FOLDER / language / 'LC_MESSAGES' / 'haren.po')
    if language != FALLBACK:
        catalogue.add_fallback(_speaking(FALLBACK)._catalogue)
    return Translator(language, catalogue)


LONGEST_ACCEPT_LANGUAGE = 1_000
"""Characters of an Accept-Language header that are read."""


def negotiate_language(accept_language: str) -> str:
    """Return the best language for an Accept-Language header, of those that Haren speaks (RFC 9110, 12.5.4)."""
    ranges = [_weighted(part) for part in accept_language[:LONGEST_ACCEPT_LANGUAGE].split(',')]
    for weight, tag in sorted(ranges, key=lambda range: -range[0]):
        if weight > 0 and (language := tag.partition('-')[0]) in LANGUAGES:
            return language
    return DEFAULT


_LEAST = 0.001  # the smallest weight there is: 0 means "not this one"


def _weighted(part: str) -> tuple[float, str]:
    tag, _, weight = part.strip().lower().partition(';')
    try:
        return float(weight.partition('=')[2] or 1), tag.strip()
    except ValueError:
        return _LEAST, tag.strip()


def _load(path: Path) -> gettext.NullTranslations:
    if not path.exists():
        return gettext.NullTranslations()
    with path.open('rb') as file:
        catalogue = read_po(file)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
