"""Test the codes of stickers: typing errors are noticed."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import sticker_codes
from app.domain.sticker_codes import ALPHABET, CodeError

bodies = st.text(ALPHABET, min_size=5, max_size=5)


@given(bodies)
def test_a_code_reads_as_itself(body: str) -> None:
    code = body + sticker_codes.check_character(body)
    assert sticker_codes.read(code) == code


@given(bodies, st.integers(0, 5), st.sampled_from(ALPHABET))
def test_any_one_wrong_character_is_noticed(body: str, place: int, wrong: str) -> None:
    code = body + sticker_codes.check_character(body)
    typed = code[:place] + wrong + code[place + 1 :]
    assert sticker_codes.read(typed) == (code if typed == code else CodeError.CHECK)


@given(bodies, st.integers(0, 5), st.integers(0, 5))
def test_any_two_swapped_characters_are_noticed(body: str, one: int, other: int) -> None:
    code = body + sticker_codes.check_character(body)
    swapped = list(code)
    swapped[one], swapped[other] = swapped[other], swapped[one]
    typed = ''.join(swapped)
    assert sticker_codes.read(typed) == (code if typed == code else CodeError.CHECK)


@given(st.randoms(use_true_random=False))
def test_minted_codes_are_codes(chance: random.Random) -> None:
    code = sticker_codes.mint(chance.randrange)
    assert len(code) == sticker_codes.LENGTH
    assert sticker_codes.read(code) == code


def test_people_may_type_it_as_they_see_it() -> None:
    code = '01A0' + 'B'
    code += sticker_codes.check_character(code)
    assert sticker_codes.read(f' {code[:3].lower()} {code[3:].lower()} ') == code
    assert sticker_codes.read(f'OIAo-{code[4:]}') == code
    assert sticker_codes.read(f'olao{code[4:].lower()}') == code


@pytest.mark.parametrize(
    ('typed', 'flaw'),
    [
        ('', CodeError.LENGTH),
        ('K7M2Q', CodeError.LENGTH),
        ('K7M2QXX', CodeError.LENGTH),
        ('K7M2QU', CodeError.CHARACTER),
        ('Å7M2QX', CodeError.CHARACTER),
    ],
)
def test_what_is_no_code_says_why(typed: str, flaw: CodeError) -> None:
    assert sticker_codes.read(typed) == flaw


def test_it_is_printed_in_two_groups() -> None:
    assert sticker_codes.spaced('K7M2QX') == 'K7M 2QX'
