"""Haren in a town with many things and a door that lets all in, to be measured: nobody is held, everything is checked.

Usage: HOST=… PORT=… HAREN_DATA=… STAMPS=FILE python -m bench.sample_town. Write form stamps to FILE, a line each.
"""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import uvicorn

from app.build import build
from app.cli.gc_tuning import settle_memory
from app.domain.people import Role
from app.domain.sites import AssetDraft, SiteDraft, SiteKind
from app.domain.token_buckets import Allowance
from app.services.container import House
from app.services.context import Ground
from app.services.people import Duties
from app.services.spam_filter import Allowances
from app.settings import Settings, read_settings
from app.store.catalogue_files import load_catalogue
from app.store.tinydb.store import TinyStore

SITES, ASSETS = 50, 20
STAMPS = 200_000
WIDE = Allowance(at_once=1e9, an_hour=1e9)


async def settle(house: House) -> None:
    """Places with containers; each container can be reported five times over."""
    admin = await house.people.add(None, Duties('Bench', Role.ADMIN))
    for number in range(SITES):
        site = await house.sites.add(admin, SiteDraft(f'Plats {number}', SiteKind.RECYCLING_STATION))
        for count in range(ASSETS):
            await house.sites.add_asset(admin, site.id, AssetDraft(f'Glas {count}', 'container_coloured_glass'))


async def stamp(house: House, file: Path) -> None:
    """As many stamps as the load takes, each as a page would have it that somebody opened."""
    file.write_text(''.join([f'{await house.reception.stamp()}\n' for _ in range(STAMPS)]))


async def _prepare(house: House, stamps: Path) -> None:
    await settle(house)
    await stamp(house, stamps)


def serve(settings: Settings, stamps: Path) -> None:
    """Serve the town until ended."""
    ground = Ground(store=TinyStore(settings.data), lists=load_catalogue())
    house = House.on(ground, settings.base, Allowances(*[WIDE] * len(Allowances._fields)))
    asyncio.run(_prepare(house, stamps))
    server = build(settings, house)
    settle_memory()
    uvicorn.run(server, host=settings.host, port=settings.port, log_level='warning', access_log=False)


if __name__ == '__main__':
    serve(read_settings(), Path(os.environ['STAMPS']))
