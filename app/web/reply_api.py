"""The threads' part of /api/v1: what is said to an entry, and what it said before it was corrected."""

from __future__ import annotations

from datetime import datetime

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field

from app.domain.content import Content
from app.domain.document import LONGEST_TEXT
from app.domain.entries import Entry
from app.domain.errors import NotAllowed, NotFound, SignedOut
from app.domain.identity import masked
from app.domain.people import Person, Role
from app.domain.replies import Reply, ReplyKind
from app.services.entries import author_of
from app.services.house import House
from app.web.entry_api import Claim, WhoseItIs, WithdrawalIn
from app.web.session import Session


class ReplyIn(BaseModel):
    """What somebody says to an entry.

    `id` is minted by the client: sending the same again changes nothing and answers the same. Of a `yes_and` the text
    is what follows "Yes, and …". Thanks have no text, and are said once by each person, whatever the id.
    """

    id: str = Field(examples=['0b7d4c53a8e1f09d2b3c4d5e6f1c2a9e'])
    kind: ReplyKind
    text: str = Field('', description=f'At most {LONGEST_TEXT} characters.')


class ReplyOut(BaseModel):
    """What was said. `author` is None where it was somebody who has left."""

    id: str
    entry_id: str
    kind: ReplyKind
    text: str
    author: str | None
    at: datetime
    withdrawn: bool


class ThreadOut(BaseModel):
    """Some of what was said, newest first. `older` is what to ask with for more (None: this was all)."""

    replies: list[ReplyOut]
    older: str | None


class VersionOut(BaseModel):
    """What an entry said until it was corrected. `by` is None where nobody knows who did."""

    content: Content
    until: datetime
    by: str | None
    reason: str


def reply_routes(house: House, session: Session) -> APIRouter:
    """The routes of /api/v1/entries/{entry_id}/replies and …/versions."""
    router = APIRouter(prefix='/entries/{entry_id}')

    async def person(request: Request, whose: str = '') -> Person:
        visitor = await session.require(request)
        if whose and whose != visitor.person.id:
            raise SignedOut('Somebody else is signed in on this device. It waits until its author is.')
        return visitor.person

    async def entry(by: Person, entry_id: str, claim: str = '') -> Entry:
        return await house.entries.get(await house.ground.reader(by), entry_id, claim)

    @router.post('/replies', status_code=201, summary='Answer an entry')
    async def reply(request: Request, entry_id: str, sent: ReplyIn, whose: WhoseItIs = '') -> ReplyOut:
        by = await person(request, whose)
        return await out(await house.replies.add(by, entry_id, sent.id, sent.kind, sent.text), by)

    @router.get('/replies', summary='Read what was answered')
    async def thread(request: Request, entry_id: str, before: str | None = Query(None, max_length=200)) -> ThreadOut:
        by = await person(request)
        page = await house.replies.thread(await entry(by, entry_id), before)
        return ThreadOut(replies=[await out(reply, by) for reply in page.documents], older=page.older)

    @router.post('/replies/{reply_id}/withdraw', summary='Take an answer back')
    async def withdraw(
        request: Request, entry_id: str, reply_id: str, sent: WithdrawalIn, whose: WhoseItIs = ''
    ) -> ReplyOut:
        by = await person(request, whose)
        if (await house.replies.get(reply_id)).entry_id != entry_id:
            raise NotFound('There is no such answer, or it is not for you to read.')
        return await out(await house.replies.withdraw(by, reply_id, sent.reason), by)

    @router.get('/versions', summary='Read what an entry said before')
    async def versions(request: Request, entry_id: str, claim: Claim = '') -> list[VersionOut]:
        """For its author and for administrators; newest first."""
        by = await person(request)
        read = await entry(by, entry_id, claim)
        if not (read.is_by(author_of(by, claim)) or by.role.covers(Role.ADMIN)):
            raise NotAllowed('Only who wrote it reads what it said before, and administrators.')
        return [
            VersionOut(content=old.content, until=old.until, by=await name_of(old.by), reason=old.reason)
            for old in reversed(read.versions)
        ]

    async def out(reply: Reply, reader: Person) -> ReplyOut:
        is_shown = reply.is_by(reader) or reader.role.covers(Role.LEAD)
        said = '' if reply.is_withdrawn else reply.text if is_shown else masked(reply.text)
        return ReplyOut(
            id=reply.id, entry_id=reply.entry_id, kind=reply.kind, text=said, author=await name_of(reply.author_id),
            at=reply.at, withdrawn=reply.is_withdrawn,
        )  # fmt: skip

    async def name_of(person_id: str | None) -> str | None:
        found = await house.ground.store.get(Person, person_id) if person_id else None
        return found.name if found else None

    return router
