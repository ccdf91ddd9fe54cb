"""Test the startup message: this machine's address for its own browsers, the network's address for phones."""

from __future__ import annotations

import re

import pytest

from app.cli.startup_message import invitation, sign_in_links, startup_message, terminal_symbol
from app.domain.people import Role
from app.services.container import Services
from app.services.demo_data import fill
from app.settings import Settings, reachable_host
from tests.cast import Cast

NETWORK = 'http://192.0.2.7:9000'


def settings_of(**environment: str) -> Settings:
    """Return the settings of a server that listens on all addresses, unless `environment` says otherwise."""
    return Settings.model_validate({'HOST': '0.0.0.0', 'PORT': 9000, 'HAREN_URL': None} | environment)


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Return the settings of a server that listens on all addresses of a machine in a local network."""
    monkeypatch.setattr('app.settings._own_address', lambda: '192.0.2.7')
    return settings_of()


def links_in(message: str) -> dict[str, str]:
    return dict(re.findall(r'^  (\w+|a sticker) +(http\S+)$', message, re.MULTILINE))


async def test_a_demo_links_to_this_machine_and_its_symbol_to_the_network(
    services: Services, settings: Settings
) -> None:
    await fill(services)
    message = await startup_message(services, settings)
    links = links_in(message)
    assert links.keys() == {'everybody', 'a sticker', *Role}
    assert all(link.startswith('http://localhost:9000/') for link in links.values())
    [phone_link] = re.findall(rf'^{NETWORK}/join/\S+$', message, re.MULTILINE)
    assert f'{terminal_symbol(phone_link)}\n{phone_link}\n' in message
    assert f'Other devices reach Haren at {NETWORK}. Without HTTPS, pages work offline only on this machine.' in message


async def test_an_installation_names_both_addresses(cast: Cast, settings: Settings) -> None:
    message = await startup_message(cast.services, settings)
    assert links_in(message) == {'everybody': 'http://localhost:9000/'}
    assert NETWORK in message


def test_an_invitation_has_a_link_for_this_machine_and_one_below_the_symbol(settings: Settings) -> None:
    here, *_, below = invitation(sign_in_links(settings, 'token')).splitlines()
    assert here == 'http://localhost:9000/join/token'
    assert below == f'On other devices: {NETWORK}/join/token'
    assert terminal_symbol(f'{NETWORK}/join/token') in invitation(sign_in_links(settings, 'token'))


@pytest.mark.parametrize(
    'environment',
    [{'HAREN_URL': 'https://haren.example'}, {'HOST': '127.0.0.1'}, {'HOST': '::1'}],
)
async def test_one_address_for_all_is_named_alone(cast: Cast, environment: dict[str, str]) -> None:
    settings = settings_of(**environment)
    assert settings.local_base == settings.base
    message = await startup_message(cast.services, settings)
    assert links_in(message) == {'everybody': f'{settings.base}/'}
    assert 'Other devices' not in message
    assert 'Other devices' not in invitation(sign_in_links(settings, 'token'))


def test_an_address_without_https_is_for_other_devices_alone() -> None:
    settings = settings_of(HAREN_URL='http://haren.example')
    assert (settings.local_base, settings.base) == ('http://localhost:9000', 'http://haren.example')


def test_a_machine_without_a_network_has_one_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr('app.settings._own_address', lambda: None)
    assert reachable_host('0.0.0.0') == 'localhost'
    settings = settings_of()
    assert settings.local_base == settings.base
