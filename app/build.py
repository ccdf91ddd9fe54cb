"""The composition root: Settings in, the ASGI application out. The only room that knows everyone."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from urllib.parse import urlsplit

from fastapi import Depends, FastAPI
from fastapi.telemetry import TelemetryConfig
from nicegui import app as nicegui_app
from nicegui import core, ui
from nicegui.translations import translations

from app.i18n import translator
from app.services.container import Services
from app.settings import Settings
from app.web.api.routes import ROUTES as API_ROUTES
from app.web.http import share_target
from app.web.http.cache import ChangeCounts
from app.web.http.cache_invalidation import invalidated_by
from app.web.http.middleware import BodyLimit, HeadAsGet, SafeHeaders, require_same_origin
from app.web.http.page_cache import PageCache
from app.web.http.photo_uploads import UPLOADS
from app.web.http.session import Session, SessionGate
from app.web.http.state import Collaborators
from app.web.open_data.routes import open_data
from components import js_assets
from components.html.renderer import HtmlRenderer
from components.shell.layout import QUASAR, StaffPages
from components.shell.live_updates import LiveUpdates
from components.theme.logo import FAVICON
from pages import staff
from pages.files import feeds_and_badge, personal_export, photos, sticker_sheets, web_manifest
from pages.public import case, errors, offline, offline_log, report_form, sign_in, sticker, thanks
from pages.public import sites as public_sites
from pages.public.report_fast_path import ReportFastPath

Lifespan = Callable[[FastAPI], AbstractAsyncContextManager[None]]

logger = logging.getLogger(__name__)

UNOBSERVED: TelemetryConfig = {'tracing': False, 'metrics': False, 'logs': False}
"""Haren tells no collector anything, so FastAPI need not look for one at each request."""

LOOK_EVERY = 300
"""Seconds between two looks for cases of which nobody has spoken, for held reports whose time is over, for what is left
of those who have left, and for hours that are over, in which staff were here.
"""


def build(settings: Settings, services: Services) -> FastAPI:
    """The application: plain routes first, NiceGUI behind them and behind the gate."""
    live = LiveUpdates(services)
    session = Session(services.people, settings.secure)
    server = plain_server(services, session, settings.secure, _lifespan(services, live))
    _add_staff_screens(server, StaffPages(services, live), session)
    return server


def plain_server(services: Services, session: Session, secure: bool, lifespan: Lifespan | None = None) -> FastAPI:
    """What works without NiceGUI: the residents' and public pages, signing in, the API and open data."""
    server = FastAPI(
        openapi_url=None, lifespan=lifespan, dependencies=[Depends(require_same_origin)], telemetry=UNOBSERVED,
    )  # fmt: skip
    changes = ChangeCounts(services.context.store, invalidated_by)
    plain = HtmlRenderer(services)
    server.state.haren = Collaborators(services, session, server.router.routes)
    server.add_middleware(BodyLimit, larger={**UPLOADS, **share_target.SHARES})
    server.add_middleware(HeadAsGet)
    server.add_middleware(SafeHeaders, secure=secure)
    server.add_middleware(PageCache, services=services, session=session, changes=changes)
    server.add_middleware(ReportFastPath, secure=secure)
    js_assets.register(server)
    server.router.routes.extend(API_ROUTES)
    feeds_and_badge.register(server, services, changes)
    server.include_router(open_data(services, changes))
    server.router.routes.extend((*report_form.router.routes, *sticker.router.routes, *thanks.router.routes))
    photos.register(server, services, session)
    case.register(server, services, plain)
    public_sites.register(server, services, plain)
    offline.register(server, services, plain)
    offline_log.register(server, services, plain)
    web_manifest.register(server, services)
    share_target.register(server, session)
    sign_in.register(server, services, plain, session)
    sticker_sheets.register(server, services, session)
    personal_export.register(server, services, session)
    errors.register(server)
    return server


def _add_staff_screens(server: FastAPI, frame: StaffPages, session: Session) -> None:
    for screen in staff.SCREENS:
        screen.register(frame)
    _translate_nicegui()
    core.sio.eio.cors_allowed_origins = _is_own_origin
    nicegui_app.state.haren = server.state.haren
    turn_away = sign_in.turn_away(frame.paths)
    errors.register(nicegui_app)
    nicegui_app.add_middleware(SessionGate, session=session, screens=frame.paths, turn_away=turn_away)
    ui.run_with(
        server,
        title='Haren',
        favicon=FAVICON,
        dark=None,
        language='sv',
        tailwind=False,
        show_welcome_message=False,
        reconnect_timeout=10,
    )


def _lifespan(services: Services, live: LiveUpdates) -> Lifespan:
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with live.following():
            sweep = asyncio.create_task(_look_after(services))
            yield
            sweep.cancel()
            with suppress(asyncio.CancelledError):
                await sweep
            await _keep_last_hour(services)
        await services.close()

    return lifespan


def _duties(services: Services) -> tuple[Callable[[], Awaitable[object]], ...]:
    return (
        services.cases.let_go_stale,
        services.quarantine.clear_away,
        services.account_erasure.finish,
        services.last_seen.keep,
    )


async def _keep_last_hour(services: Services) -> None:
    try:
        await services.last_seen.keep(unfinished=True)
    except Exception:
        logger.exception('who was here in the last hour could not be kept')


async def _look_after(services: Services) -> None:
    while True:
        for duty in _duties(services):
            try:
                await duty()
            except Exception:
                logger.exception('%s failed; trying again in %s s', duty.__name__, LOOK_EVERY)
        await asyncio.sleep(LOOK_EVERY)


def _is_own_origin(origin: str | None, environ: dict[str, str]) -> bool:
    return origin is not None and urlsplit(origin).netloc == environ.get('HTTP_HOST')


def _translate_nicegui() -> None:
    """Word NiceGUI's own pop-ups in each language of the staff's; it lacks Swedish."""
    for language, known_as in QUASAR.items():
        _ = translator(language)
        translations[known_as] = {
            'connection_lost': _('No connection'),
            'trying_to_reconnect': _('Trying again …'),
            'message_too_long': _('That was too much at once'),
            'message_too_long_body': _('Shorten it a little and try again.'),
        }
