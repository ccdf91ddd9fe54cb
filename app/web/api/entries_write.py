"""The log's part of /api/v1: log, correct and withdraw an entry, and add photos to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

from fastapi import APIRouter, Header, Path, Request
from pydantic import BaseModel, Field

from app.domain.access_tokens import Scope
from app.domain.entries import MOST_PHOTOS, Entry
from app.domain.entry_content import Content, EntryKind
from app.domain.errors import NotNow
from app.services.entries import CLAIM, photo_later
from app.web.api.auth import Author, secured
from app.web.http.openapi_helpers import (
    JSON_BODY,
    WRITE_ERRORS,
    StrictModel,
    error_responses,
    input_example,
    with_example,
)
from app.web.http.origin import SAME_ORIGIN
from app.web.http.photo_uploads import PHOTO_BODY, PHOTO_PROBLEMS, require_picture
from app.web.http.state import ServerServices, state_of

router = APIRouter(prefix='/api/v1/entries', tags=['log'], dependencies=SAME_ORIGIN)

Claim = Annotated[
    str,
    Header(
        alias='Haren-Claim',
        description='The claim of an obstacle under the team’s name: it proves that you wrote it.',
        json_schema_extra={'pattern': f'^({CLAIM.pattern})?$'},
    ),
]
EntryId = Annotated[str, Path(description='The id that its author’s client minted.')]
NO_PHOTO = {
    403: 'It is somebody else’s, the token is not for this, another website sent it, or so many have been sent that '
    'the last ones stay.',
    404: 'There is no such entry, or it is not for you to read.',
    410: 'The entry has been withdrawn.',
}
"""The reasons why an entry takes no photo."""

Place = Annotated[
    int, Path(description=f'1 to {MOST_PHOTOS}.', json_schema_extra={'minimum': 1, 'maximum': MOST_PHOTOS})
]


class EntryIn(Content):
    """A new entry. The client mints its `id`. Sending the same entry again changes nothing and gets the same answer.

    A `claim` puts an obstacle under the team's name. It is a secret of the client: 22 to 64 letters, digits, hyphens or
    underscores, with at least 128 random bits. Haren keeps its SHA-256 and no author.
    """

    model_config = input_example(
        id='6f1c2a9e0b7d4c53a8e1f09d2b3c4d5e', kind='observation', text='Glaset är fullt varje måndag.',
        partners=['Röda Korset'], happened_at='2026-05-04T12:00:00Z', audience='staff',
    )  # fmt: skip

    id: str = Field(examples=['6f1c2a9e0b7d4c53a8e1f09d2b3c4d5e'])
    claim: str | None = None


class CorrectionIn(Content):
    """The whole corrected content of an entry.

    `revision` is the one that you have seen. Administrators must give a `reason`.
    """

    model_config = input_example(
        kind='observation',
        text='Glaset är fullt varje måndag och fredag.',
        revision=1,
    )

    revision: int | None = None
    reason: str = ''


class WithdrawalIn(StrictModel):
    """The reason for a withdrawal. Administrators must give one."""

    model_config = input_example(reason='Det var en annan station.')

    reason: str = ''


class EntryOut(BaseModel):
    """The entry as it was saved. `photos` counts its photos; `logged_at` is when Haren received it."""

    model_config = with_example(
        id='6f1c2a9e0b7d4c53a8e1f09d2b3c4d5e', kind='observation', logged_at='2026-05-04T12:00:07+00:00', revision=1,
        photos=0, withdrawn=False,
    )  # fmt: skip

    id: str
    kind: EntryKind
    logged_at: str
    revision: int
    photos: int
    withdrawn: bool


class EntryPhotoOut(BaseModel):
    """The place of a photo that was added, and how many photos the entry has now."""

    model_config = with_example(id='6f1c2a9e0b7d4c53a8e1f09d2b3c4d5e', place=1, photos=1)

    id: str
    place: int
    photos: int


@router.post(
    '', status_code=201, summary='Log an entry', openapi_extra=secured(Scope.LOG),
    responses=error_responses(*WRITE_ERRORS, *JSON_BODY, because={409: 'The id has been used for another entry.'}),
)  # fmt: skip
async def log(sent: EntryIn, by: Author, services: ServerServices) -> EntryOut:
    return _out(await services.entries.log(by, sent.id, _content(sent), sent.claim or ''))


@router.patch(
    '/{entry_id}',
    summary='Correct an entry',
    openapi_extra=secured(Scope.LOG),
    responses=error_responses(*WRITE_ERRORS, *JSON_BODY, 404, 410, because={409: 'Somebody changed it meanwhile.'}),
)
async def correct(
    entry_id: EntryId, sent: CorrectionIn, by: Author, services: ServerServices, claim: Claim = ''
) -> EntryOut:
    """Replace the whole content. The previous content stays in the history."""
    content = _content(sent)
    entry = await services.entries.correct(by, entry_id, content, seen=sent.revision, reason=sent.reason, claim=claim)
    return _out(entry)


@router.post(
    '/{entry_id}/withdraw',
    summary='Withdraw an entry',
    openapi_extra=secured(Scope.LOG),
    responses=error_responses(*WRITE_ERRORS, *JSON_BODY, 404),
)
async def withdraw(
    entry_id: EntryId, sent: WithdrawalIn, by: Author, services: ServerServices, claim: Claim = ''
) -> EntryOut:
    """Hide the content from everybody. Withdrawing it again changes nothing."""
    return _out(await services.entries.withdraw(by, entry_id, sent.reason, claim))


@router.put(
    '/{entry_id}/photos/{place}',
    summary='Add a photo to an entry',
    openapi_extra={**PHOTO_BODY, **secured(Scope.LOG)},
    responses=error_responses(401, 429, because={**PHOTO_PROBLEMS, **NO_PHOTO}),
)
async def photograph(
    request: Request, entry_id: EntryId, place: Place, by: Author, services: ServerServices, claim: Claim = ''
) -> EntryPhotoOut:
    """Replace any photo at this place. Sending the same photo again changes nothing and gets the same answer."""
    require_picture(request)
    await services.entries.expect_photo(by, entry_id, place, claim)
    with _refusals_about_entries():
        async with state_of(request).photo_uploads.body(request) as photo:
            entry = await services.entries.add_photo(by, entry_id, place, photo, claim)
    return EntryPhotoOut(id=entry.id, place=place, photos=len(entry.photos))


@contextmanager
def _refusals_about_entries() -> Iterator[None]:
    """Replace the refusal of a photo, which speaks of a report, by one that speaks of an entry."""
    try:
        yield
    except NotNow as error:
        raise photo_later() from error


def _content(sent: Content) -> Content:
    return Content(**{name: getattr(sent, name) for name in Content.model_fields})


def _out(entry: Entry) -> EntryOut:
    return EntryOut(
        id=entry.id, kind=entry.kind, logged_at=entry.logged_at.isoformat(), revision=entry.revision,
        photos=len(entry.photos), withdrawn=entry.is_withdrawn,
    )  # fmt: skip
