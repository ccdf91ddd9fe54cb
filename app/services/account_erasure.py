"""Leaving Haren for good, so that nothing that stays leads to who has left.

It is marked first and done after that, batch by batch: whatever stops it, `finish` goes on where it was.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence

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
"""Documents that are looked at before the loop gets its turn: some milliseconds of it."""


class AccountErasure:
    """How people leave."""

    def __init__(self, context: Context, people: People, municipality: MunicipalityService) -> None:
        self._context = context
        self._store = context.store
        self._people = people
        self._municipality = municipality
        self._one_at_a_time = asyncio.Lock()

    async def mode(self) -> Leaving:
        """What becomes of what somebody wrote, as the municipality has chosen."""
        return (await self._municipality.get()).leaving

    async def require_may_leave(self, by: Person, person_id: str) -> Person:
        """Who would leave; NotAllowed or Invalid where they can't: somebody has to remain administrator."""
        if by.id != person_id:
            by.require(Role.ADMIN)
        person = await self._people.get(person_id)
        await self._people.require_an_admin_besides(person.leave(Leaving.ANONYMOUS))
        return person

    @retry_on_conflict
    async def leave(self, by: Person, person_id: str) -> None:
        """Let somebody go for good, oneself or another as an administrator: from now on nobody is signed in as them.

        What they leave behind is seen to by `finish`.
        """
        person = (await self.require_may_leave(by, person_id)).leave(await self.mode())
        # Where two administrators leave at the same moment, each is the one on whom the other relies: so only one can.
        remaining = await self._people.require_an_admin_besides(person) if person.role is Role.ADMIN else None
        # Who goes by themselves is named nowhere, this once more.
        event = Person.left(self._context.stamp(by if by.id != person_id else None))
        also = (*((remaining,) if remaining else ()), *await self._people.ended_access(person_id))
        await self._store.save(person, event, *also)

    async def finish(self) -> None:
        """See to what those who have left leave behind. It may be called at any time."""
        async with self._one_at_a_time:
            for person in await self._context.find_all(Person):
                if person.leaving is not None:
                    await self._finish(person)

    def finish_soon(self) -> None:
        """`finish` without keeping anybody waiting; where it fails, it is tried again later."""
        self._finishing = asyncio.create_task(self._finish_or_say())

    async def _finish_or_say(self) -> None:
        try:
            await self.finish()
        except Exception:
            log.exception('what somebody left behind could not be seen to; it is tried again later')

    async def _finish(self, person: Person) -> None:
        # What was under way when somebody left may have been kept meanwhile: so it is looked for until there is none.
        found = 1
        while found:
            found = await self._erase_written(person) + await self._forget(person) + await self._erase_own(person)
        await self._store.erase(person)

    async def _erase_written(self, person: Person) -> int:
        """Erase what they wrote, with all that hangs on it; thanks, of which nothing remains without a name, always."""
        erased = 0
        if person.leaving is Leaving.ERASE:
            async for entries in all_pages(self._store, Entry, BATCH, author_id=person.id):
                for entry in entries:
                    await self._store.erase(*await self._about(entry), entry)
                erased += len(entries)
        async for replies in all_pages(self._store, Reply, BATCH, author_id=person.id):
            gone = [said for said in replies if person.leaving is Leaving.ERASE or said.kind is ReplyKind.THANKS]
            for reply in gone:
                told = (await self._store.find(Notification, entry_id=reply.entry_id)).documents
                await self._store.erase(*(notice for notice in told if notice.reply_id == reply.id), reply)
            erased += len(gone)
        return erased

    async def _about(self, entry: Entry) -> list[Document]:
        """What hangs on an entry: what is found by its id, and what has the same one."""
        found: list[Document] = []
        for kind in Document.kinds():
            if 'entry_id' in kind.found_by:
                found += (await self._store.find(kind, entry_id=entry.id)).documents
            elif kind is not Entry and (same := await self._store.get(kind, entry.id)):
                found.append(same)
        return found

    async def _forget(self, person: Person) -> int:
        """Take their id, and calls by their names, out of all that stays."""
        names = {person.name, *(notice.named for notice in await self._notices(person) if notice.named)}
        changed = 0
        for kind in Document.kinds():
            if kind is Person or 'person_id' in kind.found_by:
                continue
            before: str | None = None
            while True:
                seen, before = await self._forget_page(kind, before, person, names)
                changed += seen
                await asyncio.sleep(0)
                if before is None:
                    break
        return changed

    @retry_on_conflict
    async def _forget_page(
        self, kind: type[Document], before: str | None, person: Person, names: set[str]
    ) -> tuple[int, str | None]:
        page = await self._store.find(kind, limit=BATCH, before=before)
        lost = {document.id: await self._is_homeless(document) for document in page.documents}
        homeless = [document for document in page.documents if lost[document.id]]
        stay = [document for document in page.documents if not lost[document.id]]
        pairs = [(document, _as_it_stays(document, person, names)) for document in stay]
        changed = [new for old, new in pairs if new is not old]
        if changed:
            await self._store.save(*changed)
        if homeless:
            await self._store.erase(*homeless)
        return len(changed) + len(homeless), page.older

    async def _is_homeless(self, document: Document) -> bool:
        """Whether this tells of something that has been erased."""
        entry, reply = getattr(document, 'entry_id', None), getattr(document, 'reply_id', None)
        return bool(
            (entry and await self._store.get(Entry, entry) is None)
            or (reply and await self._store.get(Reply, reply) is None)
        )

    async def _erase_own(self, person: Person) -> int:
        """Erase what is theirs alone: devices, invitations, notices, keys."""
        erased = 0
        for kind in Document.kinds():
            if 'person_id' in kind.found_by:
                own = (await self._store.find(kind, person_id=person.id)).documents
                await self._store.erase(*own)
                erased += len(own)
        return erased

    async def _notices(self, person: Person) -> Sequence[Notification]:
        return (await self._store.find(Notification, person_id=person.id)).documents


def _as_it_stays(document: Document, person: Person, names: set[str]) -> Document:
    if person.leaving is Leaving.ERASE and isinstance(document, Obstacle):
        document = erase_words_of(document, person.id)
    return erase_person(document, person.id, names)
