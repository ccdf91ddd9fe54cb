"""Check that everybody can read a page: axe finds no violation, and the page fits its screen."""

from __future__ import annotations

from typing import Any, Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize

Theme = Literal['light', 'dark']

AXE = Axe().axe_script
AT_REST = """Promise.all(document.getAnimations()
    .filter((animation) => animation.effect.getComputedTiming().endTime < Infinity)
    .map((animation) => animation.finished.catch(() => {})))"""
FIND = "axe.run({ resultTypes: ['violations'], selectors: false }).then(({ violations }) => violations)"


def violations(page: Page) -> list[str]:
    """Return the violations that axe finds on a page, once nothing on it fades in any more."""
    page.evaluate(AT_REST)
    if not page.evaluate('"axe" in window'):
        page.evaluate(AXE)
    found: list[dict[str, Any]] = page.evaluate(FIND)
    return [f'{flaw["id"]}: {[node["html"] for node in flaw["nodes"]][:3]}' for flaw in found]


def fits(page: Page, size: ViewportSize | None = None) -> bool:
    """Resize the screen and return True if nothing is wider than it."""
    if size:
        page.set_viewport_size(size)
    return bool(page.evaluate('document.documentElement.scrollWidth <= innerWidth'))


def is_live(page: Page) -> None:
    """Wait until a staff screen is connected and has drawn what the server sent first."""
    page.wait_for_function('window.socket?.connected')
    page.evaluate('new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))')


def open_what_opens(page: Page) -> None:
    """Open every fold of a page."""
    for line in page.locator('main summary:visible, header summary:visible').all():
        if not line.evaluate('line => line.parentElement.open'):
            line.click()
    for line in page.locator('.fold-button:visible').all()[:1]:
        line.click()
        page.locator('.fold-inside:visible').wait_for()


def enlarge_text(page: Page) -> None:
    """Show text at twice its size."""
    page.evaluate("document.documentElement.style.fontSize = '32px'")


def choose_language(page: Page, name: str) -> None:
    """Choose a language on one's own page."""
    page.goto('/me')
    with page.expect_navigation():
        page.get_by_role('radio', name=name).click()
