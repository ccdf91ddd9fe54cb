"""What programs do about obstacles."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Annotated

from fastapi import APIRouter
from pydantic import Field

from app.domain.access_tokens import Scope
from app.domain.obstacles import LONGEST_LETTER, Obstacle
from app.domain.people import Person
from app.services.container import Services
from app.web.api.auth import Auth, secured
from app.web.api.entries_write import EntryId
from app.web.api.obstacles_read import ObstacleOut, obstacle_out
from app.web.http.openapi_helpers import SENDING, WORDS, SentFile, declines, described_by

Revision = Annotated[int | None, Field(description='The one that was seen; null overrides whatever it is now.')]
Deed = Callable[[Person, str], Awaitable[Obstacle]]

STEP = declines(*SENDING, 404, 410, 422, because={409: 'Somebody else has been here meanwhile.'})
"""With what a step is declined."""

WRITTEN_STEP = STEP | declines(400, 413)


class SeenIn(SentFile):
    """Which revision of an obstacle was seen."""

    model_config = described_by(revision=4)

    revision: Revision = None


class HowIn(SentFile):
    """How it came that an obstacle stops nobody any more, or how one gets past it."""

    model_config = described_by(how='Vi får låna nyckeln i receptionen.', revision=2)

    how: str = Field(json_schema_extra={'pattern': WORDS})
    revision: Revision = None


class RaisedIn(SentFile):
    """To whom an obstacle is raised, with which words, and when they are to be asked again."""

    model_config = described_by(
        to='Förvaltningschefen', words='Vi kommer inte in i pannrummet. Kan du ordna en nyckel?',
        ask_again_on='2027-02-01', revision=2,
    )  # fmt: skip

    to: str = Field(json_schema_extra={'pattern': WORDS})
    words: str = Field(description=f'At most {LONGEST_LETTER:,} characters.', json_schema_extra={'pattern': WORDS})
    ask_again_on: date = Field(description='Within three years.')
    revision: Revision = None


class AskedIn(SentFile):
    """When those to whom it was raised are to be asked the next time."""

    model_config = described_by(ask_again_on='2027-03-01', revision=3)

    ask_again_on: date = Field(description='Within three years.')
    revision: Revision = None


class SameIn(SentFile):
    """Another obstacle that is the same."""

    model_config = described_by(entry_id='6f1c2a9e0b7d4c53a8e1f09d2b3c4d5e')

    entry_id: str


def obstacle_routes(services: Services, callers: Auth) -> APIRouter:
    """The routes that do something about an obstacle."""
    router = APIRouter(prefix='/api/v1/obstacles/{entry_id}', tags=['obstacles'])
    writes, may_log, obstacles = callers.writes(), secured(Scope.LOG), services.obstacles

    async def told(entry_id: str, by: Person) -> ObstacleOut:
        return obstacle_out(await services.obstacle_diary.standing(await services.context.reader(by), entry_id), by)

    def verb(path: str, summary: str, act: Deed) -> None:
        async def do(entry_id: EntryId, by: Person = writes) -> ObstacleOut:
            await act(by, entry_id)
            return await told(entry_id, by)

        do.__name__ = path
        router.post(f'/{path}', summary=summary, responses=STEP, openapi_extra=may_log)(do)

    for path, summary, act in (
        ('share', 'Say that it stops you, too', obstacles.share),
        ('unshare', 'Say that it does not stop you', obstacles.unshare),
        ('explore', 'Say that somebody has looked into it', obstacles.explore),
        ('come-back', 'Say that it stands in the way again', obstacles.come_back),
        ('other-than', 'Say that it is another one than those that it was linked with', obstacles.unlink),
    ):
        verb(path, summary, act)

    @router.post('/put-back', summary='Undo the latest step', responses=WRITTEN_STEP, openapi_extra=may_log)
    async def put_back(entry_id: EntryId, sent: SeenIn | None = None, by: Person = writes) -> ObstacleOut:
        await obstacles.put_back(by, entry_id, seen=sent.revision if sent else None)
        return await told(entry_id, by)

    @router.post('/remove', summary='Say that it is gone', responses=WRITTEN_STEP, openapi_extra=may_log)
    async def remove(entry_id: EntryId, sent: HowIn, by: Person = writes) -> ObstacleOut:
        await obstacles.remove(by, entry_id, sent.how, seen=sent.revision)
        return await told(entry_id, by)

    @router.post('/work-around', summary='Say how to get past it', responses=WRITTEN_STEP, openapi_extra=may_log)
    async def work_around(entry_id: EntryId, sent: HowIn, by: Person = writes) -> ObstacleOut:
        await obstacles.work_around(by, entry_id, sent.how, seen=sent.revision)
        return await told(entry_id, by)

    @router.post('/raise', summary='Raise it to who can act', responses=WRITTEN_STEP, openapi_extra=may_log)
    async def raise_to(entry_id: EntryId, sent: RaisedIn, by: Person = writes) -> ObstacleOut:
        await obstacles.raise_to(by, entry_id, sent.to, sent.words, sent.ask_again_on, seen=sent.revision)
        return await told(entry_id, by)

    @router.post('/ask-again', summary='Say that they were asked again', responses=WRITTEN_STEP, openapi_extra=may_log)
    async def ask_again(entry_id: EntryId, sent: AskedIn, by: Person = writes) -> ObstacleOut:
        await obstacles.ask_again(by, entry_id, sent.ask_again_on, seen=sent.revision)
        return await told(entry_id, by)

    @router.post('/same-as', summary='Say which one is the same', responses=WRITTEN_STEP, openapi_extra=may_log)
    async def same_as(entry_id: EntryId, sent: SameIn, by: Person = writes) -> ObstacleOut:
        await obstacles.link(by, entry_id, sent.entry_id)
        return await told(entry_id, by)

    return router
