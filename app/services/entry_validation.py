"""Check what somebody wrote in an entry, and return it as it can be saved."""

from __future__ import annotations

from datetime import UTC, datetime

from app.domain.document import LONGEST_NAME, checked_text, readable
from app.domain.entries import Entry
from app.domain.entry_content import EARLIEST, Content, EntryKind, is_plausible_time
from app.domain.errors import Invalid
from app.domain.sites import Site
from app.services.context import Context

MOST_PARTNERS = 12


async def validated_content(context: Context, content: Content, current: Entry | None = None) -> Content:
    """Return the content as it can be saved: tidied, without repeated roots and partners. Raise Invalid if it can't be.

    A correction of `current` may keep roots that the catalogue no longer has, and a time that can't be right. A new
    entry is taken whatever its phone's clock says, and so is one that was written while the server's clock was wrong.
    """
    _require_roots(context, content, current)
    _require_obstacle_fields(context, content)
    if content.site_id is not None and await context.store.get(Site, content.site_id) is None:
        raise Invalid('site_id', 'There is no such place.')
    _require_representable(content.happened_at)
    if current is not None and content.happened_at != current.happened_at:
        _require_plausible_time(content.happened_at, context.now())
    return content.model_copy(
        update={
            'text': checked_text(content.text),
            'hits': checked_text(content.hits, 'hits') if content.hits.strip() else '',
            'tried': checked_text(content.tried, 'tried') if content.tried.strip() else '',
            'roots': tuple(dict.fromkeys(content.roots)),
            'partners': _validated_partners(content.partners),
        }
    )


def validated_reason(reason: str) -> str:
    """Return the reason for a correction or withdrawal, or '' if none is given. Raise Invalid if it can't be saved."""
    return checked_text(reason, 'reason') if reason.strip() else ''


def _require_roots(context: Context, content: Content, current: Entry | None) -> None:
    known = {root.id for root in context.base_catalogue.roots} | {*(current.roots if current else ())}
    _require_known(content.roots, known, 'roots')


def _require_obstacle_fields(context: Context, content: Content) -> None:
    if content.kind is EntryKind.OBSTACLE:
        chosen = (content.obstacle_kind,) if content.obstacle_kind is not None else ()
        _require_known(chosen, {kind.id for kind in context.base_catalogue.obstacle_kinds}, 'obstacle_kind')
        return
    for field in ('obstacle_kind', 'hits', 'tried'):
        if getattr(content, field):
            raise Invalid(field, 'Only an obstacle has this. Choose obstacle, or leave it out.')


def _require_known(chosen: tuple[str, ...], known: set[str], field: str) -> None:
    if unknown := set(chosen) - known:
        raise Invalid(field, 'There is no such choice: {choice}.', choice=ascii(sorted(unknown)[0]))


def _require_representable(moment: datetime | None) -> None:
    """Raise Invalid for a moment before the year 1 in UTC, or after 9999."""
    try:
        _ = moment and moment.astimezone(UTC)
    except OverflowError as error:
        raise Invalid('happened_at', 'That is too long ago. Choose a later day.') from error


def _require_plausible_time(moment: datetime | None, now: datetime) -> None:
    if moment is None or is_plausible_time(moment, now):
        return
    if moment < EARLIEST:
        raise Invalid('happened_at', 'That is too long ago. Choose a later day.')
    raise Invalid('happened_at', 'That is in the future. Log it once it has happened.')


def _validated_partners(partners: tuple[str, ...]) -> tuple[str, ...]:
    named = tuple(
        dict.fromkeys(' '.join(readable(partner, 'partners').split()) for partner in partners if partner.strip())
    )
    if len(named) > MOST_PARTNERS:
        raise Invalid('partners', 'Name at most {limit} partners.', limit=MOST_PARTNERS)
    if any(len(partner) > LONGEST_NAME for partner in named):
        raise Invalid('partners', 'A partner’s name has at most {limit} characters.', limit=LONGEST_NAME)
    return named
