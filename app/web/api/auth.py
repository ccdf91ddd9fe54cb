"""Find out who calls the API, and decide what they may do.

A browser in which somebody is signed in calls with the session's cookie and may do what the person's role allows. A
program calls with a personal access token and may do the same, but only within the token's scopes.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from typing import Annotated, Any, NamedTuple

from fastapi import Depends, Header, Request, Response

from app.domain.access_tokens import ALL_SCOPES, AccessToken, Scope
from app.domain.audit import AuditKind
from app.domain.errors import SignedOut
from app.domain.people import Person
from app.i18n import msgid
from app.web.http.origin import SAFE_METHODS
from app.web.http.problem_details import LacksScope, WrongToken
from app.web.http.session import SIGN_IN_FIRST, bearer
from app.web.http.state import state_of

WRONG_TOKEN = msgid('This key lets no program in: it is wrong, was ended, or is too old. Make a new one under Me.')
LACKS_SCOPE = msgid('This key may not do that. Make one that may under Me.')

NO_STORE = 'no-store'

SESSION, TOKEN = 'session', 'token'
"""The names of the two security schemes in the OpenAPI document."""


AuthorHeader = Annotated[
    str,
    Header(alias='Haren-Person', description='The author’s id. Refused (401) if somebody else is signed in.'),
]


class Caller(NamedTuple):
    """The person in whose name a request comes, its scopes, and the id of the device or token that it comes from.

    `token` is None if they use the session's cookie.
    """

    person: Person
    scopes: Collection[Scope]
    device_id: str
    token: AccessToken | None = None


async def caller_of(request: Request) -> Caller | None:
    """Return the caller; None for a stranger. Raise SignedOut if a token is shown that is not valid.

    A request with a token is judged by its token alone: a program in a browser has no more rights than that, whoever
    is signed in there.
    """
    state, secret = state_of(request), bearer(request)
    if secret is None:
        visitor = await state.session.visitor(request)
        return Caller(visitor.person, ALL_SCOPES, visitor.device.id) if visitor else None
    shown = await state.services.access_tokens.authenticate(secret)
    if shown is None:
        await state.services.audit_log.note(AuditKind.TOKEN_REFUSED)
        raise WrongToken(WRONG_TOKEN)
    return Caller(shown.person, shown.token.scopes, shown.token.id, shown.token)


def optional_caller(scope: Scope) -> Callable[[Request], Awaitable[Caller | None]]:
    """Make the dependency of a route that strangers may call, too: for them it gives None.

    It raises NotAllowed if the caller's token lacks the scope, and TooOften if they write more than people do.
    """

    async def find(request: Request) -> Caller | None:
        return _counted(request, _within(await caller_of(request), scope))

    return find


def require_scope(scope: Scope) -> Callable[[Request, Response], Awaitable[Caller]]:
    """Make the dependency of a route that needs a caller with this scope.

    It raises SignedOut for a stranger, and NotAllowed if the caller's token lacks the scope. The answer is for this
    caller alone, so that no cache may keep it.
    """
    find = optional_caller(scope)

    async def require(request: Request, response: Response) -> Caller:
        response.headers['cache-control'] = NO_STORE
        return _required(await find(request))

    return require


async def require_caller(request: Request, response: Response) -> Caller:
    """Return the caller, whatever their token's scopes. Raise SignedOut for a stranger."""
    response.headers['cache-control'] = NO_STORE
    return _required(_counted(request, await caller_of(request)))


AnyCaller = Annotated[Caller, Depends(require_caller)]
ReadCaller = Annotated[Caller, Depends(require_scope(Scope.READ))]
LogCaller = Annotated[Caller, Depends(require_scope(Scope.LOG))]
CasesCaller = Annotated[Caller, Depends(require_scope(Scope.CASES))]


async def require_author(caller: LogCaller, person_id: AuthorHeader = '') -> Person:
    """Return the person who writes.

    Raise SignedOut if the header names somebody else: what was written on this device before another person signed in
    must not be sent under the other person's name.
    """
    return _same_person(caller, person_id)


async def require_case_author(caller: CasesCaller, person_id: AuthorHeader = '') -> Person:
    """Return the person who acts on a case. Raise SignedOut as `require_author` does."""
    return _same_person(caller, person_id)


Author = Annotated[Person, Depends(require_author)]
CaseAuthor = Annotated[Person, Depends(require_case_author)]


def _same_person(caller: Caller, person_id: str) -> Person:
    if person_id and person_id != caller.person.id:
        raise SignedOut('Somebody else is signed in on this device. It waits until its author is.')
    return caller.person


def secured(*scopes: Scope, openly: bool = False) -> dict[str, Any]:
    """Return the OpenAPI members that say who may call a route: with the session, or with a token that has all scopes.

    With `openly`, strangers may call it, too.
    """
    schemes: list[dict[str, list[str]]] = [{SESSION: []}, {TOKEN: [scope.value for scope in scopes]}]
    return {'security': [{}, *schemes] if openly else schemes}


def _within(caller: Caller | None, scope: Scope) -> Caller | None:
    if caller and scope not in caller.scopes:
        raise LacksScope(LACKS_SCOPE, scope=scope.value)
    return caller


def _counted(request: Request, caller: Caller | None) -> Caller | None:
    if caller and request.method not in SAFE_METHODS:
        state_of(request).services.write_limits.take(caller.person.id, caller.device_id)
    return caller


def _required(caller: Caller | None) -> Caller:
    if caller is None:
        raise SignedOut(SIGN_IN_FIRST)
    return caller
