"""The services on their store, without the server: all that most commands need."""

from __future__ import annotations

from app.services.container import House
from app.services.context import Ground
from app.services.spam_filter import Allowances
from app.settings import Settings
from app.store.catalogue_files import load_catalogue
from app.store.tinydb.store import TinyStore


def furnish(settings: Settings, allowances: Allowances | None = None) -> House:
    """The services on the store in the settings' data folder. InUse where another process has it open."""
    return House.on(Ground(store=TinyStore(settings.data), lists=load_catalogue()), settings.base, allowances)
