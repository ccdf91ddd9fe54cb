"""What programs can read: feeds, open data, the interface, and the picture for other websites.

Only these pages name them. The pages for residents lead here with one link.
"""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from app.web.http.origin import SAME_ORIGIN
from app.web.http.state import ServerServices
from components.html.renderer import reader_translator
from components.places.badge import snippet as badge_snippet
from pages.public.page_renderer import renderer_of

router = APIRouter(include_in_schema=False, dependencies=SAME_ORIGIN)


@router.get('/developers')
async def everything(request: Request, services: ServerServices) -> Response:
    """Show what there is about all sites, and lead on to each of them."""
    order = reader_translator(request).order
    sites = sorted(await services.sites.all(), key=lambda site: order(site.name))
    return await renderer_of(request).page(request, 'developers.html', sites=sites)


@router.get('/s/{site_id}/developers')
async def of_site(request: Request, site_id: str, services: ServerServices) -> Response:
    """Show the feeds, the data and the picture of one site, and the feeds of each thing there."""
    status, _ = await services.public_status.site(site_id), reader_translator(request)
    assets = sorted((asset.asset for asset in status.assets), key=lambda asset: _.order(asset.name))
    return await renderer_of(request).page(
        request, 'developers_site.html', site=status.site, assets=assets,
        snippet=badge_snippet(status.site, services.base, _),
    )  # fmt: skip
