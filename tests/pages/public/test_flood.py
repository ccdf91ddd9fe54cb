"""Test a flood: a thousand automatic posts a second are held, and reports of people beside them count."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Awaitable, Iterator, Sequence
from dataclasses import dataclass, field

import httpx

from app.domain.cases import Case
from app.domain.events import Event, EventKind
from app.domain.reports import Report
from app.domain.sites import Asset, AssetDraft
from tests.cast import WEBSITE, Cast
from tests.crash.round_counts import IS_LONG
from tests.public_pages import form_id

SECONDS = 20 if IS_LONG else 2
A_SECOND = 1_000
PEOPLE = 100
LEAKS = 20
"""So many posts of a flood may be counted as if people had sent them: what is let through at once, and once."""


@dataclass
class Street:
    """The networks of people and machines, with the browsers of each."""

    cast: Cast
    things: Sequence[Asset]
    clients: dict[str, httpx.AsyncClient] = field(default_factory=dict)

    def at(self, address: str) -> httpx.AsyncClient:
        """Return a browser with this IP address."""
        if address not in self.clients:
            transport = httpx.ASGITransport(self.cast.server, client=(address, 4711))
            self.clients[address] = httpx.AsyncClient(transport=transport, base_url=WEBSITE)
        return self.clients[address]

    async def page_id(self, client: httpx.AsyncClient, thing: Asset) -> str:
        """Open an asset's page and return the id in its form."""
        return form_id((await client.get(f'/q/{thing.code}')).text)


Post = Awaitable[httpx.Response]


class Flood:
    """Machines of five kinds that send in turn."""

    def __init__(self, street: Street) -> None:
        self._street = street
        self._count = itertools.count()
        self._harvested = ''
        self._opened: list[str] = []

    async def prepare(self) -> None:
        """Collect a stamp, and open the pages that the patient machine will send from."""
        client = self._street.at('203.0.113.66')
        self._harvested = await self._street.page_id(client, self._street.things[0])
        thing = self._street.things[1]
        self._opened = [await self._street.page_id(client, thing) for _ in range(SECONDS * A_SECOND // 500)]

    def second(self) -> Iterator[Post]:
        """Send the posts of one second, 200 of each kind."""
        for _ in range(A_SECOND // 5):
            number = next(self._count)
            thing = self._street.things[number % len(self._street.things)]
            far_away = self._street.at(f'198.51.{number % 250}.7')
            yield self._form(far_away, thing, f'made-up-by-a-machine-{number}')
            yield self._replay(far_away, thing, number)
            yield self._hasty(far_away, thing, number)
            yield self._form(far_away, thing, f'fills-in-everything-{number}', website='https://spam.example')
            yield self._patient(number)

    def _form(self, client: httpx.AsyncClient, thing: Asset, id: str, **more: str) -> Post:
        return client.post(f'/q/{thing.code}', data={'id': id, 'problem': 'full', **more})

    def _replay(self, client: httpx.AsyncClient, thing: Asset, number: int) -> Post:
        sent = {'id': f'one-stamp-for-all-{number}', 'code': thing.code, 'problem': 'full', 'stamp': self._harvested}
        return client.post('/api/v1/reports', json=sent)

    async def _hasty(self, client: httpx.AsyncClient, thing: Asset, number: int) -> httpx.Response:
        # Opening pages takes most of the test's time: one machine in twenty does, the others reuse the given stamp.
        if number % 20:
            stamp = await self._street.cast.services.report_intake.stamp()
        else:
            stamp = await self._street.page_id(client, thing)
        return await self._form(client, thing, stamp)

    def _patient(self, number: int) -> Post:
        client = self._street.at('203.0.113.66')
        if number < len(self._opened):
            return self._form(client, self._street.things[1], self._opened[number])
        return self._late(client, number)

    async def _late(self, client: httpx.AsyncClient, number: int) -> httpx.Response:
        return await self._form(client, self._street.things[number % 4], await self._old_stamp())

    async def _old_stamp(self) -> str:
        clock = self._street.cast.clock
        clock.pass_(seconds=-5)
        stamp = await self._street.cast.services.report_intake.stamp()
        clock.pass_(seconds=5)
        return stamp


class People:
    """A hundred residents: some in a hurry, some with a screen reader, eight of them behind one address."""

    def __init__(self, street: Street) -> None:
        self._street = street
        self._pages: dict[int, str] = {}
        self.reports: list[str] = []

    def _client(self, number: int) -> httpx.AsyncClient:
        return self._street.at('192.0.2.8' if number < 8 else f'10.{number}.1.2')

    def _thing(self, number: int) -> Asset:
        return self._street.things[number % len(self._street.things)]

    async def open(self, number: int) -> None:
        """Open the page of a sticker, as after a scan."""
        self._pages[number] = await self._street.page_id(self._client(number), self._thing(number))

    async def tap(self, number: int) -> httpx.Response:
        """Press a button of the opened page."""
        id, thing = self._pages[number], self._thing(number)
        self.reports.append(f'{id}-full')
        answer = await self._client(number).post(f'/q/{thing.code}', data={'id': id, 'problem': 'full', 'website': ''})
        assert answer.status_code == 303
        thanks = await self._client(number).get(answer.headers['location'])
        assert 'Tack!' in thanks.text
        return answer


async def test_reports_of_people_count_in_a_flood(cast: Cast) -> None:
    site = cast.kransmossen.id
    more = [
        await cast.services.sites.add_asset(cast.alva, site, AssetDraft(f'Glas {number}', 'container_coloured_glass'))
        for number in range(2)
    ]
    street = Street(cast, [cast.glass, cast.paper, *more])
    people, flood = People(street), Flood(street)
    for number in range(0, PEOPLE, 2):  # a screen reader reads the page first
        await people.open(number)
    cast.clock.pass_(minutes=4)
    await flood.prepare()
    for second in range(SECONDS):
        come = range(second * PEOPLE // SECONDS, (second + 1) * PEOPLE // SECONDS)
        for number in come:
            if number % 2:
                await people.open(number)
        posts = list(flood.second())
        half = len(posts) // 2
        assert all(answer.is_redirect or answer.is_success for answer in await asyncio.gather(*posts[:half]))
        cast.clock.pass_(seconds=1.2)
        for number in come:
            await people.tap(number)
        cast.clock.pass_(seconds=-0.2)
        await asyncio.gather(*posts[half:])
    await _look_back(cast, people)
    for client in street.clients.values():
        await client.aclose()


async def _look_back(cast: Cast, people: People) -> None:
    counted = {report.id for report in await cast.services.context.find_all(Report)}
    assert counted >= set(people.reports)
    leaked = len(counted) - len(people.reports)
    (flood,) = await cast.services.quarantine.floods()
    print(f'{SECONDS * A_SECOND} automatic posts: {flood.held} held, {leaked} counted; {PEOPLE} people: all counted')
    assert leaked <= LEAKS
    assert flood.held == SECONDS * A_SECOND - leaked
    lines = [event for event in await cast.services.context.find_all(Event) if event.kind is EventKind.REPORTS_HELD]
    assert len(lines) == 1
    assert len(await cast.services.context.find_all(Case)) <= 4
