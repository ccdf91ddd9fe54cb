"""Read the log. A program sees the same entries, and as much of each, as its person sees on the screens."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, Field

from app.domain.access_tokens import Scope
from app.domain.entries import MOST_PHOTOS
from app.domain.entry_content import Audience, Content, EntryKind
from app.domain.people import Person
from app.domain.personal_numbers import mask_for
from app.services.entry_reading import EntryQuery, ReadableEntry
from app.web.api.auth import NO_STORE, ReadCaller, secured
from app.web.api.entries_write import Claim, EntryId, Place
from app.web.http.openapi_helpers import READ_ERRORS, error_responses, with_example
from app.web.http.origin import SAME_ORIGIN
from app.web.http.state import ServerServices

router = APIRouter(prefix='/api/v1/entries', tags=['log'], dependencies=SAME_ORIGIN)

MOST_AT_ONCE = 100

Before = Annotated[str | None, Query(description='`older` of the previous page: asks for older ones.', max_length=200)]
Limit = Annotated[int, Query(ge=1, le=MOST_AT_ONCE, description='About how many; fewer if you may not read some.')]


class Named(BaseModel):
    """Somebody or something with a name."""

    id: str
    name: str


class TeamOut(Named):
    """A team, and the organisation that it is part of."""

    organisation: str


class EntryPicture(BaseModel):
    """A photo of an entry."""

    place: int = Field(ge=1, le=MOST_PHOTOS)
    url: str = Field(description='Its address. It takes the same session or token.')


class EntryRead(BaseModel):
    """An entry as the caller may read it.

    An obstacle under its team's name has no author, and its times are cut to the minute. A withdrawn entry shows
    none of its content. Personal identity numbers are masked, except for leads and the author.
    """

    model_config = with_example(
        id='6f1c2a9e0b7d4c53a8e1f09d2b3c4d5e', kind='observation', text='Glaset är fullt varje måndag.',
        roots=['work_practices'], obstacle_kind=None, hits='', tried='', partners=['Röda Korset'],
        site_id='kransmossen', audience='staff', happened_at='2026-05-04T12:00:00Z', logged_at='2026-05-04T12:00:07Z',
        author={'id': 'fia', 'name': 'Fia Fält'}, author_is_you=True, revision=1, corrected=0, withdrawn=False,
        team={'id': 'collectors', 'name': 'Insamlingen', 'organisation': 'Energi och Miljö'},
        photos=[{'place': 1, 'url': '/api/v1/entries/6f1c2a9e0b7d4c53a8e1f09d2b3c4d5e/photos/1'}],
    )  # fmt: skip

    id: str
    kind: EntryKind
    text: str
    roots: list[str]
    obstacle_kind: str | None
    hits: str = Field(description='The people whom an obstacle hits.')
    tried: str = Field(description='The attempts to get past an obstacle.')
    partners: list[str]
    site_id: str | None
    audience: Audience
    happened_at: datetime | None = Field(description='When it happened; null if it was withdrawn.')
    logged_at: datetime = Field(description='When Haren received it.')
    phone_time: datetime | None = Field(
        default=None, description='The time that the phone sent, if it can’t be right: then happened_at is logged_at.'
    )
    author: Named | None = Field(description='Null if it is under the team’s name.')
    author_is_you: bool
    team: TeamOut | None
    revision: int = Field(description='Send it with a correction, so that you overwrite nothing unseen.')
    corrected: int = Field(description='How often it has been corrected.')
    photos: list[EntryPicture]
    withdrawn: bool


class EntriesOut(BaseModel):
    """Some entries, the latest first. `older` asks for the next page; it is null on the last one."""

    entries: list[EntryRead]
    older: str | None


@router.get('', summary='Read the log', responses=error_responses(*READ_ERRORS, 422), openapi_extra=secured(Scope.READ))
async def page(
    caller: ReadCaller,
    services: ServerServices,
    kind: EntryKind | None = None,
    team: Annotated[str | None, Query(description='The id of a team.')] = None,
    site: Annotated[str | None, Query(description='The id of a place.')] = None,
    before: Before = None,
    limit: Limit = 30,
) -> EntriesOut:
    """List your own entries and those of others that you may read, the latest first."""
    reader = await services.reader(caller.person)
    found = await services.entry_reader.page(reader, EntryQuery(kind, team, site), before, limit)
    return EntriesOut(entries=[entry_read(written, caller.person) for written in found.entries], older=found.older)


@router.get(
    '/{entry_id}',
    summary='Read an entry',
    responses=error_responses(*READ_ERRORS, 404, 422),
    openapi_extra=secured(Scope.READ),
)
async def entry(entry_id: EntryId, caller: ReadCaller, services: ServerServices, claim: Claim = '') -> EntryRead:
    reader = await services.reader(caller.person)
    return entry_read(await services.entry_reader.entry(reader, entry_id, claim), caller.person)


@router.get(
    '/{entry_id}/photos/{place}',
    summary='See a photo of an entry',
    response_class=Response,
    responses={200: {'content': {'image/jpeg': {}}}, **error_responses(*READ_ERRORS, 404, 422)},
    openapi_extra=secured(Scope.READ),
)
async def photo(
    entry_id: EntryId, place: Place, caller: ReadCaller, services: ServerServices, claim: Claim = ''
) -> Response:
    reader = await services.reader(caller.person)
    content = await services.entry_reader.photo(reader, entry_id, place, claim)
    return Response(content, media_type='image/jpeg', headers={'cache-control': NO_STORE})


def entry_read(written: ReadableEntry, reader: Person) -> EntryRead:
    """Return an entry as this reader may see it."""
    entry, team = written.entry, written.team
    content = Content(kind=entry.kind, text='', audience=entry.audience) if entry.is_withdrawn else entry.content

    def masked(text: str) -> str:
        return mask_for(text, reader, is_own=written.is_own)

    return EntryRead(
        id=entry.id, kind=content.kind, text=masked(content.text), roots=list(content.roots),
        obstacle_kind=content.obstacle_kind, hits=masked(content.hits), tried=masked(content.tried),
        partners=[masked(partner) for partner in content.partners], site_id=content.site_id,
        audience=content.audience, happened_at=content.happened_at, logged_at=entry.logged_at,
        phone_time=entry.phone_time,
        author=Named(id=written.author.id, name=written.author.name) if written.author else None,
        author_is_you=written.is_own, revision=entry.revision, corrected=len(entry.versions),
        team=TeamOut(id=team.id, name=team.name, organisation=team.organisation) if team else None,
        photos=_pictures(written), withdrawn=entry.is_withdrawn,
    )  # fmt: skip


def _pictures(written: ReadableEntry) -> list[EntryPicture]:
    entry = written.entry
    photos = () if entry.is_withdrawn else entry.photos
    return [EntryPicture(place=it.place, url=f'/api/v1/entries/{entry.id}/photos/{it.place}') for it in photos]
