"""The page of one case, for anybody who has its public number. It shows no more than the other public pages do."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from app.web.http.origin import SAME_ORIGIN
from app.web.http.state import ServerServices
from app.wording.public import case_state
from components.html.renderer import reader_translator
from pages.public.page_renderer import renderer_of

router = APIRouter(include_in_schema=False, dependencies=SAME_ORIGIN)


@router.get('/c/{number}')
async def show(request: Request, number: str, services: ServerServices) -> Response:
    """Show how the case is now."""
    case = await services.cases.numbered(number)
    problem = services.catalogue.problem(case.problem)
    thing = await services.public_status.asset(case.asset_id)
    site = await services.sites.get(case.site_id)
    return await renderer_of(request).page(
        request, 'case.html', case=case, thing=thing, site=site,
        problem=problem, state=case_state(case.state, problem, reader_translator(request)),
    )  # fmt: skip
