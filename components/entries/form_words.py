"""Word the entry form. It is in the languages of staff, also on the offline page, which is a public page."""

from __future__ import annotations

from app.domain.document import LONGEST_TEXT
from app.i18n import Translator


def entry_words(_: Translator) -> dict[str, object]:
    """Return the form's texts, by the names that its JavaScript modules use."""
    return {
        **_writing_words(_),
        **_photo_words(_),
        **_place_words(_),
        **_saving_words(_),
        **_waiting_words(_),
        **_action_words(_),
    }


def log_words(_: Translator) -> dict[str, str]:
    """Return the texts about waiting entries on public pages."""
    return {'logWaits': _('Log entries that wait on this phone: {count}'), 'openLog': _('Open the log')}


def offline_log_words(_: Translator) -> dict[str, str]:
    """Return the texts around the form on the offline page of the log."""
    return {
        'title': _('Log'),
        'away': _('No contact with Haren right now. Write all the same: it is kept on this phone, and sent later.'),
        'back': _('There is a network again.'),
        'openPage': _('Open the page'),
    }


def _writing_words(_: Translator) -> dict[str, object]:
    return {
        'limit': LONGEST_TEXT,
        'empty': _('Write a few words first.'),
        'chooseDay': _('Choose the day, or “Now”.'),
        'isAhead': _('That is in the future. Log it once it has happened.'),
        'roots': _('roots: {count}'),
        'count': _('{count} of {limit} characters'),
        'tooLong': _('That is {length} characters; at most {limit} fit. Shorten it a little.'),
        'removePartner': _('Remove {name}'),
        'crowd': _(
            'Members of {team} who have signed in: {count}. The fewer they are, the easier it is to guess who wrote it.'
        ),
        'noRoom': _(
            'This browser keeps nothing right now. What you write is here only as long as this page is open: save it '
            'while there is a network, or copy it.'
        ),
        'noKey': _(
            'This browser can not keep the key to what is under your team’s name: once it is sent, nobody can change '
            'or withdraw it, not even you. Save again to send it all the same.'
        ),
    }


def _photo_words(_: Translator) -> dict[str, object]:
    return {
        'photos': _('photos: {count}'),
        'photoNumber': _('Photo {number}'),
        'removePhoto': _('Remove photo {number}'),
        'photoUnseen': _('A photo that this browser can not show'),
        'tooManyPhotos': _('An entry has at most {count} photos.'),
        'photoTooLarge': _('That photo is too large: at most 15 MB fit.'),
        'photosStay': _('The entry has arrived, but not every photo. Save again to send the rest.'),
        'noRoomForPhoto': _('There was no room for the photo on this phone. What you wrote is kept.'),
    }


def _place_words(_: Translator) -> dict[str, object]:
    return {
        'locating': _('Looking for where you are …'),
        'notLocated': _('This phone does not say where it is. Choose the place from the list.'),
        'nearest': _('Nearest: {place}, {distance}.'),
        'notACode': _('That is no code of ours. A code has six characters: look at the sticker once more.'),
        'unknownCode': _('No place that we know has this sticker.'),
        'noCodes': _('Which place it belongs to can not be looked up right now. Choose the place from the list.'),
        'found': _('Found: {place}.'),
        'noCamera': _('The camera can not be used. Type the code from the sticker instead.'),
        'aim': _('Aim at the sticker’s symbol'),
        'closeCamera': _('Close the camera'),
    }


def _saving_words(_: Translator) -> dict[str, object]:
    return {
        'kept': _('On this phone. It is sent as soon as it can be.'),
        'sending': _('Sending …'),
        'sent': _('Sent'),
        'sentForTeam': _('Sent. Others see it in a minute or two.'),
        'seeFeed': _('See it in the feed'),
        'openEntry': _('Open the entry'),
    }


def _waiting_words(_: Translator) -> dict[str, object]:
    return {
        'onThisPhone': _('On this phone'),
        'waiting': _('Waiting for a network'),
        'troubles': {
            'network': _('Waiting for a network'),
            'server': _('Haren does not answer right now. We keep trying.'),
            'strange': _('This network lets nothing through. Perhaps it wants you to sign in first?'),
            'signed-out': _('You are not signed in here. Once you are, it is sent.'),
        },
        'howIn': _('How to get in'),
        'photosNext': _('The entry has arrived, its photos are on their way.'),
        'photoRefused': _('The entry has arrived, but not every photo: {why}'),
        'refused': _('Refused: {why}'),
        'photoLost': _('This browser has lost the photo.'),
        'tooLarge': _('That is more than fits. Shorten it and try again.'),
        'othersWait': _(
            'Entries of somebody else that wait on this phone: {count}. They go once their author signs in.'
        ),
        'noStorage': _('This browser keeps nothing right now, so nothing can wait here for a network.'),
        'lost': _('Waiting here: {count}. This browser has cleared it, so please write it again.'),
        'seen': _('I have seen it'),
    }


def _action_words(_: Translator) -> dict[str, object]:
    return {
        'edit': _('Edit'),
        'again': _('Send again'),
        'leaveOutPhoto': _('Leave the photo out'),
        'copy': _('Copy the text'),
        'copied': _('Copied'),
        'remove': _('Delete'),
        'sure': _('Delete it for good?'),
        'mayHaveArrived': _('It may have arrived already. Then it stays in Haren, and can be withdrawn there.'),
        'removeForGood': _('Yes, delete it'),
        'keep': _('No, keep it'),
    }
