"""Two fields for a position, with a button that fills them in from the device."""

from __future__ import annotations

from nicegui import ui
from nicegui.events import GenericEventArguments

from app.domain.positions import read_position, write_degrees
from app.domain.sites import Position
from app.i18n import Translator
from components.shell.form import Form
from components.ui.button import Button

LOCATE = """(event) => {
  const failed = () => emit(null);
  if (!navigator.geolocation) return failed();
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => emit([coords.latitude, coords.longitude]), failed, { enableHighAccuracy: true, timeout: 15000 });
}"""
"""Ask the browser. It refuses on pages without HTTPS, and when the person says no."""


class PositionFields:
    """Latitude and longitude in degrees, with the decimal mark of the person's language. Both may stay empty."""

    def __init__(self, form: Form, _: Translator, position: Position | None) -> None:
        self._translator = _
        latitude, longitude = self.written(position).values()
        with ui.element('div').classes('pair'):
            self._latitude = form.text('latitude', _('Latitude'), latitude, _('In degrees, such as 57,7046'))
            self._longitude = form.text('longitude', _('Longitude'), longitude, _('May stay empty'))
        for field in (self._latitude, self._longitude):
            field.props['inputmode'] = 'decimal'
            field.props['autocomplete'] = 'off'
        Button(_('Use my position'), icon_name='pin').on('click', self._fill_in, js_handler=LOCATE)

    def read(self) -> Position | None:
        """Return the typed position, or None if both fields are empty. Raise Invalid with the field that is wrong."""
        return read_position(self._latitude.value or '', self._longitude.value or '')

    def written(self, position: Position | None) -> dict[str, str]:
        """Return the text of the fields for a position, by field name."""
        if position is None:
            return {'latitude': '', 'longitude': ''}
        mark = ',' if self._translator.language == 'sv' else '.'
        return {name: write_degrees(degrees, mark) for name, degrees in position.model_dump().items()}

    def _fill_in(self, event: GenericEventArguments) -> None:
        match event.args:
            case [float() | int() as latitude, float() | int() as longitude]:
                position = Position(latitude=round(latitude, 6), longitude=round(longitude, 6))
                self._latitude.value, self._longitude.value = self.written(position).values()
            case _:
                _ = self._translator
                self._latitude.error = _('This device does not tell where it is. Allow it to, or type the position.')
