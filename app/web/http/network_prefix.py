"""Find the network that a request comes from, to limit its rate. Many people share one, so it identifies nobody."""

from __future__ import annotations

import socket

from starlette.requests import HTTPConnection

IPV4_PREFIX, IPV6_PREFIX = 24, 48
"""Bits of an address that name its network: what a provider assigns to a neighbourhood, or to one customer."""

_MAPPED = bytes(10) + b'\xff\xff'
"""The beginning of an IPv6 address that stands for an IPv4 address (RFC 4291, 2.5.5.2)."""


def network_prefix(connection: HTTPConnection) -> str:
    """Return the network's prefix, such as '4:c00002', or 'unknown'. Never store it as it is."""
    host = connection.client.host if connection.client else ''
    try:
        return _prefix(host)
    except (OSError, ValueError):
        return 'unknown'


def _prefix(host: str) -> str:
    """Parse the address with the system's own function. Each report needs it, and ipaddress takes ten times as long."""
    if ':' not in host:
        return f'4:{socket.inet_pton(socket.AF_INET, host)[: IPV4_PREFIX // 8].hex()}'
    packed = socket.inet_pton(socket.AF_INET6, host.partition('%')[0])
    if packed.startswith(_MAPPED):
        return f'4:{packed[len(_MAPPED) :][: IPV4_PREFIX // 8].hex()}'
    return f'6:{packed[: IPV6_PREFIX // 8].hex()}'
