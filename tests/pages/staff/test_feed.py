"""Test the screen of the feed on the server: what it sends to the browser, and in which order."""

from __future__ import annotations

import asyncio
import typing
from collections.abc import Awaitable, Callable
from types import SimpleNamespace
from typing import Any

import pytest

from app.domain.entry_content import Content, EntryKind
from app.domain.entry_visibility import Reader
from app.domain.events import Topic
from app.domain.people import Person, Role
from app.i18n import translator
from app.services.feed_rows import RowFilter
from components.feed.rows import News
from components.shell.screen import Screen
from pages.staff.feed import FeedScreen
from tests.cast import Cast
from tests.staff_screens import wait_until


class Browser:
    """Replaces the feed and the list of cases in a browser, and records the calls of their methods."""

    def __init__(self) -> None:
        self.calls: list[tuple[Any, ...]] = []

    def __getattr__(self, method: str) -> Callable[..., None]:
        return lambda *args: self.calls.append((method, *args))

    def names(self) -> list[str]:
        """Return the names of the called methods, in order."""
        return [name for name, *_ in self.calls]


class FakeScreen:
    """Replaces the Screen: Fia may do everything until she is signed out."""

    def __init__(self, cast: Cast) -> None:
        self.visitor = SimpleNamespace(person=cast.fia)
        self.services = cast.services
        self.signed_in = True
        self._ = translator('en')

    async def attempt(self, act: Callable[[Person], Awaitable[object]]) -> bool:
        """Act as Screen does."""
        if self.signed_in:
            await act(self.visitor.person)
        return self.signed_in


@pytest.fixture
def fake_screen(cast: Cast) -> FakeScreen:
    """Return the screen that Fia uses."""
    return FakeScreen(cast)


@pytest.fixture
def browser() -> Browser:
    """Return Fia's browser."""
    return Browser()


@pytest.fixture
async def screen(fake_screen: FakeScreen, browser: Browser, monkeypatch: pytest.MonkeyPatch) -> FeedScreen:
    """Return Fia's open feed."""
    monkeypatch.setattr(
        'pages.staff.feed.ui.navigate', SimpleNamespace(history=SimpleNamespace(replace=lambda _: None))
    )
    screen = FeedScreen(typing.cast('Screen', fake_screen))
    monkeypatch.setattr(screen, '_reader', Reader(fake_screen.visitor.person, 'Energi och Miljö'), raising=False)
    monkeypatch.setattr(screen, '_feed', browser, raising=False)
    monkeypatch.setattr(screen, '_cases', browser, raising=False)
    monkeypatch.setattr(screen, '_show_filter', lambda: None)
    await screen._news.release()
    return screen


def asks(**args: object) -> Any:
    return SimpleNamespace(args=args)


async def log(cast: Cast, number: int, kind: EntryKind = EntryKind.LESSON) -> News:
    services = cast.services
    content = Content(kind=kind, text=f'Så var det {number}')
    await services.entries.log(cast.fia, f'a-phone-minted-this-{number}', content)
    (event,) = (await services.feed.page(limit=1)).documents
    return News(await services.feed_rows.in_context(await services.feed.story(event)))


async def test_older_ones_are_told_with_the_generation_that_asked(
    cast: Cast, screen: FeedScreen, browser: Browser
) -> None:
    for number in range(40):
        await log(cast, number)
    page = await cast.services.feed_rows.page(screen._reader)
    await screen._older(asks(before=page.older, generation=0))
    ((name, rows, _, generation),) = browser.calls
    assert (name, generation) == ('append', 0)
    assert rows[0]['id'] not in {story.event.id for story in page.stories}


async def test_older_ones_of_an_earlier_filter_are_not_told(screen: FeedScreen, browser: Browser) -> None:
    await screen._choose(RowFilter(Topic.LESSON))
    await screen._older(asks(before='~', generation=0))
    assert browser.names() == ['restart', 'remember', 'restart', 'pause']
    await screen._older(asks(before='~', generation=1))
    assert browser.names()[-1] == 'append'


async def test_whoever_is_signed_out_reads_nothing_more(
    screen: FeedScreen, browser: Browser, fake_screen: FakeScreen
) -> None:
    fake_screen.signed_in = False
    await screen._older(asks(before='~', generation=0))
    await screen._choose(RowFilter(Topic.LESSON))
    await screen._act(asks(case='a-case', verb='resolve'))
    assert browser.names() == ['pause', 'settle']


async def test_of_two_choices_the_later_one_counts_and_news_wait_for_it(
    cast: Cast, screen: FeedScreen, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = cast.services.feed_rows.page
    read_topics: list[Topic] = []
    gates = {Topic.LESSON: asyncio.Event(), Topic.ACTIVITY: asyncio.Event()}

    async def slowly(reader: Reader, chosen: RowFilter, *args: Any) -> Any:
        page = await read(reader, chosen, *args)
        assert chosen.topic
        read_topics.append(chosen.topic)
        await gates[chosen.topic].wait()
        return page

    monkeypatch.setattr(cast.services.feed_rows, 'page', slowly)
    first = asyncio.create_task(screen._choose(RowFilter(Topic.LESSON)))
    await wait_until(lambda: read_topics == [Topic.LESSON])
    second = asyncio.create_task(screen._choose(RowFilter(Topic.ACTIVITY)))
    await wait_until(lambda: read_topics == [Topic.LESSON, Topic.ACTIVITY])
    monkeypatch.setattr(cast.services.feed_rows, 'page', read)
    screen._news.receive([await log(cast, 1, EntryKind.ACTIVITY), await log(cast, 2, EntryKind.LESSON)])
    assert browser.calls == []
    for topic, choice in ((Topic.ACTIVITY, second), (Topic.LESSON, first)):
        gates[topic].set()
        await choice
    restart, *_, arrive = browser.calls
    assert (restart[0], restart[-1]) == ('restart', 2)
    assert (arrive[0], [row['text'] for row in arrive[1]]) == ('arrive', ['Så var det 1'])


async def test_who_leads_no_more_reads_what_is_covered(cast: Cast, screen: FeedScreen, browser: Browser) -> None:
    content = Content(kind=EntryKind.LESSON, text='Ring 811218-9876')
    await cast.services.entries.log(cast.leo, 'a-phone-minted-this-number', content)
    for role, said in ((Role.LEAD, 'Ring 811218-9876'), (Role.FIELD, 'Ring ••••••-••••')):
        browser.calls.clear()
        await screen._update_reader(cast.fia.model_copy(update={'role': role}))
        (name, rows, *_), *_ = browser.calls
        assert name == 'restart'
        assert said in str(rows)
