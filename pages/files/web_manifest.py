"""What a phone needs to know to show Haren as an app: the manifest, and its pictures."""

from __future__ import annotations

import json
from typing import Any

from fastapi import FastAPI, Request, Response

from app.i18n import STAFF_LANGUAGES, Translator, translator
from app.services.container import Services
from app.web.http.share_target import SHARE
from app.web.open_data.cors_and_etags import CachedResponse
from components.js_assets import Unchanging
from components.theme import app_icon
from components.theme.design_tokens import LIGHT
from components.theme.pwa_head import MANIFEST, NAME

MEDIA_TYPE = 'application/manifest+json'
CACHE = 'no-cache'
"""A browser asks whether it has changed, and is told so in a few bytes."""

START = '/log?from=home'


def register(server: FastAPI, services: Services) -> None:
    """Serve /manifest.webmanifest and /icons."""
    server.mount(app_icon.address().rstrip('/'), Unchanging(directory=app_icon.FOLDER), name='icons')

    @server.get(MANIFEST, include_in_schema=False)
    async def manifest(request: Request) -> Response:
        wanted = request.query_params.get('lang', '')
        _ = translator(wanted if wanted in STAFF_LANGUAGES else '')
        described = _described((await services.municipality.get()).name, _)
        body = json.dumps(described, ensure_ascii=False, separators=(',', ':')).encode()
        return CachedResponse.of(body, MEDIA_TYPE, _.language).to(request, CACHE)


def _described(municipality: str, _: Translator) -> dict[str, Any]:
    """The manifest (W3C, Web Application Manifest). Its id is one in all languages: it is one app."""
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
    """Where other apps bring what is shared with Haren: the worker takes it, see js/worker/share-target.js."""
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
