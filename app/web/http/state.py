"""The objects that a server's routes work with. Routes are shared by all servers, so they find them in the request."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Request
from starlette.requests import HTTPConnection
from starlette.routing import BaseRoute

from app.services.container import Services
from app.web.http.cache import ChangeCounts
from app.web.http.photo_uploads import PhotoUploads
from app.web.http.session import Session

T = TypeVar('T')


@dataclass(frozen=True)
class Collaborators:
    """The objects that the routes of one server share, kept as `server.state.haren`.

    `security_contact` is where to report a vulnerability, or ''. `open_screens` counts the staff screens in memory.
    """

    services: Services
    session: Session
    changes: ChangeCounts
    routes: Sequence[BaseRoute] = ()
    security_contact: str = ''
    open_screens: Callable[[], int] = lambda: 0
    photo_uploads: PhotoUploads = field(default_factory=PhotoUploads)
    _made: dict[Callable[[Collaborators], Any], Any] = field(default_factory=dict, repr=False)

    def once(self, make: Callable[[Collaborators], T]) -> T:
        """Return the one object that `make` makes for this server, such as a cache. It is made on first use."""
        if make not in self._made:
            self._made[make] = make(self)
        made: T = self._made[make]
        return made


def state_of(connection: HTTPConnection) -> Collaborators:
    """Return the collaborators of the server that answers this request."""
    state: Collaborators = connection.app.state.haren
    return state


async def _services_of(request: Request) -> Services:
    return state_of(request).services


ServerServices = Annotated[Services, Depends(_services_of)]
"""The type of a handler's parameter that gets the server's services."""
