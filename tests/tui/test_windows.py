"""What all windows over the list have in common: how they are drawn, and fit a terminal."""

from typing import Any

import pytest
from textual.renderables.background_screen import BackgroundScreen
from textual.screen import Screen
from textual.visual import RenderOptions, RichVisual

from readlist.tui.dimmed import Dimmed

Open = Any


@pytest.mark.parametrize("key", ["e", "y"])  # a window with a shade over what is below it, and one without
async def test_what_is_below_is_drawn_as_textual_draws_it(opened: Open, key: str) -> None:
    async with opened(size=(100, 30)) as app:
        await app.press(key)
        window = app.pilot.app.screen
        below = BackgroundScreen(app.pilot.app.screen_stack[-2], window.styles.background)
        options = RenderOptions(window._get_style, window.styles)
        ours = Dimmed(below).render_strips(100, 30, window.visual_style, options)
        theirs = RichVisual(window, below).render_strips(100, 30, window.visual_style, options)
        assert [list(line.simplify()) for line in ours] == [list(line.simplify()) for line in theirs]


async def test_another_size_is_laid_out_once_with_what_fits_it(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened(size=(40, 15)) as app:
        await app.press("e")
        window = app.pilot.app.screen
        assert window.has_class("-slim", "-low")
        seen = []
        lay_out = Screen._screen_resized

        def counted(screen: Screen[Any], size: Any) -> None:
            if screen is window:
                seen.append((size, screen.has_class("-slim"), screen.has_class("-low")))
            lay_out(screen, size)

        monkeypatch.setattr(Screen, "_screen_resized", counted)
        await app.pilot.resize_terminal(120, 40)
        await app.settle()
        assert seen == [((120, 40), False, False)]
        assert window.query_one("#edit").region.width == 100
