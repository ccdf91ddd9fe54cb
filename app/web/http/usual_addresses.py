"""Lead from other spellings of an address to the usual one: without a slash at the end, and without doubled slashes."""

from __future__ import annotations

from urllib.parse import quote

from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from app.domain.bounded_pattern import BoundedPattern

_OWN_RULES = '/_nicegui'
"""The beginnings of NiceGUI's addresses, such as that of its socket, which ends with a slash."""

_SHORT = BoundedPattern('/[QSC](?=/|$)', longest=3)
"""The beginning of an address that people type from a sticker or a letter, in capitals."""

_FROM_A_SYMBOL = BoundedPattern('/Q(/[^/.]+)?', longest=100)
"""The addresses that are served in capitals, as they stand in the symbols of stickers."""


class UsualAddresses:
    """Answers a request for another spelling of an address with a redirect (308, which keeps method and body)."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Redirect, or pass the request on."""
        if scope['type'] != 'http' or (usual := usual_path(scope['path'], scope['method'])) == scope['path']:
            await self._app(scope, receive, send)
            return
        query = scope['query_string'].decode('latin-1')
        address = quote(usual) + (f'?{query}' if query else '')
        await RedirectResponse(address, 308)(scope, receive, send)


def usual_path(path: str, method: str) -> str:
    """Return the usual spelling of a path. It begins with one slash, so that it never leads to another website."""
    if path.startswith(_OWN_RULES):
        return path
    usual = '/' + '/'.join(filter(None, path.split('/')))
    if method in ('GET', 'HEAD') and _FROM_A_SYMBOL.fullmatch(usual):
        return usual
    return usual[:2].lower() + usual[2:] if _SHORT.match(usual) else usual
