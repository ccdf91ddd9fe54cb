"""The cast of the tests: a clock that they hold, and a small municipality with people of each role."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.domain.people import Person, Role, Team
from app.domain.sites import Asset, AssetDraft, Position, Site, SiteDraft, SiteKind
from app.services.container import House
from app.services.context import Ground
from app.services.people import Duties
from app.store.catalogue_files import load_catalogue
from app.store.tinydb.store import TinyStore

BASE = 'https://haren.example'
NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)


class Clock:
    """A clock that stands still until a test moves it."""

    def __init__(self, at: datetime = NOON) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def pass_(self, **span: float) -> None:
        """Let time pass: `clock.pass_(minutes=40)`."""
        self.at += timedelta(**span)


@dataclass(frozen=True)
class Cast:
    """Who and what the stories are about."""

    house: House
    clock: Clock
    alva: Person  # the administrator
    leo: Person  # leads the collectors
    fia: Person  # collects
    collectors: Team
    kransmossen: Site
    glass: Asset
    paper: Asset


def furnish(folder: Path, clock: Clock | None = None) -> House:
    """A house on an empty store in `folder`, with ids that count."""
    count = itertools.count(1)
    ground = Ground(
        store=TinyStore(folder), lists=load_catalogue(), now=clock or Clock(), new_id=lambda: f'id-{next(count):013}'
    )
    return House.on(ground, BASE)


async def let_in(house: House, *ids: str) -> None:
    """These people have come in, on a phone each."""
    for id in ids:
        await house.people.join(await house.people.invite(None, id), 'Firefox, Android')


async def gather_cast(house: House, clock: Clock) -> Cast:
    """The municipality in which the stories play."""
    alva = await house.people.add(None, Duties('Alva Admin', Role.ADMIN), 'alva')
    collectors = await house.people.add_team(alva, 'Insamlingen', 'Energi och Miljö', 'collectors')
    leo = await house.people.add(alva, Duties('Leo Ledare', Role.LEAD, collectors.id), 'leo')
    fia = await house.people.add(alva, Duties('Fia Fält', Role.FIELD, collectors.id), 'fia')
    await house.municipality.change(alva, 'Borås', 'Ring 033-00 00 00.', 'Call 033-00 00 00.')
    kransmossen = await house.sites.add(
        alva,
        SiteDraft('Kransmossen', SiteKind.RECYCLING_STATION, Position(latitude=57.7, longitude=12.9), collectors.id),
    )
    glass = await house.sites.add_asset(alva, kransmossen.id, AssetDraft('Färgat glas', 'container_coloured_glass'))
    paper = await house.sites.add_asset(alva, kransmossen.id, AssetDraft('Tidningar', 'container_newspapers'))
    return Cast(house, clock, alva, leo, fia, collectors, kransmossen, glass, paper)
