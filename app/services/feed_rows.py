"""Read the feed as its screen shows it: one row a case, whose newest step decides place and sentence."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.domain.cases import Case
from app.domain.entry_visibility import Reader, time_until
from app.domain.events import Event, Showing, Topic
from app.domain.notifications import Notification
from app.domain.people import Person
from app.services.context import Context
from app.services.feed import PAGE, Feed, FeedFilter, Story, StoryPage
from app.services.pagination import paginate
from app.store.protocol import Page

EVERYDAY = tuple(topic.value for topic in Topic if topic is not Topic.UPKEEP)
"""The topics of a feed without a filter. Upkeep is shown to those who ask for it."""

MOST_STEPS = 100
"""Steps of a case that are counted."""


@dataclass(frozen=True)
class RowFilter(FeedFilter):
    """The filters of the feed's screen. `person` is whom it must concern; None filters nothing."""

    person: Person | None = None

    def shows(self, story: Story) -> bool:
        """Return True if the feed shows this Story."""
        topic = story.event.topic
        if topic is Topic.UPKEEP:
            return self.topic is topic and self.matches(story.event)
        return self.matches(story.event) and (self.person is None or story.concerns(self.person))

    def shows_case(self, case: Case) -> bool:
        """Return True if the list beside the feed shows this case while it is open."""
        return self._shows_case_of(case.team_id, case.assignee_id)

    def has_shown_case(self, case: Case) -> bool:
        """Return True if the list shows this case no longer, because it went to another team."""
        return not self.shows_case(case) and self._shows_case_of(case.team_before, None)

    def _shows_case_of(self, team_id: str | None, assignee_id: str | None) -> bool:
        if self.topic not in (None, Topic.CASES) or self.team_id not in (None, team_id):
            return False
        person = self.person
        return person is None or assignee_id == person.id or (team_id is not None and team_id == person.team_id)


class FeedRows:
    """The rows of the feed.

    A page is cut among the Events that have a row, and an Event whose case has a newer step is skipped. To know that is
    one look at an index, so a page costs no more than the Events that it passes. While somebody reads older pages, the
    row of a case may move to the top: then no older page has it, and the screen has got it as news. Otherwise each
    case is on one page.
    """

    def __init__(self, context: Context, feed: Feed) -> None:
        self._context = context
        self._store = context.store
        self._feed = feed

    async def page(
        self, reader: Reader, chosen: RowFilter = RowFilter(), before: str | None = None, limit: int = PAGE
    ) -> StoryPage:
        """Return the rows that somebody may read now, newest first.

        There are at most `limit` of them, and fewer if much is not for this reader or not for this filter.
        """

        async def fetch(before: str | None, limit: int) -> Page[Event]:
            return await self._events(chosen, before, limit)

        async def select(event: Event) -> Story | None:
            if not await self._is_newest_step(event):
                return None
            story = await self.in_context(await self._feed.story(event))
            is_hidden = time_until(story.visible_from, self._context.now())
            return story if chosen.shows(story) and story.is_readable_by(reader) and not is_hidden else None

        return StoryPage(*await paginate(fetch, select, before, limit))

    async def in_context(self, story: Story) -> Story:
        """Return the Story with the number of earlier steps of its case, and with the people who were told about it.

        A step without a row of its own changes none of this.
        """
        event = story.event
        if event.case_id and event.showing is Showing.ROW:
            steps = await self._store.find(Event, limit=MOST_STEPS, case_id=event.case_id, showing=Showing.ROW)
            return replace(story, earlier=len(steps.documents) - 1)
        if event.entry_id is None:
            return story
        told = await self._store.find(Notification, entry_id=event.entry_id)
        return replace(story, notified=frozenset(notice.person_id for notice in told.documents))

    async def _events(self, chosen: RowFilter, before: str | None, limit: int) -> Page[Event]:
        of_team = {'team_id': chosen.team_id} if chosen.team_id else {}
        return await self._store.find(
            Event, limit=limit, before=before, showing=Showing.ROW, topic=chosen.topic or EVERYDAY, **of_team
        )

    async def _is_newest_step(self, event: Event) -> bool:
        if event.case_id is None:
            return True
        newest = await self._store.find(Event, limit=1, case_id=event.case_id, showing=Showing.ROW)
        return [step.id for step in newest.documents] == [event.id]
