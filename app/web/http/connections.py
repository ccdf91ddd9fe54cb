"""Keep count of the open connections, and close those that are too slow."""

from __future__ import annotations

import asyncio
import ipaddress
import logging
import resource
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple, Protocol

log = logging.getLogger(__name__)

OTHER_FILES = 200
"""Files that the process needs besides its connections."""


class ConnectionLimits(NamedTuple):
    """The deadlines in seconds, and the most connections.

    The request line and headers must be there within `head`. Of a body, at least `portion` bytes must arrive within
    `body`; it has no total time, so that a photo on a slow line goes on for as long as it moves. An answer must move
    within `answer`. One address may have `from_one_address` of all connections; the reverse proxies in `proxies` speak
    for many people, and have no bound of their own.
    """

    head: float = 15.0
    body: float = 30.0
    portion: int = 1_024
    answer: float = 60.0
    in_all: int = 4_000
    from_one_address: int = 400
    proxies: str = '127.0.0.1,::1'
    look_every: float = 2.0


class Connection(Protocol):
    """A connection, as its protocol knows it."""

    address: str
    loop: asyncio.AbstractEventLoop

    @property
    def waits_for_a_request(self) -> bool:
        """True if no request is under way."""
        ...

    def is_too_slow(self, limits: ConnectionLimits) -> bool:
        """Return True if it has not moved for too long. It is asked from time to time."""
        ...

    def end(self) -> None:
        """Close it at once."""
        ...


class Connections:
    """All open connections of a server. It looks at them from time to time and closes those that are too slow."""

    def __init__(self, limits: ConnectionLimits) -> None:
        self._limits = limits
        self._most = min(limits.in_all, _files() - OTHER_FILES)
        self._proxies = Proxies(limits.proxies)
        self._open: dict[Connection, None] = {}  # in the order in which they came
        self._from: Counter[str] = Counter()
        self._next_look: asyncio.TimerHandle | None = None

    def admit(self, connection: Connection) -> bool:
        """Count a new connection. Return False if there are too many.

        Where there is no room, the one that has waited longest without a request makes some: people send theirs at
        once.
        """
        address = connection.address
        if self._from[address] >= self._limits.from_one_address and address not in self._proxies:
            return False
        if len(self._open) >= self._most and not self._make_room():
            return False
        self._open[connection] = None
        self._from[address] += 1
        self._plan(connection.loop)
        return True

    def release(self, connection: Connection) -> None:
        """Forget a connection that is closed."""
        if connection not in self._open:
            return
        del self._open[connection]
        self._from[connection.address] -= 1
        if not self._from[connection.address]:
            del self._from[connection.address]

    def __len__(self) -> int:
        """Return the number of open connections."""
        return len(self._open)

    def _make_room(self) -> bool:
        waiting = next((one for one in self._open if one.waits_for_a_request), None)
        if waiting:
            self.release(waiting)
            waiting.end()
        return waiting is not None

    def _plan(self, loop: asyncio.AbstractEventLoop) -> None:
        if self._next_look is None:
            self._next_look = loop.call_later(self._limits.look_every, self._close_the_slow, loop)

    def _close_the_slow(self, loop: asyncio.AbstractEventLoop) -> None:
        self._next_look = None
        slow = [connection for connection in self._open if connection.is_too_slow(self._limits)]
        for connection in slow:
            connection.end()
        if slow:
            log.info('connections that were closed because nothing moved: %d', len(slow))
        if self._open:
            self._plan(loop)


class Proxies:
    """The reverse proxies in a list as uvicorn reads it: addresses and networks with commas between, or `*`."""

    def __init__(self, listed: str) -> None:
        names = [name.strip() for name in listed.split(',') if name.strip()]
        self._all = '*' in names
        self._networks: Sequence[ipaddress.IPv4Network | ipaddress.IPv6Network] = [
            network for name in names if (network := _network(name))
        ]

    def __contains__(self, address: object) -> bool:
        """Return True if this is the address of a proxy."""
        network = _network(str(address))
        return self._all or any(network and network[0] in listed for listed in self._networks)


def _network(name: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network | None:
    try:
        return ipaddress.ip_network(name, strict=False)
    except ValueError:
        return None


def _files() -> int:
    """Return how many files the process may have open, as many as the system allows it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    except (OSError, ValueError):
        return soft
    return hard
