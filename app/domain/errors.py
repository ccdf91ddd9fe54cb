"""Requests that Haren declines, each with a sentence for people.

Refusal
├── SignedOut      nobody is signed in, or no longer
├── NotAllowed     the person is signed in, but their role may not do this
│   └── Unconfirmed  their device was idle for long, and has to be confirmed first
├── NotFound       it doesn't exist
├── Gone           it existed, and is used up or expired
├── Clash          it conflicts with something that is already stored
│   └── Overtaken  somebody was faster, so it no longer applies
├── NotNow         the disk takes no writes at the moment
│   └── TooOften   one person or device sends more than people do
├── TooLarge       it exceeds a size limit
└── Invalid        a value can't be accepted; names the field
"""

from __future__ import annotations


class Refusal(Exception):
    """A request that Haren understands and declines.

    `message` is an English msgid with named slots, which is translated where it is shown. `values` fill the slots.
    """

    def __init__(self, message: str, /, **values: object) -> None:
        super().__init__(message.format(**values))
        self.message = message
        self.values = values


class SignedOut(Refusal):
    """A refusal because nobody is signed in on this device, or not any more."""


class NotAllowed(Refusal):
    """The person is known, but their role may not do this."""


class Unconfirmed(NotAllowed):
    """The person may do this, but not on a device that was idle for long: it has to be confirmed first."""


class NotFound(Refusal):
    """A refusal because the requested thing does not exist."""


class Gone(Refusal):
    """A refusal because the requested thing is used up, withdrawn or expired."""


class Clash(Refusal):
    """The request conflicts with what is already stored: it reuses an id with other content, for example."""


class Overtaken(Clash):
    """Somebody was faster, so that the request no longer applies. People are told who it was."""


class NotNow(Refusal):
    """A refusal because nothing can be stored at the moment. The same request may succeed later."""


class TooOften(NotNow):
    """Somebody sends more than people do. The same request succeeds after `wait` seconds."""

    def __init__(self, message: str, /, wait: int) -> None:
        super().__init__(message)
        self.wait = wait


class TooLarge(Refusal):
    """The request exceeds a size limit. The message says which."""


class Invalid(Refusal):
    """A value that can't be accepted. `field` names the one that the person should look at."""

    def __init__(self, field: str, message: str, /, **values: object) -> None:
        super().__init__(message, **values)
        self.field = field
