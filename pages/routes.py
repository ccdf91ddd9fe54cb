"""List the routes that work without NiceGUI, in the order in which they are matched."""

from __future__ import annotations

from starlette.routing import BaseRoute

from app.web.api.routes import ROUTES as API_ROUTES
from app.web.http import share_target
from app.web.open_data.routes import ROUTES as OPEN_DATA_ROUTES
from components import js_assets
from pages.files import case_files, feeds_and_badge, personal_export, photos, security_txt, sticker_sheets, web_manifest
from pages.public import (
    case,
    developers,
    offline,
    offline_cases,
    offline_log,
    own_reports,
    report_form,
    sign_in,
    sites,
    sticker,
    thanks,
)

ROUTES: tuple[BaseRoute, ...] = (
    js_assets.mount(),
    *API_ROUTES,
    *feeds_and_badge.router.routes,
    *OPEN_DATA_ROUTES,
    *report_form.router.routes,
    *sticker.router.routes,
    *thanks.router.routes,
    *photos.router.routes,
    *case.router.routes,
    *developers.router.routes,
    *sites.router.routes,
    *offline.router.routes,
    *own_reports.router.routes,
    *offline_cases.router.routes,
    *offline_log.router.routes,
    web_manifest.icons(),
    *web_manifest.router.routes,
    share_target.ROUTE,
    *sign_in.router.routes,
    *security_txt.router.routes,
    *sticker_sheets.router.routes,
    *personal_export.router.routes,
    *case_files.router.routes,
)
"""The routes without NiceGUI.

All servers of a process share these objects: FastAPI takes about 100 ms to analyse the handlers.
"""
