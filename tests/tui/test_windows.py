"""What all windows over the list have in common: how they are drawn, and fit a terminal."""

from typing import Any

import pytest
from support.stylesheets import PARSE_RULES
from textual.css.parse import parse
from textual.css.stylesheet import Stylesheet
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


async def test_a_window_that_opens_has_its_own_style_sheet_parsed_and_no_other(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed: list[tuple[str, int]] = []

    def counted(scope: str, css: str, *arguments: Any, **named: Any) -> Any:
        parsed.append((css, named["tie_breaker"]))  # which may become another one by what the window holds
        return parse(scope, css, *arguments, **named)

    monkeypatch.setattr(Stylesheet, "_parse_rules", PARSE_RULES)
    monkeypatch.setattr("textual.css.stylesheet.parse", counted)
    async with opened(size=(100, 30)) as app:
        first = set(parsed)
        parsed.clear()
        for key in ("e", "question_mark", "i"):
            await app.press(key)
            await app.press("escape")
        assert any("#edit" in css for css, _ in parsed)
        assert len(parsed) == len(set(parsed))
        assert first.isdisjoint(parsed)
        sheet = app.pilot.app.stylesheet
        theirs = sheet.copy()
        theirs.reparse()
        ours, whole = (
            [(rule.selectors, repr(rule.styles.get_rules())) for rule in one.rules] for one in (sheet, theirs)
        )
        assert ours == whole
        parsed.clear()
        app.pilot.app.theme = "readlist-light"
        await app.settle()
        assert parsed  # the colours are other ones
