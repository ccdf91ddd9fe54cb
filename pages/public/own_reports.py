"""The page "Your reports": what this phone has reported. Only the phone has the list."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from app.i18n import Translator
from app.web.http.origin import SAME_ORIGIN
from components import js_assets
from components.html.renderer import HtmlRenderer, reader_translator
from components.theme.icons import path
from pages.public.page_renderer import renderer_of

MODULE = 'public/own-reports.js'
ADDRESS = '/my-reports'

ICONS = ('urgent', 'full', 'notice', 'fine', 'clock')

router = APIRouter(include_in_schema=False, dependencies=SAME_ORIGIN)


@router.get(ADDRESS)
async def show(request: Request) -> Response:
    """Show the page. Its module fills in the list."""
    return await page(request, renderer_of(request))


async def page(request: Request, renderer: HtmlRenderer) -> Response:
    """Return the page in the reader's language."""
    words = _words(reader_translator(request))
    return await renderer.page(request, 'own_reports.html', words=words, script=js_assets.address(MODULE))


def _words(_: Translator) -> dict[str, object]:
    """Return what the list says."""
    return {
        'icons': {name: path(name) for name in ICONS},
        'fine': _('It is fine now'),
        'photo': _('Your photo'),
        'unsent': _('Not sent yet'),
        'unknown': _('As soon as there is a network, you see here what became of it.'),
        'asOf': _('As it was {time}.'),
        'number': _('Case {number}'),
        'gone': _('Haren does not know this report any more.'),
        'sure': _('Remove the list from this phone? What you have reported stays reported.'),
        'forget': _('Yes, remove it'),
        'keep': _('No, keep it'),
    }
