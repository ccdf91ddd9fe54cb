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
from app.services.container import House
from app.settings import Settings
from app.web.api import feed as feed_api
from app.web.api import openapi
from app.web.api.auth import Callers
from app.web.api.reports import api
from app.web.http import share_target
from app.web.http.middleware import BodyLimit, HeadAsGet, SafeHeaders, require_same_origin
from app.web.http.page_cache import QuickPages
from app.web.http.photo_uploads import UPLOADS, Intake
from app.web.http.session import Gate, Session
from app.web.open_data.routes import open_data
from components import js_assets
from components.html.renderer import Plain
from components.shell.layout import QUASAR, Frame
from components.shell.live_updates import Live
from components.theme.logo import FAVICON
from pages import staff
from pages.files import feeds_and_badge, personal_export, photos, sticker_sheets, web_manifest
from pages.public import case, errors, offline, offline_log, sign_in, thanks
from pages.public import sites as public_sites
from pages.public import sticker as sticker_pages
from pages.public.report_fast_path import Letterbox

Lifespan = Callable[[FastAPI], AbstractAsyncContextManager[None]]

logger = logging.getLogger(__name__)

UNOBSERVED: TelemetryConfig = {'tracing': False, 'metrics': False, 'logs': False}
"""Haren tells no collector anything, so FastAPI need not look for one at each request."""

LOOK_EVERY = 300
"""Seconds between two looks for cases of which nobody has spoken, for held reports whose time is over, for what is left
of those who have left, and for hours that are over, in which staff were here.
"""


def build(settings: Settings, house: House) -> FastAPI:
    """The application: plain routes first, NiceGUI behind them and behind the gate."""
    live = Live(house)
    session = Session(house.people, settings.secure)
    server = plain_server(house, session, settings.secure, _lifespan(house, live))
    _add_staff_screens(server, Frame(house, live), session, Plain(house))
    return server


def plain_server(house: House, session: Session, secure: bool, lifespan: Lifespan | None = None) -> FastAPI:
    """What works without NiceGUI: the residents' and public pages, signing in, the API and open data."""
    server = FastAPI(
        openapi_url=None, lifespan=lifespan, dependencies=[Depends(require_same_origin)], telemetry=UNOBSERVED,
    )  # fmt: skip
    plain, intake, callers = Plain(house), Intake(), Callers(session, house.tokens)
    sticker = sticker_pages.StickerPage(house, plain, session)
    server.add_middleware(Letterbox, report=sticker.report, plain=plain)
    server.add_middleware(BodyLimit, larger={**UPLOADS, **share_target.SHARES})
    server.add_middleware(HeadAsGet)
    server.add_middleware(SafeHeaders, secure=secure)
    server.add_middleware(QuickPages, house=house, session=session)
    js_assets.register(server)
    server.include_router(api(house, callers, intake))
    feed_api.register(server, house, callers)
    openapi.register(server, house, session)
    feeds_and_badge.register(server, house)
    server.include_router(open_data(house))
    sticker_pages.register(server, sticker)
    thanks.register(server, house, plain, intake)
    photos.register(server, house, session)
    case.register(server, house, plain)
    public_sites.register(server, house, plain)
    offline.register(server, house, plain)
    offline_log.register(server, house, plain)
    web_manifest.register(server, house)
    share_target.register(server, session)
    sign_in.register(server, house, plain, session)
    sticker_sheets.register(server, house, session)
    personal_export.register(server, house, session)
    errors.register(server, plain)
    return server


def _add_staff_screens(server: FastAPI, frame: Frame, session: Session, plain: Plain) -> None:
    for screen in staff.SCREENS:
        screen.register(frame)
    _translate_nicegui()
    core.sio.eio.cors_allowed_origins = _is_own_origin
    turn_away = sign_in.turn_away(plain, frame.paths, tuple(server.router.routes))
    errors.register(nicegui_app, plain)
    nicegui_app.add_middleware(Gate, session=session, screens=frame.paths, turn_away=turn_away)
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


def _lifespan(house: House, live: Live) -> Lifespan:
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with live.following():
            sweep = asyncio.create_task(_look_after(house))
            yield
            sweep.cancel()
            with suppress(asyncio.CancelledError):
                await sweep
            await _keep_last_hour(house)
        await house.ground.store.close()

    return lifespan


def _duties(house: House) -> tuple[Callable[[], Awaitable[object]], ...]:
    return house.cases.let_go_stale, house.quarantine.clear_away, house.departure.finish, house.presence.keep


async def _keep_last_hour(house: House) -> None:
    try:
        await house.presence.keep(unfinished=True)
    except Exception:
        logger.exception('who was here in the last hour could not be kept')


async def _look_after(house: House) -> None:
    while True:
        for duty in _duties(house):
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
