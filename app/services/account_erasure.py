"""Let people leave Haren for good, so that nothing that remains leads to them.

Leaving is only marked at first. `finish` does the erasing in batches, and continues after an interruption.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence

from app.domain.audit import AuditKind, AuditRecord
from app.domain.case_acts import CaseAct
from app.domain.case_notes import CaseNote
from app.domain.case_words import erase_words_of as erase_words_about_cases
from app.domain.cases import Case
from app.domain.document import Document
from app.domain.entries import Entry
from app.domain.erasure import erase_person
from app.domain.leaving import Leaving
from app.domain.notifications import Notification
from app.domain.obstacle_step_authors import erase_words_of
from app.domain.obstacles import Obstacle
from app.domain.people import Person, Role
from app.domain.replies import Reply, ReplyKind
from app.services.context import Context
from app.services.municipality import MunicipalityService
from app.services.pagination import all_pages
from app.services.people import People
from app.services.retry import retry_on_conflict

log = logging.getLogger(__name__)

BATCH = 100
"""Documents that are processed before other tasks get their turn. They take some milliseconds."""


class AccountErasure:
    """The use cases for leaving."""

    def __init__(self, context: Context, people: People, municipality: MunicipalityService) -> None:
        self._context = context
        self._store = context.store
        self._people = people
        self._municipality = municipality
        self._finish_lock = asyncio.Lock()

    async def mode(self) -> Leaving:
        """Return what happens to the entries and replies of people who leave, as the municipality has chosen."""
        return (await self._municipality.get()).leaving

    async def require_may_leave(self, by: Person, person_id: str) -> Person:
        """Return the person who would leave.

        Raise NotAllowed if `by` may not decide this, and Invalid if nobody would remain administrator.
        """
        if by.id != person_id:
            by.require(Role.ADMIN)
        person = await self._people.get(person_id)
        await self._people.require_an_admin_besides(person.leave(Leaving.ANONYMOUS))
        return person

    @retry_on_conflict
    async def leave(self, by: Person, person_id: str) -> None:
        """Let somebody leave for good: oneself, or as an administrator another person.

        All their access ends at once. `finish` erases the rest.
        """
        person = (await self.require_may_leave(by, person_id)).leave(await self.mode())
        # Saved as well, so that one of the last two administrators is refused if both leave at once.
        remaining = await self._people.require_an_admin_besides(person) if person.role is Role.ADMIN else None
        # The Event of those who leave by themselves names nobody.
        stamp = self._context.stamp(by if by.id != person_id else None)
        event = Person.left(stamp)
        record = AuditRecord.of(AuditKind.ERASED, stamp, by, person)
        also = (*((remaining,) if remaining else ()), *await self._people.ended_access(person_id))
        await self._store.save(person, event, record, *also)

    async def finish(self) -> None:
        """Erase or anonymise what the people who have left leave behind. It may be called at any time."""
        async with self._finish_lock:
            for person in await self._context.find_all(Person):
                if person.leaving is not None:
                    await self._finish_person(person)

    def finish_soon(self) -> None:
        """Start `finish` in the background. If it fails, it is tried again later."""
        self._finishing = asyncio.create_task(self._finish_or_log())

    async def _finish_or_log(self) -> None:
        try:
            await self.finish()
        except Exception:
            log.exception('could not erase the data of somebody who has left; this is tried again later')

    async def _finish_person(self, person: Person) -> None:
        # A request that was under way may have saved something meanwhile, so repeat until nothing is found.
        changed = 1
        while changed:
            changed = await self._erase_written(person) + await self._anonymise(person) + await self._erase_own(person)
        await self._store.erase(person)

    async def _erase_written(self, person: Person) -> int:
        """Erase what a person wrote, with all documents about it. Return how many there were.

        Thanks are always erased, because nothing remains of them without a name.
        """
        erased = 0
        if person.leaving is Leaving.ERASE:
            async for entries in all_pages(self._store, Entry, BATCH, author_id=person.id):
                for entry in entries:
                    await self._store.erase(*await self._dependents(entry), entry)
                erased += len(entries)
            async for notes in all_pages(self._store, CaseNote, BATCH, author_id=person.id):
                await self._store.erase(*notes)
                erased += len(notes)
        async for replies in all_pages(self._store, Reply, BATCH, author_id=person.id):
            gone = [reply for reply in replies if person.leaving is Leaving.ERASE or reply.kind is ReplyKind.THANKS]
            for reply in gone:
                await self._erase_reply(reply)
            erased += len(gone)
        return erased

    async def _erase_reply(self, reply: Reply) -> None:
        notices = (await self._store.find(Notification, entry_id=reply.entry_id)).documents
        await self._store.erase(*(notice for notice in notices if notice.reply_id == reply.id), reply)

    async def _dependents(self, entry: Entry) -> list[Document]:
        """Return the documents about an entry: those that name it, and those with the same id."""
        found: list[Document] = []
        for kind in Document.kinds():
            if 'entry_id' in kind.found_by:
                found += (await self._store.find(kind, entry_id=entry.id)).documents
            elif kind is not Entry and (same := await self._store.get(kind, entry.id)):
                found.append(same)
        return found

    async def _anonymise(self, person: Person) -> int:
        """Remove a person's id, and mentions of their names, from everything that remains."""
        mentioned = (notice.named for notice in await self._notices(person) if notice.named)
        names = {person.name, *person.former_names, *mentioned}
        changed = 0
        for kind in Document.kinds():
            if kind is Person or 'person_id' in kind.found_by:
                continue
            before: str | None = None
            while True:
                count, before = await self._anonymise_page(kind, before, person, names)
                changed += count
                await asyncio.sleep(0)
                if before is None:
                    break
        return changed

    @retry_on_conflict
    async def _anonymise_page(
        self, kind: type[Document], before: str | None, person: Person, names: set[str]
    ) -> tuple[int, str | None]:
        page = await self._store.find(kind, limit=BATCH, before=before)
        orphan_ids = {document.id for document in page.documents if await self._is_orphaned(document)}
        orphaned = [document for document in page.documents if document.id in orphan_ids]
        remaining = [document for document in page.documents if document.id not in orphan_ids]
        pairs = [(document, _anonymised(document, person, names)) for document in remaining]
        changed = [new for old, new in pairs if new is not old]
        if changed:
            await self._store.save(*changed)
        if orphaned:
            await self._store.erase(*orphaned)
        return len(changed) + len(orphaned), page.older

    async def _is_orphaned(self, document: Document) -> bool:
        """Return True if the document is about an entry or a reply that has been erased."""
        entry, reply = getattr(document, 'entry_id', None), getattr(document, 'reply_id', None)
        return bool(
            (entry and await self._store.get(Entry, entry) is None)
            or (reply and await self._store.get(Reply, reply) is None)
        )

    async def _erase_own(self, person: Person) -> int:
        """Erase what belongs to the person alone: devices, invitations, notifications, access tokens."""
        erased = 0
        for kind in Document.kinds():
            if 'person_id' in kind.found_by:
                own = (await self._store.find(kind, person_id=person.id)).documents
                await self._store.erase(*own)
                erased += len(own)
        return erased

    async def _notices(self, person: Person) -> Sequence[Notification]:
        return (await self._store.find(Notification, person_id=person.id)).documents


def _anonymised(document: Document, person: Person, names: set[str]) -> Document:
    if person.leaving is Leaving.ERASE and isinstance(document, Obstacle):
        document = erase_words_of(document, person.id)
    if person.leaving is Leaving.ERASE and isinstance(document, Case | CaseAct):
        document = erase_words_about_cases(document, person.id)
    return erase_person(document, person.id, names)
