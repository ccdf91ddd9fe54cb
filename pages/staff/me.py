"""The screen of one's own account: notifications, entries, preferences, devices, tokens, export and leaving."""

from __future__ import annotations

from typing import get_args

from nicegui import ui

from app.domain.people import Device, Language, Person, Role, Theme
from app.i18n import STAFF_LANGUAGES, Translator
from app.wording.kinds import theme_name
from app.wording.public import role_name
from components import CSS
from components.obstacles.reminder import obstacle_reminder
from components.people.access_tokens import token_list
from components.people.confirm_device import confirm_device_button
from components.people.devices import DeviceList
from components.people.my_data import export_links
from components.people.my_device_storage import MyDeviceStorage
from components.people.my_entries import MyEntries
from components.people.my_notifications import MyNotifications
from components.shell.layout import StaffPages
from components.shell.pwa import install_hint
from components.shell.screen import Screen
from components.ui.button import ButtonLink
from components.ui.text import Text

STYLE = (CSS / 'staff' / 'me.css').read_text(encoding='utf-8')


def register(pages: StaffPages) -> None:
    """Register /me."""

    @pages.screen('/me', lambda _: _('Me'))
    async def build(screen: Screen) -> None:
        ui.add_css(STYLE)
        await _profile(screen)
        await MyNotifications(screen).build()
        await obstacle_reminder(screen)
        reader = await screen.services.reader(screen.visitor.person)
        MyDeviceStorage(screen.visitor.person, await screen.services.replies.nameless_answer_counts(reader), screen._)
        await MyEntries(screen).build()
        _preferences(screen)
        await _devices(screen)
        await token_list(screen)
        _install_guide(screen._)
        with ui.element('div').classes('section rare-door row'):
            ButtonLink(screen._('Check the stickers'), '/audit', 'qr')
            if screen.visitor.person.role.covers(Role.LEAD):
                ButtonLink(screen._('Held reports'), '/held', 'sieve')
            if screen.visitor.person.role.covers(Role.ADMIN):
                ButtonLink(screen._('Places'), '/sites', 'pin')
                ButtonLink(screen._('People'), '/people', 'people')
                ButtonLink(screen._('Settings of the municipality'), '/settings', 'settings')
            elif screen.visitor.person.role.covers(Role.LEAD):
                ButtonLink(screen._('When cases are late'), '/settings/periods', 'settings')
        export_links(screen)


async def _profile(screen: Screen) -> None:
    _, person = screen._, screen.visitor.person
    team = await screen.services.people.team(person.team_id)
    with ui.element('div').classes('card who'):
        Text('p', person.name).classes('who-name')
        Text('p', role_name(person.role, _))
        Text('p', f'{team.name}, {team.organisation}' if team else _('No team')).classes('quiet')


def _preferences(screen: Screen) -> None:
    _, person = screen._, screen.visitor.person
    themes = {theme: theme_name(theme, _) for theme in get_args(Theme)}
    Text('h2', _('How Haren looks and speaks'))
    with ui.element('div').classes('card wishes'):
        language = _choice(_('Language'), dict(STAFF_LANGUAGES), person.language)
        theme = _choice(_('Theme'), themes, person.theme)

    async def keep() -> None:
        if await screen.attempt(lambda person: _save_preferences(screen, person, language.value, theme.value)):
            ui.navigate.reload()

    for choice in (language, theme):
        choice.on_value_change(keep)


def _choice(label: str, options: dict[str, str], value: str) -> ui.radio:
    with ui.element('fieldset').classes('fieldset'):
        Text('legend', label).classes('label')
        choice = ui.radio(options, value=value).classes('segments')
    choice.props['inline'] = True
    choice.props['aria-label'] = label
    return choice


async def _save_preferences(screen: Screen, person: Person, language: Language, theme: Theme) -> None:
    await screen.services.people.prefer(person, language, theme)


async def _devices(screen: Screen) -> None:
    with ui.element('section').classes('card section'):
        devices = DeviceList(screen, screen.visitor.person.id, 'h2')
        with ui.element('div').classes('row'):
            confirm_device_button(screen)
    await devices.refresh()

    async def refresh(changed: Person | Device) -> None:
        if isinstance(changed, Device) and changed.person_id == screen.visitor.person.id:
            await devices.refresh()

    screen.live.access.subscribe(refresh)


def _install_guide(_: Translator) -> None:
    Text('h2', _('Haren on the home screen')).classes('by-hand')
    install_hint(_, by_hand=False)
    with ui.element('dl').classes('card steps by-hand'):
        Text('dt', _('iPhone and iPad'))
        Text('dd', _('Open Haren in Safari, press Share, then Add to Home Screen.'))
        Text('dt', _('Android'))
        Text('dd', _('Open the browser’s menu (three dots), then Add to home screen or Install app.'))
        Text('dt', _('Computer'))
        Text('dd', _('In Chrome or Edge, press the install symbol at the right of the address.'))
