"""Show the forms for a person and for a team."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from app.domain.leaving import Leaving
from app.domain.people import Person, Role, Team
from app.i18n import Translator
from app.services.people import PersonDraft
from app.wording.public import role_name
from components.shell.form import Form, Original
from components.shell.screen import Screen
from components.ui.dialog import Dialog, ask
from components.ui.text import Text

NO_TEAM = ''


async def edit_person(screen: Screen, person: Person | None, then: Callable[[Person], Awaitable[None]]) -> None:
    """Show the form for a person, or for a new one, until it is closed. Call `then` with the saved person."""
    _, people = screen._, screen.services.people
    teams = {
        NO_TEAM: _('No team'),
        **{team.id: f'{team.name}, {team.organisation}' for team in await people.teams(_.language)},
    }
    dialog = Dialog(_('Edit the person') if person else _('Add a person'), persistent=True)
    with dialog.body, Form(screen, dialog) as form:
        name = form.text('name', _('Name'), person.name if person else '')
        role = form.choice('role', _('Role'), _roles(_), person.role if person else Role.FIELD)
        team = form.choice('team', _('Team'), teams, person.team_id or NO_TEAM if person else NO_TEAM)
        gone = form.check('gone', _('No longer works here'), bool(person and not person.active))
        leaving = Text('p', _('Is signed out everywhere at once. What they have logged stays.')).classes('quiet')
        for element in (gone, leaving):
            element.set_visibility(person is not None)
        if person:
            form.original = Original(person, lambda: people.get(person.id), _words(teams, _))
        form.keep('person', person.id if person else 'new')

        async def save(admin: Person) -> Person:
            draft = PersonDraft(name.value or '', Role(role.value), team.value or None, not gone.value)
            if person is None:
                return await people.add(admin, draft, on=screen.visitor.device)
            return await people.change(admin, person.id, draft, seen=form.seen, on=screen.visitor.device)

        form.save_button(save, then)
    await dialog.closed()


async def forget_person(screen: Screen, person: Person) -> bool:
    """Ask for confirmation, and erase somebody for good. Return True if it was done."""
    _, erasure = screen._, screen.services.account_erasure
    if not await screen.attempt(lambda admin: erasure.require_may_leave(admin, person.id)):
        return False
    consequence = {
        Leaving.ANONYMOUS: _('What they have written stays without their name.'),
        Leaving.ERASE: _('What they have written is erased, with the answers to it.'),
    }[await erasure.mode()]
    words = _('{name} is signed out everywhere, and their name is erased. It can’t be undone.', name=person.name)
    if not await ask(_, _('Forget {name} for good?', name=person.name), f'{words} {consequence}', _('Forget for good')):
        return False
    done = await screen.attempt(lambda admin: erasure.leave(admin, person.id), _('Forgotten'))
    erasure.finish_soon()
    return done


async def edit_team(screen: Screen, team: Team | None, then: Callable[[], Awaitable[None]]) -> None:
    """Show the form for a team, or for a new one, until it is closed. Call `then` after it was saved."""
    _, people = screen._, screen.services.people
    dialog = Dialog(_('Edit the team') if team else _('Add a team'), persistent=True)
    with dialog.body, Form(screen, dialog) as form:
        name = form.text('name', _('Name'), team.name if team else '')
        organisation = form.text('organisation', _('Organisation'), team.organisation if team else '')
        if team:
            form.original = _original_team(screen, team)
        form.keep('team', team.id if team else 'new')

        async def save(admin: Person) -> Team:
            words = name.value or '', organisation.value or ''
            if team is None:
                return await people.add_team(admin, *words)
            return await people.rename_team(admin, team.id, *words, seen=form.seen)

        form.save_button(save, lambda _team: then())
    await dialog.closed()


def _original_team(screen: Screen, team: Team) -> Original[Team]:
    async def load() -> Team:
        return await screen.services.people.team(team.id) or team

    return Original(team, load, lambda team: {'name': team.name, 'organisation': team.organisation})


def _words(teams: dict[str, str], _: Translator) -> Callable[[Person], dict[str, str]]:
    """Return a function that gives the text of each field for a person, by field name."""

    def words(person: Person) -> dict[str, str]:
        team = teams.get(person.team_id or NO_TEAM, _('a new team'))
        return {'name': person.name, 'role': role_name(person.role, _), 'team': team}

    return words


def _roles(_: Translator) -> dict[str, str]:
    may = {
        Role.FIELD: _('logs, and takes care of cases'),
        Role.LEAD: _('can do the same as field staff'),
        Role.ADMIN: _('sets up places and people as well'),
    }
    return {role: f'{role_name(role, _)}: {may[role]}' for role in Role}
