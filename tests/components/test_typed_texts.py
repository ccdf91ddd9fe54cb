"""Test that Python and JavaScript read what people type alike: one table of examples holds for both."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from app.domain import case_numbers, sticker_codes
from app.domain.sticker_codes import CodeError
from tests.node import run_module

TABLE = json.loads(Path(__file__).parents[1].joinpath('typed_texts.json').read_text(encoding='utf-8'))


def expected(row: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in row.items() if name != 'typed'}


def read(typed: str) -> dict[str, str]:
    found = sticker_codes.read(typed)
    return {'error': found.value} if isinstance(found, CodeError) else {'code': found}


@pytest.mark.parametrize('row', TABLE['codes'], ids=lambda row: ascii(row['typed'])[:40])
def test_a_code_is_read_as_people_type_it(row: dict[str, str]) -> None:
    assert read(row['typed']) == expected(row)


@pytest.mark.parametrize('row', TABLE['case_numbers'], ids=lambda row: ascii(row['typed'])[:40])
def test_a_case_number_is_read_as_people_type_it(row: dict[str, str]) -> None:
    assert case_numbers.read(row['typed']) == row['number']


def test_a_browser_reads_codes_as_the_server_does() -> None:
    chance = random.Random(4)
    minted = [sticker_codes.mint(chance.randrange) for _ in range(100)]
    mistyped = [''.join(chance.choices(sticker_codes.ALPHABET + 'oil- !åО١／', k=6)) for _ in range(1_000)]
    typed = [*(row['typed'] for row in TABLE['codes']), *minted, *mistyped]
    found = run_module('import { parseCode } from "haren/lib/sticker-code.js"; result = given.map(parseCode);', typed)
    assert found == [read(text) for text in typed]
    assert [row for row in found if 'code' in row][100:]
