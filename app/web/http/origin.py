"""Decide from where a request comes: a page of ours, or another website that uses the cookies of its visitor.

Pages, the API and sockets ask the same function.
"""

from __future__ import annotations

from fastapi import Depends, Request
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection

from app.domain.bounded_pattern import BoundedPattern
from app.domain.errors import NotAllowed
from app.web.http.session import bearer
from app.web.http.state import state_of

SAFE_METHODS = frozenset({'GET', 'HEAD', 'OPTIONS'})

LONGEST = 300
"""Characters of an origin: a host name has 253 at most."""

_DEFAULT_PORTS = {'http': '80', 'https': '443'}
_ORIGIN = BoundedPattern(r'(https?)://([a-z0-9._-]+|\[[0-9a-f:.]+])(?::([0-9]{1,5}))?', LONGEST)
_BEFORE_THE_PATH = BoundedPattern(r'[^/]*//[^/?#]*', LONGEST)


async def require_same_origin(request: Request) -> None:
    """Raise NotAllowed if a page of another site sends a form or calls the API with this browser's cookies.

    A request without an origin comes from a program, which has no cookies but its own. A call of the API with a token
    passes, too: it does not use cookies, and a page of another site can't make a browser add a token.
    """
    if request.method in SAFE_METHODS or _shows_token(request):
        return
    if not is_same_origin(request):
        raise NotAllowed('This was sent from another website, so nothing was changed. Open Haren and try again.')


SAME_ORIGIN = (Depends(require_same_origin),)
"""The dependencies of every router."""


def is_same_origin(connection: HTTPConnection) -> bool:
    """Return True if one of our pages sent this, or no page at all."""
    return is_own(connection.headers, state_of(connection).services.base)


def is_own(headers: Headers, base: str) -> bool:
    """Return True if a page of ours or no page sent a request with these headers. `base` is our public address.

    `Sec-Fetch-Site` is believed, because scripts can't set it and the browser compares the addresses that it uses: a
    proxy may rewrite the host or strip the origin. `none` means that the person acted themselves; no other website is
    named then. Browsers send it over HTTPS only, so that otherwise the origin decides.
    """
    sites, origins = headers.getlist('sec-fetch-site'), headers.getlist('origin')
    if sites and sites != ['none']:
        return sites == ['same-origin']
    if sites and origins == ['null']:
        return True
    return not origins or (len(origins) == 1 and _names_us(origins[0], headers.get('host', ''), base))


def is_link_of_ours(headers: Headers, base: str) -> bool:
    """Return True if somebody followed a link on a page of ours."""
    if sites := headers.getlist('sec-fetch-site'):
        return sites == ['same-origin']
    page = _BEFORE_THE_PATH.match(headers.get('referer', ''))
    return page is not None and _names_us(page[0], headers.get('host', ''), base)


def is_link(headers: Headers) -> bool:
    """Return True if somebody followed a link on any website, as far as the browser says so."""
    if sites := headers.getlist('sec-fetch-site'):
        return sites != ['none']
    return 'referer' in headers


def _names_us(origin: str, host: str, base: str) -> bool:
    """Return True if an origin is the public address, or the one that was asked. Default ports may be named or not."""
    named = _parts(origin)
    if named is None:
        return False
    return named in (_parts(base), _parts(f'{named[0]}://{host}'))


def _parts(origin: str) -> tuple[str, str, str] | None:
    """Return the scheme, host and port of an origin, or None if it can't be read."""
    found = _ORIGIN.fullmatch(origin.lower())
    if found is None:
        return None
    scheme, host, port = found[1], found[2], found[3] or _DEFAULT_PORTS[found[1]]
    return scheme, host, port


def _shows_token(request: Request) -> bool:
    return request.scope['path'].startswith('/api/') and bearer(request) is not None
