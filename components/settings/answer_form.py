"""Show the form for a ready answer of the municipality's own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from app.domain.case_outcomes import Outcome
from app.domain.people import Person
from app.domain.ready_answers import ANSWERED, OwnAnswer
from app.wording.cases import outcome_name
from components.shell.form import Form, Original
from components.shell.screen import Screen
from components.ui.dialog import Dialog


async def edit_answer(
    screen: Screen, problem: str | None, answer: OwnAnswer | None, then: Callable[[], Awaitable[None]]
) -> None:
    """Show the form for an answer, or for a new one about a problem or about all, until it is closed."""
    _, service = screen._, screen.services.ready_answers
    about = screen.services.catalogue.problem(problem) if problem else None
    outcomes: dict[str, str] = {outcome: outcome_name(outcome, about, _) for outcome in ANSWERED}
    dialog = Dialog(_('Edit the answer') if answer else _('Add an answer'), persistent=True)
    with dialog.body, Form(screen, dialog) as form:
        outcome = form.choice('outcome', _('How the case ends'), outcomes, answer.outcome if answer else Outcome.FIXED)
        words = form.text('words', _('Words'), answer.words if answer else '',
                          _('Residents read them as you write them, in whichever language they read'),
                          lines=3)  # fmt: skip
        if answer:
            form.original = Original(
                answer,
                lambda: service.get(answer.id),
                lambda newest: {'outcome': outcomes[newest.outcome], 'words': newest.words},
            )
        form.keep('answer', answer.id if answer else f'new of {problem}')

        async def save(lead: Person) -> OwnAnswer:
            typed = Outcome(outcome.value), words.value or ''
            if answer is None:
                return await service.add(lead, problem, *typed)
            return await service.reword(lead, answer.id, *typed, seen=form.seen)

        form.save_button(save, lambda _saved: then())
    await dialog.closed()
