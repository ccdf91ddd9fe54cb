"""Share, explore, remove, work around, raise and link obstacles."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import date

from app.domain.document import ChangeStamp, Document
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

Transition = Callable[[Obstacle, Entry, ChangeStamp], tuple[Obstacle, Event] | None]

AlsoChanged = Callable[[Obstacle], Awaitable[Sequence[Document]]]
"""Return what else changes with an obstacle and is saved with it: paused cases wake once it is gone."""


class Obstacles:
    """The use cases for obstacles. Whoever may read the entry of an obstacle may use them.

    `seen` is the revision that a form showed. Raise Clash if it is not the newest one. A step that has been taken
    already changes nothing.
    """

    def __init__(self, context: Context, entries: Entries, also_changed: AlsoChanged | None = None) -> None:
        self._context = context
        self._store = context.store
        self._entries = entries
        self._also_changed = also_changed

    async def of(self, entry: Entry) -> Obstacle:
        """Return the obstacle of an entry. It is a new one if nobody has done anything about it yet."""
        return await self._store.get(Obstacle, entry.id) or Obstacle.of(entry)

    async def entry(self, reader: Reader, entry_id: str, claim: str = '') -> Entry:
        """Return the entry of an obstacle.

        Raise NotFound if there is none that this reader may read, and Gone if it is withdrawn.
        """
        entry = await self._entries.get(reader, entry_id, claim)
        if entry.kind is not EntryKind.OBSTACLE:
            raise NotFound('There is no such obstacle.')
        if entry.is_withdrawn:
            raise Gone('This has been withdrawn.')
        return entry

    async def share(self, person: Person, entry_id: str) -> Obstacle:
        """Say "me too": the obstacle stops this person as well."""
        return await self._change(person, entry_id, lambda it, entry, stamp: it.share(entry, person, stamp))

    async def unshare(self, person: Person, entry_id: str) -> Obstacle:
        """Take one's "me too" back."""
        return await self._change(person, entry_id, lambda it, entry, stamp: it.unshare(entry, person, stamp))

    async def explore(self, person: Person, entry_id: str) -> Obstacle:
        """Record that somebody has looked into what could be done."""
        return await self._change(person, entry_id, Obstacle.explore)

    async def remove(self, person: Person, entry_id: str, how: str, *, seen: int | None = None) -> Obstacle:
        """Record that the obstacle is gone, and how that happened."""
        return await self._change(person, entry_id, lambda it, entry, stamp: it.remove(entry, how, stamp), seen)

    async def work_around(self, person: Person, entry_id: str, how: str, *, seen: int | None = None) -> Obstacle:
        """Record how to get past the obstacle, though it is still there."""
        return await self._change(person, entry_id, lambda it, entry, stamp: it.work_around(entry, how, stamp), seen)

    async def raise_to(
        self, person: Person, entry_id: str, to: str, words: str, ask_again_on: date, *, seen: int | None = None
    ) -> Obstacle:
        """Raise the obstacle to somebody who can act, and plan the day to ask them again."""
        return await self._change(
            person, entry_id, lambda it, entry, stamp: it.raise_to(entry, to, words, ask_again_on, stamp), seen
        )

    async def ask_again(self, person: Person, entry_id: str, on: date, *, seen: int | None = None) -> Obstacle:
        """Record that they have been asked again, and plan the next time."""
        return await self._change(person, entry_id, lambda it, entry, stamp: it.ask_again(entry, on, stamp), seen)

    async def come_back(self, person: Person, entry_id: str) -> Obstacle:
        """Record that the obstacle is there again."""
        return await self._change(person, entry_id, Obstacle.come_back)

    async def put_back(self, person: Person, entry_id: str, *, seen: int | None = None) -> Obstacle:
        """Undo the latest step."""
        return await self._change(person, entry_id, Obstacle.put_back, seen)

    async def record_answer(self, entry: Entry, reply: Reply, stamp: ChangeStamp) -> tuple[Obstacle, ...]:
        """Return the obstacle as a reply changes it, to be saved with the reply.

        A reply makes it recent, and a possibility ("Ja, och …") makes it explored. Thanks change nothing.
        """
        if entry.kind is not EntryKind.OBSTACLE or entry.is_withdrawn or reply.kind is ReplyKind.THANKS:
            return ()
        obstacle = await self.of(entry)
        return (obstacle.answered(stamp) if reply.kind is ReplyKind.YES_AND else obstacle.touched(stamp),)

    @retry_on_conflict
    async def link(self, person: Person, entry_id: str, other_id: str) -> Obstacle:
        """Link two obstacles as the same, and with them all that each has been linked with."""
        entry, one = await self._load(person, entry_id)
        _, other = await self._load(person, other_id)
        same = [*await self._in_pattern_of(one), *await self._in_pattern_of(other)]
        linked = link(one, other, same, self._context.new_id(), entry, self._context.stamp(person))
        if linked is None:
            return one
        return await self._save_linked(*linked)

    @retry_on_conflict
    async def unlink(self, person: Person, entry_id: str) -> Obstacle:
        """Record that an obstacle is different from those that it was linked with."""
        entry, one = await self._load(person, entry_id)
        others = [obstacle for obstacle in await self._in_pattern_of(one) if obstacle.id != one.id]
        unlinked = unlink(one, others, entry, self._context.stamp(person))
        if unlinked is None:
            return one
        return await self._save_linked(*unlinked)

    async def _save_linked(self, obstacles: tuple[Obstacle, ...], event: Event) -> Obstacle:
        await self._store.save(*obstacles, event)
        return obstacles[0].as_saved()

    @retry_on_conflict
    async def _change(self, person: Person, entry_id: str, transition: Transition, seen: int | None = None) -> Obstacle:
        entry, obstacle = await self._load(person, entry_id)
        changed = transition(obstacle.require_revision(seen), entry, self._context.stamp(person))
        if changed is None:
            return obstacle
        await self._store.save(*changed, *(await self._also_changed(changed[0]) if self._also_changed else ()))
        return changed[0].as_saved()

    async def _load(self, person: Person, entry_id: str) -> tuple[Entry, Obstacle]:
        person.require(Role.FIELD)
        entry = await self.entry(await self._context.reader(person), entry_id)
        return entry, await self.of(entry)

    async def _in_pattern_of(self, obstacle: Obstacle) -> tuple[Obstacle, ...]:
        if obstacle.pattern_id is None:
            return ()
        return (await self._store.find(Obstacle, pattern_id=obstacle.pattern_id)).documents
