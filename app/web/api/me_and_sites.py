"""Describe the caller and list the sites: a program asks for these first."""

from __future__ import annotations

from datetime import datetime

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from app.domain.access_tokens import Scope
from app.domain.people import Role
from app.domain.sites import Position, SiteKind
from app.web.api.auth import AnyCaller, require_scope, secured
from app.web.api.entries_read import TeamOut
from app.web.http.openapi_helpers import READ_ERRORS, error_responses, with_example
from app.web.http.origin import SAME_ORIGIN
from app.web.http.state import ServerServices

router = APIRouter(prefix='/api/v1', dependencies=SAME_ORIGIN)


class TokenOut(BaseModel):
    """The token with which a program calls."""

    name: str
    ends_at: datetime = Field(description='It is not valid from then on.')


class MeOut(BaseModel):
    """The person whom a program acts for, and what it may do: what both the role and the scopes allow."""

    model_config = with_example(
        id='fia', name='Fia Fält', role='field', language='sv', scopes=['read', 'log'],
        team={'id': 'collectors', 'name': 'Insamlingen', 'organisation': 'Energi och Miljö'},
        token={'name': 'Statistics', 'ends_at': '2027-05-04T12:00:00Z'},
    )  # fmt: skip

    id: str
    name: str
    role: Role
    language: str = Field(description='The language in which Haren answers them.')
    team: TeamOut | None
    scopes: list[Scope]
    token: TokenOut | None = Field(description='Null if the call comes with a session cookie.')


class PlaceOut(BaseModel):
    """A place. Its state is open data: see /sites.json."""

    model_config = with_example(
        id='kransmossen', name='Kransmossen', kind='recycling_station', url='https://haren.example/s/kransmossen',
        position={'latitude': 57.7046, 'longitude': 12.9634}, team_id='collectors',
    )  # fmt: skip

    id: str
    name: str
    kind: SiteKind
    url: str
    position: Position | None
    team_id: str | None = Field(description='The team that takes care of it.')


class PlacesOut(BaseModel):
    """The list of all places, by name."""

    sites: list[PlaceOut]


@router.get('/me', tags=['me'], summary='See who you are', responses=error_responses(401), openapi_extra=secured())
async def me(caller: AnyCaller, services: ServerServices) -> MeOut:
    """Describe the caller. Any token may ask for this."""
    person, token = caller.person, caller.token
    team = await services.people.team(person.team_id)
    return MeOut(
        id=person.id, name=person.name, role=person.role, language=person.language,
        team=TeamOut(id=team.id, name=team.name, organisation=team.organisation) if team else None,
        scopes=[scope for scope in Scope if scope in caller.scopes],
        token=TokenOut(name=token.name, ends_at=token.ends_at) if token else None,
    )  # fmt: skip


@router.get(
    '/sites', tags=['places'], summary='See all places', responses=error_responses(*READ_ERRORS),
    openapi_extra=secured(Scope.READ), dependencies=[Depends(require_scope(Scope.READ))],
)  # fmt: skip
async def sites(services: ServerServices) -> PlacesOut:
    """List all places. Entries refer to their ids."""
    return PlacesOut(sites=[
        PlaceOut(id=site.id, name=site.name, kind=site.kind, url=f'{services.base}/s/{site.id}',
                 position=site.position, team_id=site.team_id)
        for site in await services.sites.all()
    ])  # fmt: skip
