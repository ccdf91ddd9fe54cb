"""The page of one case, for anybody who has its public number. It shows no more than the other public pages do."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from http import HTTPStatus

from fastapi import APIRouter, Request, Response

from app.domain.cases import Case
from app.domain.errors import NotFound
from app.i18n import Translator
from app.web.http.origin import SAME_ORIGIN
from app.web.http.state import ServerServices
from app.web.open_data.cors_and_etags import matches_etag
from app.wording.public_cases import promise_words
from components import js_assets
from components.html.renderer import reader_translator
from pages.public.page_renderer import renderer_of

PHOTO_HEADERS = {
    'cache-control': 'no-cache',
    'content-disposition': 'inline; filename="haren.jpg"',
    'content-security-policy': "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    'cross-origin-resource-policy': 'same-origin',
}
"""Staff may hide the photo again, so that browsers ask each time."""

router = APIRouter(include_in_schema=False, dependencies=SAME_ORIGIN)


@router.get('/c/{number}')
async def show(request: Request, number: str, services: ServerServices) -> Response:
    """Show how the case is now. A page that is open asks again with the ETag of what it shows."""
    _ = reader_translator(request)
    case = await services.cases.numbered(number)
    thing = await services.public_status.asset(case.asset_id)
    team = await services.public_status.team_of(case, thing)
    outcome = await services.outcomes.told(case, _.language)
    etag = _etag(case, (thing.asset.name, thing.asset.retired_at, team, outcome), services.now(), _)
    if matches_etag(etag, ','.join(request.headers.getlist('if-none-match'))):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers={'etag': etag, 'cache-control': 'no-store'})
    response = await renderer_of(request).page(
        request, 'case.html', case=case, thing=thing, team=team, outcome=outcome, etag=etag,
        site=await services.sites.get(case.site_id), problem=services.catalogue.problem(case.problem),
        script=js_assets.address('public/case-watch.js'),
    )  # fmt: skip
    response.headers['etag'] = etag
    return response


@router.get('/c/{number}/photo')
async def photo(number: str, services: ServerServices) -> Response:
    """Answer with the photo of how it is now, if staff show it to residents."""
    told = await services.outcomes.told(await services.cases.numbered(number))
    content = await services.photo(told.photo) if told.photo else None
    if content is None:
        raise NotFound('There is no such photo.')
    return Response(content, media_type='image/jpeg', headers=PHOTO_HEADERS)


def _etag(case: Case, shown: tuple[object, ...], now: datetime, _: Translator) -> str:
    """Return a tag that changes with everything that the page says about the case, the ages in it included."""
    ages = [_.when(moment, now) for moment in (case.opened_at, case.reported_at)]
    content = repr((case.id, case.revision, shown, ages, promise_words(case, now, _), _.language))
    return f'"{sha256(content.encode()).hexdigest()[:24]}"'
