"""Test that plain pages render fast, whatever somebody sends."""

from __future__ import annotations

import time

from components.html.renderer import _minified


def test_leaning_takes_time_in_proportion() -> None:
    def seconds(size: int) -> float:
        began = time.process_time()
        _minified('<p>' + ' ' * size + 'x</p>\n<p>' + '\n ' * size + '</p>')
        return time.process_time() - began

    small = min(seconds(20_000) for _ in range(3))
    large = min(seconds(200_000) for _ in range(3))
    assert large < 50 * max(small, 0.001)  # it would be a hundred times if it were quadratic


def test_what_somebody_wrote_keeps_its_lines() -> None:
    page = '<main>\n   <p class="said">One\n\n  two</p>\n\n  <textarea>\n a\n\n b</textarea>\n</main>'
    assert _minified(page) == '<main><p class="said">One\n\n  two</p><textarea>\n a\n\n b</textarea></main>'
