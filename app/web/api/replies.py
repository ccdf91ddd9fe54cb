"""The threads' part of /api/v1: replies to an entry, and the entry's earlier versions."""

from __future__ import annotations

from datetime import datetime

from fastapi import APIRouter
from pydantic import BaseModel, Field

from app.domain.access_tokens import Scope
from app.domain.document import LONGEST_TEXT
from app.domain.entries import Entry
from app.domain.entry_content import Content
from app.domain.errors import Gone, NotAllowed, NotFound
from app.domain.people import Person, Role
from app.domain.personal_numbers import mask_for
from app.domain.replies import Reply, ReplyKind
from app.services.container import Services
from app.services.entries import author_of
from app.web.api.auth import Author, ReadCaller, secured
from app.web.api.entries_read import Before
from app.web.api.entries_write import Claim, EntryId, WithdrawalIn
from app.web.http.openapi_helpers import (
    JSON_BODY,
    READ_ERRORS,
    WRITE_ERRORS,
    StrictModel,
    error_responses,
    input_example,
    with_example,
)
from app.web.http.origin import SAME_ORIGIN
from app.web.http.state import ServerServices

router = APIRouter(prefix='/api/v1/entries/{entry_id}', tags=['log'], dependencies=SAME_ORIGIN)


class ReplyIn(StrictModel):
    """A reply to an entry.

    The client mints its `id`. Sending the same reply again changes nothing and gets the same answer. The text of a
    `yes_and` is what follows "Yes, and …". Thanks have no text, and each person thanks once, whatever the id.
    """

    model_config = input_example(
        id='0b7d4c53a8e1f09d2b3c4d5e6f1c2a9e', kind='question', text='Varför just på måndagar?'
    )

    id: str
    kind: ReplyKind
    text: str = Field('', description=f'At most {LONGEST_TEXT} characters.')


class ReplyOut(BaseModel):
    """A reply. `author` is null if the person has left."""

    model_config = with_example(
        id='0b7d4c53a8e1f09d2b3c4d5e6f1c2a9e', entry_id='6f1c2a9e0b7d4c53a8e1f09d2b3c4d5e', kind='question',
        text='Varför just på måndagar?', author='Leo Ledare', at='2026-05-04T12:10:00Z', withdrawn=False,
    )  # fmt: skip

    id: str
    entry_id: str
    kind: ReplyKind
    text: str
    author: str | None
    at: datetime
    withdrawn: bool


class ThreadOut(BaseModel):
    """Some replies, the newest first. `older` asks for the next page; it is null on the last one."""

    replies: list[ReplyOut]
    older: str | None


class VersionOut(BaseModel):
    """An earlier version of an entry. `by` is null if it is not known who corrected it."""

    content: Content
    until: datetime
    by: str | None
    reason: str


@router.post(
    '/replies', status_code=201, summary='Answer an entry', openapi_extra=secured(Scope.LOG),
    responses=error_responses(
        *WRITE_ERRORS, *JSON_BODY, 404, 410, because={409: 'The id has been used for another answer.'}
    ),
)  # fmt: skip
async def reply(entry_id: EntryId, sent: ReplyIn, by: Author, services: ServerServices) -> ReplyOut:
    return await _out(await services.replies.add(by, entry_id, sent.id, sent.kind, sent.text), by, services)


@router.get(
    '/replies',
    summary='Read what was answered',
    openapi_extra=secured(Scope.READ),
    responses=error_responses(
        *READ_ERRORS, 404, 422, because={410: 'The entry has been withdrawn, and the answers with it.'}
    ),
)
async def thread(entry_id: EntryId, caller: ReadCaller, services: ServerServices, before: Before = None) -> ThreadOut:
    """List the replies, the newest first."""
    answered = await _entry(services, caller.person, entry_id)
    if answered.is_withdrawn:
        raise Gone('This has been withdrawn.')
    page = await services.replies.thread(answered, before)
    return ThreadOut(replies=[await _out(reply, caller.person, services) for reply in page.documents], older=page.older)


@router.post(
    '/replies/{reply_id}/withdraw',
    summary='Take an answer back',
    openapi_extra=secured(Scope.LOG),
    responses=error_responses(*WRITE_ERRORS, *JSON_BODY, 404),
)
async def withdraw(
    entry_id: EntryId, reply_id: str, sent: WithdrawalIn, by: Author, services: ServerServices
) -> ReplyOut:
    """Hide the text from everybody. Withdrawing it again changes nothing."""
    if (await services.replies.get(reply_id)).entry_id != entry_id:
        raise NotFound('There is no such answer, or it is not for you to read.')
    return await _out(await services.replies.withdraw(by, reply_id, sent.reason), by, services)


@router.get(
    '/versions',
    summary='Read what an entry said before',
    openapi_extra=secured(Scope.READ),
    responses=error_responses(*READ_ERRORS, 404, 422, because={410: 'The entry has been withdrawn, and this with it.'}),
)
async def versions(
    entry_id: EntryId, caller: ReadCaller, services: ServerServices, claim: Claim = ''
) -> list[VersionOut]:
    """List the earlier versions, the newest first. Only the author and administrators may."""
    by = caller.person
    read = await _entry(services, by, entry_id, claim)
    if read.is_withdrawn:
        raise Gone('This has been withdrawn.')
    if not (read.is_by(author_of(by, claim)) or by.role.covers(Role.ADMIN)):
        raise NotAllowed('Only who wrote it reads what it said before, and administrators.')
    return [
        VersionOut(
            content=old.content,
            until=old.until,
            by=await _name_of(old.by, services),
            reason=mask_for(old.reason, by, is_own=old.by in (None, by.id)),
        )
        for old in reversed(read.versions)
    ]


async def _entry(services: Services, by: Person, entry_id: str, claim: str = '') -> Entry:
    return await services.entries.get(await services.reader(by), entry_id, claim)


async def _out(reply: Reply, reader: Person, services: Services) -> ReplyOut:
    text = '' if reply.is_withdrawn else mask_for(reply.text, reader, is_own=reply.is_by(reader))
    return ReplyOut(
        id=reply.id, entry_id=reply.entry_id, kind=reply.kind, text=text,
        author=await _name_of(reply.author_id, services), at=reply.at, withdrawn=reply.is_withdrawn,
    )  # fmt: skip


async def _name_of(person_id: str | None, services: Services) -> str | None:
    person = await services.people.find(person_id)
    return person.name if person else None
