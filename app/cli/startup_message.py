"""What the terminal says once when Haren starts, and when it invites somebody."""

from __future__ import annotations

import io

import segno

from app.domain.people import Role
from app.services.container import Services
from app.settings import Settings


async def startup_message(services: Services, settings: Settings) -> str:
    """What to open. A demo also shows a sticker and a fresh sign-in link for each role."""
    lines = ['', f'Haren is at {services.base}', f'  everybody   {services.base}/']
    municipality = await services.municipality.get()
    if municipality.demo:
        lines += await _demo_lines(services)
    elif not await services.people.all():
        lines += ['', 'Nobody has been invited yet: stop Haren and run `python -m app invite --role admin NAME`.']
    if settings.listens_everywhere and not settings.secure:
        # Browsers let a page keep things for later over HTTPS, or where it comes from the machine itself.
        lines += ['', f'Without HTTPS, pages work offline only on this machine: http://localhost:{settings.port}']
    return '\n'.join(lines)


def invitation(base: str, token: str) -> str:
    """A sign-in link for the terminal, with its QR symbol."""
    link = f'{base}/join/{token}'
    return f'{link}\n\n{terminal_symbol(link)}'


def terminal_symbol(link: str) -> str:
    """The link as a QR symbol made of characters."""
    drawn = io.StringIO()
    segno.make(link, error='l', micro=False).terminal(out=drawn, compact=True, border=2)
    return drawn.getvalue()


async def _demo_lines(services: Services) -> list[str]:
    asset = (await services.sites.assets((await services.sites.all())[0].id))[0]
    tokens = {role: await _fresh_invitation(services, role) for role in Role}
    return [
        f'  a sticker   {services.base}/q/{asset.code}',
        *(f'  {role.value:<11} {services.base}/join/{token}' for role, token in tokens.items()),
        '',
        'The links sign one browser in, once. This symbol signs a phone in the same network in as a lead:',
        '',
        invitation(services.base, await _fresh_invitation(services, Role.LEAD, 1)),
    ]


async def _fresh_invitation(services: Services, role: Role, place: int = 0) -> str:
    people = [person for person in await services.people.all() if person.role is role and person.active]
    return await services.people.invite(None, people[place % len(people)].id)
