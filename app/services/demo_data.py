"""The demo municipality.

Data/demo, lived through with the same use cases as real life, at the times that it tells of.
"""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from app.domain.entry_content import Content, EntryKind
from app.domain.local_dates import ZONE, day_of
from app.domain.people import Person, Role
from app.domain.replies import ReplyKind
from app.domain.sites import Asset, AssetDraft, Position, SiteDraft, SiteKind
from app.services.container import Services
from app.services.people import PersonDraft

FOLDER = Path(__file__).parents[2] / 'data' / 'demo'
STARTED_DAYS_AGO = 290

Told = dict[str, Any]
Happening = tuple[datetime, Callable[[], Awaitable[object]]]


class NotEmpty(Exception):
    """The store holds data already. Nothing was changed."""


async def fill(services: Services, folder: Path = FOLDER) -> None:
    """Live through the demo in an empty store; NotEmpty where it isn't."""
    if await services.people.all() or await services.sites.all():
        raise NotEmpty
    await Demo(services, folder).live()


class Demo:
    """One run through the demo, on a clock that stands at whatever is being told."""

    def __init__(self, services: Services, folder: Path) -> None:
        self._today = services.context.now()
        self._clock = self._today - timedelta(days=STARTED_DAYS_AGO)
        self._services = Services.create(dataclasses.replace(services.context, now=lambda: self._clock), services.base)
        self._told: Told = {}
        for file in sorted(folder.glob('*.toml')):
            self._told |= tomllib.loads(file.read_text())
        self._people: dict[str, Person] = {}
        self._assets: dict[str, Asset] = {}
        self._codes: dict[str, str] = {}
        self._cases: dict[int, str] = {}
        self._entry_ids: dict[str, str] = {}

    async def live(self) -> None:
        """Set the municipality up, then let everything happen in its order."""
        await self._set_up()
        for moment, happen in sorted(self._happenings(), key=lambda happening: happening[0]):
            self._clock = moment
            await self._services.cases.let_go_stale()
            await happen()

    async def _set_up(self) -> None:
        admin = await self._add_people()
        await self._describe(admin)
        for site in self._told['site']:
            await self._add_site(admin, site)

    async def _add_people(self) -> Person:
        founder = next(told for told in self._told['person'] if told['role'] == Role.ADMIN)
        admin = await self._services.people.add(None, PersonDraft(founder['name'], Role.ADMIN), founder['id'])
        for team in self._told['team']:
            await self._services.people.add_team(admin, team['name'], team['organisation'], team['id'])
        for told in self._told['person']:
            duties = PersonDraft(told['name'], Role(told['role']), told['team'])
            known = told is founder
            self._people[told['id']] = (
                await self._services.people.change(admin, admin.id, duties)
                if known
                else await self._services.people.add(admin, duties, told['id'])
            )
            # As long ago as that, nobody is signed in there any more.
            await self._services.people.join(await self._services.people.invite(None, told['id']), 'Chrome, Android')
        return self._people[founder['id']]

    async def _describe(self, admin: Person) -> None:
        told = self._told['municipality']
        described = await self._services.municipality.change(
            admin, told['name'], told['contact_sv'], told['contact_en']
        )
        kept = await self._services.municipality.get()
        await self._services.context.store.save(kept.model_copy(update={'demo': True, 'name': described.name}))

    async def _add_site(self, admin: Person, told: Told) -> None:
        position = Position(latitude=told['latitude'], longitude=told['longitude'])
        draft = SiteDraft(told['name'], SiteKind(told['kind']), position, told['team'])
        site = await self._services.sites.add(admin, draft, told['id'])
        self._codes[site.id] = site.code
        for asset in told['asset']:
            self._clock += timedelta(seconds=1)  # things are listed in the order in which they were added
            self._assets[f'{told["id"]}/{asset["id"]}'] = await self._services.sites.add_asset(
                admin, site.id, AssetDraft(asset['name'], asset['kind'])
            )
        self._codes |= {place: asset.code for place, asset in self._assets.items()}

    def _happenings(self) -> Iterator[Happening]:
        for told in self._told['entry']:
            yield self._moment(told), self._entry(told)
        for told in self._told['obstacle']:
            yield self._moment(told), self._obstacle(told)
        for told in self._told['reply']:
            yield self._moment(told), self._reply(told)
        for number, told in enumerate(self._told['case']):
            yield from self._case(number, told)
        for told in self._told['sighting']:
            for minutes, place in enumerate(told['seen']):
                yield self._moment(told) + timedelta(minutes=minutes), self._sighting(told['by'], place)

    def _sighting(self, by: str, place: str) -> Callable[[], Awaitable[object]]:
        return lambda: self._services.sites.see_sticker(self._people[by], self._codes[place])

    def _entry(self, told: Told) -> Callable[[], Awaitable[object]]:
        content = Content(
            kind=EntryKind(told['kind']), text=told['text'], roots=tuple(told['roots']),
            partners=tuple(told['partners']), site_id=told.get('site'), obstacle_kind=told.get('obstacle_kind'),
            hits=told.get('hits', ''), tried=told.get('tried', ''),
        )  # fmt: skip
        id = self._services.context.new_id()
        self._entry_ids[told.get('key', id)] = id
        claim = self._services.context.new_token() if told.get('veiled') else ''  # which nobody keeps
        return lambda: self._services.entries.log(self._people[told['author']], id, content, claim)

    def _obstacle(self, told: Told) -> Callable[[], Awaitable[object]]:
        obstacles, ids = self._services.obstacles, self._entry_ids
        ask_on = day_of(self._today) + timedelta(days=told.get('ask_in_days', 0))
        acts: dict[str, Callable[[Person], Awaitable[object]]] = {
            'share': lambda person: obstacles.share(person, ids[told['of']]),
            'explore': lambda person: obstacles.explore(person, ids[told['of']]),
            'remove': lambda person: obstacles.remove(person, ids[told['of']], told['words']),
            'work_around': lambda person: obstacles.work_around(person, ids[told['of']], told['words']),
            'raise': lambda person: obstacles.raise_to(person, ids[told['of']], told['to'], told['words'], ask_on),
            'link': lambda person: obstacles.link(person, ids[told['of']], ids[told['other']]),
        }
        return lambda: acts[told['act']](self._people[told['by']])

    def _reply(self, told: Told) -> Callable[[], Awaitable[object]]:
        person, kind, id = self._people[told['by']], ReplyKind(told['kind']), self._services.context.new_id()
        return lambda: self._services.replies.add(person, self._entry_ids[told['of']], id, kind, told.get('text', ''))

    def _case(self, number: int, told: Told) -> Iterator[Happening]:
        for report in told['report']:
            yield self._moment(report), self._report(number, told, report)
        for step, act in (
            ('acknowledged', self._services.cases.acknowledge),
            ('resolved', self._services.cases.resolve),
        ):
            if step in told:
                yield self._moment(told[step]), self._step(number, act, self._people[told[step]['by']])

    def _step(
        self, number: int, act: Callable[[Person, str], Awaitable[object]], person: Person
    ) -> Callable[[], Awaitable[object]]:
        return lambda: act(person, self._cases[number])

    def _report(self, number: int, told: Told, report: Told) -> Callable[[], Awaitable[object]]:
        async def happen() -> None:
            code = self._assets[told['asset']].code
            receipt = await self._services.cases.report(
                code, told['problem'], self._services.context.new_id(), report.get('note', '')
            )
            self._cases[number] = receipt.case.id

        return happen

    def _moment(self, told: Told) -> datetime:
        if 'minutes_ago' in told:
            return self._today - timedelta(minutes=told['minutes_ago'])
        day: date = day_of(self._today) - timedelta(days=told['days_ago'])
        return datetime.combine(day, time.fromisoformat(told['at']), ZONE).astimezone(UTC)
