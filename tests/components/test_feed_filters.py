"""Test which filter of the feed an address and a device ask for."""

from __future__ import annotations

import pytest

from app.domain.events import Topic
from app.services.feed_rows import RowFilter
from components.feed.filters import ALL, MINE, address, read_filter, whose, with_whose
from tests.cast import Cast

TEAMS = ('collectors', 'streets')


@pytest.mark.parametrize(
    ('query', 'remembered', 'chosen'),
    [
        ({}, '', MINE),
        ({}, ALL, ALL),
        ({}, 'streets', 'streets'),
        ({}, 'nobodys', MINE),
        ({'whose': ALL}, 'streets', ALL),
        ({'whose': MINE}, ALL, MINE),
        ({'team': 'streets'}, ALL, 'streets'),
        ({'team': 'nobodys'}, ALL, ALL),
        ({'topic': 'lesson'}, '', MINE),
    ],
)
def test_the_address_decides_and_then_the_device(
    cast: Cast, query: dict[str, str], remembered: str, chosen: str
) -> None:
    read = read_filter(query, remembered, TEAMS, cast.fia)
    assert whose(read) == chosen
    assert read.topic == (Topic.LESSON if 'topic' in query else None)


def test_without_a_team_everything_is_shown_at_first(cast: Cast) -> None:
    assert whose(read_filter({}, '', TEAMS, cast.alva)) == ALL
    assert whose(read_filter({'whose': MINE}, '', TEAMS, cast.alva)) == MINE


@pytest.mark.parametrize('choice', [MINE, ALL, 'streets'])
@pytest.mark.parametrize('topic', [None, Topic.OBSTACLE])
def test_an_address_leads_to_the_filter_that_it_was_made_of(cast: Cast, choice: str, topic: Topic | None) -> None:
    chosen = with_whose(RowFilter(topic), choice, cast.fia)
    query = dict(pair.split('=') for pair in address(chosen).partition('?')[2].split('&'))
    assert read_filter(query, ALL if choice == MINE else MINE, TEAMS, cast.fia) == chosen
