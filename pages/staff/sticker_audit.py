"""The screens of sticker audits: all sites, and the round at one site, where staff scan its stickers one by one."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from nicegui import ui

from app.domain.events import Event, Topic
from app.domain.people import Role
from app.services.sticker_audit import SiteAudit
from components import CSS
from components.feed.rows import News
from components.places.audit_panel import AuditPanel
from components.places.sticker_code_field import StickerCodeField
from components.places.sticker_list import StickerList, StickerRow, site_row, sticker_rows
from components.shell.layout import StaffPages
from components.shell.screen import Screen
from components.shell.weak_callback import weakly
from components.ui.button import ButtonLink
from components.ui.text import Text

STYLE = (CSS / 'staff' / 'sticker-audit.css').read_text(encoding='utf-8')


def register(pages: StaffPages) -> None:
    """Register /audit."""

    @pages.screen('/audit', lambda _: _('Check the stickers'))
    async def build(screen: Screen) -> None:
        ui.add_css(STYLE)
        audits = {audit.site.id: audit for audit in await screen.services.sticker_audit.sites()}
        chosen = audits.get(ui.context.client.request.query_params.get('site', ''))
        if chosen:
            SiteAuditScreen(screen, chosen)
        else:
            StickerAuditScreen(screen, audits)


class StickerAuditScreen:
    """A list of all sites with the state of their stickers, those with the most trouble first."""

    def __init__(self, screen: Screen, audits: dict[str, SiteAudit]) -> None:
        self._screen = screen
        self._audits = audits
        if not audits:
            _no_places(screen)
            return
        _ = screen._
        Text('p', _('Choose the place where you are. Those that need a look most stand first.'))
        self._list = StickerList(_, self._rows(), _('Places'), _('Find a place'))
        screen.live.bulletins.subscribe(self._show_news)

    def _rows(self) -> list[StickerRow]:
        return [site_row(audit, self._screen._) for audit in self._audits.values()]

    async def _show_news(self, bulletin: Sequence[News]) -> None:
        for site_id in {news.story.event.site_id for news in bulletin if _is_about_stickers(news.story.event)}:
            self._audits[str(site_id)] = await self._screen.services.sticker_audit.site(str(site_id))
        self._list.show(self._rows())


class SiteAuditScreen:
    """A site: its round and its stickers, kept up to date."""

    def __init__(self, screen: Screen, audit: SiteAudit) -> None:
        self._screen = screen
        self._site_id = audit.site.id
        _ = screen._
        ButtonLink(_('All places'), '/audit', 'pin')
        Text('h2', audit.site.name)
        self._panel = AuditPanel(screen, weakly(self._begin))
        StickerCodeField(screen, audit.site.id)
        self._list = StickerList(_, sticker_rows(audit, _), _('Stickers'))
        self._panel.add_restart_button()
        Text('p', _('Each of our stickers shows the address {host}. One with another address is not ours, and one that '
                    'somebody has pasted over stays unseen here.',
                    host=urlsplit(screen.services.base).netloc)).classes('quiet section')  # fmt: skip
        self._panel.show(audit)
        screen.live.bulletins.subscribe(self._show_news)

    async def _begin(self) -> None:
        await self._screen.attempt(
            lambda person: self._screen.services.sticker_audit.begin_round(person, self._site_id)
        )
        await self._refresh()

    async def _show_news(self, bulletin: Sequence[News]) -> None:
        events = (news.story.event for news in bulletin)
        if any(event.site_id == self._site_id and _is_about_stickers(event) for event in events):
            await self._refresh()

    async def _refresh(self) -> None:
        audit = await self._screen.services.sticker_audit.site(self._site_id)
        self._list.show(sticker_rows(audit, self._screen._))
        self._panel.show(audit)


def _is_about_stickers(event: Event) -> bool:
    return event.topic is Topic.UPKEEP and event.site_id is not None


def _no_places(screen: Screen) -> None:
    _ = screen._
    Text('p', _('The stickers of your places will stand here. First an administrator adds a place and prints what '
                'hangs there.')).classes('notice')  # fmt: skip
    if screen.visitor.person.role.covers(Role.ADMIN):
        ButtonLink(_('Places'), '/sites', 'pin')
