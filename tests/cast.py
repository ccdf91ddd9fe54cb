"""The cast of all tests: a clock that they control, and a small municipality with people of each role.

Kransmossen has a container for coloured glass (`glass`) and one for newspapers (`paper`); the collectors take care of
them. Alva is administrator, Leo leads the collectors, Fia works in the field.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path

import httpx
from fastapi import FastAPI

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
ELSEWHERE = '198.51.100.7'
"""An address in another network than the one that test browsers are in."""

WEBSITE = 'http://haren.test'
"""The address that test browsers use, without the HTTPS that sessions otherwise need."""

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
    """The people and sites that tests are about, and the browsers of the people."""

    services: Services
    clock: Clock
    alva: Person  # the administrator
    leo: Person  # leads the collectors
    fia: Person  # collects
    collectors: Team
    kransmossen: Site
    glass: Asset
    paper: Asset
    browsers: list[httpx.AsyncClient] = field(default_factory=list)

    @cached_property
    def server(self) -> FastAPI:
        """Return the server of the public pages and the API, without NiceGUI."""
        # Imported here, because the processes of the crash tests need no server and would wait for its modules.
        from app.build import plain_server
        from app.web.http.session import Session

        return plain_server(self.services, Session(self.services.people, secure=False), secure=False)

    def browser(self, language: str = 'en', address: str = '192.0.2.7') -> httpx.AsyncClient:
        """Open a browser without any cookie, in the network of this address."""
        transport = httpx.ASGITransport(self.server, raise_app_exceptions=False, client=(address, 50_000))
        browser = httpx.AsyncClient(transport=transport, base_url=WEBSITE, headers={'accept-language': language})
        self.browsers.append(browser)
        return browser

    async def signed_in(self, person: Person) -> httpx.AsyncClient:
        """Return a browser on which this person has signed in with an invitation."""
        browser = self.browser()
        token = await self.services.people.invite(None, person.id)
        answer = await browser.post(f'/join/{token}')
        assert answer.status_code == 303
        return browser


def create_test_services(folder: Path, clock: Clock | None = None, steady_clock: Clock | None = None) -> Services:
    """Create services on an empty store in `folder`, with consecutive ids.

    Both clocks are the same unless a test sets one of them.
    """
    count = itertools.count(1)
    clock = clock or Clock()
    context = Context(
        store=TinyStore(folder),
        base_catalogue=load_catalogue(),
        now=clock,
        steady_now=steady_clock or clock,
        new_id=lambda: f'id-{next(count):013}',
    )
    return Services.create(context, BASE)


async def sign_in_once(services: Services, *ids: str) -> None:
    """Sign these people in, each on their own phone."""
    for id in ids:
        await services.people.join(await services.people.invite(None, id), 'Firefox, Android')


async def create_cast(services: Services, clock: Clock) -> Cast:
    """Create the municipality of the tests."""
    alva = await services.people.add(None, PersonDraft('Alva Admin', Role.ADMIN), 'alva')
    collectors = await services.people.add_team(alva, 'Insamlingen', 'Energi och Miljö', 'collectors')
    leo = await services.people.add(alva, PersonDraft('Leo Ledare', Role.LEAD, collectors.id), 'leo')
    fia = await services.people.add(alva, PersonDraft('Fia Fält', Role.FIELD, collectors.id), 'fia')
    await services.municipality.change(alva, 'Borås', 'Bråttom? Ring 033-00 00 00.', 'Urgent? Call 033-00 00 00.')
    here = Position(latitude=57.7046, longitude=12.9634)
    station = SiteDraft('Kransmossen', SiteKind.RECYCLING_STATION, here, collectors.id)
    kransmossen = await services.sites.add(alva, station)
    glass = await services.sites.add_asset(alva, kransmossen.id, AssetDraft('Färgat glas', 'container_coloured_glass'))
    paper = await services.sites.add_asset(alva, kransmossen.id, AssetDraft('Tidningar', 'container_newspapers'))
    return Cast(services, clock, alva, leo, fia, collectors, kransmossen, glass, paper)


async def send_report(
    services: Services, code: str, problem: str, id: str, note: str = '', *, fine: bool = False, again: str = ''
) -> Receipt:
    """Send a report as signed-in staff do, whose reports skip the spam filter."""
    report = IncomingReport.read(id, code, problem, note, fine=fine, again=again)
    receipt = await services.report_intake.receive(report, sender=None)
    assert isinstance(receipt, Receipt)
    return receipt
