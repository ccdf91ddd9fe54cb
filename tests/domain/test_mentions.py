"""Test mentions of people and teams in a text: Anna and Anna-Lena, and a team called Anna."""

from __future__ import annotations

import time

import pytest

from app.domain.errors import Invalid
from app.domain.mentions import MOST_MENTIONED, erase_mentions, find_mentions
from app.domain.people import Person, Role, Team
from tests.cast import NOON


def somebody(name: str) -> Person:
    return Person(id=name.lower(), name=name, role=Role.FIELD, team_id=None, added_at=NOON)


PEOPLE = [somebody(name) for name in ('Anna', 'Anna Berg', 'Åke Ström', 'Strauß')]
TEAMS = [Team(id='gatan', name='Team Gatan', organisation='Teknik', added_at=NOON)]


@pytest.mark.parametrize(
    ('text', 'ids'),
    [
        ('Hej @Anna Berg, kan du titta?', ['anna berg']),
        ('Hej @Anna bergsklättrare', ['anna']),
        ('@åke ström och @TEAM GATAN!', ['åke ström', 'gatan']),
        ('@Annabell var här', []),
        ('anna@anna.se', []),
        ('@ Anna', []),
        ('@Strauß?', ['strauß']),
        ('@Anna och @anna igen', ['anna']),
        ('ingen alls', []),
    ],
)
def test_the_longest_name_that_fits_is_called(text: str, ids: list[str]) -> None:
    assert list(dict.fromkeys(who.person_id or who.team_id for who in find_mentions(text, PEOPLE, TEAMS))) == ids


def test_namesakes_are_both_called() -> None:
    twins = [somebody('Anna'), somebody('Anna').model_copy(update={'id': 'the other'})]
    assert [who.person_id for who in find_mentions('@Anna', twins, [])] == ['anna', 'the other']


def test_a_circular_is_no_mention() -> None:
    active_members = [somebody(f'Kollega {chr(ord("A") + number)}') for number in range(MOST_MENTIONED + 1)]
    text = ' '.join(f'@{person.name}' for person in active_members)
    with pytest.raises(Invalid):
        find_mentions(text, active_members, [])
    assert len(find_mentions(text, active_members[:-1], [])) == MOST_MENTIONED


def test_a_text_of_nothing_but_calls_costs_next_to_nothing() -> None:
    active_members = [somebody(f'{"x" * (number % 60)} {number}') for number in range(2_000)]
    began = time.perf_counter()
    assert find_mentions('@x' * 1_000, active_members, []) == find_mentions(' @x' * 700, active_members, []) == ()
    assert time.perf_counter() - began < 1


@pytest.mark.parametrize('after', ['', '_', ' ', '-Lena', 'x', 'ß', '2', '²', '。', '\u0301', '_x'])
def test_whoever_can_be_called_can_be_forgotten(after: str) -> None:
    text = f'Hej @anna{after}'
    is_called = bool(find_mentions(text, PEOPLE[:1], []))
    assert (erase_mentions(text, ['Anna']) != text) is is_called


def test_who_has_left_is_called_no_longer() -> None:
    assert erase_mentions('Hej @anna berg, och @Anna Bergström', ['Anna Berg']) == 'Hej @…, och @Anna Bergström'
