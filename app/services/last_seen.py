"""Record when staff's devices and access tokens were last used, apart from what was done with them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TypeVar, cast

from app.domain.access_tokens import AccessToken
from app.domain.document import Moment
from app.domain.errors import Unconfirmed
from app.domain.people import CONFIRM_AFTER, Device
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

    Gaps between requests are measured to the moment, in memory. A gap across a restart is measured from the stored
    hour, and whether a device must be confirmed is saved together with it.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self._store = context.store
        self._seen: dict[Key, Moment] = {}
        self._last_requests: dict[str, datetime] = {}
        self._came_back: set[str] = set()

    def see(self, used: Used) -> Used:
        """Record in memory that a device or token is used now. Return it as it is then; that is not saved yet."""
        now = self._context.now()
        came_back = isinstance(used, Device) and self._comes_back(used)
        if came_back or _used(used, now) is not used:
            self._seen[_key(used)] = now.replace(minute=0, second=0, microsecond=0)
        return self.latest(used)

    def latest(self, used: Used) -> Used:
        """Return a device or token with its last use, saved or not."""
        at = self._seen.get(_key(used))
        latest = _used(used, at) if at else used
        if isinstance(latest, Device) and latest.id in self._came_back:
            return cast(Used, latest.require_confirmation())
        return latest

    async def require_confirmed(self, device: Device | None) -> None:
        """Raise Unconfirmed if a device came back after CONFIRM_AFTER and nobody has confirmed it since.

        None stands for no device: the command line.
        """
        kept = await self._store.get(Device, device.id) if device else None
        if device and (kept is None or self.latest(kept).must_confirm):
            raise Unconfirmed('This device has not been used for 12 hours. Confirm it first.')

    def confirmed(self, device_id: str) -> None:
        """Forget that a device came back. Call this once it has been saved as confirmed."""
        self._came_back.discard(device_id)

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

    def _comes_back(self, device: Device) -> bool:
        """Record a request of a device. Return True if it is the first one after CONFIRM_AFTER."""
        now, last = self._context.steady_now(), self._last_requests.get(device.id)
        self._last_requests[device.id] = now
        comes_back = now - last >= CONFIRM_AFTER if last else device.may_have_been_idle(self._context.now())
        if comes_back:
            self._came_back.add(device.id)
        return comes_back


def _key(used: Device | AccessToken) -> Key:
    return type(used), used.id


def _used(used: Used, at: Moment) -> Used:
    return cast(Used, used.seen(at) if isinstance(used, Device) else used.used(at))
