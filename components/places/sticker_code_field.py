"""A field for the code of a sticker that somebody has found, with an answer that says whether it is right there."""

from __future__ import annotations

from urllib.parse import urlsplit

from nicegui import ui

from app.domain import sticker_codes
from app.domain.errors import Invalid, NotFound
from app.domain.people import Person
from app.domain.sticker_codes import spaced
from app.domain.typed_text import host_in
from app.i18n import Translator
from app.services.public_status import ScannedSticker
from components.shell.form import Form
from components.shell.screen import Screen
from components.ui.text import Text


class StickerCodeField:
    """The field and the answer. `site_id` is the site where somebody is."""

    def __init__(self, screen: Screen, site_id: str) -> None:
        self._screen = screen
        self._site_id = site_id
        _ = screen._
        with ui.element('details').classes('card sticker-field'):
            Text('summary', _('If the camera does not scan'))
            self._answer = Text('p', '').classes('notice')
            with Form(screen) as self._form:
                hint = _('Six letters and digits, such as K7M 2QR. Capitals or not, it makes no difference.')
                self._code = self._form.text('code', _('The code on the sticker'), hint=hint)
                self._code.props.update({'autocomplete': 'off', 'autocapitalize': 'characters', 'spellcheck': False})
                self._form.send_button(_('Check the sticker'), self._send)
        self._answer.props['role'] = 'status'
        self._answer.set_visibility(False)

    async def _send(self) -> None:
        self._answer.set_visibility(False)
        if await self._form.send(self._check):
            self._code.value = ''

    async def _check(self, person: Person) -> None:
        code = read(self._code.value or '', self._screen.services.base)
        try:
            await self._screen.services.sites.see_sticker(person, code)
        except NotFound as unknown:
            raise NotFound(
                'No sticker of ours has this code. Perhaps somebody has put up their own: take it down and tell your '
                'team lead.'
            ) from unknown
        arrival = await self._screen.services.public_status.arrival(code)
        sentence, is_right = describe_scan(arrival, self._site_id, self._screen._)
        self._answer.text = sentence
        self._answer.classes(**({'remove': 'trouble'} if is_right else {'add': 'trouble'}))
        self._answer.set_visibility(True)
        self._answer.run_method('scrollIntoView', {'block': 'center'})


def describe_scan(arrival: ScannedSticker, site_id: str, _: Translator) -> tuple[str, bool]:
    """Return a sentence about the scanned sticker, and True if it is where it should be at this site."""
    place = arrival.site.site.name
    if arrival.taken_away:
        return _('An old sticker: {asset} is gone. Take it down.', asset=arrival.taken_away.name), False
    if arrival.replaced and arrival.asset:
        newer = spaced(arrival.asset.asset.code)
        return _(
            'An old sticker of {asset}, replaced by {code}: take it down.', asset=arrival.asset.asset.name, code=newer
        ), False
    thing = arrival.asset.asset.name if arrival.asset else _('the place’s own sticker')
    if arrival.site.site.id != site_id:
        return _(
            'It belongs to another place, {site}: {thing}. If it hangs here, take it down.', site=place, thing=thing
        ), False
    return _('Seen: {thing}, {site}.', thing=thing, site=place), True


def read(typed: str, base: str) -> str:
    """Return the code in typed text: the code alone or the whole address. Raise Invalid if it is not one of ours."""
    host = host_in(typed)
    if host and host != urlsplit(base).netloc:
        raise Invalid(
            'code', 'That address is not ours, so neither is the sticker: take it down and tell your team lead.'
        )
    code = sticker_codes.read(typed)
    if code is sticker_codes.CodeError.LENGTH:
        raise Invalid('code', 'A code has six characters. Look at the sticker once more.')
    if isinstance(code, sticker_codes.CodeError):
        raise Invalid(
            'code',
            'That is no code of ours. Look once more; if it really stands there, the sticker is not '
            'ours: take it down and tell your team lead.',
        )
    return code
