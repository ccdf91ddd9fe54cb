"""The services on their store, without the server: all that most commands need."""

from __future__ import annotations

from app.services.container import Services
from app.services.context import Context
from app.services.spam_filter import RateLimits
from app.settings import Settings
from app.store.catalogue_files import load_catalogue
from app.store.tinydb.store import TinyStore


def create_services(settings: Settings, allowances: RateLimits | None = None) -> Services:
    """The services on the store in the settings' data folder. InUse where another process has it open."""
    return Services.on(Context(store=TinyStore(settings.data), lists=load_catalogue()), settings.base, allowances)
