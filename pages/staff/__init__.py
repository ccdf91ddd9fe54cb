"""Provide the NiceGUI screens for people who are signed in."""

from pages.staff import (
    audit,
    case,
    cases,
    entry,
    feed,
    log,
    me,
    obstacles,
    people,
    periods,
    quarantine,
    ready_answers,
    search,
    settings,
    sites,
    sticker_audit,
    working_hours,
)

SCREENS = (
    feed,
    cases,
    case,
    entry,
    log,
    obstacles,
    quarantine,
    sticker_audit,
    sites,
    people,
    settings,
    working_hours,
    periods,
    ready_answers,
    search,
    audit,
    me,
)
"""The modules of all screens. Each has `register(pages)`."""
