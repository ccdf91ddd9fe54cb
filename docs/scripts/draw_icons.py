"""Draw the app icons from the logo: `make icons`."""

from __future__ import annotations

from playwright.sync_api import Page, sync_playwright

from components.theme.app_icon import DRAWN_FROM, FOLDER, HARE, PICTURES, Picture, drawn_from


def main() -> None:
    """Draw all icons, and write down what they are made from."""
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path='/usr/bin/chromium', args=['--no-sandbox'])
        page = browser.new_page()
        for name, picture in PICTURES.items():
            (FOLDER / name).write_bytes(_drawn(page, picture))
        browser.close()
    (FOLDER / 'hare.svg').write_text(HARE, encoding='utf-8')
    DRAWN_FROM.write_text(f'{drawn_from()}\n', encoding='utf-8')


def _drawn(page: Page, picture: Picture) -> bytes:
    page.set_viewport_size({'width': picture.size, 'height': picture.size})
    page.set_content(f'<style>*{{margin:0}}svg{{display:block;width:100vw}}</style>{picture.drawing}')
    return page.screenshot(omit_background=True)


if __name__ == '__main__':
    main()
