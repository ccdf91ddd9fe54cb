"""The public pages alone, without NiceGUI, on a small place with a small cast.

Kransmossen has a container for coloured glass (`glass`) and one for paper (`paper`); the team Insamling takes care of
them. Alva is administrator, Lova leads, Fia works in the field.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import httpx
from fastapi import FastAPI

from app.build import plain_server
from app.domain.people import Person, Role, Team
from app.domain.sites import Asset, AssetDraft, Position, Site, SiteDraft, SiteKind
from app.services.container import Services
from app.services.people import PersonDraft
from app.web.http.session import Session
from tests.cast import Clock

BASE = 'http://haren.test'


@dataclass
class Town:
    """The house with its cast, and what browsers see of it."""

    services: Services
    server: FastAPI
    clock: Clock
    team: Team
    alva: Person
    lova: Person
    fia: Person
    site: Site
    glass: Asset
    paper: Asset
    browsers: list[httpx.AsyncClient] = field(default_factory=list)

    def browser(self, language: str = 'en') -> httpx.AsyncClient:
        """A new browser without any cookie."""
        transport = httpx.ASGITransport(self.server, raise_app_exceptions=False)
        browser = httpx.AsyncClient(transport=transport, base_url=BASE, headers={'accept-language': language})
        self.browsers.append(browser)
        return browser

    async def signed_in(self, person: Person) -> httpx.AsyncClient:
        """A browser on which this person has used an invitation."""
        browser = self.browser()
        token = await self.services.people.invite(None, person.id)
        answer = await browser.post(f'/join/{token}')
        assert answer.status_code == 303
        return browser

    async def tap(self, browser: httpx.AsyncClient, asset: Asset, problem: str) -> httpx.Response:
        """Open the asset's page, read it and press one of its buttons; the answer to that."""
        shown = await browser.get(f'/q/{asset.code}')
        self.clock.pass_(seconds=2)
        return await browser.post(f'/q/{asset.code}', data={'id': form_id(shown.text), 'problem': problem})

    async def thanks(self, browser: httpx.AsyncClient, asset: Asset, problem: str) -> str:
        """Report with one tap; the address of the thanks page."""
        return str((await self.tap(browser, asset, problem)).headers['location'])


def form_id(html: str) -> str:
    """The id that was minted into the form; with the button it makes the report's."""
    found = re.search(r'name="id" value="([^"]+)">', html)
    assert found
    return found[1]


async def send(browser: httpx.AsyncClient, asset: Asset, **sent: str) -> httpx.Response:
    """Send the form of an asset's page by hand."""
    return await browser.post(f'/q/{asset.code}', data=sent)


def words(html: str) -> str:
    """What a reader sees, on one line."""
    return ' '.join(re.sub(r'<style>.*?</style>|<[^>]+>', ' ', html, flags=re.DOTALL).split())


def heading(html: str) -> str:
    """The page's heading."""
    found = re.search(r'<h1>(.*?)</h1>', html)
    assert found
    return words(found[1])


def alert(html: str) -> str:
    """The sentence that says what was declined."""
    found = re.search(r'role="alert">(.*?)</p>', html)
    assert found
    return found[1]


async def settle(services: Services, clock: Clock) -> Town:
    alva = await services.people.add(None, PersonDraft('Alva Admin', Role.ADMIN), 'alva')
    await services.municipality.change(alva, 'Testås', 'Bråttom? Ring 033-00 00 00.', 'Urgent? Call 033-00 00 00.')
    team = await services.people.add_team(alva, 'Insamling', 'Energi och Miljö', 'insamling')
    lova = await services.people.add(alva, PersonDraft('Lova Ledare', Role.LEAD, team.id), 'lova')
    fia = await services.people.add(alva, PersonDraft('Fia Fält', Role.FIELD, team.id), 'fia')
    place = SiteDraft('Kransmossen', SiteKind.RECYCLING_STATION, Position(latitude=57.7046, longitude=12.9634), team.id)
    site = await services.sites.add(alva, place)
    glass = await services.sites.add_asset(alva, site.id, AssetDraft('Färgat glas 1', 'container_coloured_glass'))
    clock.pass_(seconds=1)
    paper = await services.sites.add_asset(alva, site.id, AssetDraft('Papper 1', 'container_paper'))
    return Town(
        services,
        plain_server(services, Session(services.people, secure=False), secure=False),
        clock,
        team,
        alva,
        lova,
        fia,
        site,
        glass,
        paper,
    )
