"""Stickers to print: sheets as PDF and single ones as SVG, for administrators."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from fastapi import FastAPI, Request, Response

from app.domain.errors import Gone, NotFound
from app.domain.people import Role
from app.domain.sites import Asset, Site
from app.services.container import Services
from app.web.http.session import Session
from components.html.renderer import reader_translator
from components.places.stickers.label import StickerLabel
from components.places.stickers.pdf_sheet import sheet
from components.places.stickers.svg import svg
from pages.public.request_forms import read_code


def register(server: FastAPI, services: Services, session: Session) -> None:
    """Serve the sheets and the single stickers."""
    printer = _Printer(services, session)
    server.get('/stickers.pdf', include_in_schema=False)(printer.all_sites)
    server.get('/sites/{site_id}/stickers.pdf', include_in_schema=False)(printer.one_site)
    server.get('/stickers/{code}.svg', include_in_schema=False)(printer.one_sticker)


class _Printer:
    def __init__(self, services: Services, session: Session) -> None:
        self._services = services
        self._session = session

    async def all_sites(self, request: Request) -> Response:
        """Every sticker there is, site by site."""
        await self._require_admin(request)
        labels = [label for site in await self._services.sites.all() for label in await self._labels(site)]
        if not labels:
            raise NotFound('There are no stickers yet. Add a place first.')
        _, name = reader_translator(request), (await self._services.municipality.get()).name
        return await _pdf(labels, _('Stickers for {place}', place=name), 'haren-stickers')

    async def one_site(self, request: Request, site_id: str) -> Response:
        """One site's own sticker, then those of what stands there."""
        await self._require_admin(request)
        _, site = reader_translator(request), await self._services.sites.get(site_id)
        title = _('Stickers for {place}', place=site.name)
        return await _pdf(await self._labels(site), title, f'haren-{site.id}')

    async def one_sticker(self, request: Request, code: str) -> Response:
        """One sticker; Gone where it should not be printed any more."""
        await self._require_admin(request)
        arrival = await self._services.public_status.arrival(read_code(code))
        if arrival.taken_away:
            raise Gone('This one has been taken away, so its sticker is not printed any more.')
        if arrival.replaced and arrival.asset:
            raise Gone('There is a newer sticker, with the code {code}.', code=arrival.asset.asset.code)
        label = await self._label(arrival.site.site, arrival.asset.asset if arrival.asset else None)
        return _inline(await asyncio.to_thread(svg, label), 'image/svg+xml', f'haren-{arrival.sticker.id}.svg')

    async def _require_admin(self, request: Request) -> None:
        (await self._session.require(request)).person.require(Role.ADMIN)

    async def _labels(self, site: Site) -> list[StickerLabel]:
        assets = await self._services.sites.assets(site.id)
        return [await self._label(site, None), *[await self._label(site, asset) for asset in assets]]

    async def _label(self, site: Site, asset: Asset | None) -> StickerLabel:
        code = asset.code if asset else site.code
        return StickerLabel(
            url=f'{self._services.base}/q/{code}',
            code=code,
            place=site.name,
            thing=asset.name if asset else '',
            municipality=(await self._services.municipality.get()).name,
        )


async def _pdf(labels: Sequence[StickerLabel], title: str, name: str) -> Response:
    """The sheet, made on another thread: drawing hundreds of symbols takes seconds."""
    return _inline(await asyncio.to_thread(sheet, labels, title), 'application/pdf', f'{name}.pdf')


def _inline(content: bytes | str, media_type: str, file_name: str) -> Response:
    headers = {'content-disposition': f'inline; filename="{file_name}"', 'cache-control': 'no-store'}
    return Response(content, media_type=media_type, headers=headers)
