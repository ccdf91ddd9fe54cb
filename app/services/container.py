"""Build every use case once, by noun. Screens and the API receive this container."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from app.domain.catalogue import Catalogue
from app.domain.entry_visibility import Reader
from app.domain.people import Person
from app.services.access_tokens import AccessTokens
from app.services.account_erasure import AccountErasure
from app.services.audit_log import AuditLog
from app.services.case_acts import CaseActs
from app.services.case_list import CaseList
from app.services.case_matching import CaseMatching
from app.services.case_notifications import CaseNotifications
from app.services.case_timeline import CaseTimeline
from app.services.case_upkeep import CaseUpkeep
from app.services.cases import Cases
from app.services.context import Context
from app.services.deadlines import Deadlines
from app.services.device_confirmations import DeviceConfirmations
from app.services.entries import Entries
from app.services.entry_reading import EntryReader
from app.services.feed import Feed
from app.services.feed_rows import FeedRows
from app.services.last_seen import LastSeen
from app.services.municipality import MunicipalityService
from app.services.notifications import Notifications
from app.services.obstacle_details import ObstacleDetailsReader
from app.services.obstacle_diary import ObstacleDiary
from app.services.obstacles import Obstacles
from app.services.operator_invitations import OperatorInvitations
from app.services.outcomes import Outcomes
from app.services.paused_cases import PausedCases
from app.services.people import People
from app.services.periods import ProblemPeriodsService
from app.services.personal_export import PersonalExport
from app.services.public_status import PublicStatus
from app.services.quarantine import Quarantine
from app.services.quarantine_cleanup import QuarantineCleanup
from app.services.ready_answers import ReadyAnswers
from app.services.replies import Replies
from app.services.report_intake import ReportIntake
from app.services.search import Search
from app.services.shown_secrets import ShownSecrets
from app.services.sites import Sites
from app.services.spam_filter import RateLimits
from app.services.sticker_audit import StickerAudit
from app.services.sweeps import Sweeps
from app.services.working_hours import WorkingHoursService
from app.services.write_limits import WriteLimits
from app.store.protocol import Listener, State, StateListener


@dataclass(frozen=True)
class Services:
    """Every service on one store, and the public address of this installation.

    `base` is the address that stickers and invitations link to, without a slash at its end.
    """

    context: Context
    base: str
    municipality: MunicipalityService
    sites: Sites
    sticker_audit: StickerAudit
    public_status: PublicStatus
    cases: Cases
    case_list: CaseList
    case_acts: CaseActs
    case_timeline: CaseTimeline
    case_upkeep: CaseUpkeep
    quarantine_cleanup: QuarantineCleanup
    sweeps: Sweeps
    quarantine: Quarantine
    report_intake: ReportIntake
    outcomes: Outcomes
    entries: Entries
    entry_reader: EntryReader
    replies: Replies
    notifications: Notifications
    obstacles: Obstacles
    obstacle_diary: ObstacleDiary
    last_seen: LastSeen
    device_confirmations: DeviceConfirmations
    people: People
    operator_invitations: OperatorInvitations
    access_tokens: AccessTokens
    shown_secrets: ShownSecrets
    account_erasure: AccountErasure
    personal_export: PersonalExport
    feed: Feed
    feed_rows: FeedRows
    search: Search
    write_limits: WriteLimits
    audit_log: AuditLog
    working_hours: WorkingHoursService
    problem_periods: ProblemPeriodsService
    deadlines: Deadlines
    ready_answers: ReadyAnswers

    @classmethod
    def create(cls, context: Context, base: str, rate_limits: RateLimits | None = None) -> Services:
        """Build every service on this context.

        `rate_limits` says how many reports, photos and writes of staff are let through; None takes the usual limits.
        """
        limits = rate_limits or RateLimits()
        notifications = Notifications(context)
        matching = CaseMatching(context, CaseNotifications(context, notifications).tell)
        cases = Cases(context, matching)
        quarantine = Quarantine(context, cases)
        paused_cases = PausedCases(context)
        last_seen, audit_log = LastSeen(context), AuditLog(context)
        people, municipality = People(context, last_seen), MunicipalityService(context)
        entries = Entries(context, notifications)
        obstacles, feed = Obstacles(context, entries, paused_cases.woken), Feed(context)
        working_hours, problem_periods = WorkingHoursService(context), ProblemPeriodsService(context)
        deadlines, ready_answers = Deadlines(context, working_hours, problem_periods), ReadyAnswers(context)
        return cls(
            context=context,
            base=base,
            municipality=municipality,
            sites=Sites(context),
            sticker_audit=StickerAudit(context),
            public_status=PublicStatus(context),
            cases=cases,
            case_list=CaseList(context, deadlines),
            case_timeline=CaseTimeline(context, feed),
            case_acts=CaseActs(context, notifications, matching),
            case_upkeep=CaseUpkeep(context, paused_cases),
            quarantine_cleanup=QuarantineCleanup(context),
            sweeps=Sweeps(context),
            quarantine=quarantine,
            report_intake=ReportIntake(context, cases, quarantine, limits),
            outcomes=Outcomes(context, ready_answers),
            entries=entries,
            entry_reader=EntryReader(context, entries),
            replies=Replies(context, entries, notifications, obstacles.record_answer),
            notifications=notifications,
            obstacles=obstacles,
            obstacle_diary=ObstacleDiary(context, ObstacleDetailsReader(context, obstacles)),
            last_seen=last_seen,
            device_confirmations=DeviceConfirmations(context, last_seen, audit_log),
            people=people,
            operator_invitations=OperatorInvitations(context),
            access_tokens=AccessTokens(context, last_seen),
            shown_secrets=ShownSecrets(context),
            account_erasure=AccountErasure(context, people, municipality),
            personal_export=PersonalExport(context),
            feed=feed,
            feed_rows=FeedRows(context, feed),
            search=Search(context),
            write_limits=WriteLimits(limits),
            audit_log=audit_log,
            working_hours=working_hours,
            problem_periods=problem_periods,
            deadlines=deadlines,
            ready_answers=ready_answers,
        )

    @property
    def catalogue(self) -> Catalogue:
        """The lists of problems, kinds of assets, roots and kinds of obstacles, as they come with Haren."""
        return self.context.base_catalogue

    @property
    def store_state(self) -> State:
        """The state of the store: it says whether it can be written to now."""
        return self.context.store.state

    def now(self) -> datetime:
        """Return the time now, in UTC."""
        return self.context.now()

    async def reader(self, person: Person) -> Reader:
        """Return the person with their organisation: together they decide what the person may read."""
        return await self.context.reader(person)

    async def photo(self, name: str) -> bytes | None:
        """Return a photo, as JPEG; None if there is no photo with this name."""
        return await self.context.store.photos.read(name)

    def follow(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` with each batch that is saved, as Store.follow does. Return what ends it."""
        return self.context.store.follow(listener)

    def follow_state(self, listener: StateListener) -> Callable[[], None]:
        """Call `listener` with each new state of the store. Return what ends it."""
        return self.context.store.follow_state(listener)

    async def close(self) -> None:
        """Finish what is being saved, and close the store."""
        await self.search.close()
        await self.context.store.close()
