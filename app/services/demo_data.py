"""Fill an empty store with the demo municipality in data/demo.

Everything goes through the usual use cases, at the times that the data names.
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
from app.services.demo_case_acts import DemoCaseActs
from app.services.people import PersonDraft
from app.services.report_intake import IncomingReport

FOLDER = Path(__file__).parents[2] / 'data' / 'demo'
STARTED_DAYS_AGO = 290

Row = dict[str, Any]
Action = Callable[[], Awaitable[object]]
TimedAction = tuple[datetime, Action]


class NotEmpty(Exception):
    """The store holds data already. Nothing was changed."""


async def fill(services: Services, folder: Path = FOLDER) -> None:
    """Fill an empty store with the demo. Raise NotEmpty if it is not empty."""
    if await services.people.all() or await services.sites.all():
        raise NotEmpty
    await Demo(services, folder).run()


class Demo:
    """Fill the store with demo data. The clock shows the time of the action that runs."""

    def __init__(self, services: Services, folder: Path) -> None:
        self._today = services.context.now()
        self._clock = self._today - timedelta(days=STARTED_DAYS_AGO)
        self._services = Services.create(dataclasses.replace(services.context, now=lambda: self._clock), services.base)
        self._data: Row = {}
        for file in sorted(folder.glob('*.toml')):
            self._data |= tomllib.loads(file.read_text(encoding='utf-8'))
        self._people: dict[str, Person] = {}
        self._assets: dict[str, Asset] = {}
        self._codes: dict[str, str] = {}
        self._cases: dict[int, str] = {}
        self._entry_ids: dict[str, str] = {}
        self._case_acts = DemoCaseActs(self._services, day_of(self._today), self._entry_ids)

    async def run(self) -> None:
        """Set the municipality up, then run all actions in the order of their times."""
        await self._set_up()
        for moment, act in sorted(self._actions(), key=lambda timed: timed[0]):
            self._clock = moment
            await self._services.cases.close_stale()
            await act()

    async def _set_up(self) -> None:
        admin = await self._add_people()
        await self._describe(admin)
        for site in self._data['site']:
            await self._add_site(admin, site)

    async def _add_people(self) -> Person:
        founder = next(row for row in self._data['person'] if row['role'] == Role.ADMIN)
        admin = await self._services.people.add(None, PersonDraft(founder['name'], Role.ADMIN), founder['id'])
        for team in self._data['team']:
            await self._services.people.add_team(admin, team['name'], team['organisation'], team['id'])
        for row in self._data['person']:
            draft = PersonDraft(row['name'], Role(row['role']), row['team'])
            self._people[row['id']] = (
                await self._services.people.change(admin, admin.id, draft)
                if row is founder
                else await self._services.people.add(admin, draft, row['id'])
            )
            # This device joined so long ago that its session has expired.
            await self._services.people.join(await self._services.people.invite(None, row['id']), 'Chrome, Android')
        return self._people[founder['id']]

    async def _describe(self, admin: Person) -> None:
        row = self._data['municipality']
        described = await self._services.municipality.change(admin, row['name'], row['contact_sv'], row['contact_en'])
        kept = await self._services.municipality.get()
        await self._services.context.store.save(kept.model_copy(update={'demo': True, 'name': described.name}))

    async def _add_site(self, admin: Person, row: Row) -> None:
        position = Position(latitude=row['latitude'], longitude=row['longitude'])
        draft = SiteDraft(row['name'], SiteKind(row['kind']), position, row['team'])
        site = await self._services.sites.add(admin, draft, row['id'])
        self._codes[site.id] = site.code
        for asset in row['asset']:
            self._clock += timedelta(seconds=1)  # things are listed in the order in which they were added
            self._assets[f'{row["id"]}/{asset["id"]}'] = await self._services.sites.add_asset(
                admin, site.id, AssetDraft(asset['name'], asset['kind'])
            )
        self._codes |= {place: asset.code for place, asset in self._assets.items()}

    def _actions(self) -> Iterator[TimedAction]:
        for row in self._data['entry']:
            yield self._moment(row), self._entry(row)
        for row in self._data['obstacle']:
            yield self._moment(row), self._obstacle(row)
        for row in self._data['reply']:
            yield self._moment(row), self._reply(row)
        for number, row in enumerate(self._data['case']):
            yield from self._case(number, row)
        for row in self._data['sighting']:
            for minutes, place in enumerate(row['seen']):
                yield self._moment(row) + timedelta(minutes=minutes), self._sighting(row['by'], place)

    def _sighting(self, by: str, place: str) -> Action:
        return lambda: self._services.sites.see_sticker(self._people[by], self._codes[place])

    def _entry(self, row: Row) -> Action:
        content = Content(
            kind=EntryKind(row['kind']), text=row['text'], roots=tuple(row['roots']),
            partners=tuple(row['partners']), site_id=row.get('site'), obstacle_kind=row.get('obstacle_kind'),
            hits=row.get('hits', ''), tried=row.get('tried', ''),
        )  # fmt: skip
        id = self._services.context.new_id()
        self._entry_ids[row.get('key', id)] = id
        claim = self._services.context.new_token() if row.get('veiled') else ''  # no phone keeps it
        return lambda: self._services.entries.log(self._people[row['author']], id, content, claim)

    def _obstacle(self, row: Row) -> Action:
        obstacles, ids = self._services.obstacles, self._entry_ids
        ask_on = day_of(self._today) + timedelta(days=row.get('ask_in_days', 0))
        steps: dict[str, Callable[[Person], Awaitable[object]]] = {
            'share': lambda person: obstacles.share(person, ids[row['of']]),
            'explore': lambda person: obstacles.explore(person, ids[row['of']]),
            'remove': lambda person: obstacles.remove(person, ids[row['of']], row['words']),
            'work_around': lambda person: obstacles.work_around(person, ids[row['of']], row['words']),
            'raise': lambda person: obstacles.raise_to(person, ids[row['of']], row['to'], row['words'], ask_on),
            'link': lambda person: obstacles.link(person, ids[row['of']], ids[row['other']]),
        }
        return lambda: steps[row['act']](self._people[row['by']])

    def _reply(self, row: Row) -> Action:
        person, kind, id = self._people[row['by']], ReplyKind(row['kind']), self._services.context.new_id()
        return lambda: self._services.replies.add(person, self._entry_ids[row['of']], id, kind, row.get('text', ''))

    def _case(self, number: int, row: Row) -> Iterator[TimedAction]:
        for report in row['report']:
            yield self._moment(report), self._report(number, row, report)
        for step, act in (
            ('acknowledged', self._services.cases.acknowledge),
            ('resolved', self._services.cases.resolve),
        ):
            if step in row:
                yield self._moment(row[step]), self._step(number, act, self._people[row[step]['by']])
        for row_of_act in row.get('act', ()):
            yield self._moment(row_of_act), self._act(number, row_of_act)

    def _act(self, number: int, row: Row) -> Action:
        return lambda: self._case_acts.do(self._people[row['by']], self._cases[number], row)

    def _step(self, number: int, act: Callable[[Person, str], Awaitable[object]], person: Person) -> Action:
        return lambda: act(person, self._cases[number])

    def _report(self, number: int, row: Row, report: Row) -> Action:
        async def report_case() -> None:
            code = self._assets[row['asset']].code
            receipt = await self._services.report_intake.receive(
                IncomingReport.read(self._services.context.new_id(), code, row['problem'], report.get('note', '')),
                sender=None,
            )
            assert receipt.case
            self._cases[number] = receipt.case.id

        return report_case

    def _moment(self, row: Row) -> datetime:
        if 'minutes_ago' in row:
            return self._today - timedelta(minutes=row['minutes_ago'])
        day: date = day_of(self._today) - timedelta(days=row['days_ago'])
        return datetime.combine(day, time.fromisoformat(row['at']), ZONE).astimezone(UTC)
