"""Test the screen of the search, and the way to it from other screens."""

from __future__ import annotations

from typing import Any

import pytest
from nicegui import ui
from nicegui.testing import User

from app.domain.entry_content import Content, EntryKind
from components.search.search_box import SearchBox
from components.ui.text import Text
from tests.cast import Cast
from tests.staff_screens import SignIn

ENTRY = 'an-entry-to-be-found'


async def props(user: User, address: str) -> dict[str, Any]:
    """Return what the server sends to the element of the search."""
    await user.open(address)
    [box] = user.find(kind=SearchBox).elements
    return box.props


async def test_the_address_says_what_is_found(cast: Cast, sign_in: SignIn) -> None:
    await cast.services.entries.log(cast.fia, ENTRY, Content(kind=EntryKind.LESSON, text='Glaset <i>är</i> fullt'))
    await cast.services.search.settled()
    async with sign_in(cast.fia) as user:
        shown = await props(user, f'/search?q=glas&kind=entry&site={cast.kransmossen.id}&since=2026-01-01&until=then')
        assert shown['start'] == {
            'q': 'glas', 'kind': 'entry', 'team': '', 'site': 'kransmossen', 'since': '2026-01-01', 'until': '',
        }  # fmt: skip
        assert shown['page']['hits'] == [], 'it is of no place'
        shown = await props(user, '/search?q=glas&kind=nonsense&team=nobody')
        assert (shown['start']['kind'], shown['start']['team']) == ('', '')
        thing, entry = shown['page']['hits']
        assert [piece['text'] for piece in entry['excerpt']] == ['Glaset', ' <i>är</i> fullt']
        assert thing['url'] == f'/q/{cast.glass.code}'


async def test_a_query_without_an_answer_says_why(cast: Cast, sign_in: SignIn) -> None:
    async with sign_in(cast.fia) as user:
        assert (await props(user, '/search'))['page'] is None
        shown = await props(user, '/search?q=a+b+c+d+e+f+g+h+i+j+k+l+m')
        assert (shown['page'], shown['refused']) == (None, 'Sök med högst 12 ord.')
        assert len((await props(user, f'/search?q={"å" * 999}'))['start']['q']) == 200


@pytest.mark.parametrize(('address', 'fields'), [('/log', 1), ('/search', 0)])
async def test_every_other_screen_leads_to_the_search(cast: Cast, sign_in: SignIn, address: str, fields: int) -> None:
    async with sign_in(cast.fia) as user:
        await user.open(address)
        ways = [html for html in user.find(kind=ui.html).elements if 'action="/search"' in html.content]
        assert len(ways) == fields


async def test_roots_partners_and_places_lead_to_a_search(cast: Cast, sign_in: SignIn) -> None:
    content = Content(
        kind=EntryKind.LESSON, text='Så var det', roots=('leadership',), site_id=cast.kransmossen.id,
        partners=('Röda Korset', 'Maja 811218-9876'),
    )  # fmt: skip
    await cast.services.entries.log(cast.fia, ENTRY, content)
    async with sign_in(cast.fia) as user:
        await user.open(f'/entries/{ENTRY}')
        links = [link.props.get('href', '') for link in user.find(kind=Text).elements]
    assert {link for link in links if link.startswith('/search?')} == {
        '/search?q=R%C3%B6da+Korset', '/search?q=Kransmossen', '/search?q=Ledarskap',
    }  # fmt: skip
