"""Test the screen of the cases on the server: what it sends to the browser, and what the browser can ask of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from nicegui.testing import User
from nicegui.testing.user_interaction import UserInteraction

from app.domain.people import Person
from app.services.people import PersonDraft
from components.cases.list import CaseTable
from components.cases.panel import CasePanel
from components.cases.view import CaseView
from components.shell import live_updates
from tests.cast import Cast, send_report
from tests.staff_screens import SignIn, handled, wait_until

Calls = list[tuple[Any, ...]]


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Calls:
    """Return the calls of the methods of the list in browsers, in order."""
    made: Calls = []
    monkeypatch.setattr(CaseTable, 'run_method', lambda _, *args, **__: made.append(args))
    return made


@pytest.fixture
def hasty_minutes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a minute pass at once."""
    monkeypatch.setattr(live_updates, 'MINUTE', 0.01)


@pytest.fixture
async def fia(cast: Cast) -> Person:
    """Return Fia, who reads English. The container for glass is full."""
    await send_report(cast.services, cast.glass.code, 'full', 'a-phone-minted-this-1')
    return await cast.services.people.prefer(cast.fia, 'en', 'auto')


@pytest.fixture
async def user(fia: Person, sign_in: SignIn) -> AsyncIterator[User]:
    """Return Fia's browser."""
    async with sign_in(fia) as user:
        yield user


def table(user: User) -> CaseTable:
    """Return the list that was opened last."""
    return max(user.find(CaseTable).elements, key=lambda element: element.id)


async def ask(user: User, event: str, **args: object) -> None:
    """Ask for something as the browser does."""
    async with handled(user):
        UserInteraction(user, {table(user)}, '').trigger(event, args)


def names(rows: list[dict[str, Any]]) -> list[str]:
    """Return the things and problems of rows."""
    return [f'{row["thing"]}: {row["problem"]}' for row in rows]


async def test_it_opens_with_what_ones_team_has_to_do(user: User) -> None:
    await user.open('/cases')
    props = table(user).props
    (row,) = props['rows']
    assert (row['thing'], row['place'], row['whose']) == ('Färgat glas', 'Kransmossen', '')
    assert (row['stateWord'], row['href']) == ('Reported', f'/cases/{row["number"]}')
    assert props['counts'] == {'todo': 1, 'waiting': 0, 'late': 0, 'closed': 0}
    assert [view['label'] for view in props['views']] == ['To do', 'Waiting', 'Late', 'Closed']
    assert props['wished'] == {'view': 'todo'}


@pytest.mark.parametrize(
    ('query', 'wished', 'shown'),
    [
        ('?view=closed', {'view': 'closed'}, 0),
        ('?team=all&q=glas&by=place', {'view': 'todo', 'team': 'all', 'q': 'glas', 'by': 'place'}, 1),
        ('?person=me', {'view': 'todo', 'person': 'me'}, 0),
        ('?since=2026-05-05', {'view': 'todo', 'since': '2026-05-05'}, 0),
        ('?view=nowhere&team=nobodys&person=no&site=no&kind=no&problem=no&state=no&since=no', {'view': 'todo'}, 1),
    ],
)
async def test_filters_come_from_the_address(user: User, query: str, wished: dict[str, str], shown: int) -> None:
    await user.open(f'/cases{query}')
    assert (table(user).props['wished'], len(table(user).props['rows'])) == (wished, shown)


async def test_a_filter_starts_the_list_anew(user: User, calls: Calls) -> None:
    await user.open('/cases')
    await ask(user, 'wish', query={'view': 'closed'}, generation=1)
    await ask(user, 'older', before='~', generation=0)
    assert calls == [('restart', [], None, {'todo': 1, 'waiting': 0, 'late': 0, 'closed': 0}, 1), ('pause', 0)]


async def test_what_happens_changes_one_row_and_the_counts(cast: Cast, user: User, calls: Calls) -> None:
    await user.open('/cases')
    await send_report(cast.services, cast.paper.code, 'broken', 'a-phone-minted-this-2')
    await wait_until(lambda: len(calls) == 1)
    ((method, rows, counts),) = calls
    assert (method, names(rows), counts['todo']) == ('put', ['Tidningar: Broken'], 2)
    case_id = rows[0]['id']
    await cast.services.cases.resolve(cast.leo, case_id)
    await wait_until(lambda: len(calls) == 2)
    _, ((gone,), counts) = calls[1][0], calls[1][1:]
    assert (gone['rank'], gone['open'], counts['todo'], counts['closed']) == ('', False, 1, 1)


async def test_a_case_becomes_late_while_the_list_is_open(
    hasty_minutes: None, cast: Cast, user: User, calls: Calls
) -> None:
    await user.open('/cases')
    cast.clock.pass_(hours=18, minutes=59)  # since Monday, 14.00: it should be seen by Tuesday, 9.00
    for hours, words in ((1, 'Less than an hour late'), (1, '1 hour late')):
        calls.clear()
        cast.clock.pass_(hours=hours)
        await wait_until(lambda: calls)
        ((method, (row,), counts),) = calls
        assert (method, words in row['late'], counts['late']) == ('put', True, 1)


async def test_an_open_case_becomes_late(hasty_minutes: None, cast: Cast, user: User) -> None:
    (case,) = await cast.services.cases.open()
    await user.open(f'/cases?case={case.number}')
    (view,) = user.find(CaseView).elements
    assert view.shown
    assert view.shown['late'] == ''
    cast.clock.pass_(hours=20, minutes=30)
    await wait_until(lambda: view.shown and view.shown['late'].startswith('1 hour late. It should have been seen by'))


async def test_who_moves_to_another_team_sees_its_cases(cast: Cast, fia: Person, user: User, calls: Calls) -> None:
    await cast.services.people.add_team(cast.alva, 'Verkstan', 'Energi och Miljö', 'workshop')
    await user.open('/cases')
    await cast.services.people.change(cast.alva, fia.id, PersonDraft(fia.name, fia.role, 'workshop'))
    await wait_until(lambda: calls)
    assert calls[0][:2] == ('restart', [])


async def test_a_case_opens_beside_the_list(
    cast: Cast, user: User, calls: Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str | None] = []

    async def show(_: CasePanel, case_id: str | None) -> None:
        shown.append(case_id)

    monkeypatch.setattr(CasePanel, 'show', show)
    (case,) = await cast.services.cases.open()
    await user.open(f'/cases?case={case.number}')
    assert table(user).props['wished'] == {'view': 'todo', 'case': case.number}
    await ask(user, 'open', number=case.number)
    await ask(user, 'open', number='2026-9999')
    assert shown == [case.id, None]
