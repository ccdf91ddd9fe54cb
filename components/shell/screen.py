"""Give a staff screen what it needs: its visitor, their language, the services and the live updates."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from nicegui import ui

from app.domain.audit import AuditKind
from app.domain.errors import NotAllowed, Refusal, SignedOut, Unconfirmed
from app.domain.people import Person
from app.i18n import FAULT, Translator
from app.services.container import Services
from app.services.people import Visitor
from components.shell.device_confirmation import confirm_elsewhere
from components.shell.live_updates import LiveUpdates

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Screen:
    """The visitor, services and language of a screen. `_` is the Translator of the visitor's language."""

    visitor: Visitor
    _: Translator
    services: Services
    live: LiveUpdates

    async def person(self) -> Person:
        """Return the visitor as they are now. Raise SignedOut if this device has been signed out meanwhile."""
        visitor = await self.services.people.visitor_on(self.visitor.device.id)
        if visitor is None:
            raise SignedOut('You have been signed out on this device. Open a new invitation link to go on.')
        return visitor.person

    async def attempt(
        self, act: Callable[[Person], Awaitable[object]], done: str = '', tell: Callable[[Refusal], None] | None = None
    ) -> bool:
        """Let the person do something. Return True if it succeeded; show a refusal, with `tell` if it is given.

        Where the device has to be confirmed first, show how, and go on once it is.
        """
        try:
            person = await self.person()
            self.services.write_limits.take(person.id, self.visitor.device.id)
            await act(person)
        except SignedOut:
            ui.navigate.to('/in')
            return False
        except Unconfirmed:
            is_confirmed = await confirm_elsewhere(self.visitor, self._, self.services, self.live)
            return is_confirmed and await self.attempt(act, done, tell)
        except Refusal as refusal:
            if isinstance(refusal, NotAllowed):
                await self.services.audit_log.note(AuditKind.DENIED, self.visitor.person)
            (tell or self._notify)(refusal)
            return False
        except Exception:
            log.exception('an action on the screen %s failed', ui.context.client.page.path)
            self._warn(self._(FAULT))
            return False
        if done:
            ui.notify(done, type='positive', position='top', group=False)
        return True

    def _notify(self, refusal: Refusal) -> None:
        self._warn(self._.refusal(refusal))

    def _warn(self, sentence: str) -> None:
        ui.notify(sentence, type='negative', position='top', timeout=8000, group=False)
