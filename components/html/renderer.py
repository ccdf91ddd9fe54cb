"""Render public pages: HTML that works without scripts, cookies and a second request.

The style sheet is part of the page, and the Content-Security-Policy allows it by its hash. Otherwise the policy allows
only our own modules, and no page depends on them.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from functools import cache
from http import HTTPStatus

from fastapi import Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from app.domain.bounded_pattern import BoundedPattern
from app.i18n import LANGUAGES, Translator, negotiate_language, translator
from app.services.container import Services
from app.wording.bidi import BidiText
from components import CSS, js_assets
from components.html.case_words import CaseWords
from components.html.language_switch import LanguageSwitch
from components.html.outbox_words import OutboxWords
from components.html.right_to_left import mirrored
from components.jinja_environment import jinja_environment
from components.theme import design_tokens, icons
from components.theme.logo import FAVICON, hare
from components.theme.pwa_head import head

_OWN_SHEETS = {
    'offline.html': ('plain/offline', 'plain/kept-cases'),
    'offline_cases.html': ('plain/kept-cases',),
    'thanks.html': ('plain/thanks',),
}
_ENTRY_FORM_SHEETS = {'offline_log.html': ('shared/entry-form',)}

_LEANEST = 'sticker_asset.html'
"""The template that must fit into one round trip. It leaves out the styles that only other pages need.

Staff, and whoever reads why a form was declined, get all styles: they don't arrive cold.
"""


class HtmlRenderer:
    """Render the templates of components/templates in the reader's language."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self.words = OutboxWords(services.catalogue.problems)

    async def page(
        self,
        request: Request,
        template: str,
        status: int = HTTPStatus.OK,
        cache: str = 'no-store',
        here: str = '',
        **values: object,
    ) -> HTMLResponse:
        """Render a template as a response.

        Templates get `values`, and besides them `_` (the Translator), `now`, `municipality`, `contact`, `icon`,
        `carry` (the query that keeps the chosen language), `home_screen` (tags for the head), `case_words` and the
        methods of BidiText. `here` is the address where the page can be read again, if that is not the address of the
        request: the response to a form needs it.
        """
        _ = reader_translator(request)
        style = _style(_sheets(template, _is_lean(template, values)), _.direction)
        bidi, now = BidiText(_), self._services.now()
        municipality = await self._services.municipality.get()
        html = jinja_environment().get_template(template).render(
            values, _=_, plural=_.plural, now=now, municipality=municipality,
            contact=bidi.contact(municipality), emergency=bidi.telephone(municipality.emergency),
            style=style, mark=Markup(hare(32)), favicon=Markup(FAVICON),
            case_words=CaseWords(_, now), icon=Icons(_.direction), switch=LanguageSwitch(request, _, here),
            carry=language_query(request),
            named=bidi.mark_alone, inside=bidi.mark_inside, number=bidi.number,
            home_screen=Markup(head(_)), plain_script=js_assets.address('public/main.js'),
            plain_words=self.words.digest(_.language),
        )  # fmt: skip
        return HTMLResponse(_minified(html), status, _headers(_.language, style, cache))


class Icons:
    """The icons of one page. Each is drawn once, however often it is used."""

    def __init__(self, direction: str = 'ltr') -> None:
        self._mirrored = icons.POINTING if direction == 'rtl' else frozenset()
        self._used: dict[str, None] = {}

    def __call__(self, name: str) -> Markup:
        """Return the icon, hidden from screen readers, as there is always a word beside it."""
        self._used[name] = None
        # Safari before 12.1 does not know a plain `href` here.
        return Markup('<svg class="icon" aria-hidden="true"><use xlink:href="#i-{}"/></svg>').format(name)

    def sheet(self) -> Markup:
        """Return the drawings of every icon used so far, for the end of the page."""
        drawings = (
            f'<symbol id="i-{name}" viewBox="0 0 24 24">{_drawing(name, name in self._mirrored)}</symbol>'
            for name in self._used
        )
        return Markup(f'<svg class="sheet" aria-hidden="true">{"".join(drawings)}</svg>') if self._used else Markup()


def reader_translator(request: Request) -> Translator:
    """Return the Translator for the language in the address, or else the one that the browser prefers."""
    return translator(chosen_language(request) or negotiate_language(request.headers.get('accept-language', '')))


def chosen_language(request: Request) -> str:
    """Return the language that the reader chose with the language switch, or ''."""
    chosen = request.query_params.get('lang', '') if request.scope['query_string'] else ''
    return chosen if chosen in LANGUAGES else ''


def language_query(request: Request) -> str:
    """Return the query that keeps the chosen language in links and forms: '?lang=en' or ''."""
    chosen = chosen_language(request)
    return f'?lang={chosen}' if chosen else ''


def _headers(language: str, style: str, cache: str) -> dict[str, str]:
    return {
        'content-security-policy': _policy(style),
        'cache-control': cache,
        'content-language': language,
        'vary': 'Accept-Language',
    }


_KEEPS_WHITE_SPACE = BoundedPattern(
    r'(<textarea(?:[^<]++|<(?!/?textarea))*+</textarea>'
    r'|<style(?:[^<]++|<(?!/?style))*+</style>'
    r'|<p class="(?:said|written)\b(?:[^<]++|<(?!/?p\b))*+</p>)',
    longest=2**19,
)
"""The parts of a page whose white space counts."""

_COMMENT = BoundedPattern(r'/\*(?:[^*/]++|\*(?!/)|/(?!\*))*+\*/', longest=2**16)
_MARK = BoundedPattern(r' ?([{};,]) ?', longest=2**16)


def _minified(html: str) -> str:
    """Remove the template's indentation from a page. Text that people typed keeps its white space."""
    if len(html) > _KEEPS_WHITE_SPACE.longest:
        return html
    parts = _KEEPS_WHITE_SPACE.split(html)
    return ''.join(part if place % 2 else _without_indentation(part) for place, part in enumerate(parts))


def _without_indentation(html: str) -> str:
    lines = (line.strip() for line in html.split('\n'))
    return '\n'.join(filter(None, lines))


@cache
def _drawing(name: str, mirrored: bool = False) -> str:
    """Return the icon without its own `<svg>` tag, mirrored for a page that is written from right to left."""
    drawing = icons.icon(name).partition('>')[2].removesuffix('</svg>')
    return f'<g transform="matrix(-1 0 0 1 24 0)">{drawing}</g>' if mirrored else drawing


def _is_lean(template: str, values: Mapping[str, object]) -> bool:
    return template == _LEANEST and not values.get('visitor') and not values.get('trouble')


@cache
def _sheets(template: str, lean: bool = False) -> tuple[str, ...]:
    """Return the style sheets that a page needs, and no others: every byte of them is sent with each page."""
    more = () if lean else ('plain/more',)
    form = _ENTRY_FORM_SHEETS.get(template, ())
    return 'shared/written', 'plain/base', *more, *_OWN_SHEETS.get(template, ()), *form


@cache
def _style(sheets: tuple[str, ...], direction: str) -> Markup:
    written = '\n'.join((CSS / f'{sheet}.css').read_text(encoding='utf-8') for sheet in sheets)
    css = written.replace('FONT', design_tokens.FONT)
    css = ' '.join(_COMMENT.sub('', css).split())
    css = _MARK.sub(r'\1', css).replace(';}', '}').strip()
    return Markup(design_tokens.by_system() + (mirrored(css) if direction == 'rtl' else css))


@cache
def _policy(style: str) -> str:
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src 'self' data: blob:; script-src 'self'; "
        "connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    )
