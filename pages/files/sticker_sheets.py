"""Stickers to print, for administrators: sheets as PDF, and single ones as SVG."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from fastapi import APIRouter, Depends, Request, Response

from app.domain.errors import Gone, NotFound
from app.domain.people import Role
from app.domain.sites import Asset, Site
from app.i18n import Translator
from app.services.container import Services
from app.web.http.origin import SAME_ORIGIN
from app.web.http.state import ServerServices, state_of
from components.html.renderer import reader_translator
from components.places.stickers.label import StickerLabel
from components.places.stickers.missing_characters import missing_characters_note
from components.places.stickers.pdf_sheet import sheet
from components.places.stickers.print_font import unprintable
from components.places.stickers.svg import svg
from pages.public.request_forms import read_code


async def _require_admin(request: Request) -> None:
    (await state_of(request).session.require(request)).person.require(Role.ADMIN)


router = APIRouter(include_in_schema=False, dependencies=[*SAME_ORIGIN, Depends(_require_admin)])


@router.get('/stickers.pdf')
async def all_sites(request: Request, services: ServerServices) -> Response:
    """Answer with every sticker, site by site."""
    _, name = reader_translator(request), (await services.municipality.get()).name
    sites = await services.sites.all(_.language)
    labels = [label for site in sites for label in await _labels(site, services, _.language)]
    if not labels:
        raise NotFound('There are no stickers yet. Add a place first.')
    return await _pdf(labels, _('Stickers for {place}', place=name), 'haren-stickers', _)


@router.get('/sites/{site_id}/stickers.pdf')
async def one_site(request: Request, site_id: str, services: ServerServices) -> Response:
    """Answer with the site's own sticker, then those of its assets."""
    _, site = reader_translator(request), await services.sites.get(site_id)
    title = _('Stickers for {place}', place=site.name)
    return await _pdf(await _labels(site, services, _.language), title, f'haren-{site.id}', _)


@router.get('/stickers/{code}.svg')
async def one_sticker(code: str, services: ServerServices) -> Response:
    """Answer with one sticker. Raise Gone if it should not be printed any more."""
    scanned = await services.public_status.arrival(read_code(code))
    if scanned.taken_away:
        raise Gone('This one has been taken away, so its sticker is not printed any more.')
    if scanned.replaced and scanned.asset:
        raise Gone('There is a newer sticker, with the code {code}.', code=scanned.asset.asset.code)
    label = await _label(scanned.site.site, scanned.asset.asset if scanned.asset else None, services)
    return _inline(await asyncio.to_thread(svg, label), 'image/svg+xml', f'haren-{scanned.sticker.id}.svg')


async def _labels(site: Site, services: Services, language: str) -> list[StickerLabel]:
    assets = await services.sites.assets(site.id, language)
    return [await _label(site, None, services), *[await _label(site, asset, services) for asset in assets]]


async def _label(site: Site, asset: Asset | None, services: Services) -> StickerLabel:
    code = asset.code if asset else site.code
    return StickerLabel(
        url=f'{services.base}/q/{code}',
        code=code,
        place=site.name,
        thing=asset.name if asset else '',
        municipality=(await services.municipality.get()).name,
    )


async def _pdf(labels: Sequence[StickerLabel], title: str, name: str, _: Translator) -> Response:
    """Draw the sheet on another thread: hundreds of QR symbols take seconds."""
    intro = 'Some characters can’t be printed. A box stands in their place on these stickers:'
    translated = _('Some characters can’t be printed. A box stands in their place on these stickers:')
    note = missing_characters_note(labels, intro if unprintable((translated,)) else translated)
    drawn = await asyncio.to_thread(sheet, labels, title, *filter(None, (note,)))
    return _inline(drawn, 'application/pdf', f'{name}.pdf')


def _inline(content: bytes | str, media_type: str, file_name: str) -> Response:
    headers = {'content-disposition': f'inline; filename="{file_name}"', 'cache-control': 'no-store'}
    return Response(content, media_type=media_type, headers=headers)
