"""Show the forms for the periods of a problem."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from app.domain.catalogue import Problem
from app.domain.errors import Invalid
from app.domain.people import Person
from app.domain.periods import Periods, ProblemPeriods, typed_periods
from components.shell.form import Form, Original
from components.shell.screen import Screen
from components.ui.dialog import Dialog

Then = Callable[[], Awaitable[None]]


async def edit_periods(
    screen: Screen, problem: Problem, kind: str | None, name: str, periods: Periods, then: Then
) -> None:
    """Show the form for the periods of a problem until it is closed. `name` says of what; `kind` None is all things."""
    service = screen.services.problem_periods
    kept = await service.get(problem.id, kind)
    state = problem.state.in_(screen._.language)
    dialog = Dialog(f'{state}: {name[:1].lower()}{name[1:]}', persistent=True)
    with dialog.body, Form(screen, dialog) as form:
        fields = PeriodFields(form, screen, kept.periods or periods)
        form.original = Original(
            kept, lambda: service.get(problem.id, kind), lambda newest: period_texts(newest.periods or periods)
        )
        form.keep('periods', kept.id)

        async def save(lead: Person) -> ProblemPeriods:
            return await service.change(lead, problem.id, kind, fields.read(), seen=form.seen)

        form.save_button(save, lambda _saved: then())
    await dialog.closed()


async def add_periods(screen: Screen, problem: Problem, then: Then) -> None:
    """Show the form for periods of one more kind of thing until it is closed."""
    _, services = screen._, screen.services
    rules, catalogue = await services.deadlines.rules(), await services.sites.catalogue()
    kinds = {kind.id: kind.label.in_(_.language) for kind in catalogue.asset_kinds if problem.id in kind.problems}
    dialog = Dialog(_('Other times for a kind of thing'), persistent=True)
    with dialog.body, Form(screen, dialog) as form:
        kind = form.choice('kind', _('Kind'), kinds, '')
        fields = PeriodFields(form, screen, rules.periods(problem.id))
        form.keep('periods', f'new of {problem.id}')

        async def save(lead: Person) -> ProblemPeriods:
            if not kind.value:
                raise Invalid('kind', 'Choose what kind of thing it is.')
            return await services.problem_periods.change(lead, problem.id, kind.value, fields.read())

        form.save_button(save, lambda _saved: then())
    await dialog.closed()


class PeriodFields:
    """The two fields of periods: the hours for seen and for done."""

    def __init__(self, form: Form, screen: Screen, periods: Periods) -> None:
        _, texts = screen._, period_texts(periods)
        hint = _('Working hours; nothing for no deadline')
        self._seen = form.text('seen', _('Seen within'), texts['seen'], hint)
        self._done = form.text('done', _('Done within'), texts['done'], hint)
        for field in (self._seen, self._done):
            field.props['inputmode'] = 'numeric'

    def read(self) -> Periods:
        """Return what is typed. Raise Invalid if it can't be."""
        return typed_periods(self._seen.value or '', self._done.value or '')


def period_texts(periods: Periods) -> dict[str, str]:
    """Return the text of each field, by field name."""
    return {'seen': str(periods.seen_hours or ''), 'done': str(periods.done_hours or '')}
