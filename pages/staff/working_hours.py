"""The screen of the working hours: the hours of a week, the municipality's own closed days, and half days."""

from __future__ import annotations

from nicegui import ui

from app.domain.people import Person, Role
from app.domain.typed_hours import shown_days, shown_openings, shown_time, typed_days, typed_time, typed_week
from app.domain.working_hours import WEEKDAYS, WorkingHours, WorkingHoursSettings
from app.i18n import Translator
from components.settings.settings_tabs import settings_tabs
from components.shell.form import Form, Original
from components.shell.layout import StaffPages
from components.shell.screen import Screen
from components.ui.text import Text


def register(pages: StaffPages) -> None:
    """Register /settings/hours."""

    @pages.screen('/settings/hours', lambda _: _('Working hours'), Role.ADMIN)
    async def build(screen: Screen) -> None:
        _ = screen._
        settings_tabs(screen.visitor.person.role, '/settings/hours', _)
        Text('p', _('A case is late after so many working hours. Public holidays in Sweden are closed by themselves, '
                    'and so are Midsummer Eve, Christmas Eve and New Year’s Eve.')).classes('quiet')  # fmt: skip
        await HoursForm(screen).build()


class HoursForm:
    """The form of the working hours."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen

    async def build(self) -> None:
        """Add the form to the current slot."""
        _, service = self._screen._, self._screen.services.working_hours
        now = await service.get()
        with Form(self._screen).classes('card') as self._form:
            self._add_fields(now.hours)
            self._form.keep('hours')
            original = self._form.original = Original(now, service.get, lambda newest: shown(newest, _))

            async def keep(admin: Person) -> None:
                saved = await service.change(admin, self._typed(), seen=original.seen)
                original.show(saved, saved.revision + 1)  # the revision that the store has given it

            async def send() -> None:
                await self._form.send(keep, _('Saved'))

            self._form.send_button(_('Save'), send)

    def _add_fields(self, hours: WorkingHours) -> None:
        _, form, words = self._screen._, self._form, field_texts(hours)
        names = weekday_names(_)
        with ui.element('fieldset').classes('fieldset fields') as week:
            Text('legend', _('Hours of the week')).classes('label')
            Text(
                'p', _('Such as 07.00–16.00, and a comma between several. Leave a day empty if it is closed.')
            ).classes('quiet')
            self._week = {day: form.text(day, names[day], words[day]) for day in WEEKDAYS}
        week.props['aria-label'] = _('Hours of the week')
        self._closed = form.text('closed', _('Own closed days'), words['closed'],
                                 _('A line for each, such as 2026-12-28, or 2026-12-28 – 2026-12-30 and a word why'),
                                 lines=3)  # fmt: skip
        self._half_days = form.check(
            'half_days',
            _('Half days before Epiphany, Good Friday, the First of May and All Saints’ Day'),
            hours.half_days,
        )
        self._half = form.text('half', _('Own half days'), words['half'], _('A line for each, as above'), lines=3)
        self._until = form.text('half_until', _('A half day ends at'), words['half_until'])

    def _typed(self) -> WorkingHours:
        return WorkingHours(
            week=typed_week({day: field.value or '' for day, field in self._week.items()}),
            closed=typed_days(self._closed.value or '', 'closed'),
            half=typed_days(self._half.value or '', 'half'),
            half_days=self._half_days.value,
            half_until=typed_time(self._until.value or '', 'half_until'),
        )


def weekday_names(_: Translator) -> dict[str, str]:
    """Return the names of the weekdays, by their fields."""
    names = (_('Monday'), _('Tuesday'), _('Wednesday'), _('Thursday'), _('Friday'), _('Saturday'), _('Sunday'))
    return dict(zip(WEEKDAYS, names, strict=True))


def shown(settings: WorkingHoursSettings, _: Translator) -> dict[str, str]:
    """Return the text of each field of these settings, by field name."""
    return field_texts(settings.hours)


def field_texts(hours: WorkingHours) -> dict[str, str]:
    """Return the text of each field, by field name."""
    return {
        **{day: shown_openings(openings) for day, openings in zip(WEEKDAYS, hours.week, strict=True)},
        'closed': shown_days(hours.closed),
        'half': shown_days(hours.half),
        'half_until': shown_time(hours.half_until),
    }
