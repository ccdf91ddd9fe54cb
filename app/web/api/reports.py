"""The residents' part of /api/v1: reports and their photos."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from app.domain import sticker_codes
from app.domain.access_tokens import Scope
from app.domain.case_states import CaseState
from app.domain.errors import Invalid
from app.services.report_intake import HeldReceipt, IncomingReport, IntakeResult
from app.services.spam_filter import Sender
from app.web.api.auth import Caller, optional_caller, secured
from app.web.http.network_prefix import network_prefix
from app.web.http.openapi_helpers import JSON_BODY, WRITE_ERRORS, error_responses, input_example, with_example
from app.web.http.origin import SAME_ORIGIN
from app.web.http.photo_uploads import PHOTO_BODY, PHOTO_PROBLEMS, require_picture
from app.web.http.state import ServerServices, state_of

router = APIRouter(prefix='/api/v1', tags=['reports'], dependencies=SAME_ORIGIN)

NO_REPORT = {
    401: 'The token is not valid.',
    403: 'The token is not for this, or a page of another website sent it.',
    404: 'No sticker has this code.',
    409: 'The id has been used for another report.',
    410: 'The thing has been taken away.',
}
"""The reasons why a report is declined, by status."""


class ReportIn(BaseModel):
    """A resident's report.

    The client mints its `id`. Sending the same report again changes nothing and gets the same answer.
    """

    model_config = ConfigDict(extra='forbid') | input_example(
        id='6f1c2a9e0b7d4c53a8e1f09d2b3c4d5e', code='K7M2QR', problem='full', note='Fullt upp till hålet.'
    )

    id: str = Field(examples=['6f1c2a9e0b7d4c53a8e1f09d2b3c4d5e'], max_length=64)
    code: str = Field(examples=['K7M2QR'], max_length=40)
    problem: str = Field(examples=['full'], max_length=64)
    note: str = ''
    fine: bool = Field(False, description='True if the problem is gone: "It is fine now".')
    again: str = Field(
        '', description='The id of an earlier report of the same person, if there is one.', max_length=64
    )
    stamp: str = Field(
        '',
        description='From /api/v1/stamp, at least a second old. Few reports are believed without one.',
        max_length=64,
    )
    subject: str = Field(
        '', description='Leave it out. It is what the hidden field of the form contains, which only programs fill in.'
    )


class ReportOut(BaseModel):
    """The report as received, and the case about its problem. `case_number` is null while there is none."""

    model_config = with_example(
        id='6f1c2a9e0b7d4c53a8e1f09d2b3c4d5e', case_number='2026-142', state='reported', reports=1
    )

    id: str
    case_number: str | None
    state: CaseState
    reports: int
    held: bool = Field(
        False, description='True while the report waits until somebody has looked at it; left out otherwise.'
    )


class StampOut(BaseModel):
    """A stamp for a form that is opened now."""

    model_config = with_example(stamp='aQcVYAAAAACkB9sXkqvR0T2ZpYQx')

    stamp: str


class PhotoOut(BaseModel):
    """A report. `photo` is true if it has a photo now."""

    model_config = with_example(id='6f1c2a9e0b7d4c53a8e1f09d2b3c4d5e', photo=True)

    id: str
    photo: bool


@router.post(
    '/reports', status_code=201, summary='Report a problem', openapi_extra=secured(Scope.LOG, openly=True),
    response_model_exclude_defaults=True, responses=error_responses(*WRITE_ERRORS, *JSON_BODY, because=NO_REPORT),
)  # fmt: skip
async def report(
    request: Request,
    sent: ReportIn,
    services: ServerServices,
    staff: Annotated[Caller | None, Depends(optional_caller(Scope.LOG))],
) -> ReportOut:
    """Take a report from anybody. One from staff is believed at once; a token needs the scope `log` for that."""
    code = sticker_codes.read(sent.code)
    if isinstance(code, sticker_codes.CodeError):
        raise Invalid('code', 'This is not a code from a sticker.')
    incoming = IncomingReport.read(sent.id, code, sent.problem, sent.note, fine=sent.fine, again=sent.again)
    sender = None if staff else Sender(network_prefix(request), sent.stamp, trap=sent.subject)
    return _report_out(await services.report_intake.receive(incoming, sender))


@router.get('/stamp', summary='Stamp a form that is opened now')
async def stamp(response: Response, services: ServerServices) -> StampOut:
    response.headers['cache-control'] = 'no-store'
    return StampOut(stamp=await services.report_intake.stamp())


@router.put(
    '/reports/{report_id}/photo',
    summary='Add a photo to a report',
    openapi_extra=PHOTO_BODY,
    responses=error_responses(
        because={**PHOTO_PROBLEMS, 404: 'There is no such report.', 410: 'The report is too old.'}
    ),
)
async def photograph(
    request: Request, report_id: Annotated[str, Path(description='The id that the client minted for the report.')]
) -> PhotoOut:
    """Replace any photo of the report. Sending the same photo again changes nothing and gets the same answer."""
    services, photo_uploads = state_of(request).services, state_of(request).photo_uploads
    require_picture(request)
    await services.report_intake.expect_photo(report_id, network_prefix(request))
    async with photo_uploads.body(request) as photo:
        answer = await services.report_intake.add_photo(report_id, photo)
    return PhotoOut(id=answer.report.id, photo=answer.report.photo is not None)


def _report_out(answer: IntakeResult) -> ReportOut:
    case, held = answer.case, isinstance(answer, HeldReceipt)
    if case is None:
        return ReportOut(id=answer.report.id, case_number=None, state=CaseState.REPORTED, reports=1, held=held)
    return ReportOut(id=answer.report.id, case_number=case.number, state=case.state, reports=case.reports, held=held)
