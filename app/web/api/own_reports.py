"""The own reports' part of /api/v1: whoever knows the ids of reports reads what became of them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from app.domain.case_states import CaseState
from app.i18n import Translator, negotiate_language, translator
from app.services.container import Services
from app.services.public_status import AssetStatus
from app.services.report_intake import HeldReceipt, IntakeResult
from app.web.http.openapi_helpers import JSON_BODY, StrictModel, error_responses, input_example, with_example
from app.web.http.origin import SAME_ORIGIN
from app.web.http.state import ServerServices
from app.wording.public_cases import PublicCase, next_step, promise_words, state_tone, state_words

MOST = 50
"""Reports of which one request may ask: as many as a phone remembers."""

Id = Annotated[str, Field(max_length=64)]

router = APIRouter(prefix='/api/v1/reports', tags=['reports'], dependencies=SAME_ORIGIN)


class OwnReportsIn(StrictModel):
    """The ids of reports. Only who sent them knows these."""

    model_config = ConfigDict(extra='forbid') | input_example(ids=['6f1c2a9e0b7d4c53a8e1f09d2b3c4d5e'])

    ids: list[Id] = Field(max_length=MOST)


class OwnReportOut(BaseModel):
    """What became of a report. All sentences are in the language of Accept-Language."""

    model_config = with_example(
        id='6f1c2a9e0b7d4c53a8e1f09d2b3c4d5e', asset='Färgat glas 1', site='Kransmossen', code='K7M2QR',
        problem='Full', fine=False, taken_back=False, at='2026-05-04T12:00:00Z', case_number='2026-142',
        state='acknowledged',
        tone='full', words='Being taken care of', next='The collectors have seen it and will take care of it.',
    )  # fmt: skip

    id: str
    asset: str
    site: str
    code: str
    problem: str = Field(description='The problem in words.')
    fine: bool = Field(description='True if the report says that it is fine now.')
    taken_back: bool = Field(description='True if its sender has taken it back.')
    at: datetime
    case_number: str | None = Field(description='Null while the report waits until somebody has looked at it.')
    state: CaseState | None = Field(description='The state of its case.')
    tone: str = Field(description='How the state looks: `urgent`, `full`, `notice`, `fine` or `calm`.')
    words: str = Field(description='The state in words.')
    next: str = Field(description='What happens next, or how it ended.')


class OwnReportsOut(BaseModel):
    """The reports that were found, in the order of the request. Unknown ids are left out."""

    reports: list[OwnReportOut]


class UndoneOut(BaseModel):
    """The report that was taken back."""

    model_config = with_example(id='6f1c2a9e0b7d4c53a8e1f09d2b3c4d5e', taken_back=True)

    id: str
    taken_back: bool


@router.post('/states', summary='See what became of one’s reports', responses=error_responses(422, *JSON_BODY))
async def states(request: Request, response: Response, sent: OwnReportsIn, services: ServerServices) -> OwnReportsOut:
    """Answer with the state of each report whose id is known here. A GET would write the ids into logs."""
    response.headers['cache-control'] = 'no-store'
    _ = translator(negotiate_language(request.headers.get('accept-language', '')))
    receipts = await services.report_intake.known_receipts(sent.ids)
    return OwnReportsOut(reports=[await _own_report(receipt, services, _) for receipt in receipts])


@router.post(
    '/{report_id}/undo', summary='Take a report back',
    responses=error_responses(404, 410, because={404: 'There is no such report.', 410: 'The report is too old.'}),
)  # fmt: skip
async def undo(report_id: Annotated[str, Path(description='The report’s id.')], services: ServerServices) -> UndoneOut:
    """Take one's own report back. Once more changes nothing and gets the same answer."""
    receipt = await services.report_intake.take_back(report_id)
    return UndoneOut(id=receipt.report.id, taken_back=receipt.report.withdrawn_at is not None)


async def _own_report(receipt: IntakeResult, services: Services, _: Translator) -> OwnReportOut:
    report, case = receipt.report, None if isinstance(receipt, HeldReceipt) else receipt.case
    status = await services.public_status.asset(report.asset_id)
    site = await services.sites.get(status.asset.site_id)
    problem = services.catalogue.problem(report.problem)
    tone, words, sentence = await _told(receipt, status, services, _)
    return OwnReportOut(
        id=report.id, asset=status.asset.name, site=site.name, code=status.asset.code,
        problem=problem.state.in_(_.language), fine=report.fine, at=report.at, taken_back=bool(report.withdrawn_at),
        case_number=case.number if case else None, state=case.state if case else None,
        tone=tone, words=words, next=sentence,
    )  # fmt: skip


async def _told(receipt: IntakeResult, status: AssetStatus, services: Services, _: Translator) -> tuple[str, str, str]:
    """Return how the state looks, the state in words, and the sentences about what happens next."""
    report, problem = receipt.report, services.catalogue.problem(receipt.report.problem)
    if report.withdrawn_at:
        return 'calm', _('Taken back'), _('You have taken your report back.')
    if isinstance(receipt, HeldReceipt):
        waits = _('Your report waits until somebody has looked at it.')
        return 'calm', waits, _('It counts as soon as that is done. You need not send it again.')
    case = receipt.case
    team = await services.public_status.team_of(case, status)
    outcome = await services.outcomes.told(case, _.language)
    about = PublicCase(case, problem, _isolated(status.asset.name, _), _isolated(team.name, _) if team else '')
    sentences = (next_step(about, _, fine=report.fine), promise_words(case, services.now(), _), outcome.words)
    return state_tone(case, problem), state_words(case, problem, _), ' '.join(filter(None, sentences))


def _isolated(name: str, _: Translator) -> str:
    """Return a name that keeps its direction in right-to-left text (Unicode UAX #9)."""
    return f'\u2068{name}\u2069' if _.direction == 'rtl' else name
