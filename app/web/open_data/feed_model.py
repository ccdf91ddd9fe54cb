"""The content of a feed, whatever its format: its Atom and its JSON Feed say the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

ATOM = 'application/atom+xml'
JSON_FEED = 'application/feed+json'


@dataclass(frozen=True)
class FeedItem:
    """An event in a feed. It never changes once it is published.

    `page` is the address that shows the state now.
    """

    id: str
    at: datetime
    title: str
    text: str
    page: str
    case: str
    event: str
    problem: str


@dataclass(frozen=True)
class FeedDocument:
    """The events at one site or with one asset, newest first. All addresses are absolute."""

    id: str
    title: str
    language: str
    author: str
    home: str
    page: str
    atom: str
    json: str
    icon: str
    began: datetime
    items: tuple[FeedItem, ...]

    @property
    def updated(self) -> datetime:
        """The time of the newest item."""
        return max((item.at for item in self.items), default=self.began)


def urn(name: str) -> str:
    """Return a URN that is always the same for one name. Feed readers recognise feeds and items by it."""
    return uuid5(NAMESPACE_URL, name).urn
