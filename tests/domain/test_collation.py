"""Test the order of names in each language. tests/browser/test_collation.py compares it with the browser's."""

from __future__ import annotations

import random
from typing import Literal
from unicodedata import normalize

import pytest

from app.domain.collation import sort_key

IN_ORDER = {
    'sv': ['2 X', '10 X', 'adam', 'Edit', 'Édith', 'Müller', 'Mzz', 'Vahl', 'Wa', 'Zara', 'Åsa', 'Ärla', 'Östen'],
    'fi': ['Adam', 'Vaara', 'Waara', 'Zara', 'Åsa', 'Äänekoski', 'Örebro'],
    'en': ['Adam', 'Ärla', 'Åsa', 'Oscar', 'Östen', 'Zara'],
    'so': ['Adam', 'Ärla', 'Åsa', 'Östen', 'Zara'],
    'uk': ['Ганна', 'Ґалаґан', 'Евген', 'Євген', 'Іван', 'Їжак', 'Йосип', 'Яна', 'Adam', 'Zara'],
    'ar': ['أحمد', 'باسل', 'تامر', 'يوسف', 'Adam', 'Zara'],
}  # fmt: skip


@pytest.mark.parametrize('language', IN_ORDER)
@pytest.mark.parametrize('form', ['NFC', 'NFD'])
def test_each_language_has_its_order(language: str, form: Literal['NFC', 'NFD']) -> None:
    names = [normalize(form, name) for name in IN_ORDER[language]]
    for seed in range(5):
        shuffled = random.Random(seed).sample(names, len(names))
        assert sorted(shuffled, key=lambda name: sort_key(name, language)) == names


@pytest.mark.parametrize(
    'names',
    [
        ['Gunga', 'gunga 2', 'Gunga 2', 'Gunga 3 b', 'Gunga 10', 'Gungan'],
        ['7', '12', '0100', '٢٠٠', f'{"9" * 120}', 'A'],
        ['Kvarn 1.2', 'Kvarn 1.10', 'Kvarn 2'],
        ['', ' ', '(a)', '1', 'a', 'Я', 'ب', '中'],
    ],
)
def test_numbers_sort_by_value_and_anything_can_be_sorted(names: list[str]) -> None:
    backwards = names[::-1]
    assert sorted(backwards, key=sort_key) == names


def test_names_that_differ_in_marks_alone_stay_apart() -> None:
    names = ['edit', 'Edit', 'édit', 'Édit']
    backwards = names[::-1]
    assert sorted(backwards, key=sort_key) == names
    assert len({sort_key(name) for name in names}) == len(names)


def test_the_form_of_a_letter_makes_no_difference() -> None:
    assert sort_key(normalize('NFD', 'Åsa Öst')) == sort_key('Åsa Öst')
