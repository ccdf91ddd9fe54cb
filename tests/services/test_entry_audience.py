"""Test who can read and correct an entry, and that entries under the team's name never give their author away."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from app.domain.entries import Entry
from app.domain.entry_content import Audience, Content, EntryKind
from app.domain.entry_visibility import Reader
from app.domain.errors import Clash, Gone, Invalid, NotAllowed, NotFound
from app.domain.events import Event, EventKind
from app.domain.people import Person, Role
from app.i18n import translator
from app.services.entries import AT_A_TIME
from app.services.people import PersonDraft
from app.services.thread_summaries import nameless_answer_counts
from components.entries.author_actions import choices_of
from components.entries.form import me_of
from tests.cast import Cast, sign_in_once
from tests.sample_photos import photo

ID = 'a-phone-minted-this-entry'
CLAIM = 'only-the-phone-of-fia-knows-this'
WALK = Content(kind=EntryKind.ACTIVITY, text='Gick runt på Kransmossen')
WALL = Content(kind=EntryKind.OBSTACLE, text='Ingen svarar på ritningen', obstacle_kind='culture', hits='Grannarna')


@pytest.fixture
async def cast(cast: Cast) -> Cast:
    """Add a third collector: a team's name hides nobody among two."""
    await cast.services.people.add(cast.alva, PersonDraft('Vera Vagn', Role.FIELD, cast.collectors.id), 'vera')
    await sign_in_once(cast.services, 'leo', 'vera')
    return cast


async def reader(cast: Cast, person: Person) -> Reader:
    return await cast.services.context.reader(person)


async def neighbours(cast: Cast, organisation: str = 'Energi och Miljö') -> Person:
    """Add Nils, of another team."""
    team = await cast.services.people.add_team(cast.alva, 'Gatan', organisation)
    return await cast.services.people.add(cast.alva, PersonDraft('Nils Nabo', Role.FIELD, team.id))


async def texts(cast: Cast, person: Person) -> list[str]:
    """Return the texts of the entries in this person's feed."""
    feed = await cast.services.feed.readable_page(await reader(cast, person))
    return [story.entry.text for story in feed.stories if story.entry]


@pytest.mark.parametrize(
    ('audience', 'organisation', 'is_open'),
    [
        (Audience.TEAM, 'Energi och Miljö', False),
        (Audience.ORGANISATION, 'Energi och Miljö', True),
        (Audience.ORGANISATION, 'Gatukontoret', False),
        (Audience.STAFF, 'Gatukontoret', True),
        (Audience.PUBLIC, 'Gatukontoret', True),
    ],
)
async def test_an_entry_is_for_those_it_is_for(
    cast: Cast, audience: Audience, organisation: str, is_open: bool
) -> None:
    nils = await neighbours(cast, organisation)
    await cast.services.entries.log(cast.fia, ID, WALK.model_copy(update={'audience': audience}))
    for somebody, may in ((cast.fia, True), (cast.leo, True), (cast.alva, True), (nils, is_open)):
        assert (await texts(cast, somebody) == [WALK.text]) is may, somebody.name
    if not is_open:
        with pytest.raises(NotFound):
            await cast.services.entries.get(await reader(cast, nils), ID)


async def test_who_is_in_no_team_logs_for_all_or_none(cast: Cast) -> None:
    with pytest.raises(Invalid) as refused:
        await cast.services.entries.log(cast.alva, ID, WALK.model_copy(update={'audience': Audience.TEAM}))
    assert refused.value.field == 'audience'


async def test_the_feed_goes_on_behind_what_is_not_for_one(cast: Cast) -> None:
    nils = await neighbours(cast)
    await cast.services.entries.log(cast.fia, f'{ID}-0', WALK)
    for number in range(1, 40):
        cast.clock.pass_(seconds=1)
        await cast.services.entries.log(cast.fia, f'{ID}-{number}', WALK.model_copy(update={'audience': Audience.TEAM}))
    assert await texts(cast, nils) == [WALK.text]


async def test_partners_of_what_one_may_not_read_are_not_offered(cast: Cast) -> None:
    nils = await neighbours(cast)
    secret = WALK.model_copy(update={'partners': ('Polisen',), 'audience': Audience.TEAM})
    await cast.services.entries.log(cast.fia, ID, secret)
    assert await cast.services.entries.partners(await reader(cast, cast.leo)) == ('Polisen',)
    assert await cast.services.entries.partners(await reader(cast, nils)) == ()


async def test_others_have_their_turn_while_partners_are_looked_for(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = await cast.services.entries.log(cast.fia, ID, WALK.model_copy(update={'partners': ('Polisen',)}))
    many = [entry.model_copy(update={'id': f'{ID}-{number}', 'revision': 0}) for number in range(3 * AT_A_TIME)]
    await cast.services.context.store.save(*many)
    turns = 0

    async def take_turns() -> None:
        nonlocal turns
        while True:
            await asyncio.sleep(0)
            turns += 1

    taking = asyncio.create_task(take_turns())
    assert await cast.services.entries.partners(await reader(cast, cast.leo)) == ('Polisen',)
    taking.cancel()
    assert turns >= 2


# Corrections


async def test_fia_puts_it_right_and_what_she_said_is_kept(cast: Cast) -> None:
    await cast.services.entries.log(cast.fia, ID, WALK)
    cast.clock.pass_(hours=1)
    better = WALK.model_copy(update={'text': 'Gick runt på Hestra'})
    entry = await cast.services.entries.correct(cast.fia, ID, better, seen=1)
    (version,) = entry.versions
    assert (entry.text, version.content.text, version.by, version.until) == (
        'Gick runt på Hestra',
        WALK.text,
        'fia',
        cast.clock.at,
    )
    assert entry.happened_at == entry.logged_at
    newest = (await cast.services.feed.page(limit=1)).documents[0]
    assert newest.kind is EventKind.ENTRY_CORRECTED


async def test_a_correction_that_says_the_same_changes_nothing(cast: Cast) -> None:
    await cast.services.entries.log(cast.fia, ID, WALK)
    assert (await cast.services.entries.correct(cast.fia, ID, WALK)).versions == ()


async def test_the_first_request_may_still_come_again_after_a_correction(cast: Cast) -> None:
    await cast.services.entries.log(cast.fia, ID, WALK)
    await cast.services.entries.correct(cast.fia, ID, WALK.model_copy(update={'text': 'Annat'}))
    assert (await cast.services.entries.log(cast.fia, ID, WALK)).text == 'Annat'


async def test_two_devices_do_not_correct_over_each_other(cast: Cast) -> None:
    await cast.services.entries.log(cast.fia, ID, WALK)
    await cast.services.entries.correct(cast.fia, ID, WALK.model_copy(update={'text': 'Från telefonen'}), seen=1)
    with pytest.raises(Clash):
        await cast.services.entries.correct(cast.fia, ID, WALK.model_copy(update={'text': 'Från plattan'}), seen=1)


async def test_others_may_not_correct_and_an_administrator_says_why(cast: Cast) -> None:
    await cast.services.entries.log(cast.fia, ID, WALK)
    better = WALK.model_copy(update={'text': 'Utan namnet'})
    with pytest.raises(NotAllowed):
        await cast.services.entries.correct(cast.leo, ID, better, reason='Jag vet bättre')
    with pytest.raises(Invalid) as refused:
        await cast.services.entries.correct(cast.alva, ID, better)
    assert refused.value.field == 'reason'
    entry = await cast.services.entries.correct(cast.alva, ID, better, reason='Ett namn stod där')
    assert (entry.author_id, entry.versions[0].by, entry.versions[0].reason) == ('fia', 'alva', 'Ett namn stod där')


async def test_a_correction_is_for_somebody(cast: Cast) -> None:
    await cast.services.entries.log(cast.alva, ID, WALK)
    for audience in (Audience.TEAM, Audience.ORGANISATION):
        with pytest.raises(Invalid) as refused:
            await cast.services.entries.correct(cast.alva, ID, WALK.model_copy(update={'audience': audience}))
        assert refused.value.field == 'audience'
        offered = await choices_of(cast.services, None, translator('en'))
        assert audience.value not in {choice['id'] for choice in offered['audience']}
    await cast.services.entries.correct(cast.alva, ID, WALK.model_copy(update={'audience': Audience.PUBLIC}))
    await cast.services.entries.log(cast.fia, f'{ID}-2', WALK)
    await cast.services.people.change(cast.alva, 'fia', PersonDraft('Fia Fält', Role.FIELD))
    teams = WALK.model_copy(update={'audience': Audience.TEAM})
    assert (await cast.services.entries.correct(cast.fia, f'{ID}-2', teams)).audience is Audience.TEAM, (
        'it is its teams'
    )
    offered = await choices_of(cast.services, cast.collectors, translator('en'))
    assert {choice['id'] for choice in offered['audience']} == set(Audience)


async def test_an_obstacle_stays_one(cast: Cast) -> None:
    await cast.services.entries.log(cast.fia, ID, WALL)
    with pytest.raises(Invalid) as refused:
        await cast.services.entries.correct(cast.fia, ID, WALK)
    assert refused.value.field == 'kind'


async def test_only_an_obstacle_has_what_obstacles_have(cast: Cast) -> None:
    for field in ('hits', 'tried', 'obstacle_kind'):
        with pytest.raises(Invalid) as refused:
            await cast.services.entries.log(cast.fia, ID, WALK.model_copy(update={field: 'culture'}))
        assert refused.value.field == field


async def test_what_is_withdrawn_is_shown_to_nobody_and_stays_so(cast: Cast) -> None:
    await cast.services.entries.log(cast.fia, ID, WALK)
    withdrawn = await cast.services.entries.withdraw(cast.fia, ID)
    assert withdrawn.is_withdrawn
    assert await cast.services.entries.withdraw(cast.fia, ID) == withdrawn.model_copy(update={'revision': 2})
    with pytest.raises(Gone):
        await cast.services.entries.correct(cast.fia, ID, WALK.model_copy(update={'text': 'Ändå'}))
    assert not withdrawn.model_copy(update={'audience': Audience.PUBLIC}).is_public


# Photos


async def test_up_to_four_photos_each_at_its_place(cast: Cast) -> None:
    await cast.services.entries.log(cast.fia, ID, WALK)
    for place in (2, 1):
        entry = await cast.services.entries.add_photo(cast.fia, ID, place, photo(size=(40, 30 + place)))
    assert [kept.place for kept in entry.photos] == [1, 2]
    for kept in entry.photos:
        assert await cast.services.context.store.photos.read(kept.name)
    again = await cast.services.entries.add_photo(cast.fia, ID, 1, photo(size=(40, 31)))
    assert (again.photos, again.revision) == (entry.photos, 3)
    for place in (0, 5):
        with pytest.raises(Invalid):
            await cast.services.entries.expect_photo(cast.fia, ID, place)
    with pytest.raises(NotAllowed):
        await cast.services.entries.expect_photo(cast.leo, ID, 1)


# Under the team's name


async def log_under_teams_name(cast: Cast) -> Entry:
    cast.clock.pass_(seconds=17)
    return await cast.services.entries.log(cast.fia, ID, WALL, CLAIM)


async def test_nothing_that_is_kept_leads_to_who_wrote_it(cast: Cast) -> None:
    entry = await log_under_teams_name(cast)
    await cast.services.entries.correct(cast.fia, ID, WALL.model_copy(update={'text': 'Ännu inget svar'}), claim=CLAIM)
    await cast.services.entries.add_photo(cast.fia, ID, 1, photo(), CLAIM)
    await cast.services.entries.withdraw(cast.fia, ID, claim=CLAIM)
    kept = await cast.services.context.store.get(Entry, ID)
    events = [event for event in await cast.services.context.find_all(Event) if event.entry_id == ID]
    assert kept is not None
    assert len(events) == 4
    written = ' '.join(document.model_dump_json() for document in (entry, kept, *events))
    assert '"fia"' not in written
    assert CLAIM not in written
    moments = (entry.logged_at, entry.happened_at, *(event.at for event in events), kept.versions[0].until)
    assert all((moment.second, moment.microsecond) == (0, 0) for moment in moments)


async def test_it_is_shown_once_its_minute_is_over(cast: Cast) -> None:
    await log_under_teams_name(cast)
    assert await texts(cast, cast.leo) == []
    cast.clock.pass_(seconds=43)
    assert await texts(cast, cast.leo) == [WALL.text]


async def test_within_its_minute_nobody_but_its_author_finds_it_in_any_way(cast: Cast) -> None:
    services, leo, alva = cast.services, await reader(cast, cast.leo), await reader(cast, cast.alva)
    cast.clock.pass_(seconds=17)
    wall = WALL.model_copy(update={'partners': ('Polisen',), 'text': 'Ingen svarar @Leo Ledare'})
    await services.entries.log(cast.fia, ID, wall, CLAIM)
    for early in (leo, alva, await reader(cast, cast.fia)):
        for ask in (services.entries.get, services.obstacle_diary.details, services.entry_reader.entry):
            with pytest.raises(NotFound):
                await ask(early, ID)
        assert await nameless_answer_counts(services.context, early) == {}
        assert await services.entries.partners(early) == ()
    for act in (services.obstacles.share, services.obstacles.explore):
        with pytest.raises(NotFound):
            await act(cast.leo, ID)
    assert (await services.entries.get(await reader(cast, cast.fia), ID, CLAIM)).text == wall.text
    assert await services.notifications.unseen(cast.leo) == 0
    cast.clock.pass_(seconds=43)
    assert (await services.entries.get(leo, ID)).text == wall.text
    assert await nameless_answer_counts(services.context, leo) == {ID: 0}
    assert await services.entries.partners(leo) == ('Polisen',)
    assert await services.notifications.unseen(cast.leo) == 1


async def test_only_who_has_the_claim_is_its_author(cast: Cast) -> None:
    await log_under_teams_name(cast)
    cast.clock.pass_(minutes=1)
    for person, claim in ((cast.fia, ''), (cast.leo, ''), (cast.fia, 'another-claim-of-many-letters')):
        with pytest.raises(NotAllowed):
            await cast.services.entries.withdraw(person, ID, 'Nej', claim)
    assert (await cast.services.entries.mine(cast.fia)).documents == ()
    assert (await cast.services.entries.log(cast.fia, ID, WALL, CLAIM)).revision == 1
    with pytest.raises(Clash):
        await cast.services.entries.log(cast.fia, ID, WALL)
    with pytest.raises(Clash):
        await cast.services.entries.log(cast.leo, ID, WALL, 'another-claim-of-many-letters')


async def test_an_administrator_can_take_it_away_and_still_does_not_learn_whose_it_was(cast: Cast) -> None:
    await log_under_teams_name(cast)
    cast.clock.pass_(minutes=1)
    entry = await cast.services.entries.withdraw(cast.alva, ID, 'Någon pekas ut')
    assert (entry.withdrawn_by, entry.author_id) == ('alva', None)


@pytest.mark.parametrize('claim', ['short', 'x' * 65, 'half \ud800 of one, but long enough'])
async def test_a_claim_is_hard_to_guess(cast: Cast, claim: str) -> None:
    with pytest.raises(Invalid) as refused:
        await cast.services.entries.log(cast.fia, ID, WALL, claim)
    assert refused.value.field == 'claim'


async def test_only_obstacles_and_only_teams_can(cast: Cast) -> None:
    for person, content in ((cast.fia, WALK), (cast.alva, WALL)):
        with pytest.raises(Invalid) as refused:
            await cast.services.entries.log(person, ID, content, CLAIM)
        assert refused.value.field == 'claim'


async def test_a_team_of_two_hides_nobody(cast: Cast) -> None:
    await cast.services.entries.log(cast.fia, f'{ID}-2', WALL, CLAIM)
    await cast.services.people.change(
        cast.alva, 'vera', PersonDraft('Vera Vagn', Role.FIELD, cast.collectors.id, active=False)
    )
    with pytest.raises(Invalid) as refused:
        await cast.services.entries.log(cast.fia, ID, WALL, CLAIM)
    assert refused.value.field == 'claim'
    assert (await cast.services.entries.log(cast.fia, f'{ID}-2', WALL, CLAIM)).revision == 1, 'it was there before'
    assert (await cast.services.entries.log(cast.fia, ID, WALL)).author_id == 'fia'


async def test_who_never_came_in_hides_nobody(cast: Cast) -> None:
    services = cast.services
    await services.people.add(cast.alva, PersonDraft('Ny', Role.FIELD, cast.collectors.id), 'ny')
    await services.people.invite(cast.alva, 'ny')
    (phone,) = await services.people.devices('vera')
    await services.people.revoke(cast.alva, phone.id)
    assert (await services.entries.log(cast.fia, f'{ID}-2', WALL, CLAIM)).is_under_team_name, 'Vera may have written it'
    assert await services.context.active_members('collectors', cast.fia) == 3
    await services.people.change(
        cast.alva, 'vera', PersonDraft('Vera Vagn', Role.FIELD, cast.collectors.id, active=False)
    )
    for person, count in ((cast.fia, 2), (cast.leo, 1)):
        team = (await me_of(services, person))['team']
        assert team
        assert team['members'] == await services.context.active_members('collectors', person) == count
    with pytest.raises(Invalid) as refused:
        await services.entries.log(cast.fia, ID, WALL, CLAIM)
    assert (refused.value.field, refused.value.values) == ('claim', {'count': 3})
    await sign_in_once(services, 'ny')
    assert (await services.entries.log(cast.fia, ID, WALL, CLAIM)).is_under_team_name


async def test_when_it_happened_is_kept_to_the_minute(cast: Cast) -> None:
    at = cast.clock.at - timedelta(days=1, seconds=13)
    entry = await cast.services.entries.log(cast.fia, ID, WALL.model_copy(update={'happened_at': at}), CLAIM)
    assert entry.happened_at.second == 0
    again = await cast.services.entries.log(cast.fia, ID, WALL.model_copy(update={'happened_at': at}), CLAIM)
    assert again.revision == 1
