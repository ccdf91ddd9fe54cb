"""When staff's browsers and keys were last used: in memory first, and kept apart from what was done with them."""

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
    """Who was here in which hour.

    If a request wrote down whose it is, that would stand in the journal directly before what it brought, and tell who
    wrote under a team's name. So an hour is kept once it is over, of all together and in the order of their ids.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self._store = context.store
        self._seen: dict[Key, Moment] = {}

    def see(self, used: Used) -> Used:
        """Take it that this device or key is used now. It as it is then, which is not kept yet."""
        now = self._context.now()
        if _used(used, now) is not used:
            self._seen[_key(used)] = now.replace(minute=0, second=0, microsecond=0)
        return self.latest(used)

    def latest(self, used: Used) -> Used:
        """A device or key as it was last used, whether that is kept yet or not."""
        at = self._seen.get(_key(used))
        return _used(used, at) if at else used

    @retry_on_conflict
    async def keep(self, *, unfinished: bool = False) -> None:
        """Keep all hours that are over; the one that is under way, too, where Haren stops (`unfinished`).

        NotNow where the store takes nothing: they stay in memory.
        """
        now = self._context.now()
        due = {key: at for key, at in self._seen.items() if unfinished or at + AN_HOUR <= now}
        kept = [await self._store.get(kind, id) for kind, id in sorted(due, key=lambda key: (key[0].kept_in, key[1]))]
        changed = [new for old in kept if old and (new := self.latest(old)) is not old]
        if changed:
            await self._store.save(*changed)
        for key, at in due.items():
            if self._seen.get(key) == at:
                del self._seen[key]


def _key(used: Device | AccessToken) -> Key:
    return type(used), used.id


def _used(used: Used, at: Moment) -> Used:
    return cast(Used, used.seen(at) if isinstance(used, Device) else used.used(at))
