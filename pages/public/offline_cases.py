"""The cases as a plain page, which phones of staff keep for when Haren can't be reached.

The page is the same for everybody. The phone itself knows whose cases it has kept, and which.
"""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from app.i18n import DEFAULT, STAFF_LANGUAGES, translator
from app.web.http.origin import SAME_ORIGIN
from components import js_assets
from components.html.renderer import reader_translator
from components.offline.case_words import offline_case_words
from pages.public.page_renderer import renderer_of

MODULES = ('cases/offline.js', 'cases/kept-on-sticker.js')

PAGES: Mapping[str, tuple[str, ...]] = {language: (f'/offline/cases?lang={language}',) for language in STAFF_LANGUAGES}
"""The addresses that a phone keeps for the cases, by language: the page first."""

router = APIRouter(include_in_schema=False, dependencies=SAME_ORIGIN)


@router.get('/offline/cases')
async def page(request: Request) -> Response:
    """Show the list of kept cases, without any. It is the same for everybody, so anybody may open it."""
    language = reader_translator(request).language
    if language not in STAFF_LANGUAGES:
        return RedirectResponse(f'/offline/cases?lang={DEFAULT}', HTTPStatus.SEE_OTHER)
    return await renderer_of(request).page(
        request,
        'offline_cases.html',
        words=offline_case_words(translator(language)),
        script=js_assets.address(MODULES[0]),
    )
