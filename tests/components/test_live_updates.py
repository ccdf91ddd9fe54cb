"""Test the live updates: open screens receive each change once, in order, and bursts in batches."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from app.domain.entry_content import Content, EntryKind
from app.domain.events import Event
from app.domain.people import Device, Person, Role
from app.services.feed import Story
from app.services.people import PersonDraft
from components.feed.rows import News
from components.shell.live_updates import LiveUpdates
from tests.cast import Cast, send_report, sign_in_once
from tests.staff_screens import wait_until

BURST = 60


class Listener:
    """Records what a screen would receive."""

    def __init__(self, live: LiveUpdates) -> None:
        self.bulletins: list[tuple[News, ...]] = []
        self.news: list[News] = []
        self.access: list[Person | Device] = []
        live.bulletins.subscribe(self.bulletins.append, expect_args=True)
        live.news.subscribe(self.news.append, expect_args=True)
        live.access.subscribe(self.access.append, expect_args=True)

    def texts(self) -> list[str]:
        """Return the notes of the reports that have come."""
        return [news.story.report.note for news in self.news if news.story.report]

    async def receive(self, count: int) -> None:
        """Wait until this many news have come."""
        await wait_until(lambda: len(self.news) >= count)

    def revoked(self) -> list[str]:
        """Return the ids of the devices that are known to be signed out."""
        return [changed.id for changed in self.access if isinstance(changed, Device) and changed.revoked_at]


@pytest.fixture
async def listener(cast: Cast) -> AsyncIterator[Listener]:
    """Return the listener of a screen that opens after the cast has been added."""
    live = LiveUpdates(cast.services)
    async with live.following():
        yield Listener(live)


async def report(cast: Cast, number: int) -> None:
    await send_report(cast.services, cast.glass.code, 'full', f'a-phone-minted-this-{number}', str(number))


async def test_a_burst_is_told_in_few_bulletins_in_order_and_once(
    cast: Cast, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr('components.shell.live_updates.AFTER_THE_ANSWER', 0.2)
    for number in range(BURST):
        await report(cast, number)
    await listener.receive(BURST)
    assert listener.texts() == [str(number) for number in range(BURST)]
    assert [news for bulletin in listener.bulletins for news in bulletin] == listener.news
    assert len(listener.bulletins) < BURST / 5


async def test_what_cannot_be_told_silences_nothing_else(
    cast: Cast, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = cast.services.feed.story

    async def fail_once(event: Event) -> Story:
        story = await read(event)
        assert story.report
        if story.report.note == '1':
            raise KeyError('a kind of problem that has left the catalogue')
        return story

    monkeypatch.setattr(cast.services.feed, 'story', fail_once)
    for number in range(3):
        await report(cast, number)
    await listener.receive(2)
    assert listener.texts() == ['0', '2']


async def test_whoever_loses_their_access_is_told_of_by_name(cast: Cast, listener: Listener) -> None:
    visitor, _ = await cast.services.people.join(await cast.services.people.invite(cast.alva, 'fia'), 'Chrome, Android')
    await cast.services.people.revoke(cast.alva, visitor.device.id)
    await wait_until(listener.revoked)
    assert listener.revoked() == [visitor.device.id]


async def test_what_is_under_a_teams_name_reaches_screens_that_were_opened_within_its_minute(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, read_stories = cast.services.feed.story, list[Story]()

    async def record(event: Event) -> Story:
        read_stories.append(await read(event))
        return read_stories[-1]

    monkeypatch.setattr(cast.services.feed, 'story', record)
    await cast.services.people.add(cast.alva, PersonDraft('Vera Vagn', Role.FIELD, cast.collectors.id), 'vera')
    await sign_in_once(cast.services, 'leo', 'vera')
    live = LiveUpdates(cast.services)
    async with live.following():
        cast.clock.at = cast.clock.at.replace(second=59, microsecond=800_000)
        wall = Content(kind=EntryKind.OBSTACLE, text='Ingen svarar')
        await cast.services.entries.log(cast.fia, 'a-phone-minted-this-wall', wall, 'only-the-phone-of-fia-knows-this')
        await wait_until(lambda: read_stories)
        late = Listener(live)
        assert late.news == []
        cast.clock.pass_(seconds=1)
        await late.receive(1)
    assert [news.story.entry and news.story.entry.text for news in late.news] == ['Ingen svarar']
