"""Test docs/api.md and /openapi.json: each command runs as printed, and each example fits its schema."""

from __future__ import annotations

import getopt
import json
import re
import shlex
from pathlib import Path

import httpx
import jsonschema
import pytest
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from app.domain.access_tokens import Scope
from app.web.api.openapi import SCOPES
from tests.api.check import served
from tests.gettext_catalogue import ROOT
from tests.sample_photos import photo
from tests.staff_screens import fresh_nicegui

DOCS = (ROOT / 'docs' / 'api.md').read_text(encoding='utf-8')


def commands() -> list[str]:
    """Return the curl commands of the document."""
    shell = '\n'.join(re.findall(r'```sh\n(.*?)```', DOCS, re.DOTALL))
    return re.findall(r"^curl (?:\\\n|[^'\n]|'[^']*')+", shell, re.MULTILINE)


async def test_each_command_does_what_it_says(tmp_path: Path) -> None:
    (tmp_path / 'photo.jpg').write_bytes(photo())
    with fresh_nicegui():
        async with served(tmp_path / 'store') as (address, services):
            person = next(one for one in await services.people.all() if one.role == 'field')
            _, secret = await services.access_tokens.make(person, 'Exempel', set(Scope))
            answers = [await _run(command, tmp_path, HAREN=address, KEY=secret) for command in commands()]
    assert answers[0]['id'] == person.id
    assert [list(answer) for answer in answers[1:6]] == [
        ['entries', 'older'], ['events', 'older'], ['cases', 'older'], ['obstacles', 'total', 'resting'],
        ['hits', 'older', 'complete'],
    ]  # fmt: skip
    assert all(answer[name] for answer, name in zip(answers[1:4], ('entries', 'events', 'cases'), strict=True))
    entry, picture, reply, declined = answers[6:]
    assert (entry['kind'], picture['photos'], reply['kind']) == ('observation', 1, 'yes_and')
    (example,) = re.findall(r'```json\n(.*?)```', DOCS, re.DOTALL)
    assert declined == json.loads(example)


async def test_each_example_fits_its_schema(reader: httpx.AsyncClient) -> None:
    answer = await reader.get('/openapi.json')
    described = answer.json()
    assert answer.headers['cache-control'].startswith('public')
    again = await reader.get('/openapi.json', headers={'if-none-match': answer.headers['etag']})
    assert (again.status_code, again.content) == (304, b'')
    registry = Registry().with_resource('urn:api', DRAFT202012.create_resource(described))
    looked_at = 0
    for name, schema in described['components']['schemas'].items():
        validator = jsonschema.Draft202012Validator({'$ref': f'urn:api#/components/schemas/{name}'}, registry=registry)
        for example in schema.get('examples', ()):
            validator.validate(example)
            looked_at += 1
    assert looked_at > 12


async def test_scopes_are_described_in_the_same_words_everywhere(reader: httpx.AsyncClient) -> None:
    described = (await reader.get('/openapi.json')).json()['info']['description']
    assert dict(re.findall(r'^\| `(\w+)` \| (.*) \|$', DOCS, re.MULTILINE)) == SCOPES
    assert SCOPES.keys() == set(Scope)
    assert dict(re.findall(r'^- `(\w+)`: (.*)$', described, re.MULTILINE)) == SCOPES


async def test_lists_are_read_as_the_document_says(reader: httpx.AsyncClient) -> None:
    described = (await reader.get('/openapi.json')).json()
    by_page = {
        name for name, schema in described['components']['schemas'].items() if 'older' in schema.get('properties', ())
    }
    assert by_page == {'CasesOut', 'EntriesOut', 'ThreadOut', 'FeedOut', 'SearchOut'}
    words = ' '.join(DOCS.split())
    assert 'The log, threads, the feed, cases and what a search finds are read page by page' in words
    limit = next(one for one in described['paths']['/api/v1/obstacles']['get']['parameters'] if one['name'] == 'limit')
    assert f'40 unless `limit` asks for up to {limit["schema"]["maximum"]}' in words
    assert limit['schema']['default'] == 40


@pytest.mark.parametrize('what', ['/api/v1/entries', '/api/v1/feed', '/api/v1/obstacles/{entry_id}/share'])
async def test_what_is_declined_is_described_as_it_comes(reader: httpx.AsyncClient, what: str) -> None:
    described = (await reader.get('/openapi.json')).json()
    assert 'HTTPValidationError' not in described['components']['schemas']
    for operation in described['paths'][what].values():
        for status, answer in operation['responses'].items():
            if int(status) >= 400:
                schema = answer['content']['application/problem+json']['schema']
                assert schema == {'$ref': '#/components/schemas/ProblemDetail'}, (what, status)


async def _run(command: str, folder: Path, **variables: str) -> dict[str, object]:
    """Return what a curl command would print. Not every machine has curl, and the document uses few of its options."""
    for name, value in variables.items():
        command = command.replace(f'${name}', value)
    options, (address,) = getopt.gnu_getopt(
        shlex.split(command.replace('\\\n', ' '))[1:], 'sSX:H:', ['data=', 'data-binary=']
    )
    asked = dict(options)
    headers = dict(value.split(': ', 1) for name, value in options if name == '-H')
    body = asked.get('--data', '').encode()
    if file := asked.get('--data-binary'):
        body = (folder / file.removeprefix('@')).read_bytes()
    async with httpx.AsyncClient() as client:
        answer = await client.request(
            asked.get('-X', 'POST' if body else 'GET'), address, content=body or None, headers=headers
        )
    said: dict[str, object] = answer.json()
    return said
