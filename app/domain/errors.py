"""What can go wrong through no fault of Haren's, each with a sentence for people.

Refusal
├── SignedOut      nobody is signed in, or no longer
├── NotAllowed     somebody is, but their role may not
├── NotFound       it isn't here
├── Gone           it was here, and is used up or over
├── Clash          it stands against something that is already kept
├── NotNow         the disk takes nothing at the moment
├── TooLarge       it is more than fits
└── Invalid        it can't be understood; names the field
"""

from __future__ import annotations


class Refusal(Exception):
    """A request that Haren understands and declines.

    `message` is an English msgid with named slots, translated where it is shown; `values` fill the slots.
    """

    def __init__(self, message: str, /, **values: object) -> None:
        super().__init__(message.format(**values))
        self.message = message
        self.values = values


class SignedOut(Refusal):
    """Nobody is signed in on this device, or no longer."""


class NotAllowed(Refusal):
    """The person is known, but their role may not do this."""


class NotFound(Refusal):
    """There is no such thing."""


class Gone(Refusal):
    """There was such a thing; it is used up or has expired."""


class Clash(Refusal):
    """The request contradicts what is already kept: an id reused with other content, say."""


class NotNow(Refusal):
    """Nothing can be kept at the moment. The same may go well later."""


class TooLarge(Refusal):
    """What was sent is more than fits; the sentence says how much does."""


class Invalid(Refusal):
    """A value that can't be accepted. `field` names the one that the person should look at."""

    def __init__(self, field: str, message: str, /, **values: object) -> None:
        super().__init__(message, **values)
        self.field = field
