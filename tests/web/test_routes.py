"""Test the routes: all servers of a process share them, and each checks the origin of its requests."""

from __future__ import annotations

import pydantic
import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.routing import Mount, Route

from app.build import plain_server
from app.services.container import Services
from app.web.http.origin import require_same_origin
from app.web.http.session import Session
from pages.routes import ROUTES


def server_of(services: Services) -> FastAPI:
    return plain_server(services, Session(services.people, secure=True), secure=True)


async def test_two_servers_share_their_routes(services: Services) -> None:
    one, other = server_of(services), server_of(services)
    assert len(one.routes) == len(other.routes) == len(ROUTES) > 80
    assert all(one.routes[at] is other.routes[at] for at in range(len(ROUTES)))
    assert one.state.haren is not other.state.haren


async def test_another_server_analyses_no_handler(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[object] = []
    init = pydantic.TypeAdapter.__init__

    def count(self: pydantic.TypeAdapter[object], *arguments: object, **options: object) -> None:
        made.append(self)
        init(self, *arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(pydantic.TypeAdapter, '__init__', count)
    server_of(services)
    assert made == []
    APIRoute('/probe', _probe)
    assert made != []


async def _probe(number: int) -> int:
    return number


def test_every_route_checks_from_where_a_request_comes() -> None:
    routes = [route for route in ROUTES if isinstance(route, APIRoute)]
    assert len(routes) > 70
    for route in routes:
        dependencies = [dependency.dependency for dependency in route.dependencies]
        assert require_same_origin in dependencies or (route.methods or set()) <= {'GET', 'OPTIONS'}, route.path


def test_no_address_is_served_twice() -> None:
    served = [(method, route.path) for route in ROUTES if isinstance(route, Route) for method in (route.methods or ())]
    assert len(served) == len(set(served))
    assert sum(isinstance(route, Mount) for route in ROUTES) == 2
