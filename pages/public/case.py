"""One case, for anybody who has its public number. It tells no more than the public pages do."""

from __future__ import annotations

from fastapi import FastAPI, Request, Response

from app.services.container import Services
from app.wording.public import case_state
from components.html.renderer import HtmlRenderer, reader_translator


def register(server: FastAPI, services: Services, plain: HtmlRenderer) -> None:
    """Serve /c/{number}."""

    @server.get('/c/{number}', include_in_schema=False)
    async def show(request: Request, number: str) -> Response:
        case = await services.cases.numbered(number)
        thing = await services.public_status.asset(case.asset_id)
        site = await services.sites.get(case.site_id)
        return await plain.page(
            request, 'case.html', case=case, thing=thing, site=site,
            problem=services.context.lists.problem(case.problem),
            state=case_state(case.state, reader_translator(request)),
        )  # fmt: skip
