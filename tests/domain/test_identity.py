"""Personal identity numbers in a note."""

from __future__ import annotations

import pytest

from app.domain.identity import MASK, masked

# The numbers of the tax agency's own examples: 811218-9876, and the coordination number 701063-2391.


@pytest.mark.parametrize(
    'number',
    ['811218-9876', '8112189876', '19811218-9876', '198112189876', '811218+9876', '811218 9876', '811218 - 9876',
     '701063-2391', '19701063-2391'],
)  # fmt: skip
def test_it_is_covered_however_it_is_written(number: str) -> None:
    assert masked(f'Jag heter Rut, {number}, ring mig.') == f'Jag heter Rut, {MASK}, ring mig.'


@pytest.mark.parametrize(
    'text',
    ['033-35 70 00', '070-123 45 67', '+46701234567', '811218-9877', '811318-9876', '811232-9876', '2026-142',
     '1234567890123', 'Glas 1', '', '556000-4615'],
)  # fmt: skip
def test_what_is_none_stays_readable(text: str) -> None:
    assert masked(text) == text


def test_each_of_several_is_covered() -> None:
    assert masked('811218-9876/701063-2391') == f'{MASK}/{MASK}'
