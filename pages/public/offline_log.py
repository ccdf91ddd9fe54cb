"""The entry form as a plain page, which phones of staff keep for when Haren can't be reached.

The page is the same for everybody. The phone itself knows who writes, and what they have written.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from http import HTTPStatus

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from markupsafe import Markup

from app.domain.document import Document
from app.domain.sites import Asset, Site
from app.i18n import DEFAULT, STAFF_LANGUAGES, translator
from app.services.container import Services
from app.web.http.cache import EVERYTHING, ChangeCounts, ResponseCache
from app.web.http.origin import SAME_ORIGIN
from app.web.http.state import Collaborators, ServerServices, state_of
from components import js_assets
from components.entries.form import entry_form
from components.entries.form_words import offline_log_words
from components.html.renderer import reader_translator
from pages.public.page_renderer import renderer_of

MODULES = ('entry-form/main.js',)

PLACES = '/offline/places.json'

PAGES: Mapping[str, tuple[str, str]] = {
    language: (f'/offline/log?lang={language}', PLACES) for language in STAFF_LANGUAGES
}
"""The addresses that a phone keeps for the log, by language: the page first."""


router = APIRouter(include_in_schema=False, dependencies=SAME_ORIGIN)


@router.get('/offline/log')
async def page(request: Request, services: ServerServices) -> Response:
    """Show the entry form. It is the same for everybody, so anybody may open it."""
    language = reader_translator(request).language
    if language not in STAFF_LANGUAGES:
        return RedirectResponse(f'/offline/log?lang={DEFAULT}', HTTPStatus.SEE_OTHER)
    _ = translator(language)
    form = await state_of(request).once(_cache).get_or_make(language, [EVERYTHING], lambda: entry_form(services, _))
    return await renderer_of(request).page(
        request, 'offline_log.html', words=offline_log_words(_), form=Markup(form), script=js_assets.address(MODULES[0])
    )


@router.get(PLACES)
async def places(request: Request, services: ServerServices) -> Response:
    """Answer with the site of each sticker's code: what the stickers' own pages say, all at once."""
    codes = await state_of(request).once(_cache).get_or_make(PLACES, [EVERYTHING], lambda: _codes(services))
    return Response(codes, media_type='application/json')


def _cache(state: Collaborators) -> ResponseCache[str]:
    """Keeps the forms and the list of places until a site or an asset changes."""
    return ResponseCache(ChangeCounts(state.services, _concerns))


async def _codes(services: Services) -> str:
    return json.dumps({'codes': await services.sites.places_by_code()}, separators=(',', ':'))


def _concerns(changed: Document) -> Iterable[str]:
    return (EVERYTHING,) if isinstance(changed, Site | Asset) else ()
