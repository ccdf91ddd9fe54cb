"""The forms for a place and for a thing that stands there."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

from app.domain.catalogue import Catalogue
from app.domain.people import Person, Team
from app.domain.sites import Asset, AssetDraft, Site, SiteDraft, SiteKind
from app.language import Translator
from components.dialogs import Sheet
from components.forms import Form
from components.frame import Screen
from components.position import PositionFields
from components.wording import site_kind

NOBODY = ''
"""Stands for no team in a choice."""

Kept = TypeVar('Kept')
Then = Callable[[Kept], Awaitable[None]]


async def edit_site(screen: Screen, site: Site | None, then: Then[Site]) -> None:
    """Open the form for a site, a new one where there is none; `then` gets what was kept."""
    _, house = screen._, screen.house
    teams = await house.people.teams()
    sheet = Sheet(_('Edit the place') if site else _('Add a place'), keeps=True)
    with sheet.body, Form(screen) as form:
        name = form.text('name', _('Name'), site.name if site else '', _('As people call it'))
        kind = form.choice('kind', _('Kind'), _site_kinds(_), site.kind if site else SiteKind.RECYCLING_STATION)
        team = form.choice('team', _('Responsible team'), _teams(teams, _('None yet')), _chosen(site))
        position = PositionFields(form, _, site.position if site else None)

        async def keep(admin: Person) -> None:
            draft = SiteDraft(name.value or '', SiteKind(kind.value), position.read(), team.value or None)
            kept.append(await (house.sites.change(admin, site.id, draft) if site else house.sites.add(admin, draft)))

        kept: list[Site] = []
        await _finish(screen, form, sheet, keep, kept, then)


async def edit_asset(screen: Screen, site: Site, asset: Asset | None, then: Then[Asset]) -> None:
    """Open the form for an asset of a site, a new one where there is none; `then` gets what was kept."""
    _, house = screen._, screen.house
    catalogue, teams = await house.ground.catalogue(), await house.people.teams()
    sheet = Sheet(_('Edit the thing') if asset else _('Add a thing'), keeps=True)
    with sheet.body, Form(screen) as form:
        name = form.text('name', _('Name'), asset.name if asset else '', _('What the sticker should call it'))
        kind = form.choice('kind', _('Kind'), _asset_kinds(catalogue, _), asset.kind if asset else '',
                           _('Decides what can be reported'))  # fmt: skip
        team = form.choice('team', _('Responsible team'), _teams(teams, _('As the place')), _chosen(asset))
        position = PositionFields(form, _, asset.position if asset else None)

        async def keep(admin: Person) -> None:
            draft = AssetDraft(name.value or '', kind.value or '', position.read(), team.value or None)
            kept.append(
                await (
                    house.sites.change_asset(admin, asset.id, draft)
                    if asset
                    else house.sites.add_asset(admin, site.id, draft)
                )
            )

        kept: list[Asset] = []
        await _finish(screen, form, sheet, keep, kept, then)


async def _finish(
    screen: Screen,
    form: Form,
    sheet: Sheet,
    keep: Callable[[Person], Awaitable[None]],
    kept: list[Kept],
    then: Then[Kept],
) -> None:
    async def send() -> None:
        if await form.send(keep, screen._('Saved')):
            sheet.close()
            await then(kept[-1])

    form.send_button(screen._('Save'), send, sheet.close)


def _site_kinds(_: Translator) -> dict[str, str]:
    return {kind: site_kind(kind, _) for kind in SiteKind}


def _asset_kinds(catalogue: Catalogue, _: Translator) -> dict[str, str]:
    return {kind.id: kind.label.in_(_.language) for kind in catalogue.asset_kinds}


def _teams(teams: tuple[Team, ...], none: str) -> dict[str, str]:
    return {NOBODY: none, **{team.id: f'{team.name}, {team.organisation}' for team in teams}}


def _chosen(known: Site | Asset | None) -> str:
    return known.team_id or NOBODY if known else NOBODY
