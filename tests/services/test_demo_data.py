"""Test the demo municipality: no screen is empty on the first day."""

from __future__ import annotations

import pytest

from app.domain.cases import Case
from app.domain.document import Document
from app.domain.entries import Entry
from app.domain.events import Topic
from app.domain.notifications import Notification, NotificationReason
from app.domain.people import Role
from app.domain.replies import Reply, ReplyKind
from app.services.container import Services
from app.services.demo_data import NotEmpty, fill
from app.services.obstacle_diary import DiaryQuery, DiaryView
from tests.cast import Clock


async def test_it_fills_every_screen(services: Services, clock: Clock) -> None:
    await fill(services)
    assert (await services.municipality.get()).demo
    assert len(await services.sites.all()) == 5
    assert {person.role for person in await services.people.all()} == set(Role)
    assert len({team.organisation for team in await services.people.teams()}) == 3
    assert set(await services.context.store.count(Case, 'state')) == {
        'reported',
        'confirmed',
        'acknowledged',
        'paused',
        'resolved',
        'closed',
        'stale',
    }
    topics = {event.topic for event in (await services.feed.page(limit=10_000)).documents}
    assert topics == set(Topic)
    kransmossen = await services.sites.assets('kransmossen')
    assert {asset.kind.removeprefix('container_') for asset in kransmossen} == {
        'clear_glass',
        'coloured_glass',
        'paper',
        'plastic',
        'metal',
        'newspapers',
    }


async def test_documents_are_saved_as_they_are_read_after_a_restart(services: Services) -> None:
    saved: list[Document] = []
    stop = services.context.store.follow(saved.extend)
    await fill(services)
    stop()
    assert len({type(document) for document in saved}) > 10
    for document in saved:
        read = type(document).model_validate_json(document.model_dump_json())
        assert read == document
        assert [type(value) for _, value in read] == [type(value) for _, value in document]


async def test_the_obstacles_have_been_met_in_every_way(services: Services) -> None:
    await fill(services)
    reader = await services.context.reader(await services.people.get('leo'))
    page = await services.obstacle_diary.page(reader)
    assert {standing.obstacle.state.value for standing in page.obstacles} == {'noticed', 'explored', 'raised'}
    closed = await services.obstacle_diary.page(reader, DiaryQuery(DiaryView.CLOSED))
    assert {standing.obstacle.state.value for standing in closed.obstacles} == {'removed', 'worked_around'}
    assert max(len(standing.pattern.teams) for standing in page.obstacles if standing.pattern) == 3
    assert any(standing.entry.is_under_team_name for standing in page.obstacles)
    assert page.resting == 2


async def test_colleagues_have_talked(services: Services) -> None:
    await fill(services)
    replies = await services.context.find_all(Reply)
    assert {reply.kind for reply in replies} == set(ReplyKind)
    assert {notice.why for notice in await services.context.find_all(Notification)} == set(NotificationReason)


async def test_nothing_lies_in_the_future(services: Services, clock: Clock) -> None:
    await fill(services)
    assert all(event.at <= clock.at for event in (await services.feed.page(limit=10_000)).documents)
    assert all(entry.happened_at <= clock.at for entry in (await services.context.store.find(Entry)).documents)


async def test_a_second_time_changes_nothing(services: Services) -> None:
    await fill(services)
    before = (await services.feed.page(limit=10_000)).documents
    with pytest.raises(NotEmpty):
        await fill(services)
    assert (await services.feed.page(limit=10_000)).documents == before
