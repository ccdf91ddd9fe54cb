"""The composition root: make the ASGI application from the settings and the services."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from functools import partial

from fastapi import FastAPI
from fastapi.telemetry import TelemetryConfig
from nicegui import app as nicegui_app

from app.cli.gc_tuning import collecting_when_idle
from app.services.background_tasks import background_tasks
from app.services.container import Services
from app.settings import Settings
from app.web.http import share_target
from app.web.http.cache import ChangeCounts
from app.web.http.cache_invalidation import invalidated_by
from app.web.http.disconnects import QuietDisconnects
from app.web.http.form_text import QueryText
from app.web.http.middleware import BodyLimit, HeadAsGet
from app.web.http.origin import is_same_origin
from app.web.http.page_cache import PageCache
from app.web.http.photo_uploads import UPLOADS
from app.web.http.safe_headers import SafeHeaders
from app.web.http.session import Session, SessionGate
from app.web.http.state import Collaborators
from app.web.http.usual_addresses import UsualAddresses
from components.shell.layout import StaffPages
from components.shell.live_updates import LiveUpdates
from components.shell.nicegui_setup import open_screens, run_nicegui
from pages import staff
from pages.public import errors, sign_in
from pages.public.report_fast_path import ReportFastPath
from pages.routes import ROUTES

Beside = Callable[[], AbstractAsyncContextManager[None]]
"""The contexts that are open for as long as the server runs."""

Lifespan = Callable[[FastAPI], AbstractAsyncContextManager[None]]

NO_TELEMETRY: TelemetryConfig = {'tracing': False, 'metrics': False, 'logs': False}
"""Haren sends nothing to a collector. With this, FastAPI need not look for one at each request."""


def build(settings: Settings, services: Services, beside: Beside = nullcontext) -> FastAPI:
    """Make the application: plain routes first, then NiceGUI behind them and behind the session gate.

    `beside` is opened when the server starts and closed before the services are.
    """
    live = LiveUpdates(services)
    session = Session(services.people, settings.secure)
    lifespan = _lifespan(services, live, beside)
    server = plain_server(services, session, settings.secure, lifespan, settings.security_contact, open_screens)
    _add_staff_screens(server, StaffPages(services, live), session)
    return server


def plain_server(
    services: Services,
    session: Session,
    secure: bool,
    lifespan: Lifespan | None = None,
    security_contact: str = '',
    open_screens: Callable[[], int] = lambda: 0,
) -> FastAPI:
    """Make the part that works without NiceGUI: the public pages, signing in, the API and open data."""
    server = FastAPI(openapi_url=None, lifespan=lifespan, telemetry=NO_TELEMETRY)
    server.state.haren = Collaborators(
        services, session, ChangeCounts(services, invalidated_by), ROUTES, security_contact, open_screens
    )
    _add_middleware(server, server.state.haren, secure)
    server.router.routes.extend(ROUTES)
    errors.register(server)
    return server


def _add_middleware(server: FastAPI, state: Collaborators, secure: bool) -> None:
    """Add the middleware, the innermost first."""
    server.add_middleware(BodyLimit, larger={**UPLOADS, **share_target.SHARES})
    server.add_middleware(HeadAsGet)
    server.add_middleware(UsualAddresses)
    server.add_middleware(QueryText)
    server.add_middleware(SafeHeaders, secure=secure)
    server.add_middleware(PageCache, services=state.services, session=state.session, changes=state.changes)
    server.add_middleware(ReportFastPath, secure=secure)
    server.add_middleware(QuietDisconnects)


def _add_staff_screens(server: FastAPI, pages: StaffPages, session: Session) -> None:
    for screen in staff.SCREENS:
        screen.register(pages)
    nicegui_app.state.haren = server.state.haren
    turn_away = sign_in.turn_away(pages.paths)
    errors.register(nicegui_app)
    nicegui_app.add_middleware(SessionGate, session=session, screens=pages.paths, turn_away=turn_away)
    people = server.state.haren.services.people
    run_nicegui(server, is_same_origin, partial(people.visitor_on, is_used=False))


def _lifespan(services: Services, live: LiveUpdates, beside: Beside) -> Lifespan:
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with live.following(), background_tasks(services), collecting_when_idle(), beside():
            services.search.start()
            yield
        await services.close()

    return lifespan
