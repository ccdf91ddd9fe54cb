"""Settings from the environment. A wrong value stops the start with a clear message."""

from __future__ import annotations

import ipaddress
import socket
from pathlib import Path
from typing import Annotated

from pydantic import AnyHttpUrl, Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from app.domain.bounded_pattern import BoundedPattern

EVERYWHERE = ('0.0.0.0', '::')

_MAIL = BoundedPattern(r'[!-9;-?A-~]+@[!-9;-?A-~]+', longest=300)
_CONTACT = BoundedPattern(r'(mailto:|https://|tel:)[!-~]+', longest=300)


class Settings(BaseSettings):
    """The addresses and the data folder of an installation.

    HOST and PORT: what to listen on. HAREN_DATA: the data folder. HAREN_URL: the address at which people reach Haren,
    which stickers carry for years; without it, this machine's address in the local network. HAREN_SECURITY_CONTACT: to
    whom one reports a vulnerability: a mail address, or one that begins with `mailto:`, `https:` or `tel:`.
    """

    model_config = SettingsConfigDict(frozen=True, env_ignore_empty=True)

    host: Annotated[str, Field(validation_alias='HOST')] = '0.0.0.0'
    port: Annotated[int, Field(validation_alias='PORT', ge=1, le=65535)] = 8080
    data: Annotated[Path, Field(validation_alias='HAREN_DATA')] = Path('data/store')
    url: Annotated[AnyHttpUrl | None, Field(validation_alias='HAREN_URL')] = None

    security_contact: Annotated[str, Field(validation_alias='HAREN_SECURITY_CONTACT')] = ''

    @field_validator('security_contact')
    @classmethod
    def _is_an_address(cls, contact: str) -> str:
        address = f'mailto:{contact}' if _MAIL.fullmatch(contact) else contact
        if address and not _CONTACT.fullmatch(address):
            raise ValueError('a mail address, or one that begins with mailto:, https:// or tel:')
        return address

    @field_validator('url')
    @classmethod
    def _ends_with_its_host(cls, url: AnyHttpUrl | None) -> AnyHttpUrl | None:
        if url is not None and (url.path not in (None, '/') or url.query or url.fragment):
            raise ValueError('an address without a path, such as https://haren.example.se')
        return url

    @property
    def base(self) -> str:
        """Return the address at which people reach Haren, without a slash at its end."""
        return str(self.url).rstrip('/') if self.url else f'http://{reachable_host(self.host)}:{self.port}'

    @property
    def local_base(self) -> str:
        """Return the address for a browser on this machine, without a slash at its end.

        Without HTTPS, browsers let pages work offline only on localhost. With HTTPS it is the same as `base`.
        """
        if self.secure:
            return self.base
        host = 'localhost' if self.listens_everywhere else reachable_host(self.host)
        return f'http://{host}:{self.port}'

    @property
    def listens_everywhere(self) -> bool:
        """Return True if it listens on all addresses of this machine."""
        return self.host in EVERYWHERE

    @property
    def secure(self) -> bool:
        """Return True if people reach Haren over HTTPS."""
        return self.base.startswith('https://')


class WrongSettings(Exception):
    """The environment has a value that can't be used. The message is a line for the terminal."""


def read_settings() -> Settings:
    """Return the settings from the environment. Raise WrongSettings, which names each variable that is wrong."""
    try:
        return Settings()
    except ValidationError as error:
        wrong = (f'{".".join(map(str, flaw["loc"]))}={flaw["input"]}: {flaw["msg"]}' for flaw in error.errors())
        raise WrongSettings('; '.join(wrong)) from error


def reachable_host(host: str) -> str:
    """Return a name or address at which others in the local network reach a server that listens on `host`."""
    if host not in EVERYWHERE:
        return f'[{host}]' if ':' in host else host
    return _own_address() or 'localhost'


def _own_address() -> str | None:
    """Return the address of this machine in its network, or None. Connecting a datagram socket sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(('192.0.2.1', 9))
        except OSError:
            return None
        found = str(probe.getsockname()[0])
    return None if ipaddress.ip_address(found).is_loopback else found
