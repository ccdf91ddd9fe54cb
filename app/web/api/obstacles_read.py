"""Read the obstacle diary."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from app.domain.access_tokens import Scope
from app.domain.obstacles import ObstacleState, Step
from app.domain.people import Person
from app.domain.personal_numbers import mask_for
from app.services.entries import author_of
from app.services.entry_reading import ReadableEntry
from app.services.obstacle_details import ObstacleDetails, Sharing
from app.services.obstacle_diary import DiaryQuery, DiaryView
from app.web.api.auth import ReadCaller, secured
from app.web.api.entries_read import EntryRead, Limit, Named, entry_read
from app.web.api.entries_write import Claim, EntryId
from app.web.http.openapi_helpers import READ_ERRORS, error_responses
from app.web.http.origin import SAME_ORIGIN
from app.web.http.state import ServerServices

router = APIRouter(prefix='/api/v1/obstacles', tags=['obstacles'], dependencies=SAME_ORIGIN)


class SharingOut(BaseModel):
    """The people whom the obstacle stops, too. If it is under a team's name, members of that team are only counted."""

    total: int
    people: list[Named]
    unnamed: int
    organisations: dict[str, int] = Field(description='How many people of each.', examples=[{'Energi och Miljö': 2}])
    you: bool


class StepOut(BaseModel):
    """A step with the obstacle. `by` is null if the person is not known any more."""

    state: ObstacleState
    at: datetime
    by: str | None
    words: str = Field(description='How it was solved, or the message to those whom it was raised to.')
    to: str = Field(description='The person or body that it was raised to.')
    ask_again_on: date | None


class ObstacleOut(BaseModel):
    """An obstacle: its entry, and the steps that have been taken."""

    id: str = Field(description='The id of its entry.')
    state: ObstacleState
    revision: int = Field(description='Send it with a step, so that you override nothing unseen.')
    entry: EntryRead
    sharing: SharingOut
    steps: list[StepOut]
    possibilities: int = Field(description='How many “Ja, och …” it has; they stand among the entry’s replies.')
    same_as: list[str] = Field(description='The ids of the same obstacles, as far as you may read them.')
    rests: bool = Field(description='True if it has rested so long that it is time to come back to it.')


class ObstaclesOut(BaseModel):
    """Some obstacles. `total` counts all that match, `resting` all that you may read and it is time to come back to."""

    obstacles: list[ObstacleOut]
    total: int
    resting: int


@router.get(
    '',
    summary='Read the obstacle diary',
    responses=error_responses(*READ_ERRORS, 422),
    openapi_extra=secured(Scope.READ),
)
async def page(
    caller: ReadCaller,
    services: ServerServices,
    view: DiaryView = DiaryView.OPEN,
    kind: Annotated[str | None, Query(description='The id of a kind of obstacle.')] = None,
    organisation: Annotated[str | None, Query(description='The name of an organisation whose staff it stops.')] = None,
    limit: Limit = 40,
) -> ObstaclesOut:
    """List obstacles. `mine` leaves out your own under your team's name: read each of these with its claim."""
    reader = await services.reader(caller.person)
    listing = await services.obstacle_diary.page(reader, DiaryQuery(view, kind, organisation), limit=limit)
    obstacles = [obstacle_out(details, caller.person) for details in listing.obstacles]
    return ObstaclesOut(obstacles=obstacles, total=listing.total, resting=listing.resting)


@router.get(
    '/{entry_id}',
    summary='Read an obstacle',
    responses=error_responses(*READ_ERRORS, 404, 410, 422),
    openapi_extra=secured(Scope.READ),
)
async def one(entry_id: EntryId, caller: ReadCaller, services: ServerServices, claim: Claim = '') -> ObstacleOut:
    reader = await services.reader(caller.person)
    await services.entry_reader.entry(reader, entry_id, claim)
    return obstacle_out(await services.obstacle_diary.details(reader, entry_id, claim), caller.person, claim)


def obstacle_out(details: ObstacleDetails, reader: Person, claim: str = '') -> ObstacleOut:
    """Return an obstacle as this reader may see it."""
    entry, obstacle = details.entry, details.obstacle
    written = ReadableEntry(entry, details.author, details.team, entry.is_by(author_of(reader, claim)))
    alike = details.pattern.entries if details.pattern else ()
    return ObstacleOut(
        id=entry.id, state=obstacle.state, revision=obstacle.revision, entry=entry_read(written, reader),
        sharing=_sharing(details.sharing, is_shared=obstacle.is_shared_by(reader.id)),
        steps=[_step(step, details, reader) for step in obstacle.steps],
        possibilities=len(details.possibilities), same_as=[other.id for other in alike if other.id != entry.id],
        rests=details.rests,
    )  # fmt: skip


def _sharing(sharing: Sharing, *, is_shared: bool) -> SharingOut:
    return SharingOut(
        total=sharing.total, people=[Named(id=person.id, name=person.name) for person in sharing.people],
        unnamed=sharing.unnamed, organisations=dict(sharing.organisations), you=is_shared,
    )  # fmt: skip


def _step(step: Step, details: ObstacleDetails, reader: Person) -> StepOut:
    by = details.people.get(step.by or '')
    words, to = (mask_for(text, reader, is_own=step.by == reader.id) for text in (step.words, step.to))
    return StepOut(
        state=step.state, at=step.at, by=by.name if by else None, words=words, to=to, ask_again_on=step.ask_again_on,
    )  # fmt: skip
