"""Test that another website can show the badge and read open data in a browser."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from gettext import NullTranslations
from io import BytesIO
from itertools import pairwise
from typing import Any, Literal

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from app.domain.sites import Site, SiteKind
from app.i18n import LANGUAGES, Translator, translator
from app.services.public_status import SiteStatus
from components.places.badge import HEIGHT, badge
from components.theme import design_tokens
from tests.browser.conftest import PHONE, Open, Server
from tests.cast import NOON

Theme = Literal['light', 'dark']

NAMES = (
    'Ö', 'Kransmossen', 'iiiiiiiiiilllllllllljjjjjjjjjj', 'WWWWWWWWWWMMMMMMMMMM',
    'Återvinningsstationen vid Kransmossen', 'حديقة المدينة', 'Парк біля ратуші', 'Harplatsen 🐇',
)  # fmt: skip

MEASURE = """() => {
  const box = (element) => { const { left, right, top, bottom } = element.getBoundingClientRect();
    return { left, right, top, bottom }; };
  const texts = [...document.querySelectorAll('text')];
  return {
    card: box(document.querySelector('.card')), pill: box(document.querySelector('.soft')),
    icon: box(document.querySelector('g svg')), mark: box(document.querySelector('.mark')), texts: texts.map(box),
    squeezed: texts.map((text) => {
      const set = text.getComputedTextLength();
      text.removeAttribute('textLength');
      return set / text.getComputedTextLength();
    }),
  };
}"""


@pytest.fixture
def elsewhere(server: Server) -> Iterator[str]:
    """Return the address of another website, with one page that shows the badge."""
    html = (
        '<!doctype html><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>Borås</title>'
        f'<a href="#"><img src="{server.url}/s/kransmossen/badge.svg" alt="" height="44"></a>'
    ).encode()

    class Answer(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header('content-type', 'text/html')
            self.send_header('cross-origin-embedder-policy', 'require-corp')  # the strictest policy there is
            self.end_headers()
            self.wfile.write(html)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    with http.server.ThreadingHTTPServer(('127.0.0.1', 0), Answer) as website:
        threading.Thread(target=website.serve_forever, daemon=True).start()
        yield f'http://127.0.0.1:{website.server_port}/'
        website.shutdown()


def colour_at(page: Page, x: int, y: int) -> tuple[int, ...]:
    """Return the colour of one point of the badge."""
    picture = Image.open(BytesIO(page.locator('img').screenshot()))
    return tuple(picture.convert('RGB').getpixel((x, y)))  # type: ignore[arg-type]


def speaker(language: str) -> Translator:
    """Return the Translator of a language, also of one that is not translated yet."""
    return translator(language) if language in LANGUAGES else Translator(language, NullTranslations())


def rgb(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour.removeprefix('#')))


@pytest.mark.parametrize(('theme', 'colours'), [('light', design_tokens.LIGHT), ('dark', design_tokens.DARK)])
def test_another_website_shows_it_in_its_readers_theme(
    stranger: Open, elsewhere: str, theme: Theme, colours: dict[str, str]
) -> None:
    page = stranger(color_scheme=theme)
    page.goto(elsewhere)
    page.wait_for_function('document.querySelector("img").complete')
    assert page.locator('img').evaluate('img => [img.naturalWidth > 200, img.naturalHeight]') == [True, HEIGHT]
    assert colour_at(page, 20, 4) == rgb(colours['card'])
    width = int(page.locator('img').evaluate('img => img.naturalWidth'))
    assert colour_at(page, width - 12, 12) in {rgb(colours[soft]) for soft in ('moss-soft', 'ochre-soft', 'brick-soft')}


def test_a_script_of_another_website_reads_open_data_and_asks_again(
    stranger: Open, elsewhere: str, server: Server
) -> None:
    page = stranger()
    page.goto(elsewhere)
    for path in ('/sites.geojson', '/s/kransmossen.json', '/s/kransmossen.atom', '/s/kransmossen.feed.json'):
        answers = page.evaluate(
            """async (address) => {
              const first = await fetch(address, { cache: 'no-store' });
              const tag = first.headers.get('etag');
              const again = await fetch(address, { cache: 'no-store', headers: { 'If-None-Match': tag } });
              return [first.status, (await first.text()).length > 100, again.status, again.headers.get('etag') === tag];
            }""",
            f'{server.url}{path}',
        )
        assert answers == [200, True, 304, True], path
    missing = page.evaluate('async (address) => (await fetch(address)).status', f'{server.url}/s/atlantis.json')
    assert missing == 404


@pytest.mark.parametrize('language', sorted({*LANGUAGES, 'ar'}))
def test_no_text_leaves_its_box(stranger: Open, language: str) -> None:
    page = stranger()
    for name in NAMES:
        site = Site(id='a', name=name, kind=SiteKind.OTHER, position=None, team_id=None, code='', added_at=NOON)
        drawing = badge(SiteStatus(site, ()), speaker(language))
        page.set_content(f'<!doctype html><meta charset="utf-8"><body style="margin:0">{drawing}')
        is_inside(page.evaluate(MEASURE), from_the_right=language == 'ar')


def is_inside(found: dict[str, Any], from_the_right: bool) -> None:
    """Check that logo, name, pill, icon and text follow each other, and that each is in its box."""
    name_box, words_box = found['texts']
    card, pill = found['card'], found['pill']
    assert card['left'] < pill['left'] < pill['right'] < card['right']
    across = [pill, name_box, found['mark']] if from_the_right else [found['mark'], name_box, pill]
    for one, next in pairwise(across):
        assert one['right'] + 6 <= next['left']
    inside = [words_box, found['icon']] if from_the_right else [found['icon'], words_box]
    assert pill['left'] + 6 <= inside[0]['left'] < inside[0]['right'] < inside[1]['left']
    assert inside[1]['right'] <= pill['right'] - 6
    assert pill['top'] <= words_box['top'] < words_box['bottom'] <= pill['bottom']
    # Squeezed or stretched by so little that nobody sees it: the measured width is about that of any font.
    assert all(0.75 < squeeze < 1.3 for squeeze in found['squeezed']), found['squeezed']


def test_the_page_for_developers_shows_the_badge_it_offers(stranger: Open) -> None:
    page = stranger(viewport=PHONE)
    page.goto('/s/kransmossen/developers')
    image = page.locator('main img')
    image.scroll_into_view_if_needed()
    assert image.evaluate('image => image.decode().then(() => image.naturalWidth)') > 0
    assert bool(page.evaluate('document.documentElement.scrollWidth <= innerWidth'))
    assert 'badge.svg?lang=en' in page.get_by_label('HTML for the picture').input_value()


@pytest.mark.parametrize('clipboard', ['there', 'nowhere'])
def test_the_html_for_the_badge_is_copied_with_one_press(stranger: Open, clipboard: str) -> None:
    page = stranger(viewport=PHONE, permissions=['clipboard-read', 'clipboard-write'])
    if clipboard == 'nowhere':  # as on a page that isn't served securely; the test reads the clipboard by other means
        page.add_init_script("Object.defineProperty(Navigator.prototype, 'clipboard', { value: undefined })")
    page.goto('/s/kransmossen/developers')
    html = page.get_by_label('HTML for the picture')
    page.get_by_role('button', name='Copy the text').click()
    expect(page.locator('main [role=status]')).to_have_text('Copied')
    pasted = page.context.new_page()
    pasted.goto('/')
    field = pasted.get_by_label('The code on the sticker')
    field.press('Control+v')
    assert field.input_value() == html.input_value().strip()


def test_without_script_the_html_for_the_badge_can_be_selected(stranger: Open) -> None:
    page = stranger(java_script_enabled=False)
    page.goto('/s/kransmossen/developers')
    expect(page.get_by_label('HTML for the picture')).to_be_visible()
    expect(page.get_by_role('button', name='Copy the text')).to_have_count(0)
