"""The screen of one case."""

from __future__ import annotations

from nicegui import ui

from app.domain import case_numbers
from app.domain.errors import NotFound
from app.i18n import Translator
from components.cases.panel import CasePanel
from components.shell.layout import StaffPages
from components.shell.screen import Screen
from components.ui.button import ButtonLink
from components.ui.text import Text


def register(pages: StaffPages) -> None:
    """Register /cases/{number}."""

    @pages.screen('/cases/{number}', _title, wide=True)
    async def build(screen: Screen) -> None:
        try:
            case = await screen.services.cases.numbered(_typed())
        except NotFound:
            _show_not_found(screen._)
        else:
            await CasePanel(screen).build(case)


def _typed() -> str:
    request = ui.context.client.request
    return str(request.path_params['number'])


def _title(_: Translator) -> str:
    number = case_numbers.read(_typed())
    return _('Case {number}', number=number) if number else _('Case')


def _show_not_found(_: Translator) -> None:
    missing = _('There is no case with this number. Numbers look like 2026-142: the year, a hyphen and a number.')
    Text('p', missing).classes('notice')
    with ui.element('p').classes('row section'):
        ButtonLink(_('To the cases'), '/cases', 'feed')
