"""What a feed tells, in no format yet: the Atom and the JSON Feed of a channel say the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

ATOM = 'application/atom+xml'
JSON_FEED = 'application/feed+json'


@dataclass(frozen=True)
class FeedItem:
    """One thing that happened, at an address where one sees how it is now. It never changes once it's told."""

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
    """What happens at one place or with one thing, newest first. All addresses are absolute."""

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
        """When something was last told."""
        return max((item.at for item in self.items), default=self.began)


def urn(name: str) -> str:
    """An address of nothing but itself, always the same for one name: what feeds know their items by."""
    return uuid5(NAMESPACE_URL, name).urn
