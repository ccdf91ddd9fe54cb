"""Obstacles: what staff do about what stands in the way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from app.domain.document import ChangeStamp
from app.domain.entries import Entry
from app.domain.entry_content import EntryKind
from app.domain.entry_visibility import Reader
from app.domain.errors import Gone, NotFound
from app.domain.events import Event
from app.domain.obstacle_links import link, unlink
from app.domain.obstacles import Obstacle
from app.domain.people import Person, Role
from app.domain.replies import Reply, ReplyKind
from app.services.context import Context
from app.services.entries import Entries
from app.services.retry import retry_on_conflict

Act = Callable[[Obstacle, Entry, ChangeStamp], tuple[Obstacle, Event] | None]


class Obstacles:
    """What can be done about obstacles, by whoever may read their entry.

    `seen` is the revision that a form showed: Clash where the obstacle isn't as it was then. What is so already
    changes nothing.
    """

    def __init__(self, context: Context, entries: Entries) -> None:
        self._context = context
        self._store = context.store
        self._entries = entries

    async def of(self, entry: Entry) -> Obstacle:
        """How the obstacle of an entry stands."""
        return await self._store.get(Obstacle, entry.id) or Obstacle.of(entry)

    async def entry(self, reader: Reader, entry_id: str, claim: str = '') -> Entry:
        """The entry of an obstacle; NotFound where this reader may read none, Gone where it has been withdrawn."""
        entry = await self._entries.get(reader, entry_id, claim)
        if entry.kind is not EntryKind.OBSTACLE:
            raise NotFound('There is no such obstacle.')
        if entry.is_withdrawn:
            raise Gone('This has been withdrawn.')
        return entry

    async def share(self, person: Person, entry_id: str) -> Obstacle:
        """ "Me too": it stops this person as well."""
        return await self._act(person, entry_id, lambda it, entry, stamp: it.share(entry, person, stamp))

    async def unshare(self, person: Person, entry_id: str) -> Obstacle:
        """Take one's "me too" back."""
        return await self._act(person, entry_id, lambda it, entry, stamp: it.unshare(entry, person, stamp))

    async def explore(self, person: Person, entry_id: str) -> Obstacle:
        """Tell that somebody has looked into what could be done."""
        return await self._act(person, entry_id, Obstacle.explore)

    async def remove(self, person: Person, entry_id: str, how: str, *, seen: int | None = None) -> Obstacle:
        """Tell that it is gone, and how that came."""
        return await self._act(person, entry_id, lambda it, entry, stamp: it.remove(entry, how, stamp), seen)

    async def work_around(self, person: Person, entry_id: str, how: str, *, seen: int | None = None) -> Obstacle:
        """Tell how one gets past it, though it is still there."""
        return await self._act(person, entry_id, lambda it, entry, stamp: it.work_around(entry, how, stamp), seen)

    async def raise_to(
        self, person: Person, entry_id: str, to: str, words: str, ask_again_on: date, *, seen: int | None = None
    ) -> Obstacle:
        """Lift it to somebody who can act, with these words, and ask them again on that day."""
        return await self._act(
            person, entry_id, lambda it, entry, stamp: it.raise_to(entry, to, words, ask_again_on, stamp), seen
        )

    async def ask_again(self, person: Person, entry_id: str, on: date, *, seen: int | None = None) -> Obstacle:
        """Tell that they have been asked again, and when to ask the next time."""
        return await self._act(person, entry_id, lambda it, entry, stamp: it.ask_again(entry, on, stamp), seen)

    async def come_back(self, person: Person, entry_id: str) -> Obstacle:
        """Tell that it stands in the way again."""
        return await self._act(person, entry_id, Obstacle.come_back)

    async def put_back(self, person: Person, entry_id: str, *, seen: int | None = None) -> Obstacle:
        """Undo the latest step."""
        return await self._act(person, entry_id, Obstacle.put_back, seen)

    async def built_on(self, entry: Entry, reply: Reply, stamp: ChangeStamp) -> tuple[Obstacle, ...]:
        """What has to be kept with a reply: the obstacle that it touches, and explores where it's a possibility."""
        if entry.kind is not EntryKind.OBSTACLE or entry.is_withdrawn or reply.kind is ReplyKind.THANKS:
            return ()
        obstacle = await self.of(entry)
        return (obstacle.answered(stamp) if reply.kind is ReplyKind.YES_AND else obstacle.touched(stamp),)

    @retry_on_conflict
    async def link(self, person: Person, entry_id: str, other_id: str) -> Obstacle:
        """Tell that two obstacles are the same, and with them all that each has been linked with."""
        entry, one = await self._open_to(person, entry_id)
        _, other = await self._open_to(person, other_id)
        alike = [*await self._alike(one), *await self._alike(other)]
        linked = link(one, other, alike, self._context.new_id(), entry, self._context.stamp(person))
        if linked is None:
            return one
        await self._store.save(*linked[0], linked[1])
        return linked[0][0].once_kept()

    @retry_on_conflict
    async def unlink(self, person: Person, entry_id: str) -> Obstacle:
        """Tell that an obstacle is another one than those that it was linked with."""
        entry, one = await self._open_to(person, entry_id)
        others = [obstacle for obstacle in await self._alike(one) if obstacle.id != one.id]
        unlinked = unlink(one, others, entry, self._context.stamp(person))
        if unlinked is None:
            return one
        await self._store.save(*unlinked[0], unlinked[1])
        return unlinked[0][0].once_kept()

    @retry_on_conflict
    async def _act(self, person: Person, entry_id: str, act: Act, seen: int | None = None) -> Obstacle:
        entry, obstacle = await self._open_to(person, entry_id)
        changed = act(obstacle.require_revision(seen), entry, self._context.stamp(person))
        if changed is None:
            return obstacle
        await self._store.save(*changed)
        return changed[0].once_kept()

    async def _open_to(self, person: Person, entry_id: str) -> tuple[Entry, Obstacle]:
        person.require(Role.FIELD)
        entry = await self.entry(await self._context.reader(person), entry_id)
        return entry, await self.of(entry)

    async def _alike(self, obstacle: Obstacle) -> tuple[Obstacle, ...]:
        if obstacle.pattern_id is None:
            return ()
        return (await self._store.find(Obstacle, pattern_id=obstacle.pattern_id)).documents
