"""What a phone keeps of Haren for when there is no network: one page, its words, and the worker that shows it."""

from __future__ import annotations

import hashlib
import json
from http import HTTPStatus

from fastapi import FastAPI, HTTPException, Request, Response

from app.domain.catalogue import Catalogue
from app.domain.document import LONGEST_TEXT
from app.domain.municipality import Municipality
from app.i18n import LANGUAGES
from app.services.container import Services
from components import js_assets
from components.html.renderer import HtmlRenderer
from pages.public import offline_log

Ingredients = tuple[Municipality, Catalogue]
"""What can change about the page while Haren runs."""

MODULES = ('public/main.js', 'worker/service-worker.js')
SHOWN_AT_ONCE = 6
"""Problems of an unknown thing that are offered at once: one screen of a phone. The others are behind "More"."""

WORKER_POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'"


def register(server: FastAPI, services: Services, plain: HtmlRenderer) -> None:
    """Serve /offline, /words/… and /sw.js."""
    offline = _Offline(services, plain)
    server.get('/offline', include_in_schema=False)(offline.page)
    server.get('/words/{digest}/{language}.json', include_in_schema=False)(offline.words)
    server.get('/sw.js', include_in_schema=False)(offline.worker)


class _Offline:
    def __init__(self, services: Services, plain: HtmlRenderer) -> None:
        self._services = services
        self._plain = plain
        self._known: tuple[Ingredients, str] | None = None

    async def page(self, request: Request) -> Response:
        """The page that stands in for any other one."""
        problems = (await self._services.context.catalogue()).likeliest_problems()
        return await self._plain.page(
            request, 'offline.html', likeliest=problems[:SHOWN_AT_ONCE], more=problems[SHOWN_AT_ONCE:],
            longest=LONGEST_TEXT,
        )  # fmt: skip

    async def words(self, digest: str, language: str) -> Response:
        """The words of a language. A page that was opened before they changed gets the new ones, and keeps them not."""
        if language not in LANGUAGES:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        is_current = self._plain.words.address(language) == f'/words/{digest}/{language}.json'
        cache = js_assets.FOR_EVER if is_current else 'no-store'
        return Response(self._plain.words.body(language), 200, {'cache-control': cache}, 'application/json')

    async def worker(self) -> Response:
        """The service worker: a few lines that change whenever anything does that a phone keeps."""
        config = {
            'version': await self._version(),
            'modules': js_assets.with_all_it_needs(*MODULES),
            'pages': self._pages(),
            'log': {'modules': js_assets.with_all_it_needs(*offline_log.MODULES), 'pages': offline_log.PAGES},
        }
        worker = js_assets.address('worker/service-worker.js')
        script = f'import {{ serve }} from "{worker}";\nserve({json.dumps(config)});\n'
        headers = {
            'cache-control': 'no-cache',
            'content-security-policy': WORKER_POLICY,
            'service-worker-allowed': '/',
        }
        return Response(script, 200, headers, 'text/javascript')

    def _pages(self) -> dict[str, tuple[str, str]]:
        """The page in each language, and what it needs."""
        return {language: (f'/offline?lang={language}', self._plain.words.address(language)) for language in LANGUAGES}

    async def _version(self) -> str:
        ingredients = await self._services.municipality.get(), await self._services.context.catalogue()
        if self._known is None or self._known[0] != ingredients:
            self._known = ingredients, await self._digest()
        return self._known[1]

    async def _digest(self) -> str:
        pages = [bytes((await self.page(_asked_in(language))).body) for language in LANGUAGES]
        return hashlib.sha256(js_assets.address().encode() + b''.join(pages)).hexdigest()[:12]


def _asked_in(language: str) -> Request:
    scope = {'type': 'http', 'method': 'GET', 'path': '/offline', 'query_string': f'lang={language}'.encode()}
    return Request({**scope, 'headers': []})
