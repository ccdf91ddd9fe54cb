"""Test that every list of names is in the order of its reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import normalize

import pytest

from app.domain.people import Role
from app.domain.sites import AssetDraft, SiteDraft, SiteKind
from app.services.container import Services
from app.services.people import PersonDraft

NAMES = ['Östen 10', 'Zara', 'Åsa', 'östen 2', 'Adam', normalize('NFD', 'Ärla')]
ORDER = {
    'sv': ['Adam', 'Zara', 'Åsa', normalize('NFD', 'Ärla'), 'östen 2', 'Östen 10'],
    'en': ['Adam', normalize('NFD', 'Ärla'), 'Åsa', 'östen 2', 'Östen 10', 'Zara'],
}


def composed(names: Sequence[str]) -> list[str]:
    return [normalize('NFC', name) for name in names]


@pytest.mark.parametrize('language', ORDER)
async def test_names_are_listed_in_the_order_of_the_language(services: Services, language: str) -> None:
    alva = await services.people.add(None, PersonDraft('Alva', Role.ADMIN))
    alva = await services.people.prefer(alva, 'sv' if language == 'sv' else 'en', 'auto')
    for name in NAMES:
        await services.people.add(alva, PersonDraft(name, Role.FIELD))
        await services.people.add_team(alva, name, f'{name} AB')
        await services.sites.add(alva, SiteDraft(name, SiteKind.PLAYGROUND, None, None))
    (site, *_) = await services.sites.all()
    for name in NAMES:
        await services.sites.add_asset(alva, site.id, AssetDraft(name, 'swing', None, None))
    lists = [
        [person.name for person in await services.people.all(language) if person.id != alva.id],
        [team.name for team in await services.people.teams(language)],
        [name.removesuffix(' AB') for name in await services.obstacle_diary.organisations(language)],
        [site.name for site in await services.sites.all(language)],
        [asset.name for asset in await services.sites.assets(site.id, language)],
        [status.site.name for status in await services.public_status.sites(language)],
        list(await services.notifications.mentionable_names(alva))[: len(NAMES)],
        list(await services.notifications.mentionable_names(alva))[len(NAMES) :],
    ]
    assert [composed(names) for names in lists] == [composed(ORDER[language])] * len(lists)


async def test_who_no_longer_works_here_comes_last(services: Services) -> None:
    alva = await services.people.add(None, PersonDraft('Alva', Role.ADMIN))
    for name in ('Östen', 'Adam'):
        person = await services.people.add(alva, PersonDraft(name, Role.FIELD))
        await services.people.change(alva, person.id, PersonDraft(name, Role.FIELD, active=False))
    await services.people.add(alva, PersonDraft('Åsa', Role.FIELD))
    assert [person.name for person in await services.people.all()] == ['Alva', 'Åsa', 'Adam', 'Östen']
