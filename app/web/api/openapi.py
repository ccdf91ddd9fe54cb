"""Serve the description of the API: /openapi.json (OpenAPI 3.1)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from fastapi import Request, Response
from fastapi.openapi.utils import get_openapi
from starlette.routing import BaseRoute

from app.domain.access_tokens import Scope
from app.services.container import Services
from app.web.api.auth import SESSION, TOKEN
from app.web.http.openapi_helpers import FieldError, ProblemDetail
from app.web.http.problem_details import RETRY_AFTER
from app.web.http.session import Session
from app.web.http.state import Collaborators, state_of
from app.web.open_data.cors_and_etags import CachedResponse, OpenRoute

PATH = '/openapi.json'

KEPT = 'public, max-age=3600'
"""The document changes only with a new version of Haren, and then its ETag changes, too."""

SCOPES: Mapping[Scope, str] = {
    Scope.READ: 'the log, threads, the obstacle diary, the feed, cases and places: what you may read, and no more',
    Scope.LOG: 'log, correct, withdraw and answer entries, take steps with obstacles; reports are believed as staff’s',
    Scope.CASES: 'take on a case, and close it',
}
"""The things that a program may do with each scope, in the words of docs/api.md."""

_SCOPES = '\n'.join(f'- `{scope}`: {what}' for scope, what in SCOPES.items())

DESCRIPTION = f"""
Other programs can do what Haren's own pages do. Everything under `/api/v1` stays compatible: new members may come, so
ignore those you don't know.

**Authentication.** A program acts in somebody's name, with a personal access token that they make under *Me*:
`Authorization: Bearer haren_…`. It may do what they may do, within its scopes, and it sees what they see.
Residents' reports and open data need no token.

{_SCOPES}

**Ids are minted by the client**: 16 to 64 letters, digits, hyphens or underscores that nobody can guess. Sending the
same again changes nothing and gets the same answer, so a program that got no answer can simply send again.

**A refusal** is a problem detail (RFC 9457), with a sentence for people in the language of `Accept-Language`. A
429 or 503 changes nothing, and can be sent again after `Retry-After` seconds.

**Times** are ISO 8601 with a zone. **Photos** are sent as they are, at most 15 MB; bodies of JSON are at most 64 kB.
"""

TAGS = (
    ('me', 'The person whom a program acts for.'),
    ('log', 'The entries of staff: activities, occurrences, observations, lessons and obstacles.'),
    ('obstacles', 'The obstacles of staff, and the steps that are taken with them.'),
    ('feed', 'The events, in words.'),
    ('search', 'Everything that has words.'),
    ('cases', 'The problems that residents’ reports add up to.'),
    ('places', 'The sites, and what stands there.'),
    ('reports', 'The reports of residents. Anybody may send one.'),
    ('open data', 'The state of all sites. Anybody may read it, from any website.'),
    ('followers', 'The feeds of events at a place. Anybody may read them, from any website.'),
)

HEADERS = {
    'WWW-Authenticate': {
        'description': 'The authentication that is needed (RFC 6750).',
        'schema': {'type': 'string', 'examples': ['Bearer realm="Haren", error="invalid_token"']},
    },
    'Retry-After': {
        'description': 'Seconds after which it is worth sending again.',
        'schema': {'type': 'integer', 'minimum': 0, 'examples': [RETRY_AFTER]},
    },
    'ETag': {
        'description': 'The version of this answer. Send it in If-None-Match to ask whether there is a newer one.',
        'schema': {'type': 'string', 'examples': ['"33a64df551425fcc55e4d42a"']},
    },
}

Described = dict[str, Any]


async def description(request: Request) -> Response:
    """Answer with the document."""
    return state_of(request).once(_document).to(request, KEPT)


ROUTE = OpenRoute(PATH, description, methods=['GET'], include_in_schema=False)


def describe(routes: Sequence[BaseRoute], services: Services, session: Session) -> Described:
    """Return the OpenAPI document of these routes."""
    described = get_openapi(
        title='Haren', version='1', description=DESCRIPTION.strip(), routes=routes,
        license_info=None, servers=[{'url': services.base}],
        tags=[{'name': name, 'description': what} for name, what in TAGS],
    )  # fmt: skip
    components = described['components']
    components['securitySchemes'] = _security_schemes(session)
    components['headers'] = HEADERS
    components['schemas'] |= {kind.__name__: _schema(kind) for kind in (FieldError, ProblemDetail)}
    for operation in _operations(described):
        _remove_stock_422(operation)
    for name in ('HTTPValidationError', 'ValidationError'):
        components['schemas'].pop(name, None)
    _add_choices(components['schemas'], services)
    _restore_nulls(components['schemas'].values())
    return described


def _document(state: Collaborators) -> CachedResponse:
    described = describe(state.routes, state.services, state.session)
    return CachedResponse.of(json.dumps(described, ensure_ascii=False).encode(), 'application/json', 'en')


def _security_schemes(session: Session) -> Described:
    scopes = ', '.join(f'`{scope}`' for scope in Scope)
    return {
        SESSION: {
            'type': 'apiKey', 'in': 'cookie', 'name': session.cookie,
            'description': 'A signed-in browser’s session. Only Haren’s own pages can change anything with it.',
        },
        TOKEN: {
            'type': 'http', 'scheme': 'bearer', 'bearerFormat': 'haren_…',
            'description': f'A personal access token, made under *Me*. Its scopes are some of {scopes}; each '
            'operation names those that it needs.',
        },
    }  # fmt: skip


def _schema(kind: type[FieldError | ProblemDetail]) -> Described:
    return {name: part for name, part in kind.model_json_schema(
        ref_template='#/components/schemas/{model}', mode='serialization').items() if name != '$defs'}  # fmt: skip


def _operations(described: Described) -> Iterator[Described]:
    for methods in described['paths'].values():
        yield from methods.values()


def _remove_stock_422(operation: Described) -> None:
    """Remove the 422 that FastAPI adds to every route with parameters: its shape is not ours."""
    stock = operation['responses'].get('422', {}).get('content', {}).get('application/json')
    if stock:
        del operation['responses']['422']


def _restore_nulls(schemas: Iterable[Described]) -> None:
    """Put null values back into the examples. FastAPI removes them, but they are part of the answers."""
    for schema in schemas:
        for example in schema.get('examples', ()):
            for name in schema.get('required', ()):
                example.setdefault(name, None)


def _add_choices(schemas: Described, services: Services) -> None:
    """List the ids that can be chosen; they are defined in data/catalogue."""
    catalogue = services.catalogue
    for name in ('EntryIn', 'CorrectionIn'):
        properties = schemas[name]['properties']
        properties['roots']['items']['enum'] = [root.id for root in catalogue.roots]
        properties['obstacle_kind']['anyOf'][0]['enum'] = [kind.id for kind in catalogue.obstacle_kinds]
    schemas['ReportIn']['properties']['problem']['enum'] = [problem.id for problem in catalogue.problems]
