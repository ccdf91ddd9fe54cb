"""Test settings from the environment."""

from __future__ import annotations

import pytest

from app.settings import WrongSettings, reachable_host, read_settings


def test_the_environment_sets_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv('HOST', '127.0.0.1')
    monkeypatch.setenv('PORT', '9000')
    monkeypatch.setenv('HAREN_URL', 'https://haren.example/')
    settings = read_settings()
    assert (settings.host, settings.port, settings.base, settings.secure) == (
        '127.0.0.1',
        9000,
        'https://haren.example',
        True,
    )


def test_without_an_address_the_own_one_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv('HAREN_URL', raising=False)
    monkeypatch.setenv('HOST', '127.0.0.1')
    monkeypatch.setenv('PORT', '9000')
    assert read_settings().base == 'http://127.0.0.1:9000'
    assert not read_settings().secure
    assert reachable_host('::1') == '[::1]'


@pytest.mark.parametrize(
    ('name', 'value'),
    [
        ('PORT', 'http'),
        ('PORT', '0'),
        ('PORT', '70000'),
        ('HAREN_URL', 'haren'),
        ('HAREN_URL', 'https://boras.se/haren'),
    ],
)
def test_a_wrong_value_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(WrongSettings, match=f'{name}={value}'):
        read_settings()
