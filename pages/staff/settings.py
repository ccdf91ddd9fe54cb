"""The screen of the municipality's settings: its name, whom residents call, and what happens to leavers' texts."""

from __future__ import annotations

from app.domain.leaving import Leaving
from app.domain.municipality import LegalPages, Municipality
from app.domain.people import Person, Role
from app.i18n import Translator
from components.settings.settings_tabs import settings_tabs
from components.shell.form import Form, Original
from components.shell.layout import StaffPages
from components.shell.screen import Screen
from components.ui.button import ButtonLink
from components.ui.text import Text

FIELDS = {'name', 'contact_sv', 'contact_en', 'emergency', 'privacy_url', 'accessibility_url'}


def register(pages: StaffPages) -> None:
    """Register /settings."""

    @pages.screen('/settings', lambda _: _('Settings'), Role.ADMIN)
    async def build(screen: Screen) -> None:
        settings_tabs(screen.visitor.person.role, '/settings', screen._)
        await _build_form(screen)
        ButtonLink(screen._('Audit log'), '/settings/audit')


async def _build_form(screen: Screen) -> None:
    _, municipality = screen._, screen.services.municipality
    now = await municipality.get()
    Text('p', _('Residents read the name and whom to call on every page.')).classes('quiet')
    with Form(screen).classes('card') as form:
        name = form.text('name', _('Name of the municipality'), now.name)
        swedish = form.text(
            'contact_sv', _('When it can not wait, in Swedish'), now.contact_sv, _('Whom to call, and when'), lines=2
        )
        english = form.text('contact_en', _('When it can not wait, in English'), now.contact_en,
                            _('The same for those who read English'), lines=2)  # fmt: skip
        emergency = form.text('emergency', _('Emergency number'), now.emergency,
                              _('Residents read it on every page, in a sentence in their language'))  # fmt: skip
        privacy = form.text('privacy_url', _('Your page about personal data'), now.privacy_url,
                            _('The address to which every public page leads'))  # fmt: skip
        accessibility = form.text('accessibility_url', _('Your accessibility statement'), now.accessibility_url,
                                  _('The address to which every public page leads'))  # fmt: skip
        leaving = form.choice('leaving', _('When somebody leaves for good'), _leavings(_), now.leaving,
                              _('What becomes of what they have written'))  # fmt: skip
        form.keep('settings')
        original = form.original = Original(now, municipality.get, lambda now: _shown(now, _))

        async def keep(admin: Person) -> None:
            words = name.value or '', swedish.value or '', english.value or ''
            pages = LegalPages(privacy.value or '', accessibility.value or '')
            saved = await municipality.change(
                admin, *words, Leaving(leaving.value), emergency=emergency.value or '', pages=pages, seen=original.seen
            )
            original.show(saved, saved.revision + 1)  # the revision that the store has given it

        async def send() -> None:
            await form.send(keep, _('Saved'))

        form.send_button(_('Save'), send)


def _shown(now: Municipality, _: Translator) -> dict[str, str]:
    """Return the text of each field, by field name."""
    return now.model_dump(include=FIELDS) | {'leaving': _leavings(_)[now.leaving]}


def _leavings(_: Translator) -> dict[str, str]:
    return {
        Leaving.ANONYMOUS: _('It stays, without their name'),
        Leaving.ERASE: _('It is erased, with the answers to it'),
    }
