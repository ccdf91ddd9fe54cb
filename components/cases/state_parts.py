"""Turn the parts of a case into the JSON that the browser shows."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.case_outcomes import SAYS_WHY, Outcome
from app.domain.cases import Case
from app.domain.catalogue import Problem
from app.domain.local_dates import day_of
from app.domain.reports import Report
from app.domain.sites import Asset, Site
from app.i18n import DEFAULT, Translator
from app.services.container import Services
from app.wording.deadlines import late_reason, late_words
from components.cases.state_types import MapPosition, SaidReport, SimilarCase
from components.feed.row_types import PhotoLink, RowLink

MOST_SIMILAR = 6
"""Other open cases of the same place that are suggested."""


def name_of(problem: Problem | None, asset: Asset | None, site: Site | None, _: Translator) -> str:
    """Return what a photo of the case shows, in words."""
    words = (
        asset.name if asset else '',
        problem.state.in_(_.language) if problem else '',
        site.name if site else '',
    )
    return ', '.join(filter(None, words))


def thing(asset: Asset | None, _: Translator) -> RowLink:
    """Return the asset, with the page of its sticker."""
    if asset is None:
        return {'href': '', 'label': _('something')}
    return {'href': f'/q/{asset.code}', 'label': asset.name}


def position(site: Site | None) -> MapPosition | None:
    """Return where the place is, if that is known."""
    if site is None or site.position is None:
        return None
    return {'latitude': site.position.latitude, 'longitude': site.position.longitude}


def seen_by_residents(case: Case, _: Translator) -> str:
    """Return whether residents read the words of the outcome and see its photo, or ''."""
    if not (case.outcome_words or case.outcome_photo):
        return ''
    if case.outcome_public:
        return _('Residents can see this.')
    return _('Residents read these words.') if case.outcome in SAYS_WHY else _('Only colleagues see this.')


def outcome_photos(case: Case, name: str, _: Translator) -> list[PhotoLink]:
    """Return the photo of how it is now, if there is one."""
    photo = case.outcome_photo
    return [{'src': f'/photos/{photo}', 'alt': f'{_("How it is now")}: {name}'}] if photo else []


def merged(number: str, _: Translator) -> RowLink | None:
    """Return the case in which this one counts."""
    if not number:
        return None
    return {'href': f'/cases/{number}', 'label': _('It counts in case {number}', number=number)}


def said_fine(case: Case, _: Translator) -> str:
    """Return how many residents say that it is fine now, or ''."""
    one, many = '{count} neighbour says that it is fine now.', '{count} neighbours say that it is fine now.'
    return _.plural(one, many, case.fine) if case.fine and case.is_open else ''


def photos(reports: Sequence[Report], name: str, _: Translator) -> list[PhotoLink]:
    """Return the photos of residents, those of the newest reports first."""
    found = dict.fromkeys(report.photo for report in reports if report.photo)
    return [
        {'src': f'/photos/{photo}', 'alt': f'{_("Photo {number}", number=number)}: {name}'}
        for number, photo in enumerate(found, 1)
    ]


def said(report: Report, note: str) -> SaidReport:
    """Return a report as others may read it."""
    return {'id': report.mark or report.id[:8], 'at': report.at.isoformat(), 'text': note}


async def late(services: Services, case: Case, _: Translator) -> str:
    """Return for how long a case has been late and why, what is due next, or that a promised day is over."""
    now = services.now()
    deadlines = await services.deadlines.of(case)
    words = [late_words(deadlines, _), late_reason(deadlines, now, _)]
    if case.is_open and case.promised_for and case.promised_for < day_of(now):
        day = _.short_date(case.promised_for, day_of(now))
        words.append(_('It was promised for {day}, and that day is over.', day=day))
    return '. '.join(filter(None, words)) if words[0] else ' '.join(filter(None, words))


async def answers(services: Services, case: Case) -> dict[str, list[str]]:
    """Return the ready answers of each outcome, in the language in which they are kept."""
    found = {outcome: await services.ready_answers.for_problem(case.problem, outcome) for outcome in Outcome}
    return {outcome.value: [answer.words_in(DEFAULT) for answer in ready] for outcome, ready in found.items()}


async def similar(services: Services, case: Case, _: Translator) -> list[SimilarCase]:
    """Return other open cases of the same place, those of the same thing first."""
    others = await services.case_timeline.similar(case, MOST_SIMILAR)
    return [
        {'id': other.id, 'href': f'/cases/{other.number}', 'words': await _case_words(services, other, _)}
        for other in others
    ]


async def _case_words(services: Services, case: Case, _: Translator) -> str:
    asset = await services.sites.find_asset(case.asset_id)
    problem = services.catalogue.problem(case.problem).state.in_(_.language)
    name = asset.name if asset else _('something')
    return _('{asset}, {problem}, case {number}', asset=name, problem=problem, number=case.number)
