"""Give every use case its store, its clock, and its sources of ids and randomness."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from app.domain.bounded_pattern import BoundedPattern
from app.domain.catalogue import Catalogue, ObstacleKind
from app.domain.document import ChangeStamp, Document
from app.domain.entries import Entry
from app.domain.entry_visibility import Reader
from app.domain.errors import Invalid, NotFound, NotNow
from app.domain.events import Event, Showing
from app.domain.people import Device, Person, Team
from app.domain.reports import Report
from app.domain.sites import Asset, KindProblems, Site
from app.services.photo_processing import PhotoProcessor
from app.services.random_ids import RANDOM_IDS
from app.services.steady_clock import SteadyClock
from app.store.protocol import D, ReadOnly, Store
from app.store.search_index import SearchIndex
from app.store.sqlite.search_index import SqliteSearchIndex

NOTES = 3
"""Notes that are shown with a case."""

ROWS_WITH_NOTES = 20
"""Rows of a case that are searched for notes."""


@dataclass(frozen=True)
class Context:
    """The dependencies of every use case. Tests pass in a clock and ids that they know.

    `now` is the time that people read. `steady_now` measures waiting: nobody who sets the clock moves it.
    """

    store: Store
    base_catalogue: Catalogue
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    steady_now: Callable[[], datetime] = field(default_factory=SteadyClock)
    new_id: Callable[[], str] = RANDOM_IDS.id
    new_token: Callable[[], str] = lambda: secrets.token_urlsafe(24)
    new_nonce: Callable[[int], bytes] = RANDOM_IDS.bytes
    randbelow: Callable[[int], int] = secrets.randbelow
    queue: asyncio.Lock = field(default_factory=asyncio.Lock)
    photo_processor: PhotoProcessor = field(default_factory=PhotoProcessor)
    new_search_index: Callable[[], SearchIndex] = SqliteSearchIndex

    def stamp(self, by: Person | None = None) -> ChangeStamp:
        """Return the stamp for a change that is made now.

        `by` is the person who makes it, or None for a resident or Haren itself.
        """
        return ChangeStamp(self.new_id(), self.now(), by.id if by else None)

    async def find_all(self, kind: type[D]) -> tuple[D, ...]:
        """Return every document of a kind, newest first."""
        return (await self.store.find(kind)).documents

    async def team(self, team_id: str | None) -> Team | None:
        """Return the team with this id, or None."""
        return await self.store.get(Team, team_id) if team_id else None

    async def organisation(self, team_id: str | None) -> str | None:
        """Return the organisation of a team, or None if there is no such team."""
        team = await self.team(team_id)
        return team.organisation if team else None

    async def reader(self, person: Person) -> Reader:
        """Return a person as a reader, together with the organisation of their team."""
        return Reader(person, await self.organisation(person.team_id))

    async def require_team(self, team_id: str | None) -> None:
        """Raise Invalid if a team is named that does not exist."""
        if team_id is not None and await self.team(team_id) is None:
            raise Invalid('team', 'There is no such team.')

    async def active_members(self, team_id: str | None, asking: Person) -> int:
        """Count the members of a team who may have written something.

        These are the active ones who have signed in at least once. `asking` counts without having signed in, because
        they are writing now. Somebody who never signed in can't be an author, and everybody who knows that can rule
        them out.
        """
        members = (await self.store.find(Person, team_id=team_id)).documents if team_id else ()
        return sum([one.id == asking.id or await self._has_signed_in(one) for one in members if one.active])

    async def _has_signed_in(self, person: Person) -> bool:
        return bool((await self.store.find(Device, limit=1, person_id=person.id)).documents)

    async def existing_site(self, site_id: str) -> Site:
        """Return the site with this id. Raise NotFound if there is none."""
        site = await self.store.get(Site, site_id)
        if site is None:
            raise NotFound('There is no such place.')
        return site

    async def existing_asset(self, asset_id: str) -> Asset:
        """Return the asset with this id, also a retired one. Raise NotFound if there is none."""
        asset = await self.store.get(Asset, asset_id)
        if asset is None:
            raise NotFound('There is no such thing.')
        return asset

    async def readable_entry(self, reader: Reader, entry_id: str) -> Entry | None:
        """Return an entry that stands and that this reader may read now, or None."""
        entry = await self.store.get(Entry, entry_id)
        if entry is None or entry.is_withdrawn:
            return None
        return entry if entry.is_readable_now(reader, await self.organisation(entry.team_id), self.now()) else None

    def obstacle_kind(self, id: str | None) -> ObstacleKind | None:
        """Return the kind of obstacle with this id, or None."""
        return next((kind for kind in self.base_catalogue.obstacle_kinds if kind.id == id), None)

    async def photos_of(self, case_id: str | None, limit: int = 6) -> tuple[str, ...]:
        """Return the names of the photos in a case's reports, the newest report first."""
        found = await self.store.find(Report, limit=limit, shows=case_id) if case_id else None
        return tuple(report.photo for report in found.documents if report.photo) if found else ()

    async def noted_reports(self, case_id: str | None, limit: int = NOTES) -> tuple[Report, ...]:
        """Return the reports of a case that have a note, the newest note first.

        Every note has an Event with a row of its own, so the case's newest rows are read and not all of its reports.
        """
        if not case_id:
            return ()
        rows = (await self.store.find(Event, limit=ROWS_WITH_NOTES, case_id=case_id, showing=Showing.ROW)).documents
        ids = dict.fromkeys(event.report_id for event in rows if event.report_id)
        reports = [await self.store.get(Report, id) for id in ids]
        return tuple([report for report in reports if report and report.note][:limit])

    async def save_with_photo(self, photo: bytes, *documents: Document) -> None:
        """Save a photo and the documents that name it. Raise NotNow if nothing can be saved."""
        try:
            await self.store.photos.keep(photo)
            await self.store.save(*documents)
        except ReadOnly as error:
            raise no_room_for_photos() from error

    async def problems_of(self, kind: str) -> tuple[str, ...]:
        """Return the ids of the problems that a kind of asset can have.

        These are the ones that the municipality has chosen, or else those in the catalogue.
        """
        changed = await self.store.get(KindProblems, kind)
        return changed.problems if changed else self.base_catalogue.asset_kind(kind).problems

    async def catalogue(self) -> Catalogue:
        """Return the catalogue with the problems that the municipality has chosen for each kind of asset."""
        changed = await self.find_all(KindProblems)
        return (
            self.base_catalogue.with_problems({kind.id: kind.problems for kind in changed})
            if changed
            else self.base_catalogue
        )


def no_room_for_photos() -> NotNow:
    """Return the refusal of a photo while the disk takes nothing."""
    return NotNow('The photo can not be kept right now. Your report is: send the photo again in a while.')


CLIENT_ID = BoundedPattern(r'[0-9A-Za-z_-]{16,64}', longest=64)
"""The pattern of an id that a client makes: too long to guess another client's, and safe in a URL."""


def require_client_id(id: str) -> str:
    """Return the id. Raise Invalid unless a client may use it."""
    if not CLIENT_ID.fullmatch(id):
        raise Invalid('id', 'The id must be 16 to 64 letters, digits, hyphens or underscores.')
    return id
