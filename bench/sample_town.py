"""Serve Haren in a town with many assets for measurements. Every check runs, but rate limits hold no report.

Usage: HOST=… PORT=… HAREN_DATA=… STAMPS=FILE python -m bench.sample_town. Write form stamps to FILE, a line each.
"""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import uvicorn

from app.build import build
from app.cli.gc_tuning import tune_gc
from app.domain.people import Role
from app.domain.sites import AssetDraft, SiteDraft, SiteKind
from app.domain.token_buckets import RateLimit
from app.services.container import Services
from app.services.context import Context
from app.services.people import PersonDraft
from app.services.spam_filter import RateLimits
from app.settings import Settings, read_settings
from app.store.catalogue_files import load_catalogue
from app.store.tinydb.store import TinyStore

SITES, ASSETS = 50, 20
STAMPS = 200_000
WIDE = RateLimit(at_once=1e9, an_hour=1e9)


async def settle(services: Services) -> None:
    """Add sites with containers. Each container can have five problems."""
    admin = await services.people.add(None, PersonDraft('Bench', Role.ADMIN))
    for number in range(SITES):
        site = await services.sites.add(admin, SiteDraft(f'Plats {number}', SiteKind.RECYCLING_STATION))
        for count in range(ASSETS):
            await services.sites.add_asset(admin, site.id, AssetDraft(f'Glas {count}', 'container_coloured_glass'))


async def stamp(services: Services, file: Path) -> None:
    """Write as many form stamps as the load needs, as if so many people had opened a page."""
    file.write_text(''.join([f'{await services.report_intake.stamp()}\n' for _ in range(STAMPS)]), encoding='utf-8')


async def _prepare(services: Services, stamps: Path) -> None:
    await settle(services)
    await stamp(services, stamps)


def serve(settings: Settings, stamps: Path) -> None:
    """Serve the town until terminated."""
    context = Context(store=TinyStore(settings.data), base_catalogue=load_catalogue())
    services = Services.create(context, settings.base, RateLimits(*[WIDE] * len(RateLimits._fields)))
    asyncio.run(_prepare(services, stamps))
    server = build(settings, services)
    tune_gc()
    uvicorn.run(server, host=settings.host, port=settings.port, log_level='warning', access_log=False)


if __name__ == '__main__':
    serve(read_settings(), Path(os.environ['STAMPS']))
