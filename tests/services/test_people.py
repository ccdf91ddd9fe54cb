"""Test how people sign in and out."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from app.domain.access_tokens import Scope
from app.domain.errors import Clash, Gone, Invalid, NotAllowed
from app.domain.events import Event, EventKind
from app.domain.people import Device, Invitation, Role
from app.services.people import PersonDraft, fingerprint
from tests.cast import NOON, Cast


async def test_an_invitation_lets_fia_in_once(cast: Cast) -> None:
    token = await cast.services.people.invite(cast.alva, cast.fia.id)
    assert (await cast.services.people.invited(token)).name == 'Fia Fält'
    visitor, session = await cast.services.people.join(token, 'Firefox, Android')
    assert (visitor.person.id, visitor.device.name) == ('fia', 'Firefox, Android')
    again = await cast.services.people.visitor(session)
    assert again is not None
    assert again.person.id == 'fia'
    with pytest.raises(Gone):
        await cast.services.people.join(token, 'Chrome')


@pytest.mark.parametrize('token', ['', 'forged', 'x' * 1000, '../../etc'])
async def test_a_forged_invitation_lets_nobody_in(cast: Cast, token: str) -> None:
    with pytest.raises(Gone):
        await cast.services.people.join(token, 'Chrome')
    assert await cast.services.people.visitor(token) is None


async def test_an_invitation_ends_after_a_week_and_when_a_newer_one_is_made(cast: Cast) -> None:
    first = await cast.services.people.invite(cast.alva, cast.fia.id)
    second = await cast.services.people.invite(cast.alva, cast.fia.id)
    with pytest.raises(Gone):
        await cast.services.people.invited(first)
    cast.clock.pass_(days=7)
    with pytest.raises(Gone):
        await cast.services.people.invited(second)


async def test_the_command_line_ends_no_invitation_and_an_administrator_ends_all(cast: Cast) -> None:
    people = cast.services.people
    printed = [await people.invite(None, 'fia') for _ in range(2)]
    assert [(await people.invited(token)).id for token in printed] == ['fia', 'fia']
    await people.invite(cast.alva, 'fia')
    for token in printed:
        with pytest.raises(Gone):
            await people.join(token, 'Firefox')


async def test_neither_token_is_kept(cast: Cast, tmp_path: Path) -> None:
    token = await cast.services.people.invite(cast.alva, cast.fia.id)
    _, session = await cast.services.people.join(token, 'Firefox')
    kept = b''.join(path.read_bytes() for path in (tmp_path / 'store').iterdir())
    assert fingerprint(session).encode() in kept
    assert token.encode() not in kept
    assert session.encode() not in kept
    assert await cast.services.context.store.get(Invitation, fingerprint(token)) is not None


async def test_a_session_ends_after_ninety_days(cast: Cast) -> None:
    _, session = await cast.services.people.join(await cast.services.people.invite(cast.alva, cast.fia.id), 'Firefox')
    cast.clock.pass_(days=89)
    assert await cast.services.people.visitor(session) is not None
    cast.clock.pass_(days=1)
    assert await cast.services.people.visitor(session) is None


async def test_fia_signs_out_her_own_device_and_nobody_elses(cast: Cast) -> None:
    fia, session = await cast.services.people.join(await cast.services.people.invite(cast.alva, 'fia'), 'Firefox')
    leo, _ = await cast.services.people.join(await cast.services.people.invite(cast.alva, 'leo'), 'iPad')
    with pytest.raises(NotAllowed):
        await cast.services.people.revoke(cast.fia, leo.device.id)
    await cast.services.people.revoke(cast.fia, fia.device.id)
    assert await cast.services.people.visitor(session) is None
    await cast.services.people.revoke(cast.alva, leo.device.id)
    assert await cast.services.people.devices('leo') == ()


async def test_who_leaves_is_signed_out_everywhere_and_can_not_be_invited(cast: Cast) -> None:
    _, session = await cast.services.people.join(await cast.services.people.invite(cast.alva, 'fia'), 'Firefox')
    open_invitation = await cast.services.people.invite(cast.alva, 'fia')
    await cast.services.people.change(cast.alva, 'fia', PersonDraft('Fia Fält', Role.FIELD, active=False))
    assert await cast.services.people.visitor(session) is None
    with pytest.raises(NotAllowed):
        await cast.services.people.invite(cast.alva, 'fia')
    with pytest.raises(Gone):
        await cast.services.people.join(open_invitation, 'Firefox')


async def test_who_comes_back_needs_a_new_invitation(cast: Cast) -> None:
    _, session = await cast.services.people.join(await cast.services.people.invite(cast.alva, 'fia'), 'Firefox')
    await cast.services.people.change(cast.alva, 'fia', PersonDraft('Fia Fält', Role.FIELD, active=False))
    await cast.services.people.change(cast.alva, 'fia', PersonDraft('Fia Fält', Role.FIELD))
    assert await cast.services.people.visitor(session) is None
    assert await cast.services.people.devices('fia') == ()


async def test_an_administrators_invitation_makes_an_event(cast: Cast) -> None:
    await cast.services.people.invite(cast.alva, 'fia')
    (event,) = (await cast.services.context.store.find(Event, limit=1)).documents
    assert (event.kind, event.by, event.person_id) == (EventKind.PERSON_INVITED, 'alva', 'fia')


async def test_somebody_remains_administrator(cast: Cast) -> None:
    for duties in (PersonDraft('Alva', Role.LEAD), PersonDraft('Alva', Role.ADMIN, active=False)):
        with pytest.raises(Invalid):
            await cast.services.people.change(cast.alva, 'alva', duties)
    await cast.services.people.change(cast.alva, 'leo', PersonDraft('Leo', Role.ADMIN))
    changed = await cast.services.people.change(cast.alva, 'alva', PersonDraft('Alva', Role.LEAD))
    assert changed.role is Role.LEAD


async def test_only_an_administrator_sets_things_up(cast: Cast) -> None:
    for person in (cast.fia, cast.leo):
        with pytest.raises(NotAllowed):
            await cast.services.people.add(person, PersonDraft('Eva', Role.ADMIN))
        with pytest.raises(NotAllowed):
            await cast.services.people.invite(person, 'alva')
        with pytest.raises(NotAllowed):
            await cast.services.people.add_team(person, 'Team', 'Org')
        with pytest.raises(NotAllowed):
            await cast.services.sites.retire_asset(person, cast.glass.id)
        with pytest.raises(NotAllowed):
            await cast.services.municipality.change(person, 'Ankeborg', '', '')


async def test_a_device_used_often_is_written_down_once_an_hour(cast: Cast) -> None:
    _, session = await cast.services.people.join(await cast.services.people.invite(cast.alva, 'fia'), 'Firefox')
    for _ in range(5):
        cast.clock.pass_(minutes=20)
        await cast.services.people.visitor(session)
        await cast.services.last_seen.keep()
    (device,) = await cast.services.people.devices('fia')
    assert (device.seen_at, device.revision) == (NOON + timedelta(hours=1), 1), 'known, and not kept yet'
    cast.clock.pass_(minutes=20)
    for _ in range(2):
        await cast.services.last_seen.keep()
    kept = await cast.services.context.store.get(Device, device.id)
    assert kept
    assert (kept.seen_at, kept.revision) == (NOON + timedelta(hours=1), 2)


async def test_nothing_is_written_beside_what_somebody_brings(cast: Cast) -> None:
    """Keep neither who signed in when nor in which order they came."""
    sessions = [(await cast.services.people.join(await cast.services.people.invite(cast.alva, who), 'Firefox'))[1]
                for who in ('fia', 'leo', 'alva')]  # fmt: skip
    token, secret = await cast.services.access_tokens.make(cast.fia, 'Räknare', {Scope.LOG})
    batches: list[list[str]] = []
    cast.services.context.store.follow(lambda kept: batches.append([document.id for document in kept]))
    cast.clock.pass_(hours=1)
    ids = sorted(map(fingerprint, sessions))
    for session in (*sessions, *sessions[::-1]):
        assert await cast.services.people.visitor(session)
        assert await cast.services.access_tokens.authenticate(secret)
        await cast.services.last_seen.keep()
    assert batches == []
    cast.clock.pass_(hours=1)
    await cast.services.last_seen.keep()
    assert batches == [[token.id, *ids]]


async def test_the_hour_under_way_is_kept_where_haren_stops(cast: Cast) -> None:
    _, session = await cast.services.people.join(await cast.services.people.invite(cast.alva, 'fia'), 'Firefox')
    cast.clock.pass_(hours=1, minutes=10)
    await cast.services.people.visitor(session)
    await cast.services.last_seen.keep(unfinished=True)
    device = await cast.services.context.store.get(Device, fingerprint(session))
    assert device
    assert device.seen_at == NOON + timedelta(hours=1)


async def test_signing_in_makes_one_event_and_preferences_make_none(cast: Cast) -> None:
    await cast.services.people.join(await cast.services.people.invite(cast.alva, 'fia'), 'Firefox')
    events_before = (await cast.services.context.store.find(Event)).documents
    await cast.services.people.prefer(cast.fia, 'en', 'dark')
    events = (await cast.services.context.store.find(Event)).documents
    assert len(events) == len(events_before)
    assert [event.kind for event in events].count(EventKind.PERSON_JOINED) == 1


async def test_a_person_whom_adam_changed_meanwhile_is_changed_only_by_who_has_seen_that(cast: Cast) -> None:
    people, duties = cast.services.people, PersonDraft('Fia Fält', Role.FIELD)
    seen = (await people.get('fia')).revision
    await people.change(cast.alva, 'fia', PersonDraft('Fia Fält', Role.LEAD), seen=seen)
    with pytest.raises(Clash):
        await people.change(cast.alva, 'fia', duties, seen=seen)
    assert (await people.get('fia')).role is Role.LEAD
    assert (await people.change(cast.alva, 'fia', duties, seen=seen + 1)).role is Role.FIELD


async def test_a_team_that_adam_renamed_meanwhile_is_renamed_only_by_who_has_seen_that(cast: Cast) -> None:
    people = cast.services.people
    await people.rename_team(cast.alva, 'collectors', 'Gröna laget', 'Energi och Miljö', seen=1)
    with pytest.raises(Clash):
        await people.rename_team(cast.alva, 'collectors', 'Blå laget', 'Energi och Miljö', seen=1)
    assert (await people.rename_team(cast.alva, 'collectors', 'Blå laget', 'EM', seen=2)).name == 'Blå laget'


async def test_a_municipality_that_adam_described_meanwhile_is_described_only_by_who_has_seen_that(cast: Cast) -> None:
    municipality = cast.services.municipality
    seen = (await municipality.get()).revision
    await municipality.change(cast.alva, 'Borås', 'Ring 112.', '', seen=seen)
    with pytest.raises(Clash):
        await municipality.change(cast.alva, 'Borås Stad', '', '', seen=seen)
    assert (await municipality.change(cast.alva, 'Borås Stad', '', '', seen=seen + 1)).name == 'Borås Stad'


async def test_of_two_administrators_who_demote_each_other_one_remains(cast: Cast) -> None:
    people = cast.services.people
    berit = await people.add(cast.alva, PersonDraft('Berit', Role.ADMIN), 'berit')
    results = await asyncio.gather(
        people.change(cast.alva, berit.id, PersonDraft('Berit', Role.FIELD)),
        people.change(berit, cast.alva.id, PersonDraft('Alva Admin', Role.FIELD)),
        return_exceptions=True,
    )
    assert [type(result) for result in results].count(Invalid) == 1
    assert [person.role for person in await people.all()].count(Role.ADMIN) == 1
