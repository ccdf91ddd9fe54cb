"""The forms for a place and for a thing that stands there."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

from app.domain.catalogue import Catalogue
from app.domain.people import Person, Team
from app.domain.sites import Asset, AssetDraft, Site, SiteDraft, SiteKind
from app.i18n import Translator
from app.wording.public import site_kind
from components.places.position_fields import PositionFields
from components.shell.form import Form, Original
from components.shell.screen import Screen
from components.ui.dialog import Dialog

NOBODY = ''
"""Stands for no team in a choice."""

Kept = TypeVar('Kept')
Then = Callable[[Kept], Awaitable[None]]


async def edit_site(screen: Screen, site: Site | None, then: Then[Site]) -> None:
    """Show the form for a site, a new one where there is none, until it is closed; `then` gets what was kept."""
    _, services = screen._, screen.services
    teams, kinds = _teams(await services.people.teams(), _('None yet')), _site_kinds(_)
    sheet = Dialog(_('Edit the place') if site else _('Add a place'), keeps=True)
    with sheet.body, Form(screen, sheet) as form:
        name = form.text('name', _('Name'), site.name if site else '', _('As people call it'))
        kind = form.choice('kind', _('Kind'), kinds, site.kind if site else SiteKind.RECYCLING_STATION)
        team = form.choice('team', _('Responsible team'), teams, _chosen(site))
        position = PositionFields(form, _, site.position if site else None)
        if site:
            form.original = Original(site, lambda: services.sites.get(site.id), _words(kinds, teams, position, _))

        async def keep(admin: Person) -> None:
            draft = SiteDraft(name.value or '', SiteKind(kind.value), position.read(), team.value or None)
            kept.append(
                await (
                    services.sites.change(admin, site.id, draft, seen=form.seen)
                    if site
                    else services.sites.add(admin, draft)
                )
            )

        kept: list[Site] = []
        _finish(screen, form, keep, kept, then)
    await sheet.closed()


async def edit_asset(screen: Screen, site: Site, asset: Asset | None, then: Then[Asset]) -> None:
    """Show the form for an asset of a site, a new one where there is none, until it is closed; `then` gets it."""
    _, services = screen._, screen.services
    teams = _teams(await services.people.teams(), _('As the place'))
    kinds = _asset_kinds(await services.context.catalogue(), _)
    sheet = Dialog(_('Edit the thing') if asset else _('Add a thing'), keeps=True)
    with sheet.body, Form(screen, sheet) as form:
        name = form.text('name', _('Name'), asset.name if asset else '', _('What the sticker should call it'))
        kind = form.choice('kind', _('Kind'), kinds, asset.kind if asset else '', _('Decides what can be reported'))
        team = form.choice('team', _('Responsible team'), teams, _chosen(asset))
        position = PositionFields(form, _, asset.position if asset else None)
        if asset:
            form.original = Original(asset, lambda: services.sites.asset(asset.id), _words(kinds, teams, position, _))

        async def keep(admin: Person) -> None:
            draft = AssetDraft(name.value or '', kind.value or '', position.read(), team.value or None)
            kept.append(
                await (
                    services.sites.change_asset(admin, asset.id, draft, seen=form.seen)
                    if asset
                    else services.sites.add_asset(admin, site.id, draft)
                )
            )

        kept: list[Asset] = []
        _finish(screen, form, keep, kept, then)
    await sheet.closed()


def _finish(
    screen: Screen, form: Form, keep: Callable[[Person], Awaitable[None]], kept: list[Kept], then: Then[Kept]
) -> None:
    async def send() -> None:
        if await form.send(keep, screen._('Saved')):
            await then(kept[-1])

    form.send_button(screen._('Save'), send)


def _words(
    kinds: dict[str, str], teams: dict[str, str], position: PositionFields, _: Translator
) -> Callable[[Site | Asset], dict[str, str]]:
    """What the fields show of a site or an asset, by their names."""

    def words(known: Site | Asset) -> dict[str, str]:
        team = teams.get(_chosen(known), _('a new team'))
        return {'name': known.name, 'kind': kinds[known.kind], 'team': team, **position.written(known.position)}

    return words


def _site_kinds(_: Translator) -> dict[str, str]:
    return {kind: site_kind(kind, _) for kind in SiteKind}


def _asset_kinds(catalogue: Catalogue, _: Translator) -> dict[str, str]:
    return {kind.id: kind.label.in_(_.language) for kind in catalogue.asset_kinds}


def _teams(teams: tuple[Team, ...], none: str) -> dict[str, str]:
    return {NOBODY: none, **{team.id: f'{team.name}, {team.organisation}' for team in teams}}


def _chosen(known: Site | Asset | None) -> str:
    return known.team_id or NOBODY if known else NOBODY
