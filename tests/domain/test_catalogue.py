"""Test the lists that the municipality chooses from."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain.catalogue import PublicLabel
from app.store.catalogue_files import FOLDER, WrongCatalogue, load_catalogue


def test_what_can_be_reported_stands_likeliest_first() -> None:
    catalogue = load_catalogue()
    likeliest = [problem.id for problem in catalogue.likeliest_problems()]
    assert likeliest[0] == 'full'
    assert sorted(likeliest) == sorted({id for kind in catalogue.asset_kinds for id in kind.problems})
    changed = catalogue.with_problems({kind.id: ('smells', 'full') for kind in catalogue.asset_kinds})
    assert [problem.id for problem in changed.likeliest_problems()] == ['smells', 'full']


Change = Callable[[str], str]


@pytest.mark.parametrize(
    ('name', 'change', 'says'),
    [
        ('calendar', lambda text: text.replace('07.00-16.00', '16.00-07.00', 1), 'monday: Each span must end'),
        ('calendar', lambda text: text.replace('07.00-16.00', 'early', 1), 'monday: Write hours such as'),
        ('calendar', lambda text: text.replace('closed = []', 'closed = ["28 December"]'), 'closed: Line 1'),
        ('calendar', lambda text: text.replace('saturday = []', 'saturday = "16"'), 'saturday: Write hours'),
        ('calendar', lambda text: text.replace('monday =', 'måndag =', 1), 'at line 5'),
        ('calendar', lambda text: text.replace('monday =', 'mnday =', 1), "'monday' is missing"),
        ('calendar', lambda text: text + 'holidays = true', 'nobody knows holidays'),
        ('calendar', lambda text: text.replace('"07.00-16.00"', ''), 'monday: Write hours on at least one day'),
        ('calendar', lambda text: text.replace('half_days = false', 'half_days = "soon"'), 'half_days: Input should'),
        ('problems', lambda text: text.replace('done_within_hours = 18', 'done_within_hours = 2', 1), 'comes before'),
        ('problems', lambda text: text.replace('seen_within_hours = 4', 'seen_within_hours = 0', 1), 'not 0'),
        ('asset_kinds', lambda text: text.replace('done_within_hours = 27', 'done_within_hours = "x"'), 'done_hours'),
        ('ready_answers', lambda text: text.replace('outcome = "fixed"', 'outcome = "done"', 1), 'outcome: Input'),
    ],
)  # fmt: skip
def test_a_file_that_is_wrong_is_named(tmp_path: Path, name: str, change: Change, says: str) -> None:
    folder = shutil.copytree(FOLDER, tmp_path / 'catalogue')
    (file := folder / f'{name}.toml').write_text(change(file.read_text(encoding='utf-8')), encoding='utf-8')
    with pytest.raises(WrongCatalogue) as stopped:
        load_catalogue(folder)
    assert str(stopped.value).startswith(f'{file}: ')
    assert says in str(stopped.value)
    file.unlink()
    with pytest.raises(WrongCatalogue, match=str(file)):
        load_catalogue(folder)


def test_each_ready_answer_is_known_by_its_words() -> None:
    answers = load_catalogue().ready_answers
    for language in PublicLabel.model_fields:
        words = [answer.words.in_(language) for answer in answers]
        assert len(set(words)) == len(words), language
    assert len({answer.id for answer in answers}) == len(answers)


def test_each_problem_has_an_answer_of_its_own_for_fixed() -> None:
    catalogue = load_catalogue()
    of_their_own = {id for answer in catalogue.ready_answers if answer.outcome == 'fixed' for id in answer.problems}
    assert of_their_own == {problem.id for problem in catalogue.problems} - {'something_else'}
    assert all(problem.periods.seen_hours and problem.periods.done_hours for problem in catalogue.problems)
    known = {kind.id: set(kind.problems) for kind in catalogue.asset_kinds}
    assert all(set(kind.periods) <= known[kind.id] for kind in catalogue.asset_kinds)
