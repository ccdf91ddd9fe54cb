"""Manage sites, assets and their stickers."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection

from app.domain import sticker_codes
from app.domain.bounded_pattern import BoundedPattern
from app.domain.case_states import OPEN
from app.domain.cases import Case
from app.domain.catalogue import Catalogue
from app.domain.collation import SWEDISH, sort_key
from app.domain.document import LONGEST_NAME
from app.domain.errors import Invalid, NotFound
from app.domain.people import Person, Role
from app.domain.sites import Asset, AssetDraft, KindProblems, Site, SiteDraft, Sticker
from app.domain.sticker_audit import AuditRound, counts_from
from app.services.context import Context
from app.services.retry import retry_on_conflict


class Sites:
    """The use cases for sites, assets and stickers."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._store = context.store

    async def all(self, language: str = SWEDISH) -> tuple[Site, ...]:
        """Return every site, by name in this language's order."""
        return tuple(sorted(await self._context.find_all(Site), key=lambda site: sort_key(site.name, language)))

    async def get(self, site_id: str) -> Site:
        """Return one site. Raise NotFound if there is none."""
        return await self._context.existing_site(site_id)

    async def find(self, site_id: str | None) -> Site | None:
        """Return the site, or None if there is none with this id."""
        return await self._store.get(Site, site_id) if site_id else None

    async def find_asset(self, asset_id: str) -> Asset | None:
        """Return the asset, or None if there is none with this id."""
        return await self._store.get(Asset, asset_id)

    async def asset(self, asset_id: str) -> Asset:
        """Return one asset, also a retired one. Raise NotFound if there is none."""
        return await self._context.existing_asset(asset_id)

    async def assets(self, site_id: str, language: str = SWEDISH) -> tuple[Asset, ...]:
        """Return the assets that stand at a site now, by name in this language's order."""
        found = await self._store.find(Asset, site_id=site_id)
        standing = [asset for asset in reversed(found.documents) if asset.retired_at is None]
        return tuple(sorted(standing, key=lambda asset: sort_key(asset.name, language)))

    async def sticker(self, code: str) -> Sticker:
        """Return the sticker with this code, also a retired one. Raise NotFound if none was ever printed."""
        sticker = await self._store.get(Sticker, code)
        if sticker is None:
            raise NotFound('No sticker has this code.')
        return sticker

    async def places_by_code(self) -> dict[str, str]:
        """Return the id of each sticker's site by the sticker's code, retired stickers included."""
        return {sticker.id: sticker.site_id for sticker in await self._context.find_all(Sticker)}

    @retry_on_conflict
    async def add(self, admin: Person, draft: SiteDraft, wished_id: str = '') -> Site:
        """Add a site with a sticker.

        Its id is a readable address, made from its name or from `wished_id`.
        """
        admin.require(Role.ADMIN)
        await self._context.require_team(draft.team_id)
        address = await self._free_address(wished_id or draft.name)
        site, sticker, event = Site.add(address, draft, await self._free_code(), self._context.stamp(admin))
        await self._store.save(site, sticker, event)
        return site

    @retry_on_conflict
    async def change(self, admin: Person, site_id: str, draft: SiteDraft, *, seen: int | None = None) -> Site:
        """Change the description of a site.

        `seen` is the revision that a form showed. Raise Clash if it is not the newest one.
        """
        admin.require(Role.ADMIN)
        await self._context.require_team(draft.team_id)
        site = (await self.get(site_id)).require_revision(seen)
        site, event = site.change(draft, self._context.stamp(admin))
        await self._store.save(site, event)
        return site

    @retry_on_conflict
    async def add_asset(self, admin: Person, site_id: str, draft: AssetDraft) -> Asset:
        """Add an asset with a sticker to a site."""
        admin.require(Role.ADMIN)
        await self._require_valid(draft)
        site, code = await self.get(site_id), await self._free_code()
        asset, sticker, event = Asset.add(self._context.new_id(), site, draft, code, self._context.stamp(admin))
        await self._store.save(asset, sticker, event)
        return asset

    @retry_on_conflict
    async def change_asset(self, admin: Person, asset_id: str, draft: AssetDraft, *, seen: int | None = None) -> Asset:
        """Change the description of an asset.

        `seen` is the revision that a form showed. Raise Clash if it is not the newest one.
        """
        admin.require(Role.ADMIN)
        await self._require_valid(draft)
        asset = (await self.asset(asset_id)).require_revision(seen)
        asset, event = asset.change(draft, self._context.stamp(admin))
        await self._store.save(asset, event)
        return asset

    @retry_on_conflict
    async def retire_asset(self, admin: Person, asset_id: str) -> Asset:
        """Retire an asset. Its sticker then leads to the site, and its open cases are withdrawn."""
        admin.require(Role.ADMIN)
        asset, event = (await self.asset(asset_id)).retire(self._context.stamp(admin))
        cases = (await self._store.find(Case, asset_id=asset_id, state=OPEN)).documents
        withdrawn = [document for case in cases for document in case.withdraw(self._context.stamp(admin))]
        await self._store.save(asset, event, *withdrawn)
        return asset

    @retry_on_conflict
    async def replace_sticker(self, admin: Person, asset_id: str) -> Asset:
        """Give an asset a new code, because its sticker is damaged or can't be trusted.

        The old code still leads to the asset.
        """
        admin.require(Role.ADMIN)
        asset = await self.asset(asset_id)
        old = await self.sticker(asset.code)
        asset, old, new, event = asset.replace_sticker(old, await self._free_code(), self._context.stamp(admin))
        await self._store.save(asset, old, new, event)
        return asset

    @retry_on_conflict
    async def see_sticker(self, person: Person, code: str) -> Sticker:
        """Record that staff have seen a sticker, at most once an hour, or once in an audit round.

        Who saw it is not recorded: that would be a diary of where a person has been.
        """
        person.require(Role.FIELD)
        sticker, stamp = await self.sticker(code), self._context.stamp()
        newest = await self._store.get(AuditRound, sticker.site_id)
        if sticker.was_seen_since(counts_from(newest, stamp.at)):
            return sticker
        sticker, event = sticker.see(stamp)
        await self._store.save(sticker, event)
        return sticker

    async def catalogue(self) -> Catalogue:
        """Return the catalogue with the problems that the municipality has chosen for each kind of asset."""
        return await self._context.catalogue()

    async def offered(self, kind: str) -> KindProblems:
        """Return the problems that the stickers of a kind of asset offer now.

        These are the ones that an administrator has chosen, or else those in the catalogue.
        """
        kept = await self._store.get(KindProblems, kind)
        listed = self._context.base_catalogue.asset_kind(kind).problems
        return kept or KindProblems(id=kind, problems=listed, changed_at=self._context.now())

    @retry_on_conflict
    async def offer_problems(
        self, admin: Person, kind: str, problems: Collection[str], *, seen: int | None = None
    ) -> KindProblems:
        """Choose the problems that the stickers of a kind of asset offer.

        They are kept in the order of the catalogue, which lists the likeliest first. `seen` is the revision that a form
        showed. Raise Clash if it is not the newest one.
        """
        admin.require(Role.ADMIN)
        self._require_kind(kind)
        if not problems:
            raise Invalid('problems', 'Choose at least one problem.')
        ordered = tuple(problem.id for problem in self._context.base_catalogue.problems if problem.id in problems)
        offered = (await self.offered(kind)).require_revision(seen)
        offered, event = offered.offer(ordered, self._context.stamp(admin))
        await self._store.save(offered, event)
        return offered

    async def _free_code(self) -> str:
        while True:
            code = sticker_codes.mint(self._context.randbelow)
            if await self._store.get(Sticker, code) is None:
                return code

    async def _free_address(self, name: str) -> str:
        base = address(name)
        candidate, number = base, 2
        while await self._store.get(Site, candidate) is not None:
            candidate, number = f'{base}-{number}', number + 1
        return candidate

    async def _require_valid(self, draft: AssetDraft) -> None:
        self._require_kind(draft.kind)
        await self._context.require_team(draft.team_id)

    def _require_kind(self, kind: str) -> None:
        if kind not in {known.id for known in self._context.base_catalogue.asset_kinds}:
            raise Invalid('kind', 'Choose what kind of thing it is.')


_WORD = BoundedPattern(r'[a-z0-9]+', longest=60)


def address(name: str) -> str:
    """Return the readable end of a public address: 'Återvinning Göta' becomes 'atervinning-gota'."""
    plain = unicodedata.normalize('NFKD', name[:LONGEST_NAME]).encode('ascii', 'ignore').decode().lower()
    return '-'.join(_WORD.findall(plain[: _WORD.longest])) or 'plats'
