"""Show an opened site: its assets, and what can be done with it and with each of them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable

from nicegui import ui

from app.domain.catalogue import Catalogue
from app.domain.people import Person, Team
from app.domain.sites import Asset, Site
from app.domain.sticker_codes import spaced
from components.places.site_forms import edit_asset, edit_site
from components.places.stickers.missing_characters import missing_characters_notice
from components.shell.screen import Screen
from components.shell.weak_callback import weakly
from components.ui.button import Button, ButtonLink, one_at_a_time
from components.ui.dialog import Dialog, ask
from components.ui.text import Text

Act = Callable[[Person], Awaitable[object]]


class SiteDetails:
    """An opened site. `changed` gets its id when the site or one of its assets has been changed here."""

    def __init__(self, screen: Screen, site: Site, changed: Callable[[str], Awaitable[None]]) -> None:
        self._screen = screen
        self._site = site
        self._changed = changed
        self._rows: dict[str, AssetRow] = {}

    async def build(self) -> None:
        """Add the details to the current slot."""
        _, site = self._screen._, self._site
        with ui.element('div').classes('row'):
            Button(_('Add a thing'), self._add, 'plus', named=_('Add a thing at {site}', site=site.name))
            Button(_('Edit'), self._edit, 'pencil', named=_('Edit {name}', name=site.name))
            ButtonLink(_('Stickers as PDF'), f'/sites/{site.id}/stickers.pdf', 'qr', new_tab=_('opens in a new tab'))
            ButtonLink(
                _('The place’s sticker as SVG'), f'/stickers/{site.code}.svg', 'qr', new_tab=_('opens in a new tab')
            )
            ButtonLink(
                _('Check the stickers'),
                f'/audit?site={site.id}',
                'check',
                named=_('Check the stickers at {site}', site=site.name),
            )
            ButtonLink(_('Look'), f'/q/{site.code}', 'eye', named=_('Look at {name}', name=site.name),
                      new_tab=_('opens in a new tab'))  # fmt: skip
        self._unprintable = Text('p', '').classes('notice trouble')
        self._none = Text('p', _('Nothing stands here yet. Add the first thing, and it gets a sticker of its own.'))
        self._none.classes('notice')
        self._list = ui.element('ul').classes('things')
        await self.refresh()

    async def refresh(self) -> None:
        """Show the current assets. Rows are added, updated and deleted; the others stay as they are."""
        services = self._screen.services
        self._site = await services.sites.get(self._site.id)
        assets = {asset.id: asset for asset in await services.sites.assets(self._site.id, self._screen._.language)}
        for gone in self._rows.keys() - assets.keys():
            self._rows.pop(gone).delete()
        catalogue, teams = await services.sites.catalogue(), {team.id: team for team in await services.people.teams()}
        for place, asset in enumerate(assets.values()):
            row = self._row(asset.id)
            row.show(asset, catalogue, teams.get(asset.team_at(self._site) or ''))
            if self._list.default_slot.children[place] is not row:
                row.move(target_index=place)
        await self._show_unprintable(assets.values())
        self._none.set_visibility(not assets)
        self._list.set_visibility(bool(assets))

    async def _show_unprintable(self, assets: Iterable[Asset]) -> None:
        """Say before printing which characters would be missing on the stickers."""
        municipality = await self._screen.services.municipality.get()
        names = (self._site.name, *(asset.name for asset in assets), municipality.name)
        notice = missing_characters_notice(names, self._screen._)
        self._unprintable.set_text(notice)
        self._unprintable.set_visibility(bool(notice))

    def _row(self, asset_id: str) -> AssetRow:
        if asset_id not in self._rows:
            with self._list:
                self._rows[asset_id] = AssetRow(self._screen, weakly(self._choose))
        return self._rows[asset_id]

    async def _add(self) -> None:
        await edit_asset(self._screen, self._site, None, self._asset_changed)

    async def _edit(self) -> None:
        await edit_site(self._screen, self._site, self._site_changed)

    async def _choose(self, asset: Asset) -> None:
        await AssetDialog(self._screen, self._site, asset, self._asset_changed).closed()

    async def _site_changed(self, site: Site) -> None:
        await self._changed(site.id)

    async def _asset_changed(self, asset: Asset) -> None:
        await self._changed(asset.site_id)


class AssetRow(ui.element):
    """An asset in the list. A press opens its dialog."""

    def __init__(self, screen: Screen, choose: Callable[[Asset], Awaitable[None]]) -> None:
        super().__init__('li')
        self._language = screen._.language
        self._no_team = screen._('no team yet')
        self._choose = choose
        self._asset: Asset | None = None
        with self, ui.element('button').classes('thing') as self._button:
            self._name = Text('span', '').classes('thing-name')
            self._detail = Text('span', '').classes('thing-detail')
            self._code = Text('span', '').classes('code')
        self._button.props['type'] = 'button'
        self._button.props['aria-haspopup'] = 'dialog'
        self._button.on('click', one_at_a_time(self._press), args=[])

    def show(self, asset: Asset, catalogue: Catalogue, team: Team | None) -> None:
        """Show the asset as it is now, with the team that is responsible for it."""
        self._asset = asset
        kind = catalogue.asset_kind(asset.kind).label.in_(self._language)
        self._name.text = asset.name
        self._detail.text = f'{kind} · {team.name if team else self._no_team}'
        self._code.text = spaced(asset.code)
        self._button.mark(asset.name)

    async def _press(self) -> None:
        if self._asset is not None:
            await self._choose(self._asset)


class AssetDialog:
    """The dialog with everything that can be done with one asset."""

    def __init__(self, screen: Screen, site: Site, asset: Asset, changed: Callable[[Asset], Awaitable[None]]) -> None:
        self._screen = screen
        self._site = site
        self._asset = asset
        self._changed = changed
        self._dialog = Dialog(asset.name, small=True)
        _ = screen._
        with self._dialog.body:
            Text('p', _('Sticker code {code}', code=spaced(asset.code))).classes('quiet')
            with ui.element('div').classes('deeds'):
                Button(_('Edit'), self._edit, 'pencil')
                ButtonLink(_('Look at its page'), f'/q/{asset.code}', 'eye', new_tab=_('opens in a new tab'))
                ButtonLink(_('Sticker as SVG'), f'/stickers/{asset.code}.svg', 'qr', new_tab=_('opens in a new tab'))
                Button(_('New sticker'), self._replace_sticker, 'qr')
                Button(_('Take away'), self._take_away, 'leave', 'danger')
            with ui.element('div').classes('sheet-actions'):
                Button(_('Close'), self._dialog.close)

    async def closed(self) -> None:
        """Wait until the dialog is closed."""
        await self._dialog.closed()

    async def _edit(self) -> None:
        self._dialog.close()
        asset = await self._screen.services.sites.asset(self._asset.id)
        await edit_asset(self._screen, self._site, asset, self._changed)

    async def _replace_sticker(self) -> None:
        _, asset = self._screen._, self._asset
        sure = await ask(
            _,
            _('Give {name} a new sticker?', name=asset.name),
            _(
                'It gets a new code. The old code {code} keeps leading here, so the old sticker works meanwhile.',
                code=spaced(asset.code),
            ),
            _('New sticker'),
            danger=False,
        )
        if sure:
            sites = self._screen.services.sites
            await self._do(
                lambda admin: sites.replace_sticker(admin, asset.id), _('It has a new code. Print its sticker.')
            )

    async def _take_away(self) -> None:
        _, asset = self._screen._, self._asset
        sure = await ask(_, _('Take {name} away?', name=asset.name), await self._consequences(), _('Take away'))
        if sure:
            sites = self._screen.services.sites
            await self._do(lambda admin: sites.retire_asset(admin, asset.id), _('Taken away'))

    async def _consequences(self) -> str:
        _, status = self._screen._, await self._screen.services.public_status.asset(self._asset.id)
        leads = _('It can no longer be reported. Its sticker then leads to {site}.', site=self._site.name)
        closes = _.plural(
            '{count} open case will be closed.', '{count} open cases will be closed.', len(status.troubles)
        )
        return f'{leads} {closes}' if status.troubles else leads

    async def _do(self, act: Act, done: str) -> None:
        if await self._screen.attempt(act, done):
            await self._changed(self._asset)
        self._dialog.close()
