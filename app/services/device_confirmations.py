"""Confirm a device that was idle for long, with a code that its owner or an administrator enters on another one."""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from typing import NamedTuple

from app.domain import sticker_codes
from app.domain.audit import AuditKind, AuditRecord
from app.domain.errors import Invalid, TooOften
from app.domain.people import Device, Person, Role
from app.domain.sticker_codes import CodeError
from app.domain.token_buckets import RateLimit, TokenBuckets
from app.services.audit_log import AuditLog
from app.services.context import Context
from app.services.last_seen import LastSeen
from app.services.retry import retry_on_conflict

CODE_LASTS = timedelta(minutes=10)

GUESSES = RateLimit(at_once=5, an_hour=10)
"""Wrong codes that one person may enter."""


class _Asked(NamedTuple):
    device_id: str
    person_id: str
    until: datetime


class DeviceConfirmations:
    """The codes on screens of idle devices, in memory alone: one a device, for CODE_LASTS, used once."""

    def __init__(self, context: Context, last_seen: LastSeen, audit_log: AuditLog) -> None:
        self._context = context
        self._store = context.store
        self._last_seen = last_seen
        self._audit_log = audit_log
        self._asked: dict[str, _Asked] = {}
        self._guesses = TokenBuckets(GUESSES)

    async def ask(self, person: Person, device: Device) -> str:
        """Return a new code for a device. It takes the place of an earlier one."""
        self.withdraw(device)
        code = self._mint()
        self._asked[code] = _Asked(device.id, person.id, self._context.steady_now() + CODE_LASTS)
        await self._audit_log.note(AuditKind.CONFIRMATION_ASKED, person)
        return code

    def withdraw(self, device: Device) -> None:
        """End the code of a device, and all that are too old."""
        now = self._context.steady_now()
        self._asked = {
            code: asked for code, asked in self._asked.items() if asked.device_id != device.id and now < asked.until
        }

    async def confirm(self, by: Person, device: Device, typed: str) -> Device:
        """Confirm the device that shows this code: another one of one's own, or as an administrator anybody's.

        `device` is the one on which the code is entered. It may have been idle itself, as all are in the morning:
        whoever has found one device doesn't have the other. Raise Invalid if the code is wrong, too old or that of
        `device` itself, and TooOften after many wrong ones.
        """
        by.require(Role.FIELD)
        code = _read(typed)
        self._require_guess(by)
        asked = self._asked.get(code)
        confirmed = await self._confirmed(by, asked) if asked and self._may_confirm(by, device, asked) else None
        if confirmed is None:
            self._guesses.take(by.id, self._seconds())
            await self._audit_log.note(AuditKind.CONFIRMATION_REFUSED, by)
            raise Invalid('code', 'No device waits with this code. Codes work for 10 minutes: look at it once more.')
        self._asked.pop(code, None)
        return confirmed

    @retry_on_conflict
    async def _confirmed(self, by: Person, asked: _Asked) -> Device | None:
        """Save the device as confirmed; None if it has been signed out meanwhile."""
        kept, owner = await self._store.get(Device, asked.device_id), await self._store.get(Person, asked.person_id)
        if kept is None or not kept.is_open(self._context.now()):
            return None
        device = self._last_seen.latest(kept).confirm()
        record = AuditRecord.of(AuditKind.DEVICE_CONFIRMED, self._context.stamp(by), by, owner)
        await self._store.save(device, record)
        self._last_seen.confirmed(device.id)
        return device

    def _may_confirm(self, by: Person, device: Device, asked: _Asked) -> bool:
        is_theirs = asked.person_id == by.id or by.is_admin
        return is_theirs and asked.device_id != device.id and self._context.steady_now() < asked.until

    def _require_guess(self, by: Person) -> None:
        wait = self._guesses.wait(by.id, self._seconds())
        if wait > 0:
            raise TooOften('There were too many wrong codes. Try again in a few minutes.', math.ceil(wait))

    def _seconds(self) -> float:
        return self._context.steady_now().timestamp()

    def _mint(self) -> str:
        code = sticker_codes.mint(self._context.randbelow)
        while code in self._asked:
            code = sticker_codes.mint(self._context.randbelow)
        return code


def _read(typed: str) -> str:
    """Return the code that somebody typed. Raise Invalid, without counting a guess, if it can't be one."""
    code = sticker_codes.read(typed)
    if isinstance(code, CodeError):
        raise Invalid('code', 'That is not the code. It has six characters and stands on the other device.')
    return code
