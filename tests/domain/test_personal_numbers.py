"""Test that personal identity numbers in a note are found."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.personal_numbers import MASK, mask_numbers

# The tax agency's own example numbers: 811218-9876, and the coordination number 701063-2391.


@pytest.mark.parametrize(
    'number',
    ['811218-9876', '8112189876', '19811218-9876', '198112189876', '811218+9876', '811218 9876', '811218 - 9876',
     '701063-2391', '19701063-2391', '1985-07-09-9805', '1985-07-09 9805', '1981-12-18 9876',
     '811218\u20119876', '811218\u22129876',
     '811218—9876', '811218\u00a09876', '1981.12.18.9876', '1981/12/18-9876', '81 12 18 98 76', '811218-\r\n9876',
     '811218, 9876', '811218: 9876', '811218) - (9876', '811218][9876', '811218_9876',
     '811218; 9876', '811218|9876', '811218 · 9876', '811218 / 9876', '811218»9876', '811218 — 9876',
     '8-1-1-2-1-8-9-8-7-6',
     '8 1 1 2 1 8 9 8 7 6', '8 1 1 2 1 8 - 9 8 7 6', '811218 9 8 7 6', '1 9 8 1 1 2 1 8 9 8 7 6', '811 218 9876',
     '8\u200b1\u200b1\u200b2\u200b1\u200b8\u200b9\u200b8\u200b7\u200b6', '811218\u00ad-\u00ad9876',
     '81\u206012\ufeff18-98\u200e76',
     '811218\u034f9876', '811218\u3164-9876', '8\ufe0f\u20e31\ufe0f\u20e31218-9876', '811218-98\x0076',
     '８１１２１８－９８７６', '८११२१८-९८७६', '۸۱۱۲۱۸-۹۸۷۶', '𝟖𝟏𝟏𝟐𝟏𝟖-𝟗𝟖𝟕𝟔', '⑧①①②①⑧-⑨⑧⑦⑥', '8١1２18-98७6',
     '18811218-9876', '198112 18 98 76', '1981 1218 9876', '811218 + 9876', '811218     9876', '811218\n9876',
     '700063-2393', '700060-2396', '000063-2398', '19700060-2396', '701060-2394', '20001218-9874', '001218-9874',
     '811218\u200b-9876', '٨١١٢١٨-٩٨٧٦', '190709-9806', '19190709-9806', '000101-2384', '00-01-01-2384'],
)  # fmt: skip
def test_it_is_covered_however_it_is_written(number: str) -> None:
    assert mask_numbers(f'Jag heter Rut, {number}, ring mig.') == f'Jag heter Rut, {MASK}, ring mig.'


@pytest.mark.parametrize(
    'text',
    ['033-35 70 00', '070-123 45 67', '+46701234567', '811218-9877', '811318-9876', '811232-9876', '2026-142',
     '1234567890123', 'Glas 1', '', '556000-4615', '2026-05-04 12:30', '2026-05-04', '08-12 14 56 71', '0511-12 34 59',
     '+46 70 123 45 67', '0046 70 123 45 67', '+46 (0)70-123 45 67', '+46 11 12 34 56', '+46 11-12 34 59',
     '070-123 45 67, 08-11 22 33 44',
     '08-11 22 33 44', '08 11 22 33 44', '2026-142, 2026-143', '2026-1211, 2026-1212', '2026-05-04–2026-05-06',
     '16556000-4615',
     '556000-4615, 556000-4615', '165560004615', '2026-05-04 12:30–13:45', '57.7046, 12.9634', '57.1204, 12.9634',
     '18.0612, 17.3293',
     '57,70461; 12,96341', 'K7M 2QR', '1, 2, 3, 4, 5, 6, 7, 8, 9, 10'],
)  # fmt: skip
def test_what_is_none_stays_readable(text: str) -> None:
    assert mask_numbers(text) == text


def test_each_of_several_is_covered() -> None:
    assert mask_numbers('811218-9876/701063-2391') == f'{MASK}/{MASK}'


@pytest.mark.parametrize('before', ['Hus 12', 'Rum 07 02', '20', '1981', '0', '81 12', '19 19', '811218-9877'])
def test_a_figure_before_it_hides_nothing(before: str) -> None:
    assert mask_numbers(f'{before} 81 12 18 98 76').endswith(f' {MASK}')
    assert mask_numbers(f'81 12 18 98 76 {before}').startswith(MASK)


between = st.text('-\u2010\u2011\u2012–—―−./_ \t\n\u00a0\u2009\u202f', max_size=2)


@given(between, between, between, between, st.sampled_from(['', '19']))
def test_no_separator_uncovers_it(one: str, two: str, three: str, four: str, century: str) -> None:
    number = f'{century}81{one}12{two}18{three}98{four}76'
    assert mask_numbers(f'Rut {number}, ring') == f'Rut {MASK}, ring'


def check_digit(digits: str) -> int:
    """Return the tenth digit that fits these nine (Luhn algorithm)."""
    doubled = ''.join(str(int(digit) * (2 - place % 2)) for place, digit in enumerate(digits))
    return -sum(map(int, doubled)) % 10


@given(st.dates(), st.integers(0, 999), between, between, between)
def test_everybody_s_is_covered(born: date, birth: int, one: str, two: str, three: str) -> None:
    digits = f'{born:%y%m%d}{birth:03}'
    check = check_digit(digits)
    two = one if digits[0] == '0' else two
    assert mask_numbers(f'{digits[:2]}{one}{digits[2:4]}{two}{digits[4:6]}{three}{digits[6:]}{check}') == MASK


@pytest.mark.parametrize(
    'shape', ['070{}-{} {} {}', '070{}-{}{}{}', '070{} {} {} {}', '051{}/{} {} {}', '08-1{} {} {} {}']
)
def test_a_phone_number_as_one_is_written_stays_readable(shape: str) -> None:
    """Try those alone whose check digit fits: others are no personal numbers however they are written."""
    area = ''.join(filter(str.isdigit, shape))
    for number in range(0, 1_000_000, 97):
        digits = f'{number:06}'
        digits += str(check_digit(area + digits))
        phone = shape.format(digits[0], digits[1:3], digits[3:5], digits[5:])
        assert mask_numbers(phone) == phone


@pytest.mark.parametrize(
    'text', ['1' * 2_000, ' ' * 2_000, '81 ' * 700, '81  \n' * 400, '8112189' * 300, '- 11 - ' * 300]
)
def test_a_long_text_takes_no_time(text: str) -> None:
    began = time.process_time()
    mask_numbers(text)
    assert time.process_time() - began < 0.2


def test_words_stay_words() -> None:
    text = (
        'Container 3 (85 liter) är full sedan 2026-05-04 kl. 14.30; 12 påsar står bredvid. Ring 033-35 70 00 före 16.'
    )
    assert mask_numbers(text) == text


@pytest.mark.parametrize(
    'shape', ['2026-{}, 2026-{}', '57.{}, 12.{}', '12.{}; 57.{}', '+46 11 {} {}', '2026-05-04 kl. {}:{}']
)
def test_other_figures_stay_readable_even_where_the_check_digit_fits(shape: str) -> None:
    """Of ten figures that look like a number, one has the right check digit by chance."""
    for number in range(1_000, 10_000, 7):
        text = shape.format(number, number)
        assert mask_numbers(text) == text
    for minute in range(24 * 60):
        text = f'2026-05-04 {minute // 60:02}:{minute % 60:02}–23:59'
        assert mask_numbers(text) == text


def test_brackets_around_it_stay() -> None:
    assert mask_numbers('Rut (811218-9876) och [701063](2391).') == f'Rut ({MASK}) och [{MASK}).'
