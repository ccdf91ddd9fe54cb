"""The one way in for machines and for the forms that live in the browser: /api/v1."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from app.domain import codes
from app.domain.cases import Case, CaseState
from app.domain.errors import Invalid
from app.services.doorkeeper import Knock
from app.services.house import House
from app.services.reception import Answer, Letter
from app.web.entry_api import entry_routes
from app.web.network import network_of
from app.web.problems import problem_described
from app.web.reply_api import reply_routes
from app.web.session import Session
from app.web.uploads import PHOTO_BODY, PHOTO_PROBLEMS, Intake, require_picture


class ReportIn(BaseModel):
    """A resident's report.

    `id` is minted by the client: sending the same again changes nothing and answers the same.
    """

    model_config = ConfigDict(extra='forbid')

    id: str = Field(examples=['6f1c2a9e0b7d4c53a8e1f09d2b3c4d5e'], max_length=64)
    code: str = Field(examples=['K7M2QR'], max_length=40)
    problem: str = Field(examples=['full'], max_length=64)
    note: str = ''
    fine: bool = Field(False, description='Whether the problem is gone: "It is fine now".')
    again: str = Field(
        '', description='The id of an earlier report of the same person, if there is one.', max_length=64
    )
    stamp: str = Field(
        '', description='From /api/v1/stamp, at least a second old. Few reports are believed without.', max_length=64
    )


class ReportOut(BaseModel):
    """What was kept, and the case that the report is part of. A number is given once a case has it."""

    id: str
    case_number: str | None
    state: str
    reports: int


class StampOut(BaseModel):
    """What a form is stamped with when it is opened."""

    stamp: str


class CaseOut(BaseModel):
    """A case as it is now."""

    id: str
    number: str
    state: str


class PhotoOut(BaseModel):
    """That the report has a photo now."""

    id: str
    photo: bool


def api(house: House, session: Session, intake: Intake) -> APIRouter:
    """The routes of /api/v1."""
    router = APIRouter(prefix='/api/v1', tags=['v1'])

    @router.post('/reports', status_code=201, summary='Report a problem')
    async def report(request: Request, sent: ReportIn) -> ReportOut:
        code = codes.read(sent.code)
        if isinstance(code, codes.Flaw):
            raise Invalid('code', 'This is not a code from a sticker.')
        letter = Letter(sent.id, code, sent.problem, sent.note, sent.fine, sent.again)
        knock = None if await session.visitor(request) else Knock(network_of(request), sent.stamp)
        return _report_out(await house.reception.receive(letter, knock))

    @router.get('/stamp', summary='Stamp a form that is opened now')
    async def stamp(response: Response) -> StampOut:
        response.headers['cache-control'] = 'no-store'
        return StampOut(stamp=await house.reception.stamp())

    @router.put(
        '/reports/{report_id}/photo', summary='Add a photo to a report', openapi_extra=PHOTO_BODY,
        responses={status: problem_described(why) for status, why in PHOTO_PROBLEMS.items()},
    )  # fmt: skip
    async def photograph(request: Request, report_id: str) -> PhotoOut:
        """In place of an earlier one; sending the same again changes nothing and answers the same."""
        require_picture(request)
        await house.reception.expect_photo(report_id, network_of(request))
        async with intake.body(request) as photo:
            answer = await house.reception.add_photo(report_id, photo)
        return PhotoOut(id=answer.report.id, photo=answer.report.photo is not None)

    @router.post('/cases/{case_id}/acknowledge', summary='Say that a case has been seen')
    async def acknowledge(request: Request, case_id: str) -> CaseOut:
        visitor = await session.require(request)
        return _case_out(await house.cases.acknowledge(visitor.person, case_id))

    @router.post('/cases/{case_id}/resolve', summary='Close a case')
    async def resolve(request: Request, case_id: str) -> CaseOut:
        visitor = await session.require(request)
        return _case_out(await house.cases.resolve(visitor.person, case_id))

    router.include_router(entry_routes(house, session, intake))
    router.include_router(reply_routes(house, session))
    return router


def _report_out(answer: Answer) -> ReportOut:
    case = answer.case
    if case is None:
        return ReportOut(id=answer.report.id, case_number=None, state=CaseState.REPORTED, reports=1)
    return ReportOut(id=answer.report.id, case_number=case.number, state=case.state, reports=case.reports)


def _case_out(case: Case) -> CaseOut:
    return CaseOut(id=case.id, number=case.number, state=case.state)
