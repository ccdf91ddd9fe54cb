"""Record when staff's devices and access tokens were last used, apart from what was done with them."""

from __future__ import annotations

from datetime import timedelta
from typing import TypeVar, cast

from app.domain.access_tokens import AccessToken
from app.domain.document import Moment
from app.domain.people import Device
from app.services.context import Context
from app.services.retry import retry_on_conflict

Key = tuple[type[Device | AccessToken], str]
Used = TypeVar('Used', bound=Device | AccessToken)

AN_HOUR = timedelta(hours=1)


class LastSeen:
    """The hour in which each device and access token was last used.

    A record that is written with each request would stand in the journal directly before what the request saved. It
    would reveal who wrote under a team's name. So the hours stay in memory until they are over, and are then saved
    together, ordered by id.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self._store = context.store
        self._seen: dict[Key, Moment] = {}

    def see(self, used: Used) -> Used:
        """Record in memory that a device or token is used now. Return it as it is then; that is not saved yet."""
        now = self._context.now()
        if _used(used, now) is not used:
            self._seen[_key(used)] = now.replace(minute=0, second=0, microsecond=0)
        return self.latest(used)

    def latest(self, used: Used) -> Used:
        """Return a device or token with its last use, saved or not."""
        at = self._seen.get(_key(used))
        return _used(used, at) if at else used

    @retry_on_conflict
    async def keep(self, *, unfinished: bool = False) -> None:
        """Save all hours that are over. `unfinished` saves the current one as well, when Haren stops.

        Raise NotNow if the store takes nothing. The hours then stay in memory.
        """
        now = self._context.now()
        due = {key: at for key, at in self._seen.items() if unfinished or at + AN_HOUR <= now}
        stored = [await self._store.get(kind, id) for kind, id in sorted(due, key=lambda key: (key[0].kept_in, key[1]))]
        changed = [new for old in stored if old and (new := self.latest(old)) is not old]
        if changed:
            await self._store.save(*changed)
        for key, at in due.items():
            if self._seen.get(key) == at:
                del self._seen[key]


def _key(used: Device | AccessToken) -> Key:
    return type(used), used.id


def _used(used: Used, at: Moment) -> Used:
    return cast(Used, used.seen(at) if isinstance(used, Device) else used.used(at))
