"""Provide the NiceGUI screens for people who are signed in."""

from pages.staff import audit, entry, feed, log, me, obstacles, people, quarantine, settings, sites, sticker_audit

SCREENS = (feed, entry, log, obstacles, quarantine, sticker_audit, sites, people, settings, audit, me)
"""The modules of all screens. Each has `register(pages)`."""
