"""Read one case whole: how it stands, what residents said and showed, and everything that has happened."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path, Response
from pydantic import BaseModel, Field

from app.domain.access_tokens import Scope
from app.domain.cases import Case
from app.domain.errors import NotFound
from app.domain.people import Person
from app.domain.personal_numbers import mask_for
from app.domain.reports import Report
from app.i18n import Translator, translator
from app.services.case_timeline import TimelineStep
from app.services.container import Services
from app.web.api.auth import NO_STORE, ReadCaller, secured
from app.web.api.cases_read import CaseRead, case_members
from app.web.api.entries_read import Named
from app.web.http.openapi_helpers import READ_ERRORS, error_responses, with_example
from app.web.http.origin import SAME_ORIGIN
from app.web.http.state import ServerServices
from app.wording.case_steps import step_sentence
from app.wording.feed import word_story

router = APIRouter(prefix='/api/v1/cases', tags=['cases'], dependencies=SAME_ORIGIN)

PhotoName = Annotated[str, Path(description='The end of the photo’s address.', max_length=100)]


class CaseReport(BaseModel):
    """What one resident has said. Personal identity numbers are masked, except for leads."""

    mark: str = Field(description='Says that two reports are one person’s. It opens nothing.')
    at: datetime
    note: str
    fine: bool = Field(description='True if it says that it is fine now.')
    photo_url: str | None = Field(description='The address of its photo. It takes the same session or token.')


class CaseStep(BaseModel):
    """Something that has happened to a case."""

    kind: str = Field(description='What happened. More kinds may come.')
    at: datetime
    by: Named | None = Field(description='The member of staff who did it; null for residents and Haren itself.')
    sentence: str
    text: str = Field(description='What somebody wrote, if anything. Identity numbers are masked, except for leads.')


class CaseDetail(CaseRead):
    """A case whole. `report_list` and `timeline` begin with the newest."""

    model_config = with_example(
        id='9d4e1b7a52c04f7f8a6b0c3d2e1f4a5b', number='2026-142', state='acknowledged', site_id='kransmossen',
        site='Kransmossen', asset='Färgat glas 1', code='K7M2QR', team_id='collectors', problem='full', words='Full',
        tone='full', reports=1, fine=0, since='2026-05-04T12:00:00Z', last_reported='2026-05-04T12:00:00Z',
        assignee={'id': 'fia', 'name': 'Fia Fält'}, promised_for='2026-05-07', paused=None, outcome=None,
        closed_at=None, late_hours=None, outcome_words='', outcome_public=False, outcome_photo_url=None,
        merged_into=None, reopenings=0,
        report_list=[
            {
                'mark': '5f1c2a9e0b7d4c53a8e1f09d', 'at': '2026-05-04T12:00:00Z', 'note': 'Det ligger påsar bredvid.',
                'fine': False, 'photo_url': '/api/v1/cases/9d4e1b7a52c04f7f8a6b0c3d2e1f4a5b/photos/sha256-5f1c2a9e',
            },
        ],
        timeline=[
            {
                'kind': 'case.acknowledged', 'at': '2026-05-04T12:10:00Z', 'by': {'id': 'fia', 'name': 'Fia Fält'},
                'sentence': 'Fia Fält took it on', 'text': '',
            },
        ],
    )  # fmt: skip

    outcome_words: str = Field(description='What staff wrote when they closed it.')
    outcome_public: bool = Field(description='True if residents may read these words and see the photo.')
    outcome_photo_url: str | None = Field(description='The address of a photo of how it was then.')
    merged_into: str | None = Field(description='The id of the case in which its reports count, too.')
    reopenings: int = Field(description='How often it was opened again.')
    report_list: list[CaseReport]
    timeline: list[CaseStep]


@router.get(
    '/{case_id}',
    summary='Read a case',
    responses=error_responses(*READ_ERRORS, 404, 422),
    openapi_extra=secured(Scope.READ),
)
async def one(case_id: str, caller: ReadCaller, services: ServerServices) -> CaseDetail:
    case, reader = await services.cases.get(case_id), caller.person
    reports, steps = await services.case_timeline.reports(case), await services.case_timeline.of(case)
    _ = translator(reader.language)
    return CaseDetail(
        **case_members(await services.case_list.listed(case), reader),
        outcome_words=mask_for(case.outcome_words, reader), outcome_public=case.outcome_public,
        outcome_photo_url=_photo_url(case, case.outcome_photo), merged_into=case.merged_into,
        reopenings=case.reopenings, report_list=[_report(report, case, reader) for report in reports],
        timeline=[_step(step, reader, _) for step in steps],
    )  # fmt: skip


@router.get(
    '/{case_id}/photos/{name}',
    summary='See a photo of a case',
    response_class=Response,
    responses={200: {'content': {'image/jpeg': {}}}, **error_responses(*READ_ERRORS, 404, 422)},
    openapi_extra=secured(Scope.READ),
)
async def photo(case_id: str, name: PhotoName, _: ReadCaller, services: ServerServices) -> Response:
    case = await services.cases.get(case_id)
    content = await services.photo(name) if name in await _photos(services, case) else None
    if content is None:
        raise NotFound('There is no such photo.')
    return Response(content, media_type='image/jpeg', headers={'cache-control': NO_STORE})


async def _photos(services: Services, case: Case) -> set[str | None]:
    return {case.outcome_photo, *(report.photo for report in await services.case_timeline.reports(case))}


def _report(report: Report, case: Case, reader: Person) -> CaseReport:
    return CaseReport(
        mark=report.mark, at=report.at, note=mask_for(report.note, reader), fine=report.fine,
        photo_url=_photo_url(case, report.photo),
    )  # fmt: skip


def _photo_url(case: Case, name: str | None) -> str | None:
    return f'/api/v1/cases/{case.id}/photos/{name}' if name else None


def _step(step: TimelineStep, reader: Person, _: Translator) -> CaseStep:
    return CaseStep(
        kind=_kind(step), at=step.at, by=Named(id=step.by.id, name=step.by.name) if step.by else None,
        sentence=step_sentence(step, _), text=_text(step, reader, _),
    )  # fmt: skip


def _kind(step: TimelineStep) -> str:
    """Return the kind of its Event. An act that came too late has none, nor has a report from another case."""
    if step.story:
        return step.story.event.kind
    return 'case.too_late' if step.act else 'case.reported'


def _text(step: TimelineStep, reader: Person, _: Translator) -> str:
    if step.note:
        return mask_for(step.note.text, reader)
    if step.act:
        return mask_for(step.act.content.words, reader)
    if step.story:
        return word_story(step.story, _, reader).text
    return mask_for(step.report.note, reader) if step.report else ''
