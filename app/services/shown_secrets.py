"""Remember secrets that a screen shows once, until somebody has said that they have them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.access_tokens import UNCONFIRMED_LASTS
from app.services.context import Context

MOST_SECRETS = 500
"""Secrets that are remembered at a time. With one more, the oldest is forgotten."""


class SecretKind(StrEnum):
    """The use of a secret: it lets a program in, or a person on a new device."""

    TOKEN = 'token'
    INVITATION = 'invitation'


@dataclass(frozen=True)
class ShownSecret:
    """A secret on the screen of one device. `about` is the id of the token, or of the invited person."""

    device_id: str
    kind: SecretKind
    about: str
    secret: str
    until: datetime


class ShownSecrets:
    """The secrets on screens, in memory only.

    A browser may lose a screen, with a reload or a lost connection, before anybody has copied the secret. The same
    device is then shown it again, for UNCONFIRMED_LASTS at most.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self._secrets: list[ShownSecret] = []

    def show(self, device_id: str, kind: SecretKind, about: str, secret: str) -> ShownSecret:
        """Remember a new secret. It takes the place of one about the same token or person."""
        self.forget(device_id, about)
        shown = ShownSecret(device_id, kind, about, secret, self._context.now() + UNCONFIRMED_LASTS)
        self._secrets = [*self._current()[-MOST_SECRETS + 1 :], shown]
        return shown

    def on(self, device_id: str, kind: SecretKind) -> list[ShownSecret]:
        """Return the secrets of this kind that a device still has to show, the oldest first."""
        self._secrets = self._current()
        return [shown for shown in self._secrets if (shown.device_id, shown.kind) == (device_id, kind)]

    def forget(self, device_id: str, about: str) -> None:
        """Forget a secret, as somebody has it or it has ended."""
        self._secrets = [shown for shown in self._secrets if (shown.device_id, shown.about) != (device_id, about)]

    def _current(self) -> list[ShownSecret]:
        now = self._context.now()
        return [shown for shown in self._secrets if now < shown.until]
