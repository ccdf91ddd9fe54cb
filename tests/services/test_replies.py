"""Test threads: Leo answers Fia's entries; who may reply, and who gets notified of what."""

from __future__ import annotations

import asyncio

import pytest

from app.domain.entries import Entry
from app.domain.entry_content import Audience, Content, EntryKind
from app.domain.errors import Clash, Gone, Invalid, NotAllowed, NotFound
from app.domain.events import Event, EventKind, Showing
from app.domain.notifications import Notification, NotificationReason
from app.domain.people import Person, Role
from app.domain.replies import MOST_CHANGES_OF_MIND, MOST_REPLIES, Reply, ReplyKind
from app.services.notifications import NotificationDetails
from app.services.people import PersonDraft
from tests.cast import Cast, sign_in_once

ID = 'a-phone-minted-this-entry'
REPLY = 'a-phone-minted-this-reply'
CLAIM = 'only-the-phone-of-fia-knows-this'
WALK = Content(kind=EntryKind.ACTIVITY, text='Gick runt på Kransmossen')
WALL = Content(kind=EntryKind.OBSTACLE, text='Ingen svarar på ritningen', obstacle_kind='culture')


@pytest.fixture
async def cast(cast: Cast) -> Cast:
    """Add a third collector: a team's name hides nobody among two."""
    await cast.services.people.add(cast.alva, PersonDraft('Vera Vagn', Role.FIELD, cast.collectors.id), 'vera')
    await sign_in_once(cast.services, 'leo', 'vera')
    return cast


async def thread(cast: Cast) -> list[str]:
    """Return the texts of the thread, oldest first."""
    replies = await cast.services.replies.thread(await the_entry(cast))
    return [reply.text for reply in reversed(replies.documents)]


async def the_entry(cast: Cast) -> Entry:
    return await cast.services.entries.get(await cast.services.context.reader(cast.alva), ID)


async def unseen(cast: Cast, person: Person) -> list[NotificationDetails]:
    """Return the notifications that this person has not seen yet."""
    page = await cast.services.notifications.page(person, unseen=True)
    return [details for details in page.notifications if isinstance(details, NotificationDetails)]


async def reasons(cast: Cast, person: Person) -> list[NotificationReason]:
    return [each.notice.why for each in await unseen(cast, person)]


async def nils(cast: Cast) -> Person:
    """Add Nils, of another team and organisation."""
    team = await cast.services.people.add_team(cast.alva, 'Gatan', 'Gatukontoret', 'gatan')
    return await cast.services.people.add(cast.alva, PersonDraft('Nils Nabo', Role.FIELD, team.id), 'nils')


async def newest_event(cast: Cast) -> Event:
    return (await cast.services.context.store.find(Event, limit=1)).documents[0]


# Threads


async def test_leo_builds_on_what_fia_logged_and_it_reaches_her(cast: Cast) -> None:
    await cast.services.entries.log(cast.fia, ID, WALK)
    cast.clock.pass_(seconds=1)
    events = len(await cast.services.context.find_all(Event))
    reply = await cast.services.replies.add(
        cast.leo, ID, REPLY, ReplyKind.YES_AND, ' Ja, och … vi kan gå dit på måndag '
    )
    assert reply.text == 'vi kan gå dit på måndag'
    assert await thread(cast) == ['vi kan gå dit på måndag']
    assert len(await cast.services.context.find_all(Event)) == events + 1
    event = await newest_event(cast)
    assert (event.kind, event.by, event.entry_id, event.reply_id) == (EventKind.ENTRY_BUILT_ON, 'leo', ID, REPLY)
    (notice,) = await unseen(cast, cast.fia)
    assert (notice.notice.why, notice.by and notice.by.id) == (NotificationReason.ANSWERED, 'leo')
    assert await unseen(cast, cast.leo) == []
    assert event.id not in str(notice.notice)


@pytest.mark.parametrize(
    ('typed', 'kept'),
    [
        ('ja och så', 'så'),
        ('Yes, and more', 'more'),
        ('Jaha, och sedan?', 'Jaha, och sedan?'),
        ('JA, OCH: mer', 'mer'),
        ('och mer', 'och mer'),
    ],
)
async def test_what_the_box_begins_with_is_not_said_twice(cast: Cast, typed: str, kept: str) -> None:
    await cast.services.entries.log(cast.fia, ID, WALK)
    assert (await cast.services.replies.add(cast.leo, ID, REPLY, ReplyKind.YES_AND, typed)).text == kept
    again = await cast.services.replies.add(cast.leo, ID, REPLY, ReplyKind.YES_AND, typed)
    assert again.id == REPLY


async def test_a_repeat_answers_the_same_and_other_words_clash(cast: Cast) -> None:
    await cast.services.entries.log(cast.fia, ID, WALK)
    first = await cast.services.replies.add(cast.leo, ID, REPLY, ReplyKind.QUESTION, 'När?')
    assert await cast.services.replies.add(cast.leo, ID, REPLY, ReplyKind.QUESTION, 'När?') == first
    for person, kind, text in ((cast.leo, ReplyKind.QUESTION, 'Var?'), (cast.alva, ReplyKind.QUESTION, 'När?')):
        with pytest.raises(Clash):
            await cast.services.replies.add(person, ID, REPLY, kind, text)
    assert len(await cast.services.context.find_all(Reply)) == 1
    assert len(await unseen(cast, cast.fia)) == 1


async def test_thanks_are_said_once_and_can_be_taken_back(cast: Cast) -> None:
    await cast.services.entries.log(cast.fia, ID, WALK)
    replies = await asyncio.gather(
        *(cast.services.replies.add(cast.leo, ID, f'{REPLY}-{number}', ReplyKind.THANKS) for number in range(5))
    )
    assert len({reply.id for reply in replies}) == 1
    assert (await newest_event(cast)).showing is Showing.FOLDED
    entry = await the_entry(cast)
    assert len(await cast.services.replies.thanks(entry)) == 1
    assert await reasons(cast, cast.fia) == [NotificationReason.THANKED]
    await cast.services.replies.withdraw(cast.leo, replies[0].id)
    assert (await cast.services.replies.thanks(entry), await unseen(cast, cast.fia)) == ((), [])
    await cast.services.replies.add(cast.leo, ID, REPLY, ReplyKind.THANKS)
    assert len(await cast.services.replies.thanks(entry)) == 1
    assert len(await cast.services.context.find_all(Notification)) == 1


async def test_a_change_of_mind_has_an_end(cast: Cast) -> None:
    await cast.services.entries.log(cast.fia, ID, WALK)
    for _ in range(MOST_CHANGES_OF_MIND // 2):
        reply = await cast.services.replies.add(cast.leo, ID, REPLY, ReplyKind.THANKS)
        await cast.services.replies.withdraw(cast.leo, reply.id)
    with pytest.raises(NotAllowed):
        await cast.services.replies.add(cast.leo, ID, REPLY, ReplyKind.THANKS)


async def test_an_answer_reaches_who_asked(cast: Cast) -> None:
    await cast.services.entries.log(cast.fia, ID, WALK)
    await cast.services.replies.add(cast.leo, ID, f'{REPLY}-1', ReplyKind.QUESTION, 'När?')
    await cast.services.replies.add(cast.fia, ID, f'{REPLY}-2', ReplyKind.ANSWER, 'I morse')
    assert await reasons(cast, cast.leo) == [NotificationReason.ANSWERED]


@pytest.mark.parametrize(
    ('kind', 'text', 'field'),
    [
        (ReplyKind.QUESTION, '  ', 'text'),
        (ReplyKind.YES_AND, 'Ja, och …', 'text'),
        (ReplyKind.ANSWER, 'x' * 2001, 'text'),
        (ReplyKind.THANKS, 'tack', 'text'),
    ],
)
async def test_what_can_not_be_said_is_refused(cast: Cast, kind: ReplyKind, text: str, field: str) -> None:
    await cast.services.entries.log(cast.fia, ID, WALK)
    with pytest.raises(Invalid) as refused:
        await cast.services.replies.add(cast.leo, ID, REPLY, kind, text)
    assert refused.value.field == field
    with pytest.raises(Invalid) as refused:
        await cast.services.replies.add(cast.leo, ID, 'short', ReplyKind.QUESTION, 'När?')
    assert refused.value.field == 'id'


async def test_a_thread_has_an_end(cast: Cast) -> None:
    await cast.services.entries.log(cast.fia, ID, WALK)
    first = await cast.services.replies.add(cast.leo, ID, REPLY, ReplyKind.QUESTION, 'När?')
    more = [first.model_copy(update={'id': f'{REPLY}-{number}', 'revision': 0}) for number in range(MOST_REPLIES - 1)]
    await cast.services.context.store.save(*more)
    with pytest.raises(NotAllowed):
        await cast.services.replies.add(cast.leo, ID, f'{REPLY}-one-more', ReplyKind.QUESTION, 'När?')


# Permissions


async def test_who_may_not_read_an_entry_says_nothing_to_it(cast: Cast) -> None:
    stranger = await nils(cast)
    await cast.services.entries.log(cast.fia, ID, WALK.model_copy(update={'audience': Audience.TEAM}))
    with pytest.raises(NotFound):
        await cast.services.replies.add(stranger, ID, REPLY, ReplyKind.QUESTION, 'Vad är det?')
    reply = await cast.services.replies.add(cast.leo, ID, REPLY, ReplyKind.QUESTION, 'När?')
    with pytest.raises(NotFound):
        await cast.services.replies.withdraw(stranger, reply.id)


async def test_nobody_who_has_left_answers(cast: Cast) -> None:
    await cast.services.entries.log(cast.fia, ID, WALK)
    leo = await cast.services.people.change(
        cast.alva, 'leo', PersonDraft('Leo Ledare', Role.LEAD, 'collectors', active=False)
    )
    with pytest.raises(NotAllowed):
        await cast.services.replies.add(leo, ID, REPLY, ReplyKind.QUESTION, 'När?')


async def test_what_is_withdrawn_is_not_answered(cast: Cast) -> None:
    await cast.services.entries.log(cast.fia, ID, WALK)
    reply = await cast.services.replies.add(cast.leo, ID, REPLY, ReplyKind.THANKS)
    await cast.services.replies.withdraw(cast.leo, reply.id)
    await cast.services.entries.withdraw(cast.fia, ID)
    for kind, text in ((ReplyKind.QUESTION, 'När?'), (ReplyKind.THANKS, '')):
        with pytest.raises(Gone):
            await cast.services.replies.add(cast.leo, ID, f'{REPLY}-2', kind, text)


async def test_leo_takes_it_back_and_alva_says_why(cast: Cast) -> None:
    await cast.services.entries.log(cast.fia, ID, WALK)
    for number in range(2):
        await cast.services.replies.add(cast.leo, ID, f'{REPLY}-{number}', ReplyKind.QUESTION, f'När {number}?')
        cast.clock.pass_(seconds=1)
    with pytest.raises(NotAllowed):
        await cast.services.replies.withdraw(cast.fia, f'{REPLY}-0')
    with pytest.raises(Invalid):
        await cast.services.replies.withdraw(cast.alva, f'{REPLY}-0')
    await cast.services.replies.withdraw(cast.leo, f'{REPLY}-0')
    taken = await cast.services.replies.withdraw(cast.alva, f'{REPLY}-1', 'Fel tråd')
    assert (taken.withdrawn_by, taken.withdrawn_why) == ('alva', 'Fel tråd')
    assert await thread(cast) == []
    assert await unseen(cast, cast.fia) == []
    assert await cast.services.replies.withdraw(cast.leo, f'{REPLY}-0') == await cast.services.replies.get(f'{REPLY}-0')


# Mentions


async def test_who_is_mentioned_is_notified_once_and_who_mentions_is_not(cast: Cast) -> None:
    stranger = await nils(cast)
    await cast.services.entries.log(cast.fia, ID, WALK)
    words = 'Ring @leo ledare, @Insamlingen och @Nils Nabo, hälsar @Alva Admin'
    await cast.services.replies.add(cast.alva, ID, REPLY, ReplyKind.ANSWER, words)
    assert await reasons(cast, cast.leo) == [NotificationReason.MENTIONED]
    assert await reasons(cast, stranger) == [NotificationReason.MENTIONED]
    assert await reasons(cast, cast.fia) == [NotificationReason.ANSWERED]
    assert await unseen(cast, cast.alva) == []


async def test_colleagues_and_teams_can_be_called_by_name_but_not_oneself_or_who_has_gone(cast: Cast) -> None:
    await cast.services.people.add(cast.alva, PersonDraft('Örjan Fält', Role.FIELD))
    gone = await cast.services.people.add(cast.alva, PersonDraft('Gun Fält', Role.FIELD))
    await cast.services.people.change(cast.alva, gone.id, PersonDraft('Gun Fält', Role.FIELD, active=False))
    names = await cast.services.notifications.mentionable_names(cast.fia)
    teams = [team.name for team in await cast.services.people.teams()]
    assert teams
    assert [*names[-len(teams) :]] == teams
    assert cast.leo.name in names
    assert names[-len(teams) - 1] == 'Örjan Fält'
    assert not {cast.fia.name, 'Gun Fält'} & {*names}


async def test_who_may_not_read_it_gets_no_notification(cast: Cast) -> None:
    stranger = await nils(cast)
    hushed = WALK.model_copy(update={'text': 'Säg inget till @Nils Nabo, @Gatan', 'audience': Audience.TEAM})
    await cast.services.entries.log(cast.fia, ID, hushed)
    await cast.services.replies.add(cast.leo, ID, REPLY, ReplyKind.ANSWER, 'Nej, @Nils Nabo får inget veta')
    assert [notice.person_id for notice in await cast.services.context.find_all(Notification)] == ['fia']
    assert await unseen(cast, stranger) == []


async def test_what_is_narrowed_later_is_notified_no_longer(cast: Cast) -> None:
    stranger = await nils(cast)
    called = WALK.model_copy(update={'text': 'Till @Nils Nabo'})
    await cast.services.entries.log(cast.fia, ID, called)
    assert await cast.services.notifications.unseen(stranger) == 1
    await cast.services.entries.correct(cast.fia, ID, called.model_copy(update={'audience': Audience.TEAM}))
    assert await cast.services.notifications.unseen(stranger) == 0


async def test_a_correction_calls_only_whom_it_did_not_call_before(cast: Cast) -> None:
    await cast.services.entries.log(cast.fia, ID, WALK.model_copy(update={'text': 'Hej @Leo Ledare'}))
    await cast.services.entries.correct(cast.fia, ID, WALK.model_copy(update={'text': '@Leo Ledare och @Alva Admin'}))
    assert await reasons(cast, cast.leo) == await reasons(cast, cast.alva) == [NotificationReason.MENTIONED]


async def test_what_is_seen_is_seen_by_oneself_alone(cast: Cast) -> None:
    await cast.services.entries.log(cast.fia, ID, WALK.model_copy(update={'text': 'Hej @Insamlingen'}))
    (notice,) = await unseen(cast, cast.leo)
    await cast.services.notifications.see(cast.fia, [notice.notice.id])
    assert await cast.services.notifications.unseen(cast.leo) == 1
    await cast.services.notifications.see(cast.leo, [notice.notice.id, 'no-such-notice'])
    assert await cast.services.notifications.unseen(cast.leo) == 0
    assert [
        each.notice.is_seen for each in (await cast.services.notifications.page(cast.leo, unseen=False)).notifications
    ] == [True]


# Under the team's name


async def test_who_writes_under_the_teams_name_is_not_told_apart_by_notices(cast: Cast) -> None:
    cast.clock.pass_(seconds=17)
    anonymous = WALL.model_copy(update={'text': 'Vi når inte fram, @Insamlingen', 'audience': Audience.TEAM})
    await cast.services.entries.log(cast.fia, ID, anonymous, CLAIM)
    notices = await cast.services.context.find_all(Notification)
    assert {notice.person_id for notice in notices} == {'fia', 'leo', 'vera'}
    assert {notice.at.second for notice in notices} == {0}
    assert await cast.services.notifications.unseen(cast.leo) == 0
    cast.clock.pass_(minutes=1)
    assert await cast.services.notifications.unseen(cast.leo) == 1


async def test_an_answer_to_it_reaches_no_author(cast: Cast) -> None:
    await cast.services.entries.log(cast.fia, ID, WALL, CLAIM)
    cast.clock.pass_(minutes=1)
    await cast.services.replies.add(cast.leo, ID, REPLY, ReplyKind.YES_AND, 'vi ringer dem')
    assert await cast.services.context.find_all(Notification) == ()
