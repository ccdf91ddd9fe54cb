"""Test the open data: a map of all sites, and a neighbourhood's page that shows the status of one."""

from __future__ import annotations

import re
from typing import Any

import httpx
import pytest
from geojson_pydantic import Feature, FeatureCollection, Point
from pydantic import BaseModel

from app.domain.sites import AssetDraft, Position, SiteDraft, SiteKind
from app.i18n import LANGUAGES
from app.web.open_data.cors_and_etags import DECLINED, KNOWN
from app.web.open_data.routes import _filled
from app.web.open_data.site_schema import SiteOut, SitesOut, SiteState
from tests.cast import BASE, Cast, send_report
from tests.web.conftest import is_open_to_all, report

ADDRESSES = ('/sites.json', '/sites.geojson', '/s/kransmossen.json')
MAP = FeatureCollection[Feature[Point, SiteState]]


async def on_the_map(reader: httpx.AsyncClient, path: str = '/sites.geojson') -> dict[str, Any]:
    """Return the features by id, parsed with the GeoJSON model of another project."""
    answer = await reader.get(path)
    assert answer.headers['content-type'] == 'application/geo+json'
    read = MAP.model_validate_json(answer.content, strict=True)
    assert read.model_dump(mode='json', exclude_none=False)['type'] == 'FeatureCollection'
    return {str(feature.id): feature for feature in read.features}


async def in_the_list(reader: httpx.AsyncClient, path: str = '/sites.json') -> dict[str, Any]:
    """Return the sites by id."""
    answer = await reader.get(path)
    SitesOut.model_validate_json(answer.content, strict=True)
    return {site['id']: site for site in answer.json()['sites']}


async def test_a_map_shows_every_place_that_is_somewhere(cast: Cast, reader: httpx.AsyncClient) -> None:
    await cast.services.sites.add(cast.alva, SiteDraft('Annelund', SiteKind.PLAYGROUND))
    kiruna = Position(latitude=67.8558, longitude=-0.0)
    await cast.services.sites.add(cast.alva, SiteDraft('Kiruna', SiteKind.OTHER, kiruna))
    shown = await on_the_map(reader)
    assert list(shown) == ['kiruna', 'kransmossen']
    assert tuple(shown['kransmossen'].geometry.coordinates) == (12.9634, 57.7046)  # longitude first
    assert shown['kransmossen'].properties.url == f'{BASE}/s/kransmossen'
    listed = await in_the_list(reader)
    assert list(listed) == ['annelund', 'kiruna', 'kransmossen']
    assert listed['annelund']['position'] is None
    assert listed['kransmossen']['position'] == {'latitude': 57.7046, 'longitude': 12.9634}


async def test_the_languages_are_listed_and_an_unknown_one_is_no_mistake(cast: Cast, reader: httpx.AsyncClient) -> None:
    described = (await reader.get('/openapi.json')).json()['paths']['/sites.json']['get']['parameters']
    assert [(field['name'], field['schema']['examples']) for field in described] == [('lang', list(LANGUAGES))]
    answer = await reader.get('/sites.json?lang=xx')
    assert (answer.status_code, answer.headers['content-language']) == (200, 'sv')


def test_a_list_is_filled_wherever_its_field_stands() -> None:
    class Later(BaseModel):
        """A later version of a document, with new fields around its list."""

        before: str
        sites: list[dict[str, int]] = []
        after: int | None = None

    document = _filled(Later(before='"Å"'), 'sites', ('{"a":1}', '{"a":2}'))
    assert Later.model_validate_json(document, strict=True) == Later(before='"Å"', sites=[{'a': 1}, {'a': 2}])
    assert _filled(Later(before=''), 'sites', ()) == '{"before":"","sites":[],"after":null}'


async def test_nothing_is_there_yet(services: object, reader: httpx.AsyncClient) -> None:
    assert await on_the_map(reader) == {}
    assert (await reader.get('/sites.json')).json() == {'municipality': 'Haren', 'sites': []}


async def test_a_place_says_what_is_worst_and_since_when(cast: Cast, reader: httpx.AsyncClient) -> None:
    well = (await in_the_list(reader))['kransmossen']
    assert (well['tone'], well['words'], well['assets']) == ('fine', 'Allt är bra här.', 2)
    assert (well['worst'], well['open_cases'], well['since'], well['reports']) == (None, [], None, 0)
    await send_report(cast.services, cast.paper.code, 'full', 'a-phone-minted-this-paper')
    cast.clock.pass_(minutes=30)
    await report(cast, 1, 'dangerous')
    cast.clock.pass_(minutes=10)
    case = await report(cast, 2, 'dangerous')
    await cast.services.cases.acknowledge(cast.fia, case)
    site = (await in_the_list(reader, '/sites.json?lang=en'))['kransmossen']
    assert (site['tone'], site['words']) == ('urgent', '2 of 2 have something reported.')
    assert (site['assets_in_need'], site['reports']) == (2, 3)
    assert site['since'] == '2026-05-04T12:00:00+00:00'
    assert site['last_reported'] == '2026-05-04T12:40:00+00:00'
    assert site['worst'] == {
        'case': '2026-2', 'problem': 'dangerous', 'words': 'Dangerous', 'tone': 'urgent', 'state': 'acknowledged',
        'reports': 2, 'since': '2026-05-04T12:30:00+00:00', 'last_reported': '2026-05-04T12:40:00+00:00',
        'promised_for': None, 'waits_for': None,
        'asset': 'Färgat glas', 'url': f'{BASE}/q/{cast.glass.code}',
    }  # fmt: skip
    assert [case['case'] for case in site['open_cases']] == ['2026-2', '2026-1']
    (feature,) = (await on_the_map(reader, '/sites.geojson?lang=en')).values()
    assert feature.properties.model_dump(mode='json') == {
        name: value for name, value in site.items() if name not in ('id', 'position')
    }


async def test_one_place_tells_of_everything_there(cast: Cast, reader: httpx.AsyncClient) -> None:
    await report(cast)
    answer = await reader.get('/s/kransmossen.json')
    SiteOut.model_validate_json(answer.content, strict=True)
    glass, paper = answer.json()['assets']
    assert (glass['name'], glass['open_cases'][0]['words'], paper['open_cases']) == ('Färgat glas', 'Fullt', [])


@pytest.mark.parametrize('path', ADDRESSES)
async def test_open_data_names_nobody_and_tells_no_note(cast: Cast, reader: httpx.AsyncClient, path: str) -> None:
    await cast.services.cases.acknowledge(cast.fia, await report(cast))
    assert not re.search('Sagt|Fia|Leo|Alva|a-phone', (await reader.get(path)).text)


@pytest.mark.parametrize('path', ADDRESSES)
async def test_a_map_asks_again_and_is_told_only_what_changed(cast: Cast, reader: httpx.AsyncClient, path: str) -> None:
    first = await reader.get(path)
    assert first.headers['cache-control'] == 'public, max-age=30, stale-while-revalidate=30'
    assert is_open_to_all(first)
    same = await reader.get(path, headers={'if-none-match': f'"x", {first.headers["etag"]}'})
    assert (same.status_code, same.content, same.headers['etag']) == (304, b'', first.headers['etag'])
    assert is_open_to_all(same)
    case = await report(cast)
    reported = await reader.get(path, headers={'if-none-match': first.headers['etag']})
    assert reported.status_code == 200
    await cast.services.cases.acknowledge(cast.fia, case)
    seen = await reader.get(path, headers={'if-none-match': reported.headers['etag']})
    assert '"state":"acknowledged"' in seen.text
    await cast.services.cases.resolve(cast.fia, case)
    assert '"open_cases":[]' in (await reader.get(path)).text


@pytest.mark.parametrize('path', [*ADDRESSES, '/s/kransmossen.atom', '/s/kransmossen/badge.svg', '/q/QQQQQQ.feed.json'])
async def test_a_page_of_another_website_may_ask_with_a_tag(reader: httpx.AsyncClient, path: str) -> None:
    asked = {'origin': 'https://boras.example', 'access-control-request-method': 'GET',
             'access-control-request-headers': 'if-none-match'}  # fmt: skip
    answer = await reader.options(path, headers=asked)
    assert (answer.status_code, answer.content) == (204, b'')
    assert answer.headers['access-control-allow-origin'] == '*'
    assert 'GET' in answer.headers['access-control-allow-methods']
    assert answer.headers['access-control-allow-headers'] == '*'


async def test_nothing_that_changes_something_opens_itself_to_other_websites(reader: httpx.AsyncClient) -> None:
    for path in ('/', '/s/kransmossen', '/api/v1/reports', '/healthz', '/in'):
        for method in ('OPTIONS', 'GET'):
            answer = await reader.request(method, path, headers={'origin': 'https://evil.example'})
            assert 'access-control-allow-origin' not in answer.headers, path


@pytest.mark.parametrize('path', ADDRESSES)
async def test_head_says_what_get_would_and_nothing_can_be_sent(
    cast: Cast, reader: httpx.AsyncClient, path: str
) -> None:
    shown, head = await reader.get(path), await reader.head(path)
    assert (head.content, head.headers) == (b'', shown.headers)
    sent = await reader.post(path, json={})
    assert sent.status_code == 405
    assert sent.headers['content-type'] == 'application/problem+json'


async def test_a_place_that_is_not_there(reader: httpx.AsyncClient) -> None:
    answer = await reader.get('/s/atlantis.json', headers={'accept-language': 'en'})
    assert (answer.status_code, answer.json()['detail']) == (404, 'That place doesn’t exist.')
    assert is_open_to_all(answer)


async def test_a_thousand_requests_build_once_and_a_change_rebuilds_one_place(
    cast: Cast, reader: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    annelund = await cast.services.sites.add(cast.alva, SiteDraft('Annelund', SiteKind.PLAYGROUND))
    await cast.services.sites.add_asset(cast.alva, annelund.id, AssetDraft('Gungan', 'swing'))
    status, made = cast.services.public_status.site, list[str]()

    async def count(site_id: str) -> object:
        made.append(site_id)
        return await status(site_id)

    monkeypatch.setattr(cast.services.public_status, 'site', count)
    for number in range(1_000):
        await reader.get(f'/sites.json?now={number}')
    assert made == ['annelund', 'kransmossen']
    made.clear()
    await report(cast)
    await reader.get('/sites.json')
    await reader.get('/sites.json')
    assert made == ['kransmossen']


async def test_open_data_is_described(reader: httpx.AsyncClient) -> None:
    paths = (await reader.get('/openapi.json')).json()['paths']
    for path in ('/sites.json', '/sites.geojson', '/s/{site_id}.json', '/s/{site_id}.atom', '/q/{code}.feed.json'):
        assert set(paths[path]) == {'get'}
        answers = KNOWN if path.startswith('/sites') else DECLINED
        assert {str(status) for status in answers} == set(paths[path]['get']['responses'])
        assert 'lang' in {parameter['name'] for parameter in paths[path]['get']['parameters']}
