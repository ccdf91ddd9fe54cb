"""What the list of cases can be filtered by, and how an address says it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date
from typing import Any

from app.domain.case_states import OPEN, CaseState
from app.domain.catalogue import Label
from app.domain.people import Person
from app.i18n import Translator
from app.services.case_filter import EVERY, LONGEST_SOUGHT, ME, NONE, CaseFilter, CaseView
from app.services.container import Services
from app.wording.public import case_state
from components.cases.list_types import Choice, ListFilter, ViewTab

Values = Mapping[str, Any]

_TODO = (CaseState.REPORTED, CaseState.CONFIRMED, CaseState.ACKNOWLEDGED)


async def read_filter(values: Values, services: Services) -> CaseFilter:
    """Read what an address or a browser asks for, which is not trusted. Unknown values count as no filter."""
    given = {name: str(values.get(name) or '') for name in (*_NAMES, 'view', 'state', 'q', 'by')}
    catalogue, view, state = services.catalogue, given['view'], given['state']
    is_team = given['team'] in (EVERY, NONE) or await services.people.team(given['team'])
    is_person = given['person'] == ME or await services.people.find(given['person'])
    return CaseFilter(
        view=CaseView(view) if view in set(CaseView) else CaseView.TODO,
        team=given['team'] if is_team else '',
        person=given['person'] if is_person else '',
        site=given['site'] if await services.sites.find(given['site']) else '',
        asset_kind=_known(given['kind'], (kind.id for kind in catalogue.asset_kinds)),
        problem=_known(given['problem'], (problem.id for problem in catalogue.problems)),
        state=CaseState(state) if state in set(CaseState) else None,
        since=_day(given['since']),
        until=_day(given['until']),
        q=' '.join(given['q'].split())[:LONGEST_SOUGHT],
        by_place=given['by'] == 'place',
    )


_NAMES = ('team', 'person', 'site', 'kind', 'problem', 'since', 'until')


def address_values(chosen: CaseFilter) -> dict[str, str]:
    """Return a filter as the parameters of an address. Those that filter nothing are left out."""
    values = {
        'view': chosen.view.value, 'team': chosen.team, 'person': chosen.person, 'site': chosen.site,
        'kind': chosen.asset_kind, 'problem': chosen.problem, 'state': chosen.state or '', 'q': chosen.q,
        'since': chosen.since.isoformat() if chosen.since else '', 'by': 'place' if chosen.by_place else '',
        'until': chosen.until.isoformat() if chosen.until else '',
    }  # fmt: skip
    return {name: value for name, value in values.items() if value}


async def list_filters(services: Services, reader: Person, _: Translator) -> list[ListFilter]:
    """Return the filters with their options."""
    catalogue = services.catalogue
    people = [person for person in await services.people.all(_.language) if person.active and person.id != reader.id]
    return [
        _filter('team', _('Team'), (*_teams(reader, _), *_named(await services.people.teams(_.language)))),
        _filter('person', _('Person'), (_choice('', _('Everybody')), _choice(ME, _('Mine')), *_named(people))),
        _filter('site', _('Place'), (_choice('', _('Every place')), *_named(await services.sites.all(_.language)))),
        _filter('kind', _('Kind of thing'), (_choice('', _('Every kind')), *_labelled(catalogue.asset_kinds, _))),
        _filter('problem', _('Problem'), (_choice('', _('Every problem')), *_problems(services, _))),
        _filter('state', _('State'), (_choice('', _('Every state')), *_states(_))),
        {'id': 'since', 'label': _('From the day'), 'choices': None},
        {'id': 'until', 'label': _('To the day'), 'choices': None},
    ]


def view_tabs(_: Translator) -> list[ViewTab]:
    """Return the views, and what each says when it is empty."""
    return [
        _view(CaseView.TODO, _('To do'), _('Nothing to do here now. What residents report appears by itself.')),
        _view(CaseView.WAITING, _('Waiting'), _('Nothing waits. Paused cases appear here, with what they wait for.')),
        _view(CaseView.LATE, _('Late'), _('Nothing is late. Cases whose time or promised day is over appear here.')),
        _view(CaseView.CLOSED, _('Closed cases'), _('Nothing is closed yet. What is done appears here.')),
    ]


def _view(view: CaseView, label: str, empty: str) -> ViewTab:
    return {'id': view.value, 'label': label, 'empty': empty}


def _teams(reader: Person, _: Translator) -> tuple[Choice, ...]:
    mine = _choice('', _('My team')), _choice(EVERY, _('Every team'))
    return (*(mine if reader.team_id else (_choice('', _('Every team')),)), _choice(NONE, _('No team')))


def _problems(services: Services, _: Translator) -> list[Choice]:
    return [_choice(problem.id, problem.state.in_(_.language)) for problem in services.catalogue.problems]


def _states(_: Translator) -> list[Choice]:
    return [{'id': state.value, 'label': _state(state, _), 'views': _views(state)} for state in CaseState]


def _state(state: CaseState, _: Translator) -> str:
    return _('Emptied or fixed') if state is CaseState.RESOLVED else case_state(state, None, _)


def _views(state: CaseState) -> list[str]:
    """Return the views that can have a case in this state."""
    if state not in OPEN:
        return [CaseView.CLOSED.value]
    return [CaseView.LATE.value, CaseView.TODO.value if state in _TODO else CaseView.WAITING.value]


def _filter(id: str, label: str, choices: Iterable[Choice]) -> ListFilter:
    return {'id': id, 'label': label, 'choices': list(choices)}


def _choice(id: str, label: str) -> Choice:
    return {'id': id, 'label': label, 'views': None}


def _named(things: Iterable[Any]) -> list[Choice]:
    return [_choice(thing.id, thing.name) for thing in things]


def _labelled(things: Iterable[Any], _: Translator) -> list[Choice]:
    labels: list[tuple[str, Label]] = [(thing.id, thing.label) for thing in things]
    return [_choice(id, label.in_(_.language)) for id, label in labels]


def _known(id: str, ids: Iterable[str]) -> str:
    return id if id in set(ids) else ''


def _day(text: str) -> date | None:
    with suppress(ValueError):
        return date.fromisoformat(text)
    return None
