"""Find out if a request comes from the very machine that Haren runs on, and not through a reverse proxy on it."""

from __future__ import annotations

import ipaddress

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection

from app.domain.bounded_pattern import BoundedPattern

_LOCAL_HOST = BoundedPattern(r'(?:localhost|127(?:\.[0-9]{1,3}){3}|\[::1])(?::[0-9]{1,5})?', longest=30)
"""A Host header (RFC 9110, 7.2) that names this machine, with or without a port."""


def is_from_this_machine(connection: HTTPConnection) -> bool:
    """Return True if a program on this machine asks Haren itself.

    A proxy on this machine asks for people elsewhere. It says so in a header, or names the host that they asked for.
    The host keeps out, too, a website whose name leads a browser on this machine here.
    """
    headers = connection.headers
    return (
        _is_loopback(connection.client.host if connection.client else '')
        and not _is_forwarded(headers)
        and _LOCAL_HOST.fullmatch(headers.get('host', '').lower()) is not None
    )


def _is_loopback(address: str) -> bool:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    mapped = parsed.ipv4_mapped if isinstance(parsed, ipaddress.IPv6Address) else None
    return (mapped or parsed).is_loopback


def _is_forwarded(headers: Headers) -> bool:
    """Return True if a proxy passed the request on: Via, Forwarded, X-Forwarded-For, X-Real-IP and their relatives."""
    return any(name == 'via' or 'forwarded' in name or name.endswith('-ip') for name in headers)
