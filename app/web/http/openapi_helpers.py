"""Describe in OpenAPI what routes take and answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from app.domain.document import LONGEST_NAME, LONGEST_TEXT
from app.services.context import CLIENT_ID
from app.services.entries import CLAIM
from app.services.entry_validation import MOST_PARTNERS

PROBLEM = 'application/problem+json'

Responses = dict[int | str, dict[str, Any]]

WORDS = r'[^\s\u0000-\u001f\u007f-\u009f\ufeff]'
"""A pattern of texts that contain something to read."""

_TEXTS = 'text', 'note', 'hits', 'tried', 'reason'


class FieldError(BaseModel):
    """A mistake in one value of a request."""

    field: str = Field(examples=['text'])
    detail: str = Field(examples=['Field required'])


class StrictModel(BaseModel):
    """The body of a request. Unknown members are refused: they may be a typing error, and would have no effect."""

    model_config = ConfigDict(extra='forbid')


class ProblemDetail(BaseModel):
    """The reason for a refusal (RFC 9457). `detail` is a sentence for people, in the language of Accept-Language."""

    model_config = ConfigDict(
        json_schema_extra={
            'examples': [
                {
                    'type': 'about:blank', 'title': 'Unprocessable Entity', 'status': 422,
                    'detail': 'Write a few words first.', 'field': 'text',
                }
            ]
        }
    )  # fmt: skip

    type: Literal['about:blank']
    title: str
    status: int = Field(ge=400, le=599)
    detail: str
    field: str | None = Field(None, description='The field that the sentence is about, if it is about one.')
    errors: list[FieldError] | None = Field(None, description='All values that do not match the schema.')


_CHALLENGE = {'WWW-Authenticate': {'$ref': '#/components/headers/WWW-Authenticate'}}
_HEADERS: Mapping[int, dict[str, Any]] = {
    401: _CHALLENGE,
    429: {'Retry-After': {'$ref': '#/components/headers/Retry-After'}},
    503: {'Retry-After': {'$ref': '#/components/headers/Retry-After'}},
}

_REASONS: Mapping[int, str] = {
    400: 'The JSON can not be read.',
    401: 'Nobody is signed in, or the token is not valid.',
    403: 'The token is not for this, the role does not allow it, or a page of another website sent it.',
    404: 'There is no such thing, or it is not for you to read.',
    409: 'It conflicts with what is saved already.',
    410: 'It is over.',
    413: 'The body is larger than 64 kB.',
    422: 'A value can not be accepted.',
    429: 'That was very much at once. Try the same request again later.',
    503: 'Nothing can be saved right now. Try the same request again later.',
}

JSON_BODY = 400, 413, 422
"""The error statuses of every route that takes JSON."""

WRITE_ERRORS = 401, 403, 429, 503
"""The error statuses of every route that saves something for a known person."""

READ_ERRORS = 401, 403
"""The error statuses of every route that shows something to a known person."""


def error_responses(*statuses: int, because: Mapping[int, str] | None = None) -> Responses:
    """Return the error responses of a route: problem details with these statuses. `because` gives special reasons."""
    reasons = {status: _REASONS[status] for status in statuses} | dict(because or {})
    return {status: _declined(status, reason) for status, reason in sorted(reasons.items())}


def with_example(**members: JsonValue) -> ConfigDict:
    """Return the configuration of a model with an example."""
    return ConfigDict(json_schema_extra={'examples': [members]})


def input_example(**example: JsonValue) -> ConfigDict:
    """Return the configuration of a model of what clients send: its limits, and an example."""

    def describe(schema: dict[str, Any]) -> None:
        add_limits(schema)
        schema['examples'] = [example]

    return ConfigDict(json_schema_extra=describe)


def add_limits(schema: dict[str, Any]) -> None:
    """Add the limits of texts to a schema. The domain checks them and refuses in kinder words than a schema could."""
    for name, described in schema['properties'].items():
        if name in _TEXTS:
            described['description'] = f'At most {LONGEST_TEXT:,} characters, not counting white space around them.'
        if name == 'text' and 'default' not in described:
            described['pattern'] = WORDS
        if name == 'id':
            described['pattern'] = f'^{CLIENT_ID.pattern}$'
        if name == 'claim':
            described['anyOf'][0]['pattern'] = f'^{CLAIM.pattern}$'
        if name == 'partners':
            described['description'] = f'At most {MOST_PARTNERS}, each of at most {LONGEST_NAME} characters.'


def _declined(status: int, reason: str) -> dict[str, Any]:
    schema = {'$ref': '#/components/schemas/ProblemDetail'}
    headers = {'headers': _HEADERS[status]} if status in _HEADERS else {}
    return {'description': reason, 'content': {PROBLEM: {'schema': schema}}, **headers}
