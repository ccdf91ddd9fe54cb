"""The feed's part of /api/v1: events in the caller's language."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from app.domain.access_tokens import Scope
from app.domain.events import Topic
from app.i18n import translator
from app.services.feed import PAGE, FeedFilter, Story
from app.web.api.auth import Caller, ReadCaller, secured
from app.web.api.entries_read import Before, Limit, Named
from app.web.http.openapi_helpers import READ_ERRORS, error_responses, with_example
from app.web.http.origin import SAME_ORIGIN
from app.web.http.state import ServerServices
from app.wording.feed import word_story

router = APIRouter(prefix='/api/v1', tags=['feed'], dependencies=SAME_ORIGIN)


class EventOut(BaseModel):
    """An event in words, with the ids of what it is about.

    An event under a team's name has no `by`, and its time is cut to the minute.
    """

    model_config = with_example(
        id='0b7d4c53a8e1f09d2b3c4d5e6f1c2a9e', kind='entry.logged', topic='observation', at='2026-05-04T12:00:07Z',
        sentence='Fia Fält logged an observation', text='Glaset är fullt varje måndag.',
        by={'id': 'fia', 'name': 'Fia Fält'}, team_id='collectors', site_id='kransmossen', case_id=None,
        entry_id='6f1c2a9e0b7d4c53a8e1f09d2b3c4d5e',
    )  # fmt: skip

    id: str
    kind: str = Field(description='What happened. More kinds may come.')
    topic: Topic
    at: datetime
    sentence: str
    text: str = Field(description='What somebody wrote, if anything. Identity numbers are masked, except for leads.')
    by: Named | None = Field(description='The member of staff who did it; null for residents, Haren itself and a team.')
    team_id: str | None
    site_id: str | None
    case_id: str | None
    entry_id: str | None


class FeedOut(BaseModel):
    """Some events, the newest first. `older` asks for the next page; it is null on the last one."""

    events: list[EventOut]
    older: str | None


@router.get(
    '/feed',
    summary='Follow what happens',
    responses=error_responses(*READ_ERRORS, 422),
    openapi_extra=secured(Scope.READ),
)
async def feed(
    caller: ReadCaller,
    services: ServerServices,
    topic: Topic | None = None,
    team: Annotated[str | None, Query(description='The id of a team.')] = None,
    before: Before = None,
    limit: Limit = PAGE,
) -> FeedOut:
    """List the events that the staff's feed shows you."""
    reader = await services.reader(caller.person)
    page = await services.feed.readable_page(reader, FeedFilter(topic, team), before, limit)
    return FeedOut(events=[_out(story, caller) for story in page.stories], older=page.older)


def _out(story: Story, caller: Caller) -> EventOut:
    event, actor = story.event, story.actor
    words = word_story(story, translator(caller.person.language), caller.person)
    return EventOut(
        id=event.id, kind=event.kind, topic=event.topic, at=event.at, sentence=words.sentence, text=words.text,
        by=Named(id=actor.id, name=actor.name) if actor else None, team_id=event.team_id, site_id=event.site_id,
        case_id=event.case_id, entry_id=event.entry_id,
    )  # fmt: skip
