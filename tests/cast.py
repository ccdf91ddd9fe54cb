"""The cast of the tests: a clock that they hold, and a small municipality with people of each role."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.domain.people import Person, Role, Team
from app.domain.sites import Asset, AssetDraft, Position, Site, SiteDraft, SiteKind
from app.services.cases import Receipt
from app.services.container import Services
from app.services.context import Context
from app.services.people import PersonDraft
from app.services.report_intake import IncomingReport
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

    services: Services
    clock: Clock
    alva: Person  # the administrator
    leo: Person  # leads the collectors
    fia: Person  # collects
    collectors: Team
    kransmossen: Site
    glass: Asset
    paper: Asset


def create_test_services(folder: Path, clock: Clock | None = None) -> Services:
    """A house on an empty store in `folder`, with ids that count."""
    count = itertools.count(1)
    context = Context(
        store=TinyStore(folder), lists=load_catalogue(), now=clock or Clock(), new_id=lambda: f'id-{next(count):013}'
    )
    return Services.create(context, BASE)


async def sign_in_once(services: Services, *ids: str) -> None:
    """These people have come in, on a phone each."""
    for id in ids:
        await services.people.join(await services.people.invite(None, id), 'Firefox, Android')


async def create_cast(services: Services, clock: Clock) -> Cast:
    """The municipality in which the stories play."""
    alva = await services.people.add(None, PersonDraft('Alva Admin', Role.ADMIN), 'alva')
    collectors = await services.people.add_team(alva, 'Insamlingen', 'Energi och Miljö', 'collectors')
    leo = await services.people.add(alva, PersonDraft('Leo Ledare', Role.LEAD, collectors.id), 'leo')
    fia = await services.people.add(alva, PersonDraft('Fia Fält', Role.FIELD, collectors.id), 'fia')
    await services.municipality.change(alva, 'Borås', 'Ring 033-00 00 00.', 'Call 033-00 00 00.')
    kransmossen = await services.sites.add(
        alva,
        SiteDraft('Kransmossen', SiteKind.RECYCLING_STATION, Position(latitude=57.7, longitude=12.9), collectors.id),
    )
    glass = await services.sites.add_asset(alva, kransmossen.id, AssetDraft('Färgat glas', 'container_coloured_glass'))
    paper = await services.sites.add_asset(alva, kransmossen.id, AssetDraft('Tidningar', 'container_newspapers'))
    return Cast(services, clock, alva, leo, fia, collectors, kransmossen, glass, paper)


async def send_report(
    services: Services, code: str, problem: str, id: str, note: str = '', *, fine: bool = False, again: str = ''
) -> Receipt:
    """Report as signed-in staff do, whose reports are not judged."""
    report = IncomingReport.read(id, code, problem, note, fine=fine, again=again)
    receipt = await services.report_intake.receive(report, sender=None)
    assert isinstance(receipt, Receipt)
    return receipt
