"""Read an obstacle with its entry, the people who share it, and the obstacles that are the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from app.domain.catalogue import ObstacleKind
from app.domain.collation import sort_key
from app.domain.entries import Entry
from app.domain.entry_visibility import Reader
from app.domain.obstacles import USUAL_PERIOD, Obstacle
from app.domain.people import Person, Team
from app.domain.replies import MOST_REPLIES, Reply, ReplyKind
from app.domain.sites import Site
from app.services.context import Context
from app.services.obstacles import Obstacles


class Sharing(NamedTuple):
    """The people who share an obstacle, as far as a reader may know, and how many are in each organisation.

    `unnamed` counts members of the team under whose name the obstacle stands. If they were named, the member who is
    missing would be its author.
    """

    people: tuple[Person, ...]
    unnamed: int
    organisations: Counter[str]
    total: int


class Pattern(NamedTuple):
    """The linked obstacles that a reader may read.

    `teams` and `organisations` are the names of those that logged or share one of them.
    """

    entries: tuple[Entry, ...]
    teams: tuple[str, ...]
    organisations: tuple[str, ...]


class Possibility(NamedTuple):
    """A "Ja, och …" reply and its author (None: they have left)."""

    reply: Reply
    author: Person | None


@dataclass(frozen=True)
class ObstacleDetails:
    """An obstacle with its entry and all that a reader may know about it.

    `kind` is None if nobody has chosen one.
    """

    entry: Entry
    obstacle: Obstacle
    kind: ObstacleKind | None
    team: Team | None
    author: Person | None
    site: Site | None
    sharing: Sharing
    pattern: Pattern | None
    possibilities: tuple[Possibility, ...]
    """The "Ja, och …" replies, newest first."""
    rests: bool
    people: Mapping[str, Person]
    """The people who took its steps, by id."""


class ObstacleDetailsReader:
    """The query for the details of an obstacle."""

    def __init__(self, context: Context, obstacles: Obstacles) -> None:
        self._context = context
        self._store = context.store
        self._obstacles = obstacles

    async def of(self, reader: Reader, entry_id: str, claim: str = '') -> ObstacleDetails:
        """Return the details of one obstacle.

        Raise NotFound if there is none that this reader may read, and Gone if it is withdrawn.
        """
        entry = await self._obstacles.entry(reader, entry_id, claim)
        obstacle = await self._obstacles.of(entry)
        kind = self._context.obstacle_kind(entry.obstacle_kind)
        return ObstacleDetails(
            entry=entry,
            obstacle=obstacle,
            kind=kind,
            team=await self._context.team(entry.team_id),
            author=await self._person(entry.author_id),
            site=await self._store.get(Site, entry.site_id) if entry.site_id else None,
            sharing=await self._sharing(entry, obstacle),
            pattern=await self._pattern(reader, obstacle),
            possibilities=await self._possibilities(entry),
            rests=obstacle.rests(self._context.now(), period_of(kind)),
            people={step.by: person for step in obstacle.steps if (person := await self._person(step.by)) and step.by},
        )

    async def _possibilities(self, entry: Entry) -> tuple[Possibility, ...]:
        replies = (await self._store.find(Reply, limit=MOST_REPLIES, answers=entry.id)).documents
        possible = [reply for reply in replies if reply.kind is ReplyKind.YES_AND]
        return tuple([Possibility(reply, await self._person(reply.author_id)) for reply in possible])

    async def _sharing(self, entry: Entry, obstacle: Obstacle) -> Sharing:
        hidden = [share for share in obstacle.shares if entry.is_under_team_name and share.team_id == entry.team_id]
        named = [await self._person(share.person_id) for share in obstacle.shares if share not in hidden]
        people = tuple(person for person in named if person)  # people who have left are counted but not named
        teams = [await self._context.team(share.team_id) for share in obstacle.shares]
        organisations = Counter(team.organisation for team in teams if team)
        return Sharing(people, len(hidden), organisations, len(obstacle.shares))

    async def _pattern(self, reader: Reader, obstacle: Obstacle) -> Pattern | None:
        if obstacle.pattern_id is None:
            return None
        linked = (await self._store.find(Obstacle, pattern_id=obstacle.pattern_id)).documents
        found = [(entry, one) for one in linked if (entry := await self._context.readable_entry(reader, one.id))]
        if len(found) < 2:
            return None  # this reader may not read the others
        ids = {entry.team_id for entry, _ in found} | {share.team_id for _, one in found for share in one.shares}
        teams = [team for id in ids if (team := await self._context.team(id))]
        return Pattern(
            tuple(entry for entry, _ in found),
            tuple(sorted((team.name for team in teams), key=sort_key)),
            tuple(sorted({team.organisation for team in teams}, key=sort_key)),
        )

    async def _person(self, person_id: str | None) -> Person | None:
        return await self._store.get(Person, person_id) if person_id else None


def period_of(kind: ObstacleKind | None) -> timedelta:
    """Return how long an obstacle of this kind may go without a change before it counts as resting."""
    return timedelta(days=kind.rests_after_days) if kind else USUAL_PERIOD
