"""Sites, their assets, and the stickers that lead there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from pydantic import Field

from app.domain.document import ChangeStamp, Document, Moment, Text, Value, checked_name
from app.domain.errors import Clash
from app.domain.events import Event, EventKind, Showing, make_event


class SiteKind(StrEnum):
    """The kind of a site, as visitors see it."""

    RECYCLING_STATION = 'recycling_station'
    PLAYGROUND = 'playground'
    MEETING_PLACE = 'meeting_place'
    OTHER = 'other'


class Position(Value):
    """A position in WGS 84, in degrees."""

    latitude: float = Field(ge=-90, le=90)
    longitude: float = Field(ge=-180, le=180)


@dataclass(frozen=True)
class SiteDraft:
    """The fields of a site that an administrator fills in."""

    name: Text
    kind: SiteKind
    position: Position | None = None
    team_id: str | None = None


@dataclass(frozen=True)
class AssetDraft:
    """The fields of an asset that an administrator fills in.

    Without a team of its own, the site's team is responsible.
    """

    name: Text
    kind: str
    position: Position | None = None
    team_id: str | None = None


class Site(Document):
    """A physical place. Its id is the readable end of its public address."""

    kept_in: ClassVar[str] = 'sites'
    newest_by: ClassVar[str] = 'added_at'

    name: Text
    kind: SiteKind
    position: Position | None
    team_id: str | None
    code: str
    added_at: Moment

    @classmethod
    def add(cls, id: str, draft: SiteDraft, code: str, stamp: ChangeStamp) -> tuple[Site, Sticker, Event]:
        """Create a site with the sticker that leads to it."""
        site = cls(id=id, code=code, added_at=stamp.at, **_described(draft))
        return site, Sticker(id=code, site_id=id, made_at=stamp.at), site._event(EventKind.SITE_ADDED, stamp)

    def change(self, draft: SiteDraft, stamp: ChangeStamp) -> tuple[Site, Event]:
        """Change the site's description. Its address and sticker stay."""
        site = self.model_copy(update=_described(draft))
        return site, site._event(EventKind.SITE_CHANGED, stamp)

    def _event(self, kind: EventKind, stamp: ChangeStamp) -> Event:
        return make_event(kind, stamp, site_id=self.id, team_id=self.team_id)


class Asset(Document):
    """A thing at a site that can have a problem.

    `code` is its newest sticker's. `team_id` is None if the site's team is responsible. `retired_at` is set once it is
    gone.
    """

    kept_in: ClassVar[str] = 'assets'
    found_by: ClassVar[tuple[str, ...]] = ('site_id', 'kind')
    newest_by: ClassVar[str] = 'added_at'

    site_id: str
    name: Text
    kind: str
    position: Position | None
    team_id: str | None
    code: str
    added_at: Moment
    retired_at: Moment | None = None

    @classmethod
    def add(cls, id: str, site: Site, draft: AssetDraft, code: str, stamp: ChangeStamp) -> tuple[Asset, Sticker, Event]:
        """Create an asset at `site` with the sticker that leads to it."""
        asset = cls(id=id, site_id=site.id, code=code, added_at=stamp.at, **_described(draft))
        sticker = Sticker(id=code, site_id=site.id, asset_id=id, made_at=stamp.at)
        return asset, sticker, asset._event(EventKind.ASSET_ADDED, stamp)

    def change(self, draft: AssetDraft, stamp: ChangeStamp) -> tuple[Asset, Event]:
        """Change the asset's description. Its sticker stays."""
        asset = self.model_copy(update=_described(draft))
        return asset, asset._event(EventKind.ASSET_CHANGED, stamp)

    def team_at(self, site: Site) -> str | None:
        """Return the responsible team: its own, or the site's."""
        return self.team_id or site.team_id

    def retire(self, stamp: ChangeStamp) -> tuple[Asset, Event]:
        """Retire the asset. Its sticker then leads to the site. Raise Clash if it is retired already."""
        if self.retired_at is not None:
            raise Clash('It has been taken away already.')
        asset = self.model_copy(update={'retired_at': stamp.at})
        return asset, asset._event(EventKind.ASSET_RETIRED, stamp)

    def replace_sticker(self, old: Sticker, code: str, stamp: ChangeStamp) -> tuple[Asset, Sticker, Sticker, Event]:
        """Give the asset a new sticker and retire the old one, whose code keeps leading here.

        Return the asset, the old sticker, the new one, and the Event.
        """
        asset = self.model_copy(update={'code': code})
        new = Sticker(id=code, site_id=self.site_id, asset_id=self.id, made_at=stamp.at)
        return asset, old.retire(stamp), new, asset._event(EventKind.STICKER_REPLACED, stamp)

    def _event(self, kind: EventKind, stamp: ChangeStamp) -> Event:
        return make_event(kind, stamp, asset_id=self.id, site_id=self.site_id, team_id=self.team_id)


class Sticker(Document):
    """A printed code and where it leads: a site, or one asset there. Its id is the code.

    `seen_at` is when staff last saw it. Who that was is not stored.
    """

    kept_in: ClassVar[str] = 'stickers'
    found_by: ClassVar[tuple[str, ...]] = ('site_id', 'asset_id')
    newest_by: ClassVar[str] = 'made_at'

    site_id: str
    asset_id: str | None = None
    made_at: Moment
    retired_at: Moment | None = None
    seen_at: Moment | None = None

    def retire(self, stamp: ChangeStamp) -> Sticker:
        """Return the sticker as one that is no longer printed."""
        return self.model_copy(update={'retired_at': stamp.at})

    def see(self, stamp: ChangeStamp) -> tuple[Sticker, Event]:
        """Return the sticker as seen now, even if it is no longer printed."""
        seen = self.model_copy(update={'seen_at': stamp.at})
        event = make_event(
            EventKind.STICKER_SEEN, stamp, asset_id=self.asset_id, site_id=self.site_id, showing=Showing.FOLDED
        )
        return seen, event

    def was_seen_since(self, moment: datetime) -> bool:
        """Return True if staff have seen it at or after this moment."""
        return self.seen_at is not None and self.seen_at >= moment


class KindProblems(Document):
    """The problems that the municipality offers for one kind of asset, if it has changed them.

    Its id is the id of the kind.
    """

    kept_in: ClassVar[str] = 'kind_problems'
    newest_by: ClassVar[str] = 'changed_at'

    problems: tuple[str, ...]
    changed_at: Moment

    def offer(self, problems: tuple[str, ...], stamp: ChangeStamp) -> tuple[KindProblems, Event]:
        """Offer other problems, in the order given."""
        changed = self.model_copy(update={'problems': problems, 'changed_at': stamp.at})
        return changed, make_event(EventKind.PROBLEMS_CHANGED, stamp, asset_kind=self.id)


def _described(draft: SiteDraft | AssetDraft) -> dict[str, Any]:
    return {
        'name': checked_name(draft.name),
        'kind': draft.kind,
        'position': draft.position,
        'team_id': draft.team_id,
    }
