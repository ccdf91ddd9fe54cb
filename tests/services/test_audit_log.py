"""Test the audit log: what is in it, who reads it, how large a flood makes it, and what stays of those who leave."""

from __future__ import annotations

import pytest

from app.domain.access_tokens import Scope
from app.domain.audit import AUDIT_KEPT_FOR, AuditKind, AuditRecord
from app.domain.erasure import ERASED_PERSON
from app.domain.errors import NotAllowed
from app.domain.people import Role
from app.services.people import PersonDraft
from app.store.protocol import ReadOnly
from app.store.tools.json_import_export import json_lines
from tests.cast import Cast


async def newest(cast: Cast, count: int = 1) -> list[AuditRecord]:
    return list((await cast.services.audit_log.page(cast.alva, count)).documents)


@pytest.mark.parametrize(
    ('draft', 'kind', 'before', 'after'),
    [
        (PersonDraft('Fia Fält', Role.ADMIN, 'collectors'), AuditKind.ROLE_CHANGED, 'field', 'admin'),
        (PersonDraft('Fia Fält', Role.LEAD, None), AuditKind.ROLE_CHANGED, 'field', 'lead'),
        (PersonDraft('Fia', Role.FIELD, None, active=False), AuditKind.ACCESS_CHANGED, 'field', 'field, no access'),
        (PersonDraft('Fia', Role.LEAD, None, active=False), AuditKind.ROLE_CHANGED, 'field', 'lead, no access'),
    ],
)
async def test_rights_are_kept_as_they_were_and_are(
    cast: Cast, draft: PersonDraft, kind: AuditKind, before: str, after: str
) -> None:
    await cast.services.people.change(cast.alva, 'fia', draft)
    (record,) = await newest(cast)
    assert (record.kind, record.by, record.about) == (kind, 'alva', 'fia')
    assert (record.before, record.after, record.at) == (before, after, cast.clock.at)


async def test_a_new_name_is_no_matter_of_rights(cast: Cast) -> None:
    before = await newest(cast)
    await cast.services.people.change(cast.alva, 'fia', PersonDraft('Fia Ny', Role.FIELD, 'collectors'))
    assert await newest(cast) == before


async def test_people_invitations_keys_and_erasures_are_in_it(cast: Cast) -> None:
    cast.clock.pass_(minutes=1)
    await cast.services.people.add(cast.alva, PersonDraft('Nora Ny', Role.LEAD), 'nora')
    cast.clock.pass_(minutes=1)
    await cast.services.people.invite(cast.alva, 'nora')
    cast.clock.pass_(minutes=1)
    token, _ = await cast.services.access_tokens.make(cast.fia, 'Räknare', {Scope.READ})
    cast.clock.pass_(minutes=1)
    await cast.services.access_tokens.revoke(cast.alva, token.id)
    cast.clock.pass_(minutes=1)
    await cast.services.account_erasure.leave(cast.alva, 'nora')
    found = [(record.kind, record.by, record.about) for record in await newest(cast, 5)]
    assert found == [
        (AuditKind.ERASED, 'alva', 'nora'),
        (AuditKind.TOKEN_ENDED, 'alva', 'fia'),
        (AuditKind.TOKEN_MADE, 'fia', 'fia'),
        (AuditKind.INVITED, 'alva', 'nora'),
        (AuditKind.PERSON_ADDED, 'alva', 'nora'),
    ]


async def test_only_administrators_read_it(cast: Cast) -> None:
    for person in (cast.fia, cast.leo):
        with pytest.raises(NotAllowed):
            await cast.services.audit_log.page(person, 10)


@pytest.mark.parametrize('by', ['', 'fia'])
async def test_a_flood_is_one_record_an_hour(cast: Cast, by: str) -> None:
    person = cast.fia if by else None
    kind = AuditKind.DENIED if by else AuditKind.SIGN_IN_REFUSED
    before = len(await newest(cast, 100))
    for _ in range(1_000):
        await cast.services.audit_log.note(kind, person)
    (record,) = (await newest(cast, 100))[: len(await newest(cast, 100)) - before]
    assert (record.kind, record.by, record.count) == (kind, by or None, 512)
    assert record.revision < 12, 'it is seldom saved'
    cast.clock.pass_(hours=1)
    await cast.services.audit_log.note(kind, person)
    assert [each.count for each in await newest(cast, 2)] == [1, 512]


async def test_a_full_disk_changes_no_answer(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    async def refuse(*_: object) -> None:
        raise ReadOnly('the disk is full')

    monkeypatch.setattr(cast.services.context.store, 'save', refuse)
    await cast.services.audit_log.note(AuditKind.SIGN_IN_REFUSED)


async def test_whoever_leaves_stays_as_a_role(cast: Cast) -> None:
    await cast.services.people.change(cast.alva, 'leo', PersonDraft('Leo Ledare', Role.ADMIN, 'collectors'))
    leo = await cast.services.people.get('leo')
    await cast.services.people.invite(leo, 'fia')
    await cast.services.audit_log.note(AuditKind.DENIED, leo)
    await cast.services.audit_log.note(AuditKind.EXPORTED, leo)
    await cast.services.account_erasure.leave(leo, 'leo')
    await cast.services.account_erasure.finish()
    await cast.services.audit_log.note(AuditKind.DENIED, cast.fia)
    records = await newest(cast, 100)
    assert 'leo' not in {record.by for record in records} | {record.about for record in records}
    assert '"leo"' not in str([record.model_dump_json() for record in records])
    invited = next(record for record in records if record.kind is AuditKind.INVITED)
    assert (invited.by, invited.by_role, invited.about) == (ERASED_PERSON, Role.ADMIN, 'fia')


async def test_it_is_erased_after_two_years(cast: Cast) -> None:
    old = len(await newest(cast, 100))
    cast.clock.at += AUDIT_KEPT_FOR
    await cast.services.audit_log.note(AuditKind.SIGN_IN_REFUSED)
    assert await cast.services.audit_log.erase_expired() == old
    assert [record.kind for record in await newest(cast, 100)] == [AuditKind.SIGN_IN_REFUSED]


async def test_what_pages_and_programs_are_denied_is_in_it(cast: Cast) -> None:
    stranger, fia = cast.browser(), await cast.signed_in(cast.fia)
    await stranger.get('/join/forged')
    await stranger.post('/join/forged')
    await stranger.get('/api/v1/me', headers={'authorization': 'Bearer haren_forged'})
    assert (await fia.get('/stickers.pdf')).status_code == 403
    await fia.get('/me/export.json')
    await fia.get('/me/export.csv')
    found = {(record.kind, record.by, record.count) for record in await newest(cast, 4)}
    assert found == {
        (AuditKind.SIGN_IN_REFUSED, None, 2),
        (AuditKind.TOKEN_REFUSED, None, 1),
        (AuditKind.DENIED, 'fia', 1),
        (AuditKind.EXPORTED, 'fia', 2),
    }


async def test_it_can_be_printed_while_haren_runs(cast: Cast) -> None:
    folder = cast.services.context.store._storage.folder  # type: ignore[attr-defined]
    lines = list(json_lines(folder, AuditRecord))
    kept = [AuditRecord.model_validate_json(line) for line in lines]
    assert len(kept) == len(await newest(cast, 100)) > 2
    assert kept == sorted(kept, key=lambda record: record.at)
