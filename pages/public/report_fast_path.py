"""Where reports fall in: ahead of the layers that every other request passes through.

They are what comes by the thousand, from people and from floods. The layers, all of which are there for other requests,
took a third of what a report cost.
"""

from __future__ import annotations

import re

from fastapi import Request
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from app.web.http.middleware import is_from_here
from pages.public.errors import declined
from pages.public.request_forms import DECLINED, Page

_PATH = re.compile('/q/([^/]+)')


class ReportFastPath:
    """Has `report` answer the forms that are sent to a sticker's address, and passes everything else on.

    What comes from another website is passed on, too: to be declined as it would be anywhere.
    """

    def __init__(self, app: ASGIApp, report: Page) -> None:
        self._app = app
        self._report = report
        self._route = Route('/q/{code}', report, methods=['POST'])

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a report, or pass the request on."""
        found = _PATH.fullmatch(scope['path']) if scope.get('method') == 'POST' else None
        request = Request(scope, receive) if found else None
        if found is None or request is None or not is_from_here(request):
            await self._app(scope, receive, send)
            return
        scope['route'] = self._route
        try:
            response = await self._report(request, found[1])
        except DECLINED as error:
            response = await declined(request, error)
        await response(scope, receive, send)
