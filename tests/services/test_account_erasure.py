"""Test that nothing of Fia's name or id stays after she leaves, whatever interrupts the erasure."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest

from app.domain.case_outcomes import Outcome
from app.domain.case_pauses import PauseReason
from app.domain.document import Document
from app.domain.entries import Entry
from app.domain.entry_content import Content, EntryKind
from app.domain.errors import Gone, Invalid, NotAllowed
from app.domain.events import Event, EventKind, Topic
from app.domain.leaving import Leaving
from app.domain.obstacles import Obstacle
from app.domain.people import Person, Role
from app.domain.replies import Reply, ReplyKind
from app.i18n import translator
from app.services.account_erasure import BATCH
from app.services.people import PersonDraft
from app.store.tinydb.store import TinyStore
from app.store.tools.json_import_export import export_json
from app.wording.obstacles import message_text
from tests.cast import Cast, create_test_services, send_report, sign_in_once

WALK = Content(kind=EntryKind.ACTIVITY, text='Gick runt på Kransmossen')
CLAIM = 'only-the-phone-of-fia-knows-this'
HERS, LEOS, UNDER_TEAMS_NAME = 'an-entry-by-fia-0000', 'an-entry-by-leo-0000', 'an-entry-by-nobody-0'
LEOS_WALL = 'an-obstacle-by-leo-0'
FIA = '4f1b7c9e2d7a4c53b8e1f09d2b3c4d5f'


async def hired(cast: Cast) -> Person:
    """Add Fia with an id as real people have them, and give her a day's work."""
    services = cast.services
    await sign_in_once(services, 'leo', 'fia')
    fia = await services.people.add(cast.alva, PersonDraft('Fia Förman', Role.FIELD, 'collectors'), FIA)
    await services.people.join(await services.people.invite(cast.alva, FIA), 'iPhone')
    await services.people.invite(cast.alva, FIA)
    await services.entries.log(fia, HERS, WALK.model_copy(update={'text': 'Ring @Leo Ledare'}))
    await services.entries.correct(fia, HERS, WALK)
    await services.entries.log(
        fia, UNDER_TEAMS_NAME, WALK.model_copy(update={'kind': EntryKind.OBSTACLE, 'text': 'Ingen svarar'}), CLAIM
    )
    await services.entries.log(cast.leo, LEOS, WALK.model_copy(update={'text': 'Fråga @fia förman, hon vet'}))
    await services.entries.correct(cast.leo, LEOS, WALK.model_copy(update={'text': 'Fråga @Fia Förman, hon vet allt'}))
    await services.replies.add(fia, LEOS, 'a-reply-by-fia-00000', ReplyKind.ANSWER, 'Det gör jag')
    await services.replies.add(fia, LEOS, '', ReplyKind.THANKS)
    await services.replies.add(cast.leo, HERS, 'a-reply-by-leo-00000', ReplyKind.QUESTION, 'När, @Fia Förman?')
    await services.replies.add(cast.leo, LEOS, 'another-by-leo-00000', ReplyKind.ANSWER, 'Hej @Gamla Fia')
    await raise_obstacle_to_her(cast)
    case = (await send_report(services, cast.glass.code, 'full', 'a-phone-minted-this-1')).case
    await services.cases.resolve(fia, case.id)
    await she_acts_on_cases(cast, fia)
    return fia


async def she_acts_on_cases(cast: Cast, fia: Person) -> None:
    """Let Fia act on a case, close it, and have another one."""
    acts, services = cast.services.case_acts, cast.services
    for number, problem in enumerate(('hard_to_reach', 'dangerous')):
        case = (await send_report(services, cast.glass.code, problem, f'a-phone-minted-that-{number}')).case
        await acts.assign(cast.leo, case.id, f'leo-assigns-a-case-{number}', person_id=FIA)
        await acts.note(fia, case.id, f'fia-writes-a-note-{number}', 'Fias anteckning till @Fia Förman')
        await acts.pause(fia, case.id, f'fia-pauses-a-case-{number}', PauseReason.OTHERS, 'Fias väntan')
    await acts.close(fia, case.id, 'fia-closes-a-case-00', Outcome.CANNOT, 'Fias skäl')
    await acts.reopen(cast.leo, case.id, 'leo-opens-a-case-000')
    await acts.close(fia, case.id, 'fia-closes-a-case-01', Outcome.CANNOT, 'Fias andra skäl')


async def raise_obstacle_to_her(cast: Cast) -> None:
    """Log an obstacle of Leo's whose text mentions Fia, and raise it to her."""
    wall = WALK.model_copy(update={'kind': EntryKind.OBSTACLE, 'text': 'Fråga @Fia Förman_ igen'})
    entry = await cast.services.entries.log(cast.leo, LEOS_WALL, wall)
    standing = await cast.services.obstacle_diary.details(await cast.services.context.reader(cast.leo), entry.id)
    words = message_text(standing, cast.leo, translator('sv'))
    await cast.services.obstacles.raise_to(cast.leo, LEOS_WALL, '@Fia Förman', words, date(2026, 6, 1))
    assert 'Fråga @Fia Förman_ igen' in words


def everything(cast: Cast, tmp_path: Path) -> str:
    """Return the whole store, as the export writes it."""
    file = tmp_path / 'db.json'
    export_json(tmp_path / 'store', file)
    return json.dumps(json.loads(file.read_text(encoding='utf-8')), ensure_ascii=False)


@pytest.mark.parametrize('mode', Leaving)
async def test_nothing_of_her_name_or_id_is_left(cast: Cast, tmp_path: Path, mode: Leaving) -> None:
    fia = await hired(cast)
    await cast.services.municipality.change(cast.alva, 'Borås', '', '', mode)
    assert FIA in everything(cast, tmp_path)
    await cast.services.account_erasure.leave(fia, FIA)
    await cast.services.account_erasure.finish()
    kept = everything(cast, tmp_path).casefold()
    assert FIA not in kept
    assert 'fia förman' not in kept
    assert 'leo ledare' in kept
    assert isinstance(cast.services.context.store, TinyStore)
    cast.services.context.store.compact()
    for file in (tmp_path / 'store').rglob('*'):
        if file.is_file():
            assert FIA.encode() not in file.read_bytes(), file.name
            assert 'Fia Förman'.encode() not in file.read_bytes(), file.name


async def test_what_she_wrote_stays_without_a_name(cast: Cast) -> None:
    fia = await hired(cast)
    await cast.services.account_erasure.leave(fia, FIA)
    await cast.services.account_erasure.finish()
    store = cast.services.context.store
    hers, leos, reply = (
        await store.get(Entry, HERS),
        await store.get(Entry, LEOS),
        await store.get(Reply, 'a-reply-by-fia-00000'),
    )
    assert hers
    assert leos
    assert reply
    assert (hers.author_id, hers.team_id, hers.text, hers.versions[0].by) == (None, 'collectors', WALK.text, 'left')
    assert (leos.text, leos.versions[0].content.text) == ('Fråga @…, hon vet allt', 'Fråga @…, hon vet')
    assert (reply.author_id, reply.team_id, reply.text) == (None, 'collectors', 'Det gör jag')
    assert await cast.services.replies.thanks(leos) == ()
    assert await store.get(Person, FIA) is None
    newest = next(event for event in await cast.services.context.find_all(Event) if event.kind is EventKind.PERSON_LEFT)
    assert (newest.by, newest.person_id, newest.team_id) == (None, None, None)


async def test_what_she_wrote_goes_with_all_that_hangs_on_it(cast: Cast) -> None:
    fia = await hired(cast)
    await cast.services.municipality.change(cast.alva, 'Borås', '', '', Leaving.ERASE)
    await cast.services.account_erasure.leave(fia, FIA)
    await cast.services.account_erasure.finish()
    store = cast.services.context.store
    assert {entry.id for entry in await cast.services.context.find_all(Entry)} == {LEOS, LEOS_WALL, UNDER_TEAMS_NAME}
    assert {reply.id for reply in await cast.services.context.find_all(Reply)} == {'another-by-leo-00000'}
    events = await cast.services.context.find_all(Event)
    assert {event.entry_id for event in events} <= {None, LEOS, LEOS_WALL, UNDER_TEAMS_NAME}
    assert {event.reply_id for event in events} <= {None, 'another-by-leo-00000'}
    assert EventKind.CASE_RESOLVED in {event.kind for event in events}
    assert await store.get(Entry, UNDER_TEAMS_NAME)


@pytest.mark.parametrize('mode', Leaving)
async def test_what_she_wrote_about_cases_goes_with_the_rest(cast: Cast, tmp_path: Path, mode: Leaving) -> None:
    fia = await hired(cast)
    await cast.services.municipality.change(cast.alva, 'Borås', '', '', mode)
    await cast.services.account_erasure.leave(fia, FIA)
    await cast.services.account_erasure.finish()
    kept = everything(cast, tmp_path)
    for words in ('Fias anteckning', 'Fias väntan', 'Fias skäl', 'Fias andra skäl'):
        assert (words in kept) is (mode is Leaving.ANONYMOUS), words
    assert {case.assignee_id for case in await cast.services.cases.open()} == {None}


@pytest.mark.parametrize('mode', Leaving)
async def test_what_she_wrote_about_obstacles_goes_with_the_rest(cast: Cast, mode: Leaving) -> None:
    fia = await hired(cast)
    obstacles, june = cast.services.obstacles, date(2026, 6, 1)
    await obstacles.raise_to(fia, LEOS_WALL, 'Fias bror', 'Fias brev', june)
    await obstacles.ask_again(cast.leo, LEOS_WALL, date(2026, 7, 1))
    await obstacles.raise_to(cast.leo, LEOS_WALL, 'Kommunen', 'Leos brev', june)
    await obstacles.ask_again(fia, LEOS_WALL, date(2026, 7, 1))
    await obstacles.remove(fia, LEOS_WALL, 'Fia grävde')
    await cast.services.municipality.change(cast.alva, 'Borås', '', '', mode)
    await cast.services.account_erasure.leave(fia, FIA)
    await cast.services.account_erasure.finish()
    obstacle = await cast.services.context.store.get(Obstacle, LEOS_WALL)
    assert obstacle
    hers, leos = ('Fias bror', 'Fias brev'), ('Kommunen', 'Leos brev')
    expected = {
        Leaving.ANONYMOUS: [hers, hers, leos, leos, ('', 'Fia grävde')],
        Leaving.ERASE: [('', ''), ('', ''), leos, leos, ('', '')],
    }
    assert [(step.to, step.words) for step in obstacle.steps[1:]] == expected[mode]
    assert [step.by for step in obstacle.steps[1:]] == ['left', 'leo', 'leo', 'left', 'left']
    assert (obstacle.state, obstacle.latest and obstacle.latest.state) == ('removed', 'removed')
    back = await obstacles.put_back(cast.leo, LEOS_WALL)
    assert (back.state, back.ask_again_on) == ('raised', date(2026, 7, 1))


async def test_she_is_out_at_once_and_nobody_lets_her_in(cast: Cast) -> None:
    fia = await hired(cast)
    token = await cast.services.people.invite(cast.alva, FIA)
    await cast.services.account_erasure.leave(fia, FIA)
    assert await cast.services.people.devices(FIA) == ()
    assert FIA not in {person.id for person in await cast.services.people.all()}
    with pytest.raises(Gone):
        await cast.services.people.invited(token)
    with pytest.raises(Gone):
        await cast.services.people.change(cast.alva, FIA, PersonDraft('Fia', Role.FIELD))
    with pytest.raises(NotAllowed):
        await cast.services.people.invite(cast.alva, FIA)


async def test_the_last_administrator_stays(cast: Cast) -> None:
    with pytest.raises(Invalid):
        await cast.services.account_erasure.leave(cast.alva, cast.alva.id)
    await cast.services.people.change(cast.alva, 'leo', PersonDraft('Leo Ledare', Role.ADMIN, 'collectors'))
    await cast.services.account_erasure.leave(cast.alva, cast.alva.id)
    await cast.services.account_erasure.finish()
    assert {person.id for person in await cast.services.people.all()} == {'leo', 'fia'}


async def test_of_the_last_two_administrators_one_stays(cast: Cast) -> None:
    await cast.services.people.change(cast.alva, 'leo', PersonDraft('Leo Ledare', Role.ADMIN, 'collectors'))
    leo = await cast.services.people.get('leo')
    went = await asyncio.gather(
        cast.services.account_erasure.leave(cast.alva, 'alva'),
        cast.services.account_erasure.leave(leo, 'leo'),
        return_exceptions=True,
    )
    assert [type(outcome) for outcome in went if outcome] == [Invalid]


async def test_only_oneself_or_an_administrator(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        await cast.services.account_erasure.leave(cast.leo, 'fia')
    await cast.services.account_erasure.leave(cast.alva, 'fia')
    events = await cast.services.context.find_all(Event)
    (left,) = (event for event in events if event.kind is EventKind.PERSON_LEFT)
    assert (left.by, left.person_id) == ('alva', None)


@pytest.mark.parametrize('mode', Leaving)
async def test_it_goes_on_where_it_was_stopped(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: Leaving
) -> None:
    """Stop the machine at each write in turn; new services on the same store finish the job."""
    fia = await hired(cast)
    await cast.services.municipality.change(cast.alva, 'Borås', '', '', mode)
    await cast.services.account_erasure.leave(fia, FIA)
    store, power, stops = cast.services.context.store, Power(), 0
    monkeypatch.setattr(store, 'save', power.cutting(store.save))
    monkeypatch.setattr(store, 'erase', power.cutting(store.erase))
    while FIA in everything(cast, tmp_path):
        stops += 1
        power.left = 1
        with suppress(PowerCut):
            await cast.services.account_erasure.finish()
    assert stops > 5
    assert 'fia förman' not in everything(cast, tmp_path).casefold()


class PowerCut(Exception):
    """The machine has stopped."""


class Power:
    """Enough power for so many writes."""

    left = 0

    def cutting(self, write: Callable[..., Awaitable[None]]) -> Callable[..., Awaitable[None]]:
        """Return `write` with a power cut once no power is left."""

        async def write_or_stop(*documents: Document) -> None:
            if documents and self.left == 0:
                raise PowerCut
            self.left -= bool(documents)
            await write(*documents)

        return write_or_stop


async def test_a_long_life_is_forgotten_batch_by_batch(cast: Cast) -> None:
    fia = await hired(cast)
    events = [
        Event(id=f'event-{number:05}', kind=EventKind.STICKER_SEEN, topic=Topic.UPKEEP, at=cast.clock(), by=FIA)
        for number in range(5 * BATCH)
    ]
    await cast.services.context.store.save(*events)
    await cast.services.account_erasure.leave(fia, FIA)
    longest, finishing = 0.0, asyncio.create_task(cast.services.account_erasure.finish())
    loop = asyncio.get_running_loop()
    while not finishing.done():
        began = loop.time()
        await asyncio.sleep(0)
        longest = max(longest, loop.time() - began)
    assert {event.by for event in await cast.services.context.find_all(Event) if event.id.startswith('event-')} == {
        'left'
    }
    assert longest < 0.25


async def test_others_write_on_meanwhile(cast: Cast) -> None:
    fia = await hired(cast)
    await cast.services.account_erasure.leave(fia, FIA)
    finishing = asyncio.create_task(cast.services.account_erasure.finish())
    for number in range(10):
        words = WALK.model_copy(update={'text': f'Rättat {number}'})
        await cast.services.entries.correct(cast.leo, LEOS, words)
    await finishing
    leos = await cast.services.context.store.get(Entry, LEOS)
    assert leos
    assert leos.text == 'Rättat 9'
    assert await cast.services.context.store.get(Person, FIA) is None


async def test_new_services_finish_what_others_began(cast: Cast, tmp_path: Path) -> None:
    fia = await hired(cast)
    await cast.services.account_erasure.leave(fia, FIA)
    await cast.services.context.store.close()
    again = create_test_services(tmp_path / 'store', cast.clock)
    await again.account_erasure.finish()
    assert FIA not in everything(cast, tmp_path)
    await again.context.store.close()


async def test_earlier_names_are_erased_wherever_they_are_mentioned(cast: Cast, tmp_path: Path) -> None:
    services = cast.services
    ulla = await services.people.add(cast.alva, PersonDraft('Ulla Öst', Role.FIELD, 'collectors'), FIA)
    wall = WALK.model_copy(
        update={'kind': EntryKind.OBSTACLE, 'text': 'Väntar på @Ulla Öst', 'hits': '@ulla öst', 'tried': '@ULLA ÖST'}
    )
    await services.entries.log(cast.leo, LEOS_WALL, wall)
    await services.entries.log(cast.leo, LEOS, WALK.model_copy(update={'text': 'Med @Ulla O\u0308st'}))
    await services.entries.correct(cast.leo, LEOS, WALK, reason='Det var inte @Ulla Öst')
    await services.replies.add(cast.leo, LEOS, 'a-reply-by-leo-00000', ReplyKind.ANSWER, 'Tack @Ulla Öst')
    await send_report(services, cast.glass.code, 'full', 'a-phone-minted-this-1', 'Sa till @Ulla Öst igår')
    for name in ('Ulla Väst', 'Ulla Berg'):
        ulla = await services.people.change(cast.alva, FIA, PersonDraft(name, Role.FIELD, 'collectors'))
        await send_report(services, cast.paper.code, 'full', f'minted-on-a-phone-{name[-1]}', f'Hälsa @{name}!')
    await services.obstacles.raise_to(cast.leo, LEOS_WALL, '@Ulla Väst', 'Fråga @Ulla Öst', date(2026, 6, 1))
    await services.account_erasure.leave(ulla, FIA)
    await services.account_erasure.finish()
    kept = everything(cast, tmp_path).casefold()
    assert [name for name in ('ulla öst', 'ulla väst', 'ulla berg', 'o\u0308st', FIA) if name in kept] == []
    assert kept.count('@…') >= 9


async def test_a_name_that_was_kept_comes_back_to_nobody(cast: Cast) -> None:
    for name in ('Ulla Öst', 'Ulla Väst', 'Ulla Öst'):
        person = await cast.services.people.change(cast.alva, 'fia', PersonDraft(name, Role.FIELD, 'collectors'))
    assert person.former_names == ('Fia Fält', 'Ulla Öst', 'Ulla Väst')
    same = await cast.services.people.change(cast.alva, 'fia', PersonDraft('Ulla Öst', Role.LEAD, 'collectors'))
    assert same.former_names == person.former_names
