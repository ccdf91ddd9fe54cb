"""Word what the terminal prints when Haren starts, and when somebody is invited."""

from __future__ import annotations

import io
from typing import NamedTuple

import segno

from app.cli.terminal import can_print
from app.domain.people import Role
from app.services.container import Services
from app.settings import Settings


class SignInLinks(NamedTuple):
    """The link that uses an invitation on this machine, and the one for other devices."""

    here: str
    elsewhere: str


async def startup_message(services: Services, settings: Settings) -> str:
    """Return the addresses to open. A demo also gets a sticker's address and a fresh sign-in link for each role.

    The links are for this machine, where pages work offline without HTTPS too. The QR code is for other devices.
    """
    here, elsewhere = settings.local_base, settings.base
    lines = ['', f'Haren is at {here}', f'  everybody   {here}/']
    municipality = await services.municipality.get()
    if municipality.demo:
        lines += await _demo_lines(services, settings)
    elif not await services.people.all():
        lines += ['', 'Nobody has been invited yet: run `python -m app invite --role admin NAME`.']
    if here != elsewhere:
        lines += [
            '',
            f'Other devices reach Haren at {elsewhere}. Without HTTPS, pages work offline only on this machine.',
        ]
    return '\n'.join(lines)


def invitation(links: SignInLinks) -> str:
    """Return a sign-in link for this machine, and the link for other devices with its QR code."""
    here, elsewhere = links
    shown = [here, terminal_symbol(elsewhere), '' if here == elsewhere else f'On other devices: {elsewhere}']
    return '\n\n'.join(part for part in shown if part)


def terminal_symbol(link: str) -> str:
    """Return the link as a QR code made of characters, or nothing where the terminal can't show them."""
    drawn = io.StringIO()
    segno.make(link, error='l', micro=False).terminal(out=drawn, compact=True, border=2)
    return drawn.getvalue().rstrip('\n') if can_print(drawn.getvalue()) else ''


async def _demo_lines(services: Services, settings: Settings) -> list[str]:
    asset = (await services.sites.assets((await services.sites.all())[0].id))[0]
    links = {role: sign_in_links(settings, await _fresh_invitation(services, role)).here for role in Role}
    _, phone_link = sign_in_links(settings, await _fresh_invitation(services, Role.LEAD, 1))
    return [
        f'  a sticker   {settings.local_base}/q/{asset.code}',
        *(f'  {role.value:<11} {link}' for role, link in links.items()),
        '',
        'The links sign one browser in, once. This one signs a phone in the same network in as a lead:',
        '',
        *filter(None, (terminal_symbol(phone_link),)),
        phone_link,
    ]


def sign_in_links(settings: Settings, token: str) -> SignInLinks:
    """Return the links that use an invitation."""
    return SignInLinks(f'{settings.local_base}/join/{token}', f'{settings.base}/join/{token}')


async def _fresh_invitation(services: Services, role: Role, place: int = 0) -> str:
    people = [person for person in await services.people.all() if person.role is role and person.active]
    return await services.people.invite(None, people[place % len(people)].id)
