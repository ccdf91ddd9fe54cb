"""The list of cases as a file for spreadsheets, with the view and the filters that the screen has."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import NamedTuple

from fastapi import APIRouter, Request, Response

from app.domain.local_dates import day_of
from app.domain.people import Role
from app.i18n import translator
from app.services.container import Services
from app.web.http.origin import SAME_ORIGIN
from app.web.http.state import ServerServices, state_of
from components.cases.list_filters import read_filter
from pages.files.case_table import Cells, cells, headings
from pages.files.csv_export import csv_file
from pages.files.xlsx_export import xlsx_file

router = APIRouter(include_in_schema=False, dependencies=SAME_ORIGIN)

AT_ONCE = 200
"""Cases that are read before other tasks get their turn."""

XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'


class Sheet(NamedTuple):
    """A table and the day on which it was made."""

    headings: Sequence[str]
    rows: Sequence[Cells]
    day: str


@router.get('/cases.csv')
async def as_csv(request: Request, services: ServerServices) -> Response:
    """Answer with the cases as CSV for Excel in Sweden."""
    return await _answer(request, services, csv_file, 'text/csv; charset=utf-8', 'csv')


@router.get('/cases.xlsx')
async def as_xlsx(request: Request, services: ServerServices) -> Response:
    """Answer with the cases as a workbook of Excel."""
    return await _answer(request, services, xlsx_file, XLSX, 'xlsx')


async def _answer(
    request: Request,
    services: Services,
    write: Callable[[Sequence[str], Sequence[Cells]], bytes],
    media_type: str,
    ending: str,
) -> Response:
    person = (await state_of(request).session.require(request)).person
    person.require(Role.FIELD)
    _, chosen = translator(person.language), await read_filter(request.query_params, services)
    rows: list[Cells] = []
    async for listed in services.case_list.all(person, chosen, AT_ONCE):
        rows += [cells(one, _) for one in listed]
    content = await asyncio.to_thread(write, headings(_), rows)  # of 20,000 rows it takes seconds
    name = f'haren-cases-{day_of(services.now()).isoformat()}.{ending}'
    headers = {'content-disposition': f'attachment; filename="{name}"', 'cache-control': 'no-store'}
    return Response(content, media_type=media_type, headers=headers)
