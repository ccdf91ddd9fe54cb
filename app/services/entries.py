"""The log: what staff write down."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

from app.domain.document import LONGEST_NAME, checked_text, readable
from app.domain.entries import Content, Entry, EntryKind
from app.domain.errors import Clash, Invalid
from app.domain.people import Person, Role
from app.domain.sites import Site
from app.services.ground import Ground, require_client_id, until_current

MOST_PARTNERS = 12

EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)

CLOCKS_DIFFER = timedelta(minutes=10)
"""How far ahead a phone's clock may be."""


class Entries:
    """What can be done with entries."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._store = ground.store

    @until_current
    async def log(self, author: Person, entry_id: str, content: Content) -> Entry:
        """Keep what somebody logged. A repeat of the same id answers the same, another content is a Clash."""
        author.require(Role.FIELD)
        require_client_id(entry_id)
        content = await self._checked(content)
        if kept := await self._store.get(Entry, entry_id):
            return _repeat(kept, content, author)
        entry, event = Entry.log(entry_id, content, author, self._ground.stamp(author))
        await self._store.save(entry, event)
        return entry

    async def partners(self, limit: int = 50) -> tuple[str, ...]:
        """The partners that entries have named, most often first."""
        named = Counter(partner for entry in await self._ground.find_all(Entry) for partner in entry.partners)
        return tuple(name for name, _ in named.most_common(limit))

    async def _checked(self, content: Content) -> Content:
        roots = tuple(dict.fromkeys(content.roots))
        _require_known(roots, {root.id for root in self._ground.lists.roots}, 'roots')
        self._require_obstacle_kind(content)
        if content.site_id is not None and await self._store.get(Site, content.site_id) is None:
            raise Invalid('site_id', 'There is no such place.')
        self._require_plausible_time(content)
        return content.model_copy(
            update={'text': checked_text(content.text), 'roots': roots, 'partners': _checked_partners(content.partners)}
        )

    def _require_plausible_time(self, content: Content) -> None:
        if content.happened_at is None:
            return
        if content.happened_at > self._ground.now() + CLOCKS_DIFFER:
            raise Invalid('happened_at', 'That is in the future. Log it once it has happened.')
        if content.happened_at < EARLIEST:
            raise Invalid('happened_at', 'That is too long ago. Choose a later day.')

    def _require_obstacle_kind(self, content: Content) -> None:
        if content.obstacle_kind is None:
            return
        if content.kind is not EntryKind.OBSTACLE:
            raise Invalid('obstacle_kind', 'Only an obstacle has a kind of obstacle.')
        _require_known(
            (content.obstacle_kind,), {kind.id for kind in self._ground.lists.obstacle_kinds}, 'obstacle_kind'
        )


def _repeat(kept: Entry, content: Content, author: Person) -> Entry:
    if not kept.says_the_same_as(content, author):
        raise Clash('This id has been used for another entry. Nothing was changed.')
    return kept


def _require_known(chosen: tuple[str, ...], known: set[str], field: str) -> None:
    if unknown := set(chosen) - known:
        raise Invalid(field, 'There is no such choice: {choice}.', choice=ascii(sorted(unknown)[0]))


def _checked_partners(partners: tuple[str, ...]) -> tuple[str, ...]:
    named = tuple(
        dict.fromkeys(' '.join(readable(partner, 'partners').split()) for partner in partners if partner.strip())
    )
    if len(named) > MOST_PARTNERS:
        raise Invalid('partners', 'Name at most {limit} partners.', limit=MOST_PARTNERS)
    if any(len(partner) > LONGEST_NAME for partner in named):
        raise Invalid('partners', 'A partner’s name has at most {limit} characters.', limit=LONGEST_NAME)
    return named
