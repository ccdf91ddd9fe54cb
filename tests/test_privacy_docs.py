"""Compare what the privacy document says with what the code does."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta

import pytest

from app.domain.access_tokens import TOKEN_LASTS
from app.domain.audit import AUDIT_KEPT_FOR
from app.domain.entries import MOST_VERSIONS
from app.domain.people import INVITATION_LASTS, SESSION_LASTS
from app.domain.quarantine import HELD_FOR
from app.domain.replies import MOST_REPLIES
from app.domain.sticker_audit import ROUND_LASTS
from app.services.cases import ADDITIONS_WITHIN
from app.services.search_upkeep import PACE
from app.services.spam_filter import STAMP_LASTS
from app.store.engine.photo_files import LEFT_FREE, UNNAMED_FOR
from app.web.http.middleware import LARGEST_BODY
from app.web.http.network_prefix import IPV4_PREFIX, IPV6_PREFIX
from app.web.http.photo_uploads import LARGEST_UPLOAD
from tests.gettext_catalogue import ROOT

PRIVACY = (ROOT / 'docs' / 'privacy.md').read_text(encoding='utf-8')
DEPLOY = (ROOT / 'docs' / 'deploy.md').read_text(encoding='utf-8')
BEGUN = {
    'haren-reply': 'an answer that they have begun to write',
    'haren-yes-and': 'a “Yes, and …” that they have begun to write',
    'haren-case': 'what they have begun to write about a case',
    'haren-correction': 'a correction that they have begun',
    'haren-sheet': 'what they have begun to write about an obstacle',
}
"""The storage keys of unfinished texts of staff, and the table's words about each."""

UNITS = {'day': timedelta(days=1), 'hour': timedelta(hours=1), 'minute': timedelta(minutes=1)}
SPANS = re.compile(rf'(\d+) ({"|".join(UNITS)})s?\b')

LASTS: Mapping[str, set[timedelta]] = {
    'Note': {ADDITIONS_WITHIN},
    'Photo': {timedelta(seconds=UNNAMED_FOR)},
    'Held report': {HELD_FOR},
    'Stamp': {STAMP_LASTS},
    'Invitation': {INVITATION_LASTS},
    'Device': {SESSION_LASTS},
    'Access key': {TOKEN_LASTS},
    'Round': {ROUND_LASTS},
    'Index of words': {timedelta(seconds=PACE.forget)},
    'Audit record': {AUDIT_KEPT_FOR},
}
"""The spans of time in each row, by its first words. Rows that are not listed have none."""


def rows() -> dict[str, list[str]]:
    """Return the cells of each row of the server's table, by the words in bold."""
    table = PRIVACY.split('## On the server')[1].split('\n## ')[0]
    cells = [[cell.strip() for cell in line.strip('|').split('|')] for line in table.splitlines() if line[:3] == '| *']
    return {found[1]: row for row in cells if (found := re.match(r'\*\*(.+?)\*\*', row[0]))}


def spans(text: str) -> set[timedelta]:
    """Return the spans of time in a text."""
    return {int(count) * UNITS[unit] for count, unit in SPANS.findall(text)}


def test_every_row_says_what_who_and_how_long() -> None:
    assert LASTS.keys() <= rows().keys()
    assert all(len(cells) == 3 and all(cells) for cells in rows().values())


@pytest.mark.parametrize('what', rows())
def test_what_is_kept_is_kept_as_long_as_it_says(what: str) -> None:
    assert spans(' '.join(rows()[what])) == LASTS.get(what, set())


def test_what_staff_write_is_kept_as_often_as_it_says() -> None:
    assert f'({MOST_VERSIONS} times at most)' in rows()['Entry'][0]
    assert f'({MOST_REPLIES} at most)' in rows()['Reply'][0]
    assert 'Notice' in rows()


def test_a_network_is_as_wide_as_it_says() -> None:
    assert f'/{IPV4_PREFIX} or /{IPV6_PREFIX} prefix' in rows()['Network'][0]


def test_what_the_proxy_lets_through_is_enough_for_photos_and_no_more() -> None:
    (size,) = re.findall(r'client_max_body_size (\d+)m;', DEPLOY)
    assert LARGEST_BODY < LARGEST_UPLOAD <= int(size) * 2**20 < LARGEST_UPLOAD + 2**20


def test_the_space_that_photos_leave_is_documented() -> None:
    assert f'leave {LEFT_FREE // 2**20} MB of the disk' in DEPLOY.replace('\n', ' ')


def test_what_a_phone_keeps_of_what_was_begun_is_documented() -> None:
    code = [
        file.read_text(encoding='utf-8') for kind in ('js', 'py') for file in (ROOT / 'components').rglob(f'*.{kind}')
    ]
    assert {name for text in code for name in re.findall(r'[`\'"](haren-[a-z-]+)/', text)} == BEGUN.keys()
    table = PRIVACY.split('A phone on which a page of Haren was opened')[1].split('Whoever leaves Haren')[0]
    for words in BEGUN.values():
        assert any(line.startswith('|') and words in line for line in table.splitlines()), words
