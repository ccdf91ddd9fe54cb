"""The log's other door: a plain page that phones of staff keep for when Haren can't be reached.

It is the same for everybody: who writes, and what they have written, the phone knows by itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from http import HTTPStatus

from fastapi import FastAPI, Request, Response
from fastapi.responses import RedirectResponse
from markupsafe import Markup

from app.domain.document import Document
from app.domain.sites import Asset, Site
from app.i18n import DEFAULT, STAFF_LANGUAGES, translator
from app.services.container import Services
from app.web.http.cache import EVERYTHING, ChangeCounts, ResponseCache
from components import js_assets
from components.entries.form import entry_form
from components.entries.form_words import door_words
from components.html.renderer import HtmlRenderer, reader_translator

MODULES = ('entry-form/main.js',)

PLACES = '/offline/places.json'

PAGES: Mapping[str, tuple[str, str]] = {
    language: (f'/offline/log?lang={language}', PLACES) for language in STAFF_LANGUAGES
}
"""What a phone keeps of the log, by language: the page first."""


def register(server: FastAPI, services: Services, plain: HtmlRenderer) -> None:
    """Serve /offline/log and /offline/places.json. Both are open to all, and made once until a place changes."""
    shelf: ResponseCache[str] = ResponseCache(ChangeCounts(services.context.store, _concerns))

    async def form(language: str) -> str:
        return await shelf.take(language, [EVERYTHING], lambda: entry_form(services, translator(language)))

    @server.get('/offline/log', include_in_schema=False)
    async def page(request: Request) -> Response:
        language = reader_translator(request).language
        if language not in STAFF_LANGUAGES:
            return RedirectResponse(f'/offline/log?lang={DEFAULT}', HTTPStatus.SEE_OTHER)
        return await plain.page(
            request, 'offline_log.html', words=door_words(translator(language)), form=Markup(await form(language)),
            script=js_assets.address(MODULES[0]),
        )  # fmt: skip

    @server.get(PLACES, include_in_schema=False)
    async def places() -> Response:
        """Which place each sticker leads to: what the stickers' own pages say, all at once."""
        codes = await shelf.take(PLACES, [EVERYTHING], lambda: _codes(services))
        return Response(codes, media_type='application/json')


async def _codes(services: Services) -> str:
    return json.dumps({'codes': await services.sites.places_by_code()}, separators=(',', ':'))


def _concerns(changed: Document) -> Iterable[str]:
    return (EVERYTHING,) if isinstance(changed, Site | Asset) else ()
