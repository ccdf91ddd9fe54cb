"""Give handlers the renderer of plain pages. Each server has one."""

from __future__ import annotations

from starlette.requests import HTTPConnection

from app.web.http.state import Collaborators, state_of
from components.html.renderer import HtmlRenderer


def renderer_of(connection: HTTPConnection) -> HtmlRenderer:
    """Return the renderer of the server that answers this request."""
    return state_of(connection).once(_renderer)


def _renderer(state: Collaborators) -> HtmlRenderer:
    return HtmlRenderer(state.services)
