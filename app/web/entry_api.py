"""The log's part of /api/v1: log, correct and withdraw an entry, and its photos."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Header, Path, Request
from pydantic import BaseModel, Field

from app.domain.content import Content
from app.domain.entries import MOST_PHOTOS, Entry
from app.domain.errors import SignedOut
from app.domain.people import Person
from app.services.house import House
from app.web.problems import problem_described
from app.web.session import Session
from app.web.uploads import PHOTO_BODY, PHOTO_PROBLEMS, Intake, require_picture

WhoseItIs = Annotated[
    str,
    Header(alias='Haren-Person', description='Whose it is. Where somebody else is signed in, it is not taken (401).'),
]
Claim = Annotated[
    str,
    Header(alias='Haren-Claim', description='The claim of an obstacle under the team’s name: proof that one wrote it.'),
]
Place = Annotated[int, Path(description=f'1 to {MOST_PHOTOS}.')]


class EntryIn(Content):
    """What somebody logs. `id` is minted by the client: sending the same again changes nothing and answers the same.

    With a `claim`, an obstacle stands under the team's name: a secret of the client's, of 22 to 64 letters, digits,
    hyphens or underscores and 128 random bits or more. Haren keeps its SHA-256 and no author.
    """

    id: str = Field(examples=['6f1c2a9e0b7d4c53a8e1f09d2b3c4d5e'])
    claim: str | None = None


class CorrectionIn(Content):
    """What an entry should have said, whole.

    `revision` is the one that was seen; `reason` is asked of administrators.
    """

    revision: int | None = None
    reason: str = ''


class WithdrawalIn(BaseModel):
    """Why an entry is taken back; administrators must say."""

    reason: str = ''


class EntryOut(BaseModel):
    """What was kept. `photos` is how many it has, `logged_at` when Haren heard of it."""

    id: str
    kind: str
    logged_at: str
    revision: int
    photos: int
    withdrawn: bool


class EntryPhotoOut(BaseModel):
    """That an entry has a photo at this place now."""

    id: str
    place: int
    photos: int


def entry_routes(house: House, session: Session, intake: Intake) -> APIRouter:
    """The routes of /api/v1/entries."""
    router = APIRouter(prefix='/entries')

    async def person(request: Request, whose: str) -> Person:
        """Who asks, if it's who wrote it on this phone: what somebody has written goes under no other name."""
        visitor = await session.require(request)
        if whose and whose != visitor.person.id:
            raise SignedOut('Somebody else is signed in on this device. It waits until its author is.')
        return visitor.person

    @router.post('', status_code=201, summary='Log an entry')
    async def log(request: Request, sent: EntryIn, whose: WhoseItIs = '') -> EntryOut:
        return _out(await house.entries.log(await person(request, whose), sent.id, _content(sent), sent.claim or ''))

    @router.patch('/{entry_id}', summary='Correct an entry')
    async def correct(
        request: Request, entry_id: str, sent: CorrectionIn, whose: WhoseItIs = '', claim: Claim = ''
    ) -> EntryOut:
        by = await person(request, whose)
        return _out(
            await house.entries.correct(
                by, entry_id, _content(sent), seen=sent.revision, reason=sent.reason, claim=claim
            )
        )

    @router.post('/{entry_id}/withdraw', summary='Withdraw an entry')
    async def withdraw(
        request: Request, entry_id: str, sent: WithdrawalIn, whose: WhoseItIs = '', claim: Claim = ''
    ) -> EntryOut:
        return _out(await house.entries.withdraw(await person(request, whose), entry_id, sent.reason, claim))

    @router.put(
        '/{entry_id}/photos/{place}', summary='Add a photo to an entry', openapi_extra=PHOTO_BODY,
        responses={status: problem_described(why) for status, why in PHOTO_PROBLEMS.items()},
    )  # fmt: skip
    async def photograph(
        request: Request, entry_id: str, place: Place, whose: WhoseItIs = '', claim: Claim = ''
    ) -> EntryPhotoOut:
        """In place of an earlier one there; sending the same again changes nothing and answers the same."""
        require_picture(request)
        by = await person(request, whose)
        await house.entries.expect_photo(by, entry_id, place, claim)
        async with intake.body(request) as photo:
            entry = await house.entries.add_photo(by, entry_id, place, photo, claim)
        return EntryPhotoOut(id=entry.id, place=place, photos=len(entry.photos))

    return router


def _content(sent: Content) -> Content:
    return Content(**{name: getattr(sent, name) for name in Content.model_fields})


def _out(entry: Entry) -> EntryOut:
    return EntryOut(
        id=entry.id, kind=entry.kind, logged_at=entry.logged_at.isoformat(), revision=entry.revision,
        photos=len(entry.photos), withdrawn=entry.is_withdrawn,
    )  # fmt: skip
