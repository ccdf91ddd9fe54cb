"""Send a few hundred odd requests to the API; `make api-check` sends some thousands."""

from __future__ import annotations

import re

from tests.api.check import check
from tests.staff_screens import fresh_nicegui

ENOUGH = 150
"""The fewest requests that make the result worth anything."""


async def test_the_api_keeps_to_what_it_says() -> None:
    with fresh_nicegui():
        status, output = await check('--phases', 'examples,fuzzing', '--max-examples', '5')
    assert status == 0, output
    found = re.search(r'(\d+) generated, (\d+) passed', output)
    assert found, output
    assert int(found[1]) >= ENOUGH, output
