"""The web app manifest and its icons: with them a phone can install Haren as an app."""

from __future__ import annotations

import json
from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.routing import Mount

from app.i18n import STAFF_LANGUAGES, Translator, translator
from app.web.http.origin import SAME_ORIGIN
from app.web.http.share_target import SHARE
from app.web.http.state import ServerServices
from app.web.open_data.cors_and_etags import CachedResponse
from components.js_assets import ImmutableFiles
from components.theme import app_icon
from components.theme.design_tokens import LIGHT
from components.theme.pwa_head import MANIFEST, NAME

MEDIA_TYPE = 'application/manifest+json'
CACHE = 'no-cache'
"""A browser asks each time whether it has changed, and gets a 304 if not."""

START = '/log?from=home'


router = APIRouter(include_in_schema=False, dependencies=SAME_ORIGIN)


@router.get(MANIFEST)
async def manifest(request: Request, services: ServerServices) -> Response:
    """Answer with the manifest in the language that the address names."""
    wanted = request.query_params.get('lang', '')
    _ = translator(wanted if wanted in STAFF_LANGUAGES else '')
    described = _described((await services.municipality.get()).name, _)
    body = json.dumps(described, ensure_ascii=False, separators=(',', ':')).encode()
    return CachedResponse.of(body, MEDIA_TYPE, _.language).to(request, CACHE)


def icons() -> Mount:
    """Return the route of the app's icons."""
    return Mount(app_icon.address().rstrip('/'), ImmutableFiles(directory=app_icon.FOLDER), name='icons')


def _described(municipality: str, _: Translator) -> dict[str, Any]:
    """Return the manifest (W3C, Web Application Manifest). Its id is the same in all languages: it is one app."""
    return {
        'id': '/',
        'name': NAME if municipality == NAME else f'{NAME} {municipality}',
        'short_name': NAME,
        'description': _('Log what you do and what stands in the way, with or without a network.'),
        'lang': _.language,
        'dir': _.direction,
        'start_url': START,
        'scope': '/',
        'display': 'standalone',
        'theme_color': LIGHT['paper'],
        'background_color': LIGHT['paper'],
        'categories': ['government', 'productivity'],
        'icons': [_icon('hare.svg', 'any'), *(_icon(name) for name in app_icon.PICTURES if name[:3] in ('any', 'mas'))],
        'shortcuts': [
            _shortcut(_('Log'), 'activity', 'log-96.png'),
            _shortcut(_('Obstacle'), 'obstacle', 'obstacle-96.png'),
        ],
        'share_target': _share_target(),
    }


def _icon(name: str, purpose: str = '') -> dict[str, str]:
    picture = app_icon.PICTURES.get(name)
    return {
        'src': app_icon.address(name),
        'sizes': f'{picture.size}x{picture.size}' if picture else 'any',
        'type': 'image/png' if picture else 'image/svg+xml',
        'purpose': purpose or name.partition('-')[0],
    }


def _shortcut(name: str, kind: str, picture: str) -> dict[str, Any]:
    return {'name': name, 'url': f'/log?kind={kind}', 'icons': [_icon(picture, 'any')]}


def _share_target() -> dict[str, Any]:
    """Return the target of what other apps share. The service worker takes it, see js/worker/share-target.js."""
    return {
        'action': SHARE,
        'method': 'POST',
        'enctype': 'multipart/form-data',
        'params': {
            'title': 'title',
            'text': 'text',
            'url': 'url',
            'files': [{'name': 'images', 'accept': ['image/*']}],
        },
    }
