"""Test the feeds that Rut follows a site with. The parsers here are those of other projects."""

from __future__ import annotations

import json
import re
from datetime import datetime
from gettext import NullTranslations
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import feedparser
import httpx
import jsonschema
import pytest

from app.domain.sites import AssetDraft, SiteDraft, SiteKind
from app.i18n import LANGUAGES, Translator, translator
from app.services.followed_events import FOLLOWED
from app.wording.public import PUBLIC
from pages.files.feeds_and_badge import _item
from tests.cast import BASE, Cast, send_report
from tests.public_pages import words
from tests.web.conftest import is_open_to_all, report

SITE, THING = '/s/kransmossen', '/q/{code}'
ENDINGS = ('.atom', '.feed.json')

SCHEMA = json.loads((Path(__file__).parent / 'json_feed.schema.json').read_text(encoding='utf-8'))
FORMATS = jsonschema.FormatChecker(formats=())


@FORMATS.checks('date-time', raises=ValueError)
def is_moment(value: object) -> bool:
    """Return True if the text is a date and time of RFC 3339."""
    assert isinstance(value, str)
    datetime.fromisoformat(value)
    return bool(re.fullmatch(r'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)', value))


@FORMATS.checks('uri', raises=ValueError)
def is_address(value: object) -> bool:
    """Return True if the text is an absolute address."""
    assert isinstance(value, str)
    parts = urlsplit(value)
    return bool(parts.scheme and parts.netloc) and value.isascii() and ' ' not in value


VALID = jsonschema.Draft202012Validator(SCHEMA, format_checker=FORMATS)


async def parsed(reader: httpx.AsyncClient, path: str) -> Any:
    """Parse an Atom feed with feedparser."""
    answer = await reader.get(path)
    assert answer.status_code == 200
    assert answer.headers['content-type'] == 'application/atom+xml'
    found = feedparser.parse(answer.content, response_headers=dict(answer.headers))
    assert found.bozo is False, found.get('bozo_exception')
    assert found.version == 'atom10'
    return found


async def checked(reader: httpx.AsyncClient, path: str) -> dict[str, Any]:
    """Return a JSON Feed after checking its format."""
    answer = await reader.get(path)
    assert answer.headers['content-type'] == 'application/feed+json'
    feed: dict[str, Any] = answer.json()
    VALID.validate(feed)
    return feed


async def test_rut_reads_what_happened_at_her_recycling_station(cast: Cast, reader: httpx.AsyncClient) -> None:
    case = await report(cast)
    cast.clock.pass_(minutes=20)
    await cast.services.cases.acknowledge(cast.fia, case)
    cast.clock.pass_(minutes=20)
    await cast.services.cases.resolve(cast.fia, case)
    found = await parsed(reader, f'{SITE}.atom')
    assert [item.title for item in found.entries] == [
        'Tömt: Färgat glas', 'Insamlingen tar hand om: Färgat glas – fullt', 'Anmält: Färgat glas – fullt',
    ]  # fmt: skip
    assert found.feed.title == 'Kransmossen – Borås'
    assert found.feed.author == 'Borås'
    assert found.feed.language == 'sv'
    assert found.feed.updated == '2026-05-04T12:40:00+00:00'
    newest = found.entries[0]
    assert newest.link == f'{BASE}/c/2026-1'
    assert newest.summary == 'Kransmossen · Ärende 2026-1'
    assert newest.published == newest.updated == found.feed.updated
    assert [tag.term for tag in newest.tags] == ['case.resolved', 'full']
    assert len({item.id for item in found.entries}) == 3
    assert all(item.id.startswith('urn:uuid:') for item in found.entries)


async def test_a_feed_says_where_it_is_and_where_its_page_and_its_mark_are(
    cast: Cast, reader: httpx.AsyncClient
) -> None:
    feed = (await parsed(reader, f'{SITE}.atom')).feed
    links = {(link.rel, link.type): link.href for link in feed.links}
    assert links == {
        ('self', 'application/atom+xml'): f'{BASE}{SITE}.atom',
        ('alternate', 'text/html'): f'{BASE}{SITE}',
        ('alternate', 'application/feed+json'): f'{BASE}{SITE}.feed.json',
    }
    for address in (*links.values(), feed.icon):
        assert (await reader.get(address)).status_code == 200
    assert feed.updated == '2026-05-04T12:00:00+00:00'  # nothing has happened yet, so this is when the site was added


async def test_the_json_feed_says_the_same_and_keeps_to_its_format(cast: Cast, reader: httpx.AsyncClient) -> None:
    await cast.services.cases.resolve(cast.fia, await report(cast))
    atom, feed = await parsed(reader, f'{SITE}.atom'), await checked(reader, f'{SITE}.feed.json')
    items = [(item['id'], item['title'], item['content_text'], item['url']) for item in feed['items']]
    assert items == [(item.id, item.title, item.summary, item.link) for item in atom.entries]
    assert feed['title'] == atom.feed.title
    assert feed['feed_url'] == f'{BASE}{SITE}.feed.json'
    assert feed['authors'] == [{'name': 'Borås', 'url': f'{BASE}/'}]
    assert feed['items'][0]['_haren'] == {'case': '2026-1', 'event': 'case.resolved', 'problem': 'full'}


@pytest.mark.parametrize(
    'spoilt',
    [
        {'version': 'https://jsonfeed.org/version/9'},
        {'title': None},
        {'items': [{'content_text': 'no id'}]},
        {'items': [{'id': '1'}]},
        {'items': [{'id': '1', 'content_text': '', 'date_published': '2026-05-04 12:00'}]},
        {'items': [{'id': '1', 'content_text': '', 'url': '/q/K7M2QX'}]},
        {'items': [{'id': '1', 'content_text': '', 'case': '2026-1'}]},
        {'items': [{'id': '1', 'content_text': '', 'attachments': [{'url': f'{BASE}/a'}]}]},
        {'authors': [{}]},
        {'mood': 'good'},
    ],
)
def test_the_schema_finds_what_is_wrong(spoilt: dict[str, Any]) -> None:
    feed = {'version': 'https://jsonfeed.org/version/1.1', 'title': 'Kransmossen', 'items': []}
    VALID.validate(feed)
    with pytest.raises(jsonschema.ValidationError):
        VALID.validate(feed | spoilt)


async def test_a_thing_has_a_feed_of_its_own(cast: Cast, reader: httpx.AsyncClient) -> None:
    await report(cast)
    await send_report(cast.services, cast.paper.code, 'full', 'a-phone-minted-this-paper')
    found = await parsed(reader, f'/q/{cast.glass.code}.atom')
    assert [item.title for item in found.entries] == ['Anmält: Färgat glas – fullt']
    assert found.feed.title == 'Färgat glas, Kransmossen – Borås'
    both = await parsed(reader, f'{SITE}.atom')
    assert found.entries[0].id in {item.id for item in both.entries}
    assert found.feed.id != both.feed.id
    await checked(reader, f'/q/{cast.glass.code}.feed.json')


@pytest.mark.parametrize('ending', ENDINGS)
async def test_any_spelling_and_an_old_sticker_lead_to_the_same_feed(
    cast: Cast, reader: httpx.AsyncClient, ending: str
) -> None:
    await report(cast)
    old = cast.glass.code
    await cast.services.sites.replace_sticker(cast.alva, cast.glass.id)
    new = (await cast.services.sites.asset(cast.glass.id)).code
    answers = [await reader.get(f'/q/{code}{ending}') for code in (old, old.lower(), f'{old[:3]}-{old[3:]}', new)]
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    assert f'{BASE}/q/{new}{ending}'.encode() in answers[0].content
    place = await reader.get(f'/q/{cast.kransmossen.code}{ending}')
    assert place.content == (await reader.get(f'{SITE}{ending}')).content


@pytest.mark.parametrize('path', ['/s/atlantis', '/q/QQQQQQ', '/q/000000', '/q/<script>', '/s/kransmossen.rss'])
@pytest.mark.parametrize('ending', ENDINGS)
async def test_nothing_is_there_to_follow(reader: httpx.AsyncClient, cast: Cast, path: str, ending: str) -> None:
    answer = await reader.get(f'{path}{ending}')
    assert answer.status_code == 404
    assert answer.headers['content-type'] == 'application/problem+json'
    assert answer.headers['vary'] == 'Accept-Language'
    assert is_open_to_all(answer)


@pytest.mark.parametrize('ending', ENDINGS)
async def test_fifty_reports_in_ten_minutes_are_one_item_and_change_nothing(
    cast: Cast, reader: httpx.AsyncClient, ending: str
) -> None:
    case = await report(cast)
    first = {path: await reader.get(path) for path in (f'{SITE}{ending}', f'/q/{cast.glass.code}{ending}')}
    for number in range(2, 51):
        cast.clock.pass_(seconds=12)
        await report(cast, number)
    await cast.services.cases.add_note('a-phone-minted-this-full-1', 'Och det luktar')
    assert (await cast.services.cases.get(case)).reports == 50
    for path, answer in first.items():
        assert (await reader.get(path)).content == answer.content
        again = await reader.get(path, headers={'if-none-match': answer.headers['etag']})
        assert (again.status_code, again.content) == (304, b'')
    await cast.services.cases.resolve(cast.fia, case)
    for path, answer in first.items():
        if ending == '.atom':
            before, after = feedparser.parse(answer.content).entries, (await parsed(reader, path)).entries
        else:
            before, after = answer.json()['items'], (await checked(reader, path))['items']
        assert (len(before), len(after)) == (1, 2)
        assert after[1] == before[0]


async def test_neighbours_who_find_it_fine_end_it_for_followers_too(cast: Cast, reader: httpx.AsyncClient) -> None:
    case = await report(cast)
    for number in (2, 3):
        await send_report(cast.services, cast.glass.code, 'full', f'a-phone-minted-this-fine-{number}', fine=True)
    assert not (await cast.services.cases.get(case)).is_open
    titles = [item.title for item in (await parsed(reader, f'{SITE}.atom')).entries]
    assert len(titles) == 2
    assert titles[1] == 'Anmält: Färgat glas – fullt'


def test_followers_are_told_what_has_public_words() -> None:
    assert set(PUBLIC) == FOLLOWED


async def test_a_feed_holds_thirty_items_though_a_hundred_reports_came_between(
    cast: Cast, reader: httpx.AsyncClient
) -> None:
    for round in range(20):
        for number in range(10):
            case = await report(cast, round * 10 + number)
            cast.clock.pass_(minutes=1)
        await cast.services.cases.resolve(cast.fia, case)
        cast.clock.pass_(days=1)
    found = await parsed(reader, f'{SITE}.atom')
    assert len(found.entries) == 30
    assert [item.title for item in found.entries[:2]] == ['Tömt: Färgat glas', 'Anmält: Färgat glas – fullt']
    assert len((await parsed(reader, f'/q/{cast.glass.code}.atom')).entries) == 30


HOSTILE = (
    '<script>alert(1)</script>', 'A & B &amp; C', ']]><x a="', "'\"", '🐇 Harplatsen 🏳️‍🌈', 'بحيرة \u202eمقلوب',
    'nul\x00bell\x07escape\x1b', 'half \ufffe\uffff', '{count} %s {{ 7 * 7 }}', 'ﷺ\u200b\u2028',
)  # fmt: skip


@pytest.mark.parametrize('name', HOSTILE, ids=ascii)
async def test_whatever_somebody_calls_a_place_the_feeds_stay_whole(
    cast: Cast, reader: httpx.AsyncClient, name: str
) -> None:
    store = cast.services.context.store
    for thing in (
        await cast.services.sites.get('kransmossen'),
        await cast.services.sites.asset(cast.glass.id),
        cast.collectors.model_copy(update={'revision': 1}),
        await cast.services.municipality.get(),
    ):
        await store.save(thing.model_copy(update={'name': name}))  # unchanged, although a form would have corrected it
    await cast.services.cases.acknowledge(cast.fia, await report(cast))
    readable = re.sub('[\x00\x07\x1b\ufffe\uffff]', '', name)
    for path in (f'{SITE}.atom', f'/q/{cast.glass.code}.atom'):
        answer = await reader.get(path)
        assert '<script' not in answer.text
        found = await parsed(reader, path)
        assert found.feed.title_detail.type == 'text/plain'
        assert readable.split()[0] in found.feed.title
        assert readable.split()[-1] in found.entries[0].title
    feed = await checked(reader, f'{SITE}.feed.json')
    assert feed['title'] == f'{name} – {name}'


async def test_a_feed_speaks_the_language_of_its_address_and_no_other(cast: Cast, reader: httpx.AsyncClient) -> None:
    await report(cast)
    swedish = await reader.get(f'{SITE}.atom', headers={'accept-language': 'en'})
    assert swedish.content == (await reader.get(f'{SITE}.atom?lang=xx')).content
    for language in LANGUAGES:
        answer = await reader.get(f'{SITE}.atom?lang={language}')
        assert answer.headers['content-language'] == language
        found = await parsed(reader, f'{SITE}.atom?lang={language}')
        thing = found.entries[0].title
        assert thing == translator(language)('Reported: {thing}', thing=thing.partition(': ')[2])
        ending = '' if language == 'sv' else f'?lang={language}'
        assert {link.href for link in found.feed.links} == {
            f'{BASE}{SITE}.atom{ending}', f'{BASE}{SITE}{ending}', f'{BASE}{SITE}.feed.json{ending}',
        }  # fmt: skip
        assert found.entries[0].link.endswith(ending)
        assert (await checked(reader, f'{SITE}.feed.json?lang={language}'))['language'] == language
    assert (await reader.get(f'{SITE}.atom?lang=en')).content != swedish.content


async def test_pages_lead_to_their_feeds_with_one_link_and_without_their_names(
    cast: Cast, reader: httpx.AsyncClient
) -> None:
    await report(cast)
    thing = f'/q/{cast.glass.code}'
    developers = f'{SITE}/developers'
    for page, leads_to in (('/', '/developers'), (SITE, developers), (thing, developers)):
        for language, ending in (('sv', ''), ('en', '?lang=en')):
            html = (await reader.get(f'{page}{ending}', headers={'accept-language': language})).text
            assert re.findall(r'<a href="([^"]+?)">(?:För utvecklare|For developers)', html) == [f'{leads_to}{ending}']
            assert not re.search('Atom|RSS|JSON|feed', words(html), re.IGNORECASE), page
            for media_type, address in re.findall(r'<link rel="alternate" type="([^"]+)" href="([^"]+)">', html):
                assert (await reader.get(address)).headers['content-type'] == media_type


async def test_the_page_for_developers_names_all_that_programs_can_read(cast: Cast, reader: httpx.AsyncClient) -> None:
    found = [
        address
        for page in ('/developers', f'{SITE}/developers')
        for address in re.findall(r'<(?:a|img)[^>]* (?:href|src)="(/[^"]+)"', (await reader.get(page)).text)
        if re.search(r'\.(json|geojson|atom|svg)', address)
    ]
    assert {address.partition('?')[0] for address in found} == {
        '/sites.json', '/sites.geojson', '/openapi.json', f'{SITE}.json', f'{SITE}.atom', f'{SITE}.feed.json',
        f'{SITE}/badge.svg',
        *(f'/q/{asset.code}{ending}' for asset in (cast.glass, cast.paper) for ending in ENDINGS),
    }  # fmt: skip
    assert [(await reader.get(address)).status_code for address in found if 'openapi' not in address] == [200] * (
        len(found) - 1
    )


async def test_the_feeds_name_nobody_and_tell_no_note(cast: Cast, reader: httpx.AsyncClient) -> None:
    case = await report(cast)
    await cast.services.cases.acknowledge(cast.fia, case)
    await cast.services.cases.resolve(cast.leo, case)
    for path in (f'{SITE}.atom', f'{SITE}.feed.json', f'/q/{cast.glass.code}.atom', f'/q/{cast.glass.code}.feed.json'):
        text = (await reader.get(path)).text
        assert not re.search('Sagt|Fia|Leo|Alva|a-phone', text)


async def test_what_was_taken_away_keeps_its_feed(cast: Cast, reader: httpx.AsyncClient) -> None:
    await report(cast)
    await cast.services.sites.retire_asset(cast.alva, cast.glass.id)
    found = await parsed(reader, f'/q/{cast.glass.code}.atom')
    assert found.entries[0].title.startswith('Avslutat, ')
    assert (await reader.get(found.entries[0].link)).status_code == 200


@pytest.mark.parametrize('path', [SITE, THING])
@pytest.mark.parametrize('ending', ENDINGS)
async def test_readers_ask_again_and_get_the_feed_only_when_it_has_changed(
    cast: Cast, reader: httpx.AsyncClient, path: str, ending: str
) -> None:
    address = path.format(code=cast.glass.code) + ending
    first = await reader.get(address)
    tag = first.headers['etag']
    assert is_open_to_all(first)
    for known in (tag, f'W/{tag}', f'"another", W/{tag}, "a, b"', '*'):
        same = await reader.get(address, headers={'if-none-match': known})
        assert (same.status_code, same.content) == (304, b''), known
        assert same.headers['etag'] == tag
        assert same.headers['cache-control'] == first.headers['cache-control']
        assert is_open_to_all(same)
        assert 'content-type' not in same.headers
    for unknown in ('', '"another"', tag.strip('"'), '"'):
        assert (await reader.get(address, headers={'if-none-match': unknown})).status_code == 200
    await report(cast)
    changed = await reader.get(address, headers={'if-none-match': tag})
    assert changed.status_code == 200
    assert changed.headers['etag'] != tag


async def test_a_new_name_shows_at_once(cast: Cast, reader: httpx.AsyncClient) -> None:
    await cast.services.cases.acknowledge(cast.fia, await report(cast))
    await parsed(reader, f'{SITE}.atom')
    await cast.services.people.rename_team(cast.alva, cast.collectors.id, 'Ren stad', 'EM')
    await cast.services.sites.change(cast.alva, 'kransmossen', SiteDraft('Mossen', SiteKind.OTHER))
    await cast.services.sites.change_asset(cast.alva, cast.glass.id, AssetDraft('Glas', 'container_coloured_glass'))
    await cast.services.municipality.change(cast.alva, 'Nyborg', '', '')
    found = await parsed(reader, f'{SITE}.atom')
    assert found.entries[0].title == 'Ren stad tar hand om: Glas – fullt'
    assert found.feed.title == 'Mossen – Nyborg'


async def test_a_thousand_polls_render_once(
    cast: Cast, reader: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    followed = cast.services.feed.for_followers
    made: list[str] = []

    async def count(site_id: str, asset_id: str | None) -> object:
        made.append(site_id)
        return await followed(site_id, asset_id)

    monkeypatch.setattr(cast.services.feed, 'for_followers', count)
    for number in range(1_000):
        ending = ENDINGS[number % 2]
        assert (await reader.get(f'{SITE}{ending}?utm={number}')).status_code == 200
        assert (await reader.get(f'/s/atlantis-{number}{ending}')).status_code == 404
    assert made == ['kransmossen'] * 2


@pytest.mark.parametrize('ending', ENDINGS)
async def test_head_says_what_get_would(cast: Cast, reader: httpx.AsyncClient, ending: str) -> None:
    shown, head = await reader.get(f'{SITE}{ending}'), await reader.head(f'{SITE}{ending}')
    assert head.content == b''
    assert head.headers == shown.headers


@pytest.mark.parametrize(('language', 'number'), [('en', '2026-1'), ('ar', '\u20662026-1\u2069')])
async def test_a_number_stays_in_one_piece_between_words_from_right_to_left(
    cast: Cast, language: str, number: str
) -> None:
    await report(cast)
    (story,) = await cast.services.feed.for_followers('kransmossen')
    item = _item(story, BASE, cast.kransmossen, Translator(language, NullTranslations()))
    assert item.text == f'Kransmossen · Case {number}'
    assert item.case == '2026-1'
