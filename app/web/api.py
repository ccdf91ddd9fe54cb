"""The one way in for machines and for the forms that live in the browser: /api/v1."""

from __future__ import annotations

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field

from app.domain import codes
from app.domain.cases import Case
from app.domain.entries import Content, Entry
from app.domain.errors import Invalid
from app.services.cases import Receipt
from app.services.house import House
from app.web.session import Session


class ReportIn(BaseModel):
    """A resident's report.

    `id` is minted by the client: sending the same again changes nothing and answers the same.
    """

    model_config = ConfigDict(extra='forbid')

    id: str = Field(examples=['6f1c2a9e0b7d4c53a8e1f09d2b3c4d5e'])
    code: str = Field(examples=['K7M2QX'])
    problem: str = Field(examples=['full'])
    note: str = ''


class ReportOut(BaseModel):
    """What was kept, and the case that the report is part of."""

    id: str
    case_number: str
    state: str
    reports: int


class EntryIn(Content):
    """What somebody logs. `id` is minted by the client: sending the same again changes nothing and answers the same."""

    id: str = Field(examples=['6f1c2a9e0b7d4c53a8e1f09d2b3c4d5e'])


class EntryOut(BaseModel):
    """What was kept."""

    id: str
    kind: str
    logged_at: str


class CaseOut(BaseModel):
    """A case as it is now."""

    id: str
    number: str
    state: str


def api(house: House, session: Session) -> APIRouter:
    """The routes of /api/v1."""
    router = APIRouter(prefix='/api/v1', tags=['v1'])

    @router.post('/reports', status_code=201, summary='Report a problem')
    async def report(sent: ReportIn) -> ReportOut:
        code = codes.read(sent.code)
        if isinstance(code, codes.Flaw):
            raise Invalid('code', 'This is not a code from a sticker.')
        return _report_out(await house.cases.report(code, sent.problem, sent.id, sent.note))

    @router.post('/entries', status_code=201, summary='Log an entry')
    async def log_entry(request: Request, sent: EntryIn) -> EntryOut:
        visitor = await session.require(request)
        content = Content(**{name: value for name, value in sent if name != 'id'})
        return _entry_out(await house.entries.log(visitor.person, sent.id, content))

    @router.post('/cases/{case_id}/acknowledge', summary='Say that a case has been seen')
    async def acknowledge(request: Request, case_id: str) -> CaseOut:
        visitor = await session.require(request)
        return _case_out(await house.cases.acknowledge(visitor.person, case_id))

    @router.post('/cases/{case_id}/resolve', summary='Close a case')
    async def resolve(request: Request, case_id: str) -> CaseOut:
        visitor = await session.require(request)
        return _case_out(await house.cases.resolve(visitor.person, case_id))

    return router


def _report_out(receipt: Receipt) -> ReportOut:
    case = receipt.case
    return ReportOut(id=receipt.report.id, case_number=case.number, state=case.state, reports=case.reports)


def _entry_out(entry: Entry) -> EntryOut:
    return EntryOut(id=entry.id, kind=entry.kind, logged_at=entry.logged_at.isoformat())


def _case_out(case: Case) -> CaseOut:
    return CaseOut(id=case.id, number=case.number, state=case.state)
