"""Test that staff can log what they do."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from app.domain.entries import Entry
from app.domain.entry_content import Content, EntryKind
from app.domain.errors import Clash, Invalid
from app.domain.events import Event, Topic
from tests.cast import NOON, Cast

ID = 'a-phone-minted-this-entry'
WALK = Content(kind=EntryKind.ACTIVITY, text='Gick runt på Kransmossen', roots=('user_focus',), partners=('Högskolan',))


async def logged(cast: Cast) -> int:
    return len((await cast.services.context.store.find(Event, topic=Topic.ACTIVITY)).documents)


async def test_one_line_is_enough(cast: Cast) -> None:
    entry = await cast.services.entries.log(cast.fia, ID, Content(kind=EntryKind.LESSON, text='  Det gick!  '))
    assert (entry.text, entry.author_id, entry.team_id, entry.happened_at) == ('Det gick!', 'fia', 'collectors', NOON)


async def test_sending_the_same_again_keeps_one(cast: Cast) -> None:
    first = await cast.services.entries.log(cast.fia, ID, WALK)
    cast.clock.pass_(minutes=5)
    again = await cast.services.entries.log(cast.fia, ID, WALK)
    assert again.logged_at == first.logged_at
    assert await logged(cast) == 1


@pytest.mark.parametrize(
    'change', [{'text': 'Något annat'}, {'kind': EntryKind.LESSON}, {'roots': ()}, {'partners': ()}]
)
async def test_an_id_reused_with_other_content_is_a_clash(cast: Cast, change: dict[str, object]) -> None:
    await cast.services.entries.log(cast.fia, ID, WALK)
    with pytest.raises(Clash):
        await cast.services.entries.log(cast.fia, ID, WALK.model_copy(update=change))
    with pytest.raises(Clash):
        await cast.services.entries.log(cast.leo, ID, WALK)
    kept = await cast.services.context.store.get(Entry, ID)
    assert kept is not None
    assert kept.text == WALK.text


@pytest.mark.parametrize(
    ('change', 'field'),
    [
        ({'text': ''}, 'text'),
        ({'text': 'x' * 2001}, 'text'),
        ({'roots': ('no_root',)}, 'roots'),
        ({'obstacle_kind': 'culture'}, 'obstacle_kind'),
        ({'site_id': 'nowhere'}, 'site_id'),
        ({'partners': tuple(str(number) for number in range(13))}, 'partners'),
        ({'partners': ('x' * 121,)}, 'partners'),
        ({'happened_at': datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14)))}, 'happened_at'),
        ({'text': 'half \ud800 of one'}, 'text'),
        ({'partners': ('half \ud800 of one',)}, 'partners'),
        ({'roots': ('\ud800',)}, 'roots'),
    ],
)
async def test_what_can_not_be_kept_names_its_field(cast: Cast, change: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        await cast.services.entries.log(cast.fia, ID, WALK.model_copy(update=change))
    assert refused.value.field == field
    assert await cast.services.context.store.get(Entry, ID) is None


async def test_what_is_said_twice_is_kept_once_and_controls_are_left_out(cast: Cast) -> None:
    entry = await cast.services.entries.log(
        cast.fia, ID, WALK.model_copy(update={'text': 'Ett\x00\r\ntvå\x1b', 'roots': ('culture', 'culture')})
    )
    assert (entry.text, entry.roots) == ('Ett\ntvå', ('culture',))


async def test_two_thousand_characters_fit(cast: Cast) -> None:
    entry = await cast.services.entries.log(cast.fia, ID, WALK.model_copy(update={'text': 'ö' * 2000}))
    assert len(entry.text) == 2000


async def test_yesterday_can_be_logged_today(cast: Cast) -> None:
    entry = await cast.services.entries.log(
        cast.fia, ID, WALK.model_copy(update={'happened_at': NOON - timedelta(days=1)})
    )
    assert (entry.happened_at, entry.logged_at) == (NOON - timedelta(days=1), NOON)


async def test_partners_are_offered_the_most_named_first(cast: Cast) -> None:
    await cast.services.entries.log(cast.fia, f'{ID}-1', WALK.model_copy(update={'partners': ('Skolan', 'Högskolan')}))
    await cast.services.entries.log(
        cast.fia, f'{ID}-2', WALK.model_copy(update={'partners': (' Högskolan ', 'Högskolan')})
    )
    assert await cast.services.entries.partners(await cast.services.context.reader(cast.leo)) == ('Högskolan', 'Skolan')
