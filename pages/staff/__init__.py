"""NiceGUI screens behind a sign-in."""

from pages.staff import entry, feed, log, me, obstacles, people, quarantine, settings, sites, sticker_audit

SCREENS = (feed, entry, log, obstacles, quarantine, sticker_audit, sites, people, settings, me)
"""Every screen, each with `register(frame)`."""
