"""Take steps with an obstacle: share it, explore it, remove it, raise it."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter
from pydantic import Field

from app.domain.access_tokens import Scope
from app.domain.obstacles import LONGEST_MESSAGE
from app.domain.people import Person
from app.services.container import Services
from app.web.api.auth import Author, secured
from app.web.api.entries_write import EntryId
from app.web.api.obstacles_read import ObstacleOut, obstacle_out
from app.web.http.openapi_helpers import WORDS, WRITE_ERRORS, StrictModel, error_responses, input_example
from app.web.http.origin import SAME_ORIGIN
from app.web.http.state import ServerServices

router = APIRouter(prefix='/api/v1/obstacles/{entry_id}', tags=['obstacles'], dependencies=SAME_ORIGIN)

Revision = Annotated[int | None, Field(description='The revision that you have seen; null overrides any.')]

STEP = error_responses(*WRITE_ERRORS, 404, 410, 422, because={409: 'Somebody else has been here meanwhile.'})
"""The error answers of a step."""

MAY_LOG = secured(Scope.LOG)

WRITTEN_STEP = STEP | error_responses(400, 413)


class SeenIn(StrictModel):
    """The revision of the obstacle that you have seen."""

    model_config = input_example(revision=4)

    revision: Revision = None


class HowIn(StrictModel):
    """The way in which an obstacle was removed or is worked around."""

    model_config = input_example(how='Vi får låna nyckeln i receptionen.', revision=2)

    how: str = Field(json_schema_extra={'pattern': WORDS})
    revision: Revision = None


class RaisedIn(StrictModel):
    """The person or body that an obstacle is raised to, the message, and the day to ask them again."""

    model_config = input_example(
        to='Förvaltningschefen',
        words='Vi kommer inte in i pannrummet. Kan du ordna en nyckel?',
        ask_again_on='2027-02-01',
        revision=2,
    )

    to: str = Field(json_schema_extra={'pattern': WORDS})
    words: str = Field(description=f'At most {LONGEST_MESSAGE:,} characters.', json_schema_extra={'pattern': WORDS})
    ask_again_on: date = Field(description='Within three years.')
    revision: Revision = None


class AskedIn(StrictModel):
    """The next day to ask those whom the obstacle was raised to."""

    model_config = input_example(ask_again_on='2027-03-01', revision=3)

    ask_again_on: date = Field(description='Within three years.')
    revision: Revision = None


class SameIn(StrictModel):
    """Another obstacle that is the same."""

    model_config = input_example(entry_id='6f1c2a9e0b7d4c53a8e1f09d2b3c4d5e')

    entry_id: str


@router.post('/share', summary='Say that it stops you, too', responses=STEP, openapi_extra=MAY_LOG)
async def share(entry_id: EntryId, by: Author, services: ServerServices) -> ObstacleOut:
    await services.obstacles.share(by, entry_id)
    return await _out(entry_id, by, services)


@router.post('/unshare', summary='Say that it does not stop you', responses=STEP, openapi_extra=MAY_LOG)
async def unshare(entry_id: EntryId, by: Author, services: ServerServices) -> ObstacleOut:
    await services.obstacles.unshare(by, entry_id)
    return await _out(entry_id, by, services)


@router.post('/explore', summary='Say that somebody has looked into it', responses=STEP, openapi_extra=MAY_LOG)
async def explore(entry_id: EntryId, by: Author, services: ServerServices) -> ObstacleOut:
    await services.obstacles.explore(by, entry_id)
    return await _out(entry_id, by, services)


@router.post('/come-back', summary='Say that it stands in the way again', responses=STEP, openapi_extra=MAY_LOG)
async def come_back(entry_id: EntryId, by: Author, services: ServerServices) -> ObstacleOut:
    await services.obstacles.come_back(by, entry_id)
    return await _out(entry_id, by, services)


@router.post(
    '/other-than',
    summary='Say that it is another one than those that it was linked with',
    responses=STEP,
    openapi_extra=MAY_LOG,
)
async def other_than(entry_id: EntryId, by: Author, services: ServerServices) -> ObstacleOut:
    await services.obstacles.unlink(by, entry_id)
    return await _out(entry_id, by, services)


@router.post('/put-back', summary='Undo the latest step', responses=WRITTEN_STEP, openapi_extra=MAY_LOG)
async def put_back(entry_id: EntryId, by: Author, services: ServerServices, sent: SeenIn | None = None) -> ObstacleOut:
    await services.obstacles.put_back(by, entry_id, seen=sent.revision if sent else None)
    return await _out(entry_id, by, services)


@router.post('/remove', summary='Say that it is gone', responses=WRITTEN_STEP, openapi_extra=MAY_LOG)
async def remove(entry_id: EntryId, sent: HowIn, by: Author, services: ServerServices) -> ObstacleOut:
    await services.obstacles.remove(by, entry_id, sent.how, seen=sent.revision)
    return await _out(entry_id, by, services)


@router.post('/work-around', summary='Say how to get past it', responses=WRITTEN_STEP, openapi_extra=MAY_LOG)
async def work_around(entry_id: EntryId, sent: HowIn, by: Author, services: ServerServices) -> ObstacleOut:
    await services.obstacles.work_around(by, entry_id, sent.how, seen=sent.revision)
    return await _out(entry_id, by, services)


@router.post('/raise', summary='Raise it to who can act', responses=WRITTEN_STEP, openapi_extra=MAY_LOG)
async def raise_to(entry_id: EntryId, sent: RaisedIn, by: Author, services: ServerServices) -> ObstacleOut:
    await services.obstacles.raise_to(by, entry_id, sent.to, sent.words, sent.ask_again_on, seen=sent.revision)
    return await _out(entry_id, by, services)


@router.post('/ask-again', summary='Say that they were asked again', responses=WRITTEN_STEP, openapi_extra=MAY_LOG)
async def ask_again(entry_id: EntryId, sent: AskedIn, by: Author, services: ServerServices) -> ObstacleOut:
    await services.obstacles.ask_again(by, entry_id, sent.ask_again_on, seen=sent.revision)
    return await _out(entry_id, by, services)


@router.post('/same-as', summary='Say which one is the same', responses=WRITTEN_STEP, openapi_extra=MAY_LOG)
async def same_as(entry_id: EntryId, sent: SameIn, by: Author, services: ServerServices) -> ObstacleOut:
    await services.obstacles.link(by, entry_id, sent.entry_id)
    return await _out(entry_id, by, services)


async def _out(entry_id: str, by: Person, services: Services) -> ObstacleOut:
    return obstacle_out(await services.obstacle_diary.details(await services.reader(by), entry_id), by)
