"""Show the forms for a site and for an asset."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from app.domain.catalogue import Catalogue
from app.domain.people import Person, Team
from app.domain.sites import Asset, AssetDraft, Site, SiteDraft, SiteKind
from app.i18n import Translator
from app.wording.public import site_kind
from components.places.position_fields import PositionFields
from components.shell.form import Form, Original
from components.shell.screen import Screen
from components.ui.dialog import Dialog

NO_TEAM = ''
"""The option that stands for no team."""


async def edit_site(screen: Screen, site: Site | None, then: Callable[[Site], Awaitable[None]]) -> None:
    """Show the form for a site, or for a new one, until it is closed. Call `then` with the saved site."""
    _, services = screen._, screen.services
    teams, kinds = _teams(await services.people.teams(_.language), _('None yet')), _site_kinds(_)
    dialog = Dialog(_('Edit the place') if site else _('Add a place'), persistent=True)
    with dialog.body, Form(screen, dialog) as form:
        name = form.text('name', _('Name'), site.name if site else '', _('As people call it'))
        kind = form.choice('kind', _('Kind'), kinds, site.kind if site else SiteKind.RECYCLING_STATION)
        team = form.choice('team', _('Responsible team'), teams, _chosen(site))
        position = PositionFields(form, _, site.position if site else None)
        if site:
            form.original = Original(site, lambda: services.sites.get(site.id), _words(kinds, teams, position, _))
        form.keep('site', site.id if site else 'new')

        async def save(admin: Person) -> Site:
            draft = SiteDraft(name.value or '', SiteKind(kind.value), position.read(), team.value or None)
            if site is None:
                return await services.sites.add(admin, draft)
            return await services.sites.change(admin, site.id, draft, seen=form.seen)

        form.save_button(save, then)
    await dialog.closed()


async def edit_asset(screen: Screen, site: Site, asset: Asset | None, then: Callable[[Asset], Awaitable[None]]) -> None:
    """Show the form for an asset of a site, or for a new one, until it is closed. Call `then` with the saved asset."""
    _, services = screen._, screen.services
    teams = _teams(await services.people.teams(_.language), _('As the place'))
    kinds = _asset_kinds(await services.sites.catalogue(), _)
    dialog = Dialog(_('Edit the thing') if asset else _('Add a thing'), persistent=True)
    with dialog.body, Form(screen, dialog) as form:
        name = form.text('name', _('Name'), asset.name if asset else '', _('What the sticker should call it'))
        kind = form.choice('kind', _('Kind'), kinds, asset.kind if asset else '', _('Decides what can be reported'))
        team = form.choice('team', _('Responsible team'), teams, _chosen(asset))
        position = PositionFields(form, _, asset.position if asset else None)
        if asset:
            form.original = Original(asset, lambda: services.sites.asset(asset.id), _words(kinds, teams, position, _))
        form.keep('asset', asset.id if asset else f'new at {site.id}')

        async def save(admin: Person) -> Asset:
            draft = AssetDraft(name.value or '', kind.value or '', position.read(), team.value or None)
            if asset is None:
                return await services.sites.add_asset(admin, site.id, draft)
            return await services.sites.change_asset(admin, asset.id, draft, seen=form.seen)

        form.save_button(save, then)
    await dialog.closed()


def _words(
    kinds: dict[str, str], teams: dict[str, str], position: PositionFields, _: Translator
) -> Callable[[Site | Asset], dict[str, str]]:
    """Return a function that gives the text of each field for a site or an asset, by field name."""

    def words(known: Site | Asset) -> dict[str, str]:
        team = teams.get(_chosen(known), _('a new team'))
        return {'name': known.name, 'kind': kinds[known.kind], 'team': team, **position.written(known.position)}

    return words


def _site_kinds(_: Translator) -> dict[str, str]:
    return {kind: site_kind(kind, _) for kind in SiteKind}


def _asset_kinds(catalogue: Catalogue, _: Translator) -> dict[str, str]:
    return {kind.id: kind.label.in_(_.language) for kind in catalogue.asset_kinds}


def _teams(teams: tuple[Team, ...], none: str) -> dict[str, str]:
    return {NO_TEAM: none, **{team.id: f'{team.name}, {team.organisation}' for team in teams}}


def _chosen(known: Site | Asset | None) -> str:
    return known.team_id or NO_TEAM if known else NO_TEAM
