"""Create the services on their store, without the server. Most commands need no more."""

from __future__ import annotations

from app.services.container import Services
from app.services.context import Context
from app.services.spam_filter import RateLimits
from app.settings import Settings
from app.store.catalogue_files import load_catalogue
from app.store.tinydb.store import TinyStore


def create_services(settings: Settings, rate_limits: RateLimits | None = None) -> Services:
    """Return the services on the store in the settings' data folder.

    Raise InUse if another process has it open, and WrongCatalogue if a list to choose from can't be read.
    """
    catalogue = load_catalogue()  # first: what is wrong there leaves no empty store behind
    return Services.create(
        Context(store=TinyStore(settings.data), base_catalogue=catalogue), settings.base, rate_limits
    )
