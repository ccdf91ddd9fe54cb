"""The screens of sites with their assets and stickers, and of what can be reported about each kind of asset."""

from __future__ import annotations

from nicegui import ui

from app.domain.events import EventKind
from app.domain.people import Role
from app.domain.sites import Site
from app.i18n import Translator
from app.wording.public import site_kind
from components.feed.rows import News
from components.places.problem_choices import ProblemChoices
from components.places.site_details import SiteDetails
from components.places.site_forms import edit_site
from components.places.stickers.missing_characters import missing_characters_notice
from components.shell.layout import StaffPages
from components.shell.screen import Screen
from components.shell.weak_callback import weakly
from components.ui.accordion import Accordion, AccordionItem
from components.ui.button import Button, ButtonLink
from components.ui.tabs import tabs
from components.ui.text import Text


def register(pages: StaffPages) -> None:
    """Register /sites and /sites/problems."""

    @pages.screen('/sites', lambda _: _('Places'), Role.ADMIN)
    async def sites(screen: Screen) -> None:
        await SitesScreen(screen).build()

    @pages.screen('/sites/problems', lambda _: _('What can be reported'), Role.ADMIN)
    async def problems(screen: Screen) -> None:
        _tabs(screen._, '/sites/problems')
        choices = ProblemChoices(screen)
        await choices.build()

        async def show_news(news: News) -> None:
            if news.story.event.asset_kind:
                await choices.refresh(news.story.event.asset_kind)

        screen.live.news.subscribe(show_news)


class SitesScreen:
    """An open list of sites, kept up to date."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._opened: dict[str, SiteDetails] = {}

    async def build(self) -> None:
        """Build the screen and follow the changes of other administrators."""
        _ = self._screen._
        _tabs(_, '/sites')
        await self._warn()
        with ui.element('div').classes('row toolbar'):
            Button(_('Add a place'), self._add, 'plus', 'main')
            self._print = ButtonLink(_('All stickers as PDF'), '/stickers.pdf', 'qr', new_tab=_('opens in a new tab'))
        self._unprintable = Text('p', '').classes('notice trouble')
        self._none = Text('p', _('Your places will stand here: recycling stations, playgrounds, rooms to meet in. '
                                 'Add the first one, then what stands there, and print the stickers.'))  # fmt: skip
        self._none.classes('notice')
        self._list = Accordion(_, _('Find a place'))
        self._show_emptiness(True)
        await self._refresh_all()
        self._screen.live.news.subscribe(self._show_news)

    async def _warn(self) -> None:
        """Warn before printing if the address has no HTTPS. Stickers last for years and would lead there."""
        base = self._screen.services.base
        if not base.startswith('https://') and not (await self._screen.services.municipality.get()).demo:
            Text('p', self._screen._('Stickers would carry {address}. Set HAREN_URL to the address that residents '
                                     'will use before you print.', address=base)).classes('notice trouble')  # fmt: skip

    async def _show_news(self, news: News) -> None:
        event, site = news.story.event, news.story.site
        if event.kind is EventKind.TEAM_CHANGED:
            await self._refresh_all()
        elif event.case_id is None and event.entry_id is None and site is not None:
            await self._refresh(site.id)

    async def _add(self) -> None:
        await edit_site(self._screen, None, self._added)

    async def _added(self, site: Site) -> None:
        await self._refresh(site.id)
        await self._list.open(site.id)

    async def _refresh_all(self) -> None:
        sites = await self._screen.services.sites.all()
        self._list.fill({site.id: await self._item(site) for site in sites})
        await self._show_unprintable()
        if sites:
            self._show_emptiness(False)
        for details in self._opened.values():
            await details.refresh()

    async def _show_unprintable(self) -> None:
        """Say before printing which characters would be missing on the stickers."""
        services = self._screen.services
        sites = await services.sites.all()
        assets = [asset for site in sites for asset in await services.sites.assets(site.id)]
        names = [(await services.municipality.get()).name]
        names += [site.name for site in sites] + [asset.name for asset in assets]
        notice = missing_characters_notice(names, self._screen._)
        self._unprintable.set_text(notice)
        self._unprintable.set_visibility(bool(notice))

    async def _refresh(self, site_id: str) -> None:
        self._list.put(site_id, await self._item(await self._screen.services.sites.get(site_id)))
        self._show_emptiness(False)
        await self._show_unprintable()
        if site_id in self._opened:
            await self._opened[site_id].refresh()

    async def _item(self, site: Site) -> AccordionItem:
        _, services = self._screen._, self._screen.services
        team = await services.people.team(site.team_id)
        open_site = weakly(self._open)
        things = _.plural('{count} thing', '{count} things', len(await services.sites.assets(site.id)))
        return AccordionItem(
            site.name,
            f'{site_kind(site.kind, _)} · {things} · {team.name if team else _("no team yet")}',
            lambda: open_site(site),
        )

    async def _open(self, site: Site) -> None:
        self._opened[site.id] = SiteDetails(self._screen, site, weakly(self._refresh))
        await self._opened[site.id].build()

    def _show_emptiness(self, is_empty: bool) -> None:
        self._none.set_visibility(is_empty)
        self._print.set_visibility(not is_empty)


def _tabs(_: Translator, here: str) -> None:
    tabs(_('Places'), (('/sites', _('Places')), ('/sites/problems', _('What can be reported'))), here)
