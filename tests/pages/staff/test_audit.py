"""Test the screen of the audit log."""

from __future__ import annotations

from app.domain.audit import AuditKind
from app.domain.people import Role
from app.services.container import Services
from app.services.people import PersonDraft
from pages.staff.audit import SENTENCES
from tests.staff_screens import SignIn, hire


async def test_an_administrator_reads_who_did_what(services: Services, sign_in: SignIn) -> None:
    alva, fia = await hire(services, 'Alva', Role.ADMIN), await hire(services, 'Fia', Role.FIELD)
    await services.people.change(alva, fia.id, PersonDraft('Fia', Role.LEAD))
    for _ in range(5):
        await services.audit_log.note(AuditKind.DENIED, fia)
    async with sign_in(alva) as user:
        await user.open('/settings/audit')
        await user.should_see('Alva (Administrator) changed the rights of Fia (Team lead): Field staff → Team lead.')
        await user.should_see('Fia (Field staff) was denied something. (4 times or more)')


async def test_nobody_else_does_and_the_attempt_is_in_it(services: Services, sign_in: SignIn) -> None:
    alva, leo = await hire(services, 'Alva', Role.ADMIN), await hire(services, 'Leo', Role.LEAD)
    async with sign_in(leo) as user:
        await user.open('/settings/audit')
        await user.should_not_see('was denied something')
    (record, *_) = (await services.audit_log.page(alva, 1)).documents
    assert (record.kind, record.by) == (AuditKind.DENIED, leo.id)


def test_every_kind_of_record_has_its_sentence() -> None:
    assert SENTENCES.keys() == set(AuditKind)
