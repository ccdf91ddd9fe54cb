"""Turn a case into the JSON that the browser shows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial

from app.domain.case_outcomes import Outcome
from app.domain.case_states import CaseState as State
from app.domain.cases import Case
from app.domain.entry_visibility import Reader
from app.domain.local_dates import day_of
from app.domain.personal_numbers import mask_for
from app.i18n import Translator, translator
from app.services.case_timeline import TimelineStep
from app.services.container import Services
from app.wording.cases import case_sentence, outcome_name, promised_day
from components.cases import state_parts as parts
from components.cases.buttons import act_buttons, bar_buttons
from components.cases.facts import case_facts
from components.cases.state_types import CaseState, Choice
from components.cases.timeline import timeline_row
from components.theme.icons import icon

FRIDAY = 4

_ICONS = {
    State.REPORTED: 'notice',
    State.CONFIRMED: 'notice',
    State.ACKNOWLEDGED: 'eye',
    State.PAUSED: 'clock',
    State.RESOLVED: 'fine',
    State.CLOSED: 'check',
    State.STALE: 'clock',
    State.WITHDRAWN: 'clock',
}


async def case_state(services: Services, case: Case, reader: Reader, steps: Sequence[TimelineStep]) -> CaseState:
    """Return the case as this person may see it now. `steps` are those of its timeline."""
    _, mask = translator(reader.person.language), partial(mask_for, reader=reader.person)
    facts = await case_facts(services, case, reader)
    site, asset = await services.sites.find(case.site_id), await services.sites.find_asset(case.asset_id)
    reports = await services.case_timeline.reports(case)
    name = parts.name_of(facts.problem, asset, site, _)
    return {
        'id': case.id,
        'revision': case.revision,
        'href': f'/cases/{case.number}',
        'title': _('Case {number}', number=case.number),
        'site': case.site_id,
        'tone': facts.problem.tone.value if facts.problem and case.is_open else 'fine',
        'icon': icon(facts.problem.tone.value if facts.problem else 'notice'),
        'problem': facts.problem.state.in_(_.language) if facts.problem else case.problem,
        'thing': parts.thing(asset, _),
        'place': {'href': f'/s/{case.site_id}', 'label': site.name if site else _('a place')},
        'position': parts.position(site),
        'isOpen': case.is_open,
        'stateIcon': icon(_ICONS[case.state]),
        'sentence': mask(case_sentence(facts, _)),
        'late': await parts.late(services, case, _),
        'words': mask(services.ready_answers.words_in(case.outcome_words, _.language)),
        'seenByResidents': parts.seen_by_residents(case, _),
        'outcomePhotos': parts.outcome_photos(case, name, _),
        'merged': parts.merged(facts.counts_in, _),
        'heard': _.plural('{count} has reported it', '{count} have reported it', case.reports),
        'fine': parts.said_fine(case, _),
        'photos': parts.photos(reports, name, _),
        'reports': [parts.said(report, mask(report.note)) for report in reports],
        'similar': await parts.similar(services, case, _),
        'acts': act_buttons(case, reader.person, _),
        'bar': bar_buttons(case, facts.problem, _),
        'days': promise_days(day_of(services.now()), _),
        'outcomes': [{'id': each.value, 'label': outcome_name(each, facts.problem, _)} for each in Outcome],
        'answers': await parts.answers(services, case),
        'timeline': [await timeline_row(services, step, case, reader.person, _) for step in steps],
    }


def promise_days(today: date, _: Translator) -> list[Choice]:
    """Return the days that are promised most: today, tomorrow, and the end of this week or the next."""
    friday = today + timedelta(days=(FRIDAY - today.weekday()) % 7)
    if friday - today < timedelta(days=2):
        friday += timedelta(days=7)
    named = {
        today: _('Today'),
        today + timedelta(days=1): _('Tomorrow'),
        friday: _('The end of the week, {day}', day=promised_day(friday, today, _)),
    }
    return [{'id': day.isoformat(), 'label': label} for day, label in named.items()]
