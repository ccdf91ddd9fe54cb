"""The screen of the periods: within how many working hours a case should be seen and done."""

from __future__ import annotations

from app.domain.events import EventKind
from app.domain.people import Role
from components.feed.rows import News
from components.settings.period_lists import PeriodLists
from components.settings.settings_tabs import settings_tabs
from components.shell.layout import StaffPages
from components.shell.screen import Screen
from components.ui.text import Text

CHANGES = frozenset({EventKind.PERIODS_CHANGED, EventKind.HOURS_CHANGED})


def register(pages: StaffPages) -> None:
    """Register /settings/periods."""

    @pages.screen('/settings/periods', lambda _: _('When cases are late'), Role.LEAD)
    async def build(screen: Screen) -> None:
        _ = screen._
        settings_tabs(screen.visitor.person.role, '/settings/periods', _)
        Text('p', _('A case is late when it has not been seen, or not been done, within so many working hours. '
                    'What it is paused does not count.')).classes('quiet')  # fmt: skip
        lists = PeriodLists(screen)
        await lists.build()

        async def show_news(news: News) -> None:
            if news.story.event.kind in CHANGES:
                await lists.refresh()

        screen.live.news.subscribe(show_news)
