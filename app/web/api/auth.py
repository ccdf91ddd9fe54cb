"""Who calls the API, and what for: the one place that decides.

Somebody who is signed in calls with the session's cookie, and may all that their role may. A program calls with a
personal access token, and may that within the token's scopes.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated, Any, NamedTuple

from fastapi import Depends, Header, Request, Response

from app.domain.access_tokens import ALL_SCOPES, AccessToken, Scope
from app.domain.errors import SignedOut
from app.domain.people import Person
from app.i18n import msgid
from app.services.access_tokens import AccessTokens
from app.web.http.problem_details import LacksScope, WrongToken
from app.web.http.session import SIGN_IN_FIRST, Session, bearer

WRONG_TOKEN = msgid('This key lets no program in: it is wrong, was ended, or is too old. Make a new one under Me.')
LACKS_SCOPE = msgid('This key may not do that. Make one that may under Me.')

UNKEPT = 'no-store'

SESSION, TOKEN = 'session', 'token'
"""What the two ways in are called in the API's description."""


WhoseItIs = Annotated[
    str,
    Header(alias='Haren-Person', description='Whose it is. Where somebody else is signed in, it is not taken (401).'),
]


class Caller(NamedTuple):
    """For whom a request comes, and what it may be for. `token` is None where they are signed in themselves."""

    person: Person
    scopes: Collection[Scope]
    token: AccessToken | None = None


class Auth:
    """Knows who calls."""

    def __init__(self, session: Session, tokens: AccessTokens) -> None:
        self._session = session
        self._tokens = tokens

    async def known(self, request: Request) -> Caller | None:
        """Who calls, None for a stranger; SignedOut where a token is shown that lets nobody in.

        With a token the cookie says nothing: a program in a browser has no more rights than its token.
        """
        secret = bearer(request)
        if secret is None:
            visitor = await self._session.visitor(request)
            return Caller(visitor.person, ALL_SCOPES) if visitor else None
        shown = await self._tokens.show(secret)
        if shown is None:
            raise WrongToken(WRONG_TOKEN)
        return Caller(shown.person, shown.token.scopes, shown.token)

    def anyone(self) -> Any:
        """What a route asks for: who calls, whatever their token is for; SignedOut where it's a stranger.

        No cache keeps what they are shown: it is for them alone.
        """

        async def needed(request: Request, response: Response) -> Caller:
            response.headers['cache-control'] = UNKEPT
            return _required(await self.known(request))

        return Depends(needed)

    def may(self, scope: Scope) -> Any:
        """The same; NotAllowed where the token isn't for this."""

        async def needed(request: Request, response: Response) -> Caller:
            response.headers['cache-control'] = UNKEPT
            return _required(_within(await self.known(request), scope))

        return Depends(needed)

    def writes(self) -> Any:
        """The person who writes. SignedOut where it's not who wrote it on the phone that sends it now.

        What somebody has written goes under no other name.
        """
        logs = self.may(Scope.LOG)

        async def needed(caller: Caller = logs, whose: WhoseItIs = '') -> Person:
            if whose and whose != caller.person.id:
                raise SignedOut('Somebody else is signed in on this device. It waits until its author is.')
            return caller.person

        return Depends(needed)

    def might(self, scope: Scope) -> Any:
        """The same where strangers may ask, too: they are None."""

        async def known(request: Request) -> Caller | None:
            return _within(await self.known(request), scope)

        return Depends(known)


def secured(*scopes: Scope, openly: bool = False) -> dict[str, Any]:
    """How OpenAPI says who may call a route: with the session, or with a token for all of these.

    `openly` lets strangers, too.
    """
    ways: list[dict[str, list[str]]] = [{SESSION: []}, {TOKEN: [scope.value for scope in scopes]}]
    return {'security': [{}, *ways] if openly else ways}


def _within(caller: Caller | None, scope: Scope) -> Caller | None:
    if caller and scope not in caller.scopes:
        raise LacksScope(LACKS_SCOPE, scope=scope.value)
    return caller


def _required(caller: Caller | None) -> Caller:
    if caller is None:
        raise SignedOut(SIGN_IN_FIRST)
    return caller
