"""One case, for anybody who has its public number. It tells no more than the public pages do."""

from __future__ import annotations

from fastapi import FastAPI, Request, Response

from app.services.container import House
from app.wording.public import case_state
from components.html.renderer import Plain, speaker


def register(server: FastAPI, house: House, plain: Plain) -> None:
    """Serve /c/{number}."""

    @server.get('/c/{number}', include_in_schema=False)
    async def show(request: Request, number: str) -> Response:
        case = await house.cases.numbered(number)
        thing = await house.status.asset(case.asset_id)
        site = await house.sites.get(case.site_id)
        return await plain.page(
            request, 'case.html', case=case, thing=thing, site=site,
            problem=house.ground.lists.problem(case.problem), state=case_state(case.state, speaker(request)),
        )  # fmt: skip
