"""Which network a request comes from: coarse enough to be shared by many, fine enough to slow one down."""

from __future__ import annotations

import socket

from starlette.requests import HTTPConnection

IPV4_PREFIX, IPV6_PREFIX = 24, 48
"""Bits of an address that name its network: what a provider gives to a neighbourhood, or to one customer."""

_MAPPED = bytes(10) + b'\xff\xff'
"""How an IPv6 address begins that stands for an IPv4 address (RFC 4291, 2.5.5.2)."""


def network_prefix(connection: HTTPConnection) -> str:
    """The network's prefix, such as '4:c00002', or 'unknown'. To be kept nowhere as it is."""
    host = connection.client.host if connection.client else ''
    try:
        return _prefix(host)
    except (OSError, ValueError):
        return 'unknown'


def _prefix(host: str) -> str:
    """The system's own reading of an address: it is asked at each report, and ipaddress takes ten times as long."""
    if ':' not in host:
        return f'4:{socket.inet_pton(socket.AF_INET, host)[: IPV4_PREFIX // 8].hex()}'
    packed = socket.inet_pton(socket.AF_INET6, host.partition('%')[0])
    if packed.startswith(_MAPPED):
        return f'4:{packed[len(_MAPPED) :][: IPV4_PREFIX // 8].hex()}'
    return f'6:{packed[: IPV6_PREFIX // 8].hex()}'
