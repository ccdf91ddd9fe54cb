"""Which network a request comes from: coarse enough to be shared by many, fine enough to slow one down."""

from __future__ import annotations

from ipaddress import IPv4Address, ip_address

from starlette.requests import HTTPConnection

IPV4_PREFIX, IPV6_PREFIX = 24, 48
"""Bits of an address that name its network: what a provider gives to a neighbourhood, or to one customer."""


def network_of(connection: HTTPConnection) -> str:
    """The network's prefix, such as '4:c00002', or 'unknown'. To be kept nowhere as it is."""
    host = connection.client.host if connection.client else ''
    try:
        address = ip_address(host)
    except ValueError:
        return 'unknown'
    if address.version == 6 and address.ipv4_mapped:
        address = address.ipv4_mapped
    bits = IPV4_PREFIX if isinstance(address, IPv4Address) else IPV6_PREFIX
    return f'{address.version}:{address.packed[: bits // 8].hex()}'
