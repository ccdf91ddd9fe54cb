"""The screen of ready answers: words with which a case is closed, for each problem."""

from __future__ import annotations

from app.domain.events import EventKind
from app.domain.people import Role
from components.feed.rows import News
from components.settings.answer_lists import AnswerLists
from components.settings.settings_tabs import settings_tabs
from components.shell.layout import StaffPages
from components.shell.screen import Screen
from components.ui.text import Text


def register(pages: StaffPages) -> None:
    """Register /settings/answers."""

    @pages.screen('/settings/answers', lambda _: _('Ready answers'), Role.LEAD)
    async def build(screen: Screen) -> None:
        _ = screen._
        settings_tabs(screen.visitor.person.role, '/settings/answers', _)
        Text('p', _('Whoever closes a case can choose one of these, and change it before it is sent.')).classes('quiet')
        lists = AnswerLists(screen)
        await lists.build()

        async def show_news(news: News) -> None:
            if news.story.event.kind is EventKind.ANSWERS_CHANGED:
                await lists.refresh()

        screen.live.news.subscribe(show_news)
