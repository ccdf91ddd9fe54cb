"""Test ready answers: what comes with Haren, and what leads write themselves."""

from __future__ import annotations

import pytest

from app.domain.case_outcomes import Outcome
from app.domain.errors import Clash, Invalid, NotAllowed, NotFound
from app.domain.events import Event, EventKind
from app.domain.ready_answers import LONGEST_ANSWER
from app.services import ready_answers
from tests.cast import Cast


async def offered(cast: Cast, problem: str, outcome: Outcome) -> list[str]:
    return [answer.words_in('sv') for answer in await cast.services.ready_answers.for_problem(problem, outcome)]


async def test_own_answers_stand_first_and_those_about_the_problem_before_general_ones(cast: Cast) -> None:
    answers = cast.services.ready_answers
    await answers.add(cast.leo, None, Outcome.FIXED, 'Klart!')
    await answers.add(cast.leo, 'full', Outcome.FIXED, ' Tömt i dag. ')
    await answers.add(cast.leo, 'smells', Outcome.FIXED, 'Tvättat.')
    await answers.add(cast.leo, 'full', Outcome.CANNOT, 'Behållaren är borttagen.')
    assert await offered(cast, 'full', Outcome.FIXED) == [
        'Tömt i dag.',
        'Klart!',
        'Nu är det tömt. Tack för att du sa till!',
        'Nu är det åtgärdat. Tack för att du sa till!',
    ]
    assert (await offered(cast, 'full', Outcome.CANNOT))[0] == 'Behållaren är borttagen.'
    assert await offered(cast, 'full', Outcome.DUPLICATE) == []


async def test_the_same_words_are_offered_once(cast: Cast) -> None:
    words = 'Nu är det tömt. Tack för att du sa till!'
    await cast.services.ready_answers.add(cast.leo, 'full', Outcome.FIXED, words)
    assert (await offered(cast, 'full', Outcome.FIXED)).count(words) == 1


async def test_residents_read_a_built_in_answer_in_their_language(cast: Cast) -> None:
    answers = cast.services.ready_answers
    (emptied, *_) = await answers.for_problem('full', Outcome.FIXED)
    assert emptied.words_in('fi') == 'Se on nyt tyhjennetty. Kiitos ilmoituksesta!'
    for kept_in in ('sv', 'en'):  # whoever closed it may have read Haren in English
        kept = emptied.words_in(kept_in)
        assert [answers.words_in(kept, language) for language in ('sv', 'uk')] == [
            'Nu är det tömt. Tack för att du sa till!',
            'Уже спорожнено. Дякуємо за повідомлення!',
        ]
    assert answers.words_in('Tömt, men locket är av.', 'uk') == 'Tömt, men locket är av.'


async def test_an_answer_is_reworded_and_two_at_once_are_told(cast: Cast) -> None:
    answers = cast.services.ready_answers
    answer = await answers.add(cast.leo, 'full', Outcome.FIXED, 'Tömt.')
    await answers.reword(cast.leo, answer.id, Outcome.NOTHING_FOUND, 'Inte fullt.', seen=1)
    with pytest.raises(Clash):
        await answers.reword(cast.alva, answer.id, Outcome.FIXED, 'Tömt nu.', seen=1)
    assert (await offered(cast, 'full', Outcome.NOTHING_FOUND))[0] == 'Inte fullt.'


async def test_one_that_is_taken_away_can_be_put_back(cast: Cast) -> None:
    answers = cast.services.ready_answers
    answer = await answers.add(cast.leo, 'full', Outcome.FIXED, 'Tömt.')
    for _ in range(2):  # a second time changes nothing
        await answers.remove(cast.leo, answer.id)
        assert 'Tömt.' not in await offered(cast, 'full', Outcome.FIXED)
    for _ in range(2):
        await answers.restore(cast.leo, answer.id)
        assert 'Tömt.' in await offered(cast, 'full', Outcome.FIXED)
    events = (await cast.services.context.store.find(Event, limit=4)).documents
    assert [event.kind for event in events].count(EventKind.ANSWERS_CHANGED) == 3
    await answers.remove(cast.leo, answer.id)
    await answers.reword(cast.leo, answer.id, Outcome.FIXED, 'Tömt!')  # in a form that was open meanwhile
    assert 'Tömt!' in await offered(cast, 'full', Outcome.FIXED)


async def test_what_is_refused(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = cast.services.ready_answers
    for problem, outcome, words, field in (
        ('full', Outcome.FIXED, ' ', 'words'),
        ('full', Outcome.FIXED, 'x' * (LONGEST_ANSWER + 1), 'words'),
        ('full', Outcome.DUPLICATE, 'Se det andra.', 'outcome'),
        ('nonsense', Outcome.FIXED, 'Klart!', 'problem'),
    ):
        with pytest.raises(Invalid) as refused:
            await answers.add(cast.leo, problem, outcome, words)
        assert refused.value.field == field
    with pytest.raises(NotAllowed):
        await answers.add(cast.fia, 'full', Outcome.FIXED, 'Klart!')
    with pytest.raises(NotFound):
        await answers.remove(cast.leo, 'nonsense')
    monkeypatch.setattr(ready_answers, 'MOST_ANSWERS', 1)
    answer = await answers.add(cast.leo, 'full', Outcome.FIXED, 'Klart!')
    with pytest.raises(Invalid, match='1 answers already'):
        await answers.add(cast.leo, 'full', Outcome.FIXED, 'Mer!')
    for attempt in (answers.remove, answers.restore):
        with pytest.raises(NotAllowed):
            await attempt(cast.fia, answer.id)
    with pytest.raises(NotAllowed):
        await answers.reword(cast.fia, answer.id, Outcome.FIXED, 'Mer!')
