"""Test the sentences of Events: every language has them, and the public ones name nobody."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from app.domain.access_tokens import Scope
from app.domain.case_outcomes import Outcome
from app.domain.cases import Case
from app.domain.entry_content import Content, EntryKind
from app.domain.events import Event, EventKind
from app.domain.periods import Periods
from app.domain.quarantine import HoldReason
from app.domain.replies import ReplyKind
from app.domain.reports import ReportInput
from app.domain.sites import AssetDraft, SiteDraft, SiteKind
from app.domain.sweeps import SweepKind
from app.domain.working_hours import WorkingHours
from app.i18n import LANGUAGES, STAFF_LANGUAGES, translator
from app.services.feed import Story
from app.services.people import PersonDraft
from app.wording.case_events import OF_CASES
from app.wording.feed import event_sentence, word_story
from app.wording.public import public_event_sentence
from components.feed.rows import News, story_row
from tests.cast import Cast, send_report
from tests.sample_photos import photo

NOTE = 'Ring mig på 070-000 00 00'


async def everything_happens(cast: Cast) -> tuple[Story, ...]:
    """Cause at least one Event of each kind, and return the stories."""
    services, alva = cast.services, cast.alva
    case = (await send_report(services, cast.glass.code, 'full', 'a-phone-minted-this-1')).case
    for number in (2, 3):
        await send_report(services, cast.glass.code, 'full', f'a-phone-minted-this-{number}')
    await services.cases.add_note('a-phone-minted-this-1', NOTE)
    await services.report_intake.add_photo('a-phone-minted-this-1', photo())
    await services.cases.acknowledge(cast.fia, case.id)
    await services.cases.resolve(cast.fia, case.id)
    await services.cases.reopen(cast.fia, case.id)
    await services.cases.resolve(cast.fia, case.id)
    await send_report(services, cast.paper.code, 'full', 'a-phone-minted-this-4')
    await send_report(services, cast.paper.code, 'litter_around', 'a-phone-minted-this-6')
    await services.report_intake.take_back('a-phone-minted-this-6')
    cast.clock.pass_(days=60)
    await services.cases.close_stale()
    await staff_do_everything(cast, case)
    for kind in EntryKind:
        await services.entries.log(
            cast.fia, f'a-phone-minted-this-{kind}', Content(kind=kind, text='Så var det', roots=('culture',))
        )
    await an_entry_is_answered(cast)
    await an_entry_is_put_right(cast)
    await an_obstacle_is_met(cast)
    await services.sites.change(alva, 'kransmossen', SiteDraft('Kransmossen', SiteKind.OTHER))
    await services.sites.change_asset(alva, cast.glass.id, AssetDraft('Glas', 'container_coloured_glass'))
    await services.sticker_audit.begin_round(cast.fia, 'kransmossen')
    await services.sites.see_sticker(cast.fia, cast.glass.code)
    await services.sites.replace_sticker(alva, cast.glass.id)
    await services.sites.retire_asset(alva, cast.glass.id)
    await services.sites.offer_problems(alva, 'bench', {'broken'})
    await send_report(services, cast.paper.code, 'full', 'a-phone-minted-this-5')
    await services.sites.retire_asset(alva, cast.paper.id)
    await the_rules_of_cases_change(cast)
    await services.people.rename_team(alva, 'collectors', 'Insamling', 'EM')
    await services.people.change(alva, 'leo', PersonDraft('Leo', cast.leo.role))
    visitor, _ = await services.people.join(await services.people.invite(alva, 'leo'), 'iPad')
    await services.people.revoke(alva, visitor.device.id)
    token, _ = await services.access_tokens.make(cast.leo, 'Statistik', {Scope.READ})
    await services.access_tokens.revoke(alva, token.id)
    await everything_is_held(cast)
    await everything_is_swept(cast)
    await services.account_erasure.leave(
        alva, (await services.people.add(alva, PersonDraft('Stina', cast.fia.role))).id
    )
    return await services.feed.stories((await services.context.store.find(Event)).documents)


async def the_rules_of_cases_change(cast: Cast) -> None:
    """Change when cases are late, and what their closing says."""
    await cast.services.working_hours.change(cast.alva, WorkingHours(half_until=13 * 60))
    await cast.services.problem_periods.change(cast.leo, 'full', None, Periods(seen_hours=1, done_hours=2))
    await cast.services.ready_answers.add(cast.leo, 'full', Outcome.FIXED, 'Vi har tömt')


async def staff_do_everything(cast: Cast, case: Case) -> None:
    """Save each Event that staff can cause with a case."""
    events = [case.event(kind, cast.services.context.stamp(cast.fia), person_id='leo') for kind in OF_CASES]
    await cast.services.context.store.save(*events)


async def an_entry_is_answered(cast: Cast) -> None:
    """Reply to an entry with each kind of reply, and withdraw the thanks."""
    for kind in ReplyKind:
        words = '' if kind is ReplyKind.THANKS else 'Så är det'
        reply = await cast.services.replies.add(
            cast.leo, 'a-phone-minted-this-lesson', f'a-phone-replies-{kind}', kind, words
        )
    await cast.services.replies.withdraw(cast.leo, reply.id)


async def an_entry_is_put_right(cast: Cast) -> None:
    """Add a photo to an entry, correct it and withdraw it."""
    entries, id = cast.services.entries, 'a-phone-minted-this-activity'
    await entries.add_photo(cast.fia, id, 1, photo())
    await entries.correct(cast.fia, id, Content(kind=EntryKind.ACTIVITY, text='Så var det inte'))
    await entries.withdraw(cast.fia, id)


async def an_obstacle_is_met(cast: Cast) -> None:
    """Take each step that an obstacle can take."""
    obstacles, id, other = cast.services.obstacles, 'a-phone-minted-this-obstacle', 'a-phone-minted-this-wall'
    await cast.services.entries.log(cast.fia, other, Content(kind=EntryKind.OBSTACLE, text='En vägg'))
    await obstacles.share(cast.leo, id)
    await obstacles.unshare(cast.leo, id)
    await obstacles.link(cast.leo, id, other)
    await obstacles.unlink(cast.leo, id)
    await obstacles.explore(cast.leo, id)
    await obstacles.raise_to(cast.leo, id, 'Länsstyrelsen', 'Hjälp oss', (cast.clock.at + timedelta(days=9)).date())
    await obstacles.ask_again(cast.leo, id, (cast.clock.at + timedelta(days=19)).date())
    await obstacles.work_around(cast.leo, id, 'Vi gick runt')
    await obstacles.put_back(cast.leo, id)
    await obstacles.remove(cast.leo, id, 'De svarade')
    await obstacles.come_back(cast.leo, id)


async def everything_is_swept(cast: Cast) -> None:
    """Stop a sweep that would end too much, and let it go on."""
    sweeps = cast.services.sweeps
    assert not await sweeps.admits(SweepKind.STALE_CASES, 31)
    await sweeps.allow(cast.leo, SweepKind.STALE_CASES)


async def everything_is_held(cast: Cast) -> None:
    """Hold a flood of two reports, release one and discard the other."""
    bench = await cast.services.sites.add_asset(cast.alva, 'kransmossen', AssetDraft('Bänken', 'bench'))
    for number in range(2):
        await cast.services.quarantine.hold(f'a-machine-minted-{number}', bench, ReportInput('broken'), HoldReason.TRAP)
    (flood,) = await cast.services.quarantine.floods()
    await cast.services.quarantine.release(cast.leo, flood.groups[0].group, {'a-machine-minted-0'})
    await cast.services.quarantine.discard(cast.leo, flood.groups[0].group)
    for number in range(2):
        await send_report(cast.services, bench.code, 'broken', f'a-phone-says-fine-{number}', fine=True)


async def test_every_kind_of_event_is_worded_in_every_language(cast: Cast) -> None:
    stories = await everything_happens(cast)
    assert {story.event.kind for story in stories} == set(EventKind)
    for language in LANGUAGES:
        for story in stories:
            sentence = word_story(story, translator(language), cast.fia).sentence
            assert sentence
            assert '{' not in sentence
            assert 'None' not in sentence


async def test_english_and_swedish_say_it_differently(cast: Cast) -> None:
    for story in await everything_happens(cast):
        english, swedish = [word_story(story, translator(language), cast.fia).sentence for language in ('en', 'sv')]
        assert english != swedish, story.event.kind


async def test_what_somebody_did_is_told_to_them_without_names_of_others(cast: Cast) -> None:
    for story in await everything_happens(cast):
        for language in STAFF_LANGUAGES:
            sentence = event_sentence(story.event, cast.fia, translator(language))
            assert not re.search('[{}]|None|Leo|Alva', sentence), story.event.kind
            assert ('Fia Fält' in sentence) <= ('fia' in (story.event.by, story.event.person_id)), story.event.kind


async def test_the_public_wording_names_no_person_and_tells_no_note(cast: Cast) -> None:
    stories = await everything_happens(cast)
    sentences = [public_event_sentence(story, translator('sv')) for story in stories]
    silent = {story.event.kind for story, words in zip(stories, sentences, strict=True) if not words}
    assert silent >= {
        EventKind.CASE_NOTED, EventKind.CASE_PHOTOGRAPHED, EventKind.CASE_CONFIRMED, EventKind.CASE_REPORTED_AGAIN,
        EventKind.CASE_SAID_FINE, EventKind.CASE_ASSIGNED, EventKind.CASE_DECLINED, EventKind.CASE_UNASSIGNED,
        EventKind.CASE_STAFF_NOTED, EventKind.CASE_UNDONE,
    }  # fmt: skip
    for sentence in sentences:
        assert not any(secret in sentence for secret in ('Fia', 'Leo', 'Alva', NOTE))


async def test_a_row_carries_the_note_and_the_place(cast: Cast) -> None:
    await send_report(cast.services, cast.glass.code, 'full', 'a-phone-minted-this-1', NOTE)
    (event,) = (await cast.services.feed.page(limit=1)).documents
    row: Any = story_row(await cast.services.feed.story(event), cast.fia)
    assert (row['text'], row['where'], row['team'], row['tone']) == (NOTE, 'Kransmossen', 'Insamlingen', 'full')
    assert (row['case']['state'], row['case']['reports']) == ('Anmält', '1 anmälan')


async def test_a_photo_that_comes_later_does_not_repeat_what_came_with_the_report(cast: Cast) -> None:
    await send_report(cast.services, cast.glass.code, 'full', 'a-phone-minted-this-1', NOTE)
    await cast.services.report_intake.add_photo('a-phone-minted-this-1', photo())
    photographed, reported = await cast.services.feed.stories((await cast.services.feed.page(limit=2)).documents)
    assert (
        word_story(photographed, translator('sv'), cast.leo).text,
        word_story(reported, translator('sv'), cast.leo).text,
    ) == (
        '',
        NOTE,
    )


async def test_a_flood_leads_to_what_waits_until_all_of_it_is_decided(cast: Cast) -> None:
    for number in range(3):
        await cast.services.quarantine.hold(
            f'a-machine-minted-{number}', cast.glass, ReportInput('full'), HoldReason.TRAP
        )
    (flood,) = await cast.services.quarantine.floods()
    heap = flood.groups[0].group

    async def rows() -> dict[EventKind, Any]:
        stories = await cast.services.feed.stories((await cast.services.context.store.find(Event)).documents)
        return {story.event.kind: story_row(story, cast.leo.model_copy(update={'language': 'en'})) for story in stories}

    await cast.services.quarantine.release(cast.leo, heap, {'a-machine-minted-0'})
    shown = await rows()
    assert shown[EventKind.REPORTS_HELD]['sentence'] == 'Held reports that look automatic: 3'
    assert shown[EventKind.REPORTS_HELD]['link']['href'] == '/held'
    assert shown[EventKind.REPORTS_RELEASED]['link'] is None
    await cast.services.quarantine.discard(cast.leo, heap)
    over = (await rows())[EventKind.REPORTS_HELD]
    assert over['sentence'] == 'Suspicious reports were held back. All have been reviewed.'
    assert (over['link'], over['tone']) == (None, 'calm')


async def test_news_is_worded_once_for_readers_alike(cast: Cast) -> None:
    (event,) = (await cast.services.feed.page(limit=1)).documents
    news = News(await cast.services.feed.story(event))
    assert news.row(cast.leo) is news.row(cast.alva)
    assert news.row(cast.fia) is not news.row(cast.fia.model_copy(update={'language': 'en'}))


async def test_what_somebody_did_who_has_left_was_done_by_a_colleague(cast: Cast) -> None:
    case = (await send_report(cast.services, cast.glass.code, 'full', 'a-phone-minted-this-1')).case
    cast.clock.pass_(seconds=1)
    await cast.services.cases.resolve(cast.fia, case.id)
    await cast.services.account_erasure.leave(cast.fia, 'fia')
    await cast.services.account_erasure.finish()
    stories = await cast.services.feed.stories((await cast.services.context.store.find(Event)).documents)
    (fixed,) = (story for story in stories if story.event.kind is EventKind.CASE_RESOLVED)
    assert word_story(fixed, translator('en'), cast.fia).sentence == 'A colleague has emptied: Färgat glas'
    assert 'Fia' not in str([word_story(story, translator('en'), cast.fia) for story in stories])
