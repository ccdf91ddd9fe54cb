"""List the routes below /api/v1, in the order in which they are matched."""

from __future__ import annotations

from starlette.routing import BaseRoute

from app.web.api import (
    case_detail,
    cases_read,
    cases_write,
    entries_read,
    entries_write,
    feed,
    kept_cases,
    me_and_sites,
    obstacles_read,
    obstacles_write,
    openapi,
    own_reports,
    replies,
    reports,
    search,
)

_ROUTERS = (
    own_reports.router,
    reports.router,
    entries_write.router,
    entries_read.router,
    replies.router,
    obstacles_write.router,
    obstacles_read.router,
    cases_write.router,
    cases_read.router,
    case_detail.router,
    kept_cases.router,
    me_and_sites.router,
    feed.router,
    search.router,
)

ROUTES: tuple[BaseRoute, ...] = (*(route for router in _ROUTERS for route in router.routes), openapi.ROUTE)
