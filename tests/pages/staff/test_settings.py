"""Test the settings: Alva describes the municipality."""

from __future__ import annotations

import pytest

from app.domain.errors import Invalid
from app.domain.municipality import LONGEST_ADDRESS, LONGEST_CONTACT, LegalPages
from app.domain.people import Role
from app.services.container import Services
from tests.cast import Cast
from tests.staff_screens import SignIn, fill_in, handled, hint, hire, press


async def test_alva_names_the_municipality_and_whom_to_call(services: Services, sign_in: SignIn) -> None:
    alva = await hire(services, 'Alva', Role.ADMIN)
    async with sign_in(alva) as user:
        await user.open('/settings')
        fill_in(user, 'Name of the municipality', 'Borås')
        fill_in(user, 'in Swedish', 'Ring 033-00 00 00.')
        fill_in(user, 'in English', 'Call 033-00 00 00.')
        press(user, 'Save')
        await user.should_see('Saved')
    described = await services.municipality.get()
    assert (described.name, described.contact_sv, described.contact_en) == (
        'Borås',
        'Ring 033-00 00 00.',
        'Call 033-00 00 00.',
    )


async def test_a_sentence_that_is_too_long_stays_to_be_shortened(services: Services, sign_in: SignIn) -> None:
    alva = await hire(services, 'Alva', Role.ADMIN)
    async with sign_in(alva) as user:
        await user.open('/settings')
        fill_in(user, 'in Swedish', 'x' * (LONGEST_CONTACT + 1))
        press(user, 'Save')
        await user.should_see(f'At most {LONGEST_CONTACT} fit')
        await user.should_see('x' * (LONGEST_CONTACT + 1))
    assert (await services.municipality.get()).contact_sv == ''


async def test_public_pages_lead_to_the_pages_that_the_law_asks_for(cast: Cast) -> None:
    for path in ('/', f'/q/{cast.glass.code}'):
        assert '>Personal data</a>' not in (await cast.browser().get(path)).text
    pages = LegalPages(' https://boras.example/gdpr?a=1&b="2 ', 'https://boras.example/tillganglighet')
    with pytest.raises(Invalid, match='whole address'):
        await cast.services.municipality.change(
            cast.alva, 'Borås', '', '', pages=pages._replace(privacy='boras.example')
        )
    await cast.services.municipality.change(cast.alva, 'Borås', '', '', pages=pages)
    for path in ('/', f'/q/{cast.glass.code}'):
        page = (await cast.browser().get(path)).text
        assert '<a href="https://boras.example/gdpr?a=1&amp;b=&#34;2">Personal data</a>' in page
        assert '<a href="https://boras.example/tillganglighet">Accessibility</a>' in page
    kept = await cast.services.municipality.change(cast.alva, 'Borås', '', '')
    assert kept.legal_pages == LegalPages(pages.privacy.strip(), pages.accessibility)


@pytest.mark.parametrize(
    'typed',
    ['javascript:alert(1)', 'www.example.se', 'https://', 'https://[::1', 'ftp://example.se', 'https://a b.se',
     'https://a.se/' + 'x' * LONGEST_ADDRESS],
)  # fmt: skip
def test_only_a_web_page_is_an_address(typed: str) -> None:
    with pytest.raises(Invalid) as refusal:
        LegalPages(accessibility=typed).checked()
    assert refusal.value.field == 'accessibility_url'


async def test_alva_reads_what_adam_changed_and_decides(services: Services, sign_in: SignIn) -> None:
    alva, adam = await hire(services, 'Alva', Role.ADMIN), await hire(services, 'Adam', Role.ADMIN)
    async with sign_in(alva) as user:
        await user.open('/settings')
        for name in ('Borås', 'Borås Stad'):  # her own changes cause no conflict
            fill_in(user, 'Name of the municipality', name)
            async with handled(user):
                press(user, 'Save')
            assert (await services.municipality.get()).name == name
        await services.municipality.change(adam, 'Borås Stad', 'Ring Adam.', '')
        fill_in(user, 'in English', 'Call Alva.')
        press(user, 'Save')
        await user.should_see('Somebody has changed this in the meantime')
        assert (hint(user, 'in Swedish'), hint(user, 'in English')) == (
            'Now: Ring Adam.',
            'The same in English',
        )
        assert (await services.municipality.get()).contact_sv == 'Ring Adam.'
        fill_in(user, 'in Swedish', 'Ring Adam eller Alva.')
        async with handled(user):
            press(user, 'Save')
        assert (await services.municipality.get()).contact_sv == 'Ring Adam eller Alva.'
        await user.should_not_see('Somebody has changed this in the meantime')
        assert hint(user, 'in Swedish') == 'Who to call, and when'
    described = await services.municipality.get()
    assert (described.contact_sv, described.contact_en) == ('Ring Adam eller Alva.', 'Call Alva.')


async def test_leo_who_leads_a_team_may_not_change_them(services: Services, sign_in: SignIn) -> None:
    leo = await hire(services, 'Leo', Role.LEAD)
    async with sign_in(leo) as user:
        await user.open('/settings')
        await user.should_see('Your role doesn’t allow this')
        await user.should_not_see('Save')
