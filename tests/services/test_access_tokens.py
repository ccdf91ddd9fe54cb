"""Test access tokens for programs: Fia creates one for a program of hers, and revokes it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from app.domain.access_tokens import TOKEN_LASTS, AccessToken, Scope
from app.domain.errors import Gone, Invalid, NotAllowed
from app.domain.events import Event, EventKind
from app.domain.people import Role
from app.services.access_tokens import MOST_TOKENS
from app.services.people import PersonDraft, fingerprint
from app.store.protocol import ReadOnly
from tests.cast import Cast

BOTH = {Scope.LOG, Scope.READ}


async def test_a_token_lets_a_program_act_for_fia(cast: Cast) -> None:
    token, secret = await cast.services.access_tokens.make(cast.fia, '  Vägarnas   räknare ', BOTH)
    assert secret.startswith('haren_')
    assert (token.name, token.scopes) == ('Vägarnas räknare', (Scope.READ, Scope.LOG))
    shown = await cast.services.access_tokens.authenticate(secret)
    assert shown is not None
    assert (shown.person.id, shown.token.id) == ('fia', token.id)
    assert await cast.services.access_tokens.of('fia') == (shown.token,)


@pytest.mark.parametrize('secret', ['', 'haren_', 'haren_forged', 'x' * 10_000, 'haren_å'])
async def test_a_forged_token_lets_nobody_in(cast: Cast, secret: str) -> None:
    await cast.services.access_tokens.make(cast.fia, 'Räknare', BOTH)
    assert await cast.services.access_tokens.authenticate(secret) is None


async def test_what_is_kept_opens_nothing(cast: Cast, tmp_path: Path) -> None:
    token, secret = await cast.services.access_tokens.make(cast.fia, 'Räknare', BOTH)
    kept = b''.join(path.read_bytes() for path in (tmp_path / 'store').iterdir() if path.is_file())
    assert token.id == fingerprint(secret)
    assert token.id.encode() in kept
    assert secret.encode() not in kept
    assert secret.removeprefix('haren_').encode() not in kept
    assert await cast.services.access_tokens.authenticate(token.id) is None


async def test_a_token_ends_after_its_time_and_after_a_year_at_most(cast: Cast) -> None:
    _, month = await cast.services.access_tokens.make(cast.fia, 'En månad', BOTH, timedelta(days=30))
    _, year = await cast.services.access_tokens.make(cast.fia, 'Ett år', BOTH)
    cast.clock.pass_(days=30)
    assert await cast.services.access_tokens.authenticate(month) is None
    assert await cast.services.access_tokens.authenticate(year) is not None
    cast.clock.pass_(days=335)
    assert await cast.services.access_tokens.authenticate(year) is None
    assert await cast.services.access_tokens.of('fia') == ()


@pytest.mark.parametrize(
    ('name', 'scopes', 'lasts', 'field'),
    [
        (' ', BOTH, TOKEN_LASTS, 'name'),
        ('x' * 121, BOTH, TOKEN_LASTS, 'name'),
        ('Räknare', set(), TOKEN_LASTS, 'scopes'),
        ('Räknare', BOTH, TOKEN_LASTS + timedelta(seconds=1), 'lasts'),
        ('Räknare', BOTH, timedelta(), 'lasts'),
    ],
)
async def test_what_can_be_no_token_names_the_field(
    cast: Cast, name: str, scopes: set[Scope], lasts: timedelta, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        await cast.services.access_tokens.make(cast.fia, name, scopes, lasts)
    assert refused.value.field == field
    assert await cast.services.access_tokens.of('fia') == ()


async def test_there_is_an_end_to_keys(cast: Cast) -> None:
    made = [await cast.services.access_tokens.make(cast.fia, f'Nyckel {number}', BOTH) for number in range(MOST_TOKENS)]
    with pytest.raises(NotAllowed):
        await cast.services.access_tokens.make(cast.fia, 'En till', BOTH)
    await cast.services.access_tokens.revoke(cast.fia, made[0][0].id)
    await cast.services.access_tokens.make(cast.fia, 'En till', BOTH)


async def test_its_use_is_kept_to_the_hour(cast: Cast) -> None:
    token, secret = await cast.services.access_tokens.make(cast.fia, 'Räknare', BOTH)
    assert token.used_at is None
    cast.clock.pass_(minutes=25, seconds=7)
    for _ in range(3):
        await cast.services.access_tokens.authenticate(secret)
    (kept,) = await cast.services.access_tokens.of('fia')
    assert kept.used_at == cast.clock.at.replace(minute=0, second=0)
    assert kept.revision == token.revision, 'it is known, and not kept before the hour is over'
    cast.clock.pass_(hours=1)
    for _ in range(3):
        await cast.services.last_seen.keep()
    (kept,) = await cast.services.access_tokens.of('fia')
    assert kept.revision == token.revision + 1, 'three uses in an hour are kept once'


async def test_who_ends_a_token_does_so_at_once_and_for_good(cast: Cast) -> None:
    token, secret = await cast.services.access_tokens.make(cast.fia, 'Räknare', BOTH)
    with pytest.raises(NotAllowed):
        await cast.services.access_tokens.revoke(cast.leo, token.id)
    assert await cast.services.access_tokens.authenticate(secret) is not None
    await cast.services.access_tokens.revoke(cast.fia, token.id)
    await cast.services.access_tokens.revoke(cast.fia, token.id)
    await cast.services.access_tokens.revoke(cast.fia, 'no such token')
    assert await cast.services.access_tokens.authenticate(secret) is None
    assert await _token_events(cast) == [(EventKind.TOKEN_REVOKED, 'fia'), (EventKind.TOKEN_MADE, 'fia')]


async def test_an_administrator_ends_anybodys(cast: Cast) -> None:
    token, secret = await cast.services.access_tokens.make(cast.fia, 'Räknare', BOTH)
    await cast.services.access_tokens.revoke(cast.alva, token.id)
    assert await cast.services.access_tokens.authenticate(secret) is None
    assert (await _token_events(cast))[0] == (EventKind.TOKEN_REVOKED, 'alva')


async def test_who_no_longer_works_here_has_no_keys_nor_finds_them_again(cast: Cast) -> None:
    token, secret = await cast.services.access_tokens.make(cast.fia, 'Räknare', BOTH)
    await cast.services.people.change(cast.alva, 'fia', PersonDraft('Fia', Role.FIELD, active=False))
    assert await cast.services.access_tokens.authenticate(secret) is None
    await cast.services.people.change(cast.alva, 'fia', PersonDraft('Fia', Role.FIELD))
    assert await cast.services.access_tokens.authenticate(secret) is None
    kept = await cast.services.context.store.get(AccessToken, token.id)
    assert kept is not None
    assert kept.revoked_at == cast.clock.at
    with pytest.raises(NotAllowed):
        await cast.services.access_tokens.make(cast.fia.model_copy(update={'active': False}), 'Räknare', BOTH)


async def test_of_who_leaves_for_good_no_key_is_kept(cast: Cast) -> None:
    token, secret = await cast.services.access_tokens.make(cast.fia, 'Räknare', BOTH)
    await cast.services.account_erasure.leave(cast.fia, 'fia')
    assert await cast.services.access_tokens.authenticate(secret) is None
    await cast.services.account_erasure.finish()
    assert await cast.services.context.store.get(AccessToken, token.id) is None
    assert await cast.services.access_tokens.authenticate(secret) is None


async def test_a_token_goes_on_reading_while_the_disk_takes_nothing(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuse(*documents: object) -> None:
        raise ReadOnly

    _, secret = await cast.services.access_tokens.make(cast.fia, 'Räknare', BOTH)
    monkeypatch.setattr(cast.services.context.store, 'save', refuse)
    assert await cast.services.access_tokens.authenticate(secret) is not None


@pytest.mark.parametrize('how', ['confirmed', 'used', 'used and saved'])
async def test_a_token_lives_once_somebody_has_it(cast: Cast, how: str) -> None:
    token, secret = await cast.services.access_tokens.make(cast.fia, 'Räknare', BOTH, unconfirmed=True)
    if how == 'confirmed':
        await cast.services.access_tokens.confirm(cast.fia, token.id)
    else:
        assert await cast.services.access_tokens.authenticate(secret)
    if how == 'used and saved':
        await cast.services.last_seen.keep(unfinished=True)
    cast.clock.pass_(days=2)
    assert await cast.services.access_tokens.authenticate(secret)
    await cast.services.access_tokens.revoke(cast.fia, token.id)
    assert await cast.services.access_tokens.authenticate(secret) is None


async def test_a_token_that_nobody_has_ends_within_the_hour_and_leaves_room(cast: Cast) -> None:
    made = [
        await cast.services.access_tokens.make(cast.fia, f'Nyckel {number}', BOTH, unconfirmed=True)
        for number in range(MOST_TOKENS)
    ]
    cast.clock.pass_(minutes=61)
    assert [await cast.services.access_tokens.authenticate(secret) for _, secret in made] == [None] * MOST_TOKENS
    assert await cast.services.access_tokens.of('fia') == ()
    await cast.services.access_tokens.make(cast.fia, 'En till', BOTH, unconfirmed=True)
    with pytest.raises(Gone):
        await cast.services.access_tokens.confirm(cast.fia, made[0][0].id)


async def test_a_used_but_unconfirmed_token_ends_with_its_owner(cast: Cast) -> None:
    _, secret = await cast.services.access_tokens.make(cast.fia, 'Räknare', BOTH, unconfirmed=True)
    assert await cast.services.access_tokens.authenticate(secret)
    cast.clock.pass_(hours=2)
    await cast.services.people.change(cast.alva, 'fia', PersonDraft('Fia', Role.FIELD, active=False))
    await cast.services.people.change(cast.alva, 'fia', PersonDraft('Fia', Role.FIELD))
    assert await cast.services.access_tokens.authenticate(secret) is None


async def test_only_its_owner_confirms_a_token(cast: Cast) -> None:
    token, _ = await cast.services.access_tokens.make(cast.fia, 'Räknare', BOTH, unconfirmed=True)
    with pytest.raises(Gone):
        await cast.services.access_tokens.confirm(cast.leo, token.id)


async def _token_events(cast: Cast) -> list[tuple[EventKind, str | None]]:
    """Return the events about access tokens, newest first."""
    events = (await cast.services.context.store.find(Event)).documents
    return [(event.kind, event.by) for event in events if event.kind.startswith('token.')]
