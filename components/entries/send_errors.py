"""Word the errors of elements that send to the API themselves."""

from __future__ import annotations

from app.i18n import Translator


def send_errors(_: Translator) -> dict[str, str]:
    """Return the texts for what could not be sent. It stays in its field, also after a reload."""
    return {
        'offline': _('It could not be sent. What you wrote is still here: try again when you have a connection.'),
        'signedOut': _('You are not signed in here any more, or somebody else is. What you wrote is still here.'),
        'arrived': _('An earlier wording of yours has arrived. Send again if you want to say this as well.'),
    }
