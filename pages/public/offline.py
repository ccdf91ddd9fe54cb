"""The page for phones without a network, its words, and the service worker that keeps and shows them."""

from __future__ import annotations

import hashlib
import json
from http import HTTPStatus

from fastapi import APIRouter, HTTPException, Request, Response

from app.domain.catalogue import Catalogue
from app.domain.document import LONGEST_TEXT
from app.domain.municipality import Municipality
from app.i18n import LANGUAGES
from app.services.container import Services
from app.web.http.origin import SAME_ORIGIN
from app.web.http.state import Collaborators, state_of
from components import js_assets
from components.html.renderer import HtmlRenderer
from pages.public import offline_cases, offline_log, own_reports
from pages.public.page_renderer import renderer_of

Ingredients = tuple[Municipality, Catalogue]
"""The things that can change the page while Haren runs."""

MODULES = ('public/main.js', own_reports.MODULE, 'worker/service-worker.js')
SHOWN_AT_ONCE = 6
"""Problems that are offered at once for an unknown asset: one screen of a phone. "More" shows the rest."""

WORKER_HEADERS = {
    'cache-control': 'no-cache',
    'content-security-policy': "default-src 'none'; script-src 'self'; connect-src 'self'",
    'service-worker-allowed': '/',
}


router = APIRouter(include_in_schema=False, dependencies=SAME_ORIGIN)


@router.get('/offline')
async def page(request: Request) -> Response:
    """Show the page that stands in for any other one while there is no network."""
    state = state_of(request)
    return await _page(request, state.services, renderer_of(request))


@router.get('/words/{digest}/{language}.json')
async def words(request: Request, digest: str, language: str) -> Response:
    """Answer with the words of a language.

    A page that was opened before the words changed asks for the old digest. It gets the new words, but may not keep
    them under the old address.
    """
    if language not in LANGUAGES:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    words = renderer_of(request).words
    is_current = words.address(language) == f'/words/{digest}/{language}.json'
    cache = js_assets.IMMUTABLE if is_current else 'no-store'
    return Response(words.body(language), 200, {'cache-control': cache}, 'application/json')


@router.get('/sw.js')
async def worker(request: Request) -> Response:
    """Answer with the service worker: a few lines that change whenever anything changes that a phone keeps."""
    renderer = renderer_of(request)
    config = {
        'version': await state_of(request).once(_Version).current(renderer),
        'modules': js_assets.with_imports(*MODULES),
        'pages': {language: _addresses(language, renderer) for language in LANGUAGES},
        'log': {'modules': js_assets.with_imports(*offline_log.MODULES), 'pages': offline_log.PAGES},
        'cases': {'modules': js_assets.with_imports(*offline_cases.MODULES), 'pages': offline_cases.PAGES},
    }
    script = js_assets.address('worker/service-worker.js')
    return Response(
        f'import {{ serve }} from "{script}";\nserve({json.dumps(config)});\n', 200, WORKER_HEADERS, 'text/javascript'
    )


def _addresses(language: str, renderer: HtmlRenderer) -> tuple[str, ...]:
    """Return what a phone keeps for a language; js/worker/page-cache.js knows their places."""
    query = f'?lang={language}'
    return f'/offline{query}', renderer.words.address(language), f'{own_reports.ADDRESS}{query}'


class _Version:
    """A digest of the page in every language. It is made anew only if something that the page shows has changed."""

    def __init__(self, state: Collaborators) -> None:
        self._services = state.services
        self._known: tuple[Ingredients, str] | None = None

    async def current(self, renderer: HtmlRenderer) -> str:
        ingredients = await self._services.municipality.get(), await self._services.sites.catalogue()
        if self._known is None or self._known[0] != ingredients:
            self._known = ingredients, await self._digest(renderer)
        return self._known[1]

    async def _digest(self, renderer: HtmlRenderer) -> str:
        requests = [_request_in(language) for language in LANGUAGES]
        pages = [await _page(request, self._services, renderer) for request in requests]
        pages += [await own_reports.page(request, renderer) for request in requests]
        content = b''.join(bytes(page.body) for page in pages)
        return hashlib.sha256(js_assets.address().encode() + content).hexdigest()[:12]


async def _page(request: Request, services: Services, renderer: HtmlRenderer) -> Response:
    problems = (await services.sites.catalogue()).likeliest_problems()
    return await renderer.page(
        request, 'offline.html', likeliest=problems[:SHOWN_AT_ONCE], more=problems[SHOWN_AT_ONCE:],
        longest=LONGEST_TEXT,
    )  # fmt: skip


def _request_in(language: str) -> Request:
    scope = {'type': 'http', 'method': 'GET', 'path': '/offline', 'query_string': f'lang={language}'.encode()}
    return Request({**scope, 'headers': []})
