"""Every use case, by noun: what screens and the API are given."""

from __future__ import annotations

from dataclasses import dataclass

from app.services.access_tokens import Tokens
from app.services.account_erasure import Departure
from app.services.cases import Cases
from app.services.context import Ground
from app.services.entries import Entries
from app.services.entry_reading import Logbook
from app.services.feed import Feed
from app.services.last_seen import Presence
from app.services.municipality import MunicipalityService
from app.services.notifications import Notices
from app.services.obstacle_details import Standings
from app.services.obstacle_diary import Diary
from app.services.obstacles import Obstacles
from app.services.people import People
from app.services.personal_export import Exports
from app.services.public_status import Status
from app.services.quarantine import Quarantine
from app.services.replies import Replies
from app.services.report_intake import Reception
from app.services.sites import Sites
from app.services.spam_filter import Allowances
from app.services.sticker_audit import Audit


@dataclass(frozen=True)
class House:
    """The services on one ground, and the address at which people reach them."""

    ground: Ground
    base: str
    municipality: MunicipalityService
    sites: Sites
    audit: Audit
    status: Status
    cases: Cases
    quarantine: Quarantine
    reception: Reception
    entries: Entries
    logbook: Logbook
    replies: Replies
    notices: Notices
    obstacles: Obstacles
    diary: Diary
    presence: Presence
    people: People
    tokens: Tokens
    departure: Departure
    exports: Exports
    feed: Feed

    @classmethod
    def on(cls, ground: Ground, base: str, allowances: Allowances | None = None) -> House:
        """Every service on this ground. `base` is where stickers and invitations lead, without a slash at its end."""
        cases = Cases(ground)
        quarantine = Quarantine(ground, cases)
        notices = Notices(ground)
        presence = Presence(ground)
        people, municipality = People(ground, presence), MunicipalityService(ground)
        entries = Entries(ground, notices)
        obstacles = Obstacles(ground, entries)
        return cls(
            ground=ground,
            base=base,
            municipality=municipality,
            sites=Sites(ground),
            audit=Audit(ground),
            status=Status(ground),
            cases=cases,
            quarantine=quarantine,
            reception=Reception(ground, cases, quarantine, allowances or Allowances()),
            entries=entries,
            logbook=Logbook(ground, entries),
            replies=Replies(ground, entries, notices, obstacles.built_on),
            notices=notices,
            obstacles=obstacles,
            diary=Diary(ground, Standings(ground, obstacles)),
            presence=presence,
            people=people,
            tokens=Tokens(ground, presence),
            departure=Departure(ground, people, municipality),
            exports=Exports(ground),
            feed=Feed(ground),
        )
