"""Test people, their roles, and the credentials that let them sign in."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.domain.document import ChangeStamp
from app.domain.errors import Gone, Invalid, NotAllowed
from app.domain.people import INVITATION_LASTS, SESSION_LASTS, Device, Invitation, Person, Role
from tests.cast import NOON

STAMP = ChangeStamp('event', NOON)
FIA, _ = Person.add('fia', 'Fia Fält', Role.FIELD, 'collectors', STAMP)


def test_each_role_may_all_that_the_ones_before_it_may() -> None:
    allowed = {role: [needed for needed in Role if role.covers(needed)] for role in Role}
    assert allowed == {
        Role.FIELD: [Role.FIELD],
        Role.LEAD: [Role.FIELD, Role.LEAD],
        Role.ADMIN: [Role.FIELD, Role.LEAD, Role.ADMIN],
    }


def test_who_no_longer_works_here_may_nothing() -> None:
    FIA.require(Role.FIELD)
    gone, _ = FIA.change('Fia Fält', Role.ADMIN, None, active=False, stamp=STAMP)
    for role in Role:
        with pytest.raises(NotAllowed):
            gone.require(role)


def test_an_invitation_lets_one_device_in_once() -> None:
    used, device, event = Invitation(id='hash', person_id='fia', made_at=NOON).use(
        FIA, 'device', 'Firefox, Android', STAMP
    )
    assert (device.person_id, device.name, event.person_id) == ('fia', 'Firefox, Android', 'fia')
    with pytest.raises(Gone):
        used.use(FIA, 'device-2', 'Chrome', STAMP)


def test_an_invitation_grows_old() -> None:
    invitation = Invitation(id='hash', person_id='fia', made_at=NOON)
    invitation.require_open(NOON + INVITATION_LASTS - timedelta(seconds=1))
    with pytest.raises(Gone):
        invitation.require_open(NOON + INVITATION_LASTS)


def test_a_device_is_signed_in_until_it_is_revoked_or_ninety_days_old() -> None:
    device = Device(id='device', person_id='fia', name='Firefox', joined_at=NOON, seen_at=NOON)
    assert device.is_open(NOON + SESSION_LASTS - timedelta(seconds=1))
    assert not device.is_open(NOON + SESSION_LASTS)
    revoked, event = device.revoke(ChangeStamp('event', NOON, 'alva'))
    assert not revoked.is_open(NOON)
    assert (event.by, event.person_id) == ('alva', 'fia')


def test_when_a_device_was_used_is_kept_to_the_hour() -> None:
    device = Device(id='device', person_id='fia', name='Firefox', joined_at=NOON, seen_at=NOON)
    assert device.seen(NOON + timedelta(minutes=59)) is device
    assert device.seen(NOON + timedelta(minutes=100)).seen_at == NOON + timedelta(minutes=60)


@pytest.mark.parametrize('name', ['', '   ', 'x' * 121])
def test_a_person_needs_a_name_that_fits(name: str) -> None:
    with pytest.raises(Invalid):
        Person.add('x', name, Role.FIELD, None, STAMP)
